package main

import (
	"embed"
	"fmt"
	"path"
	"strconv"
	"strings"
	"time"

	"gopkg.in/yaml.v3"
)

//go:embed data/*.yaml
var dataFiles embed.FS

// title is one trophy set as its data file describes it, and what playing it
// gave.
type title struct {
	// ID is the number in NPWR9xxxx_00.
	ID     int    `yaml:"id"`
	Name   string `yaml:"name"`
	Detail string `yaml:"detail"`
	// On is PSN's platform string.
	On string `yaml:"on"`
	// Like is the ID of the title whose trophies and pictures this one shares.
	Like int `yaml:"like"`
	// From and To bound the days of play, both included.
	From day `yaml:"from"`
	To   day `yaml:"to"`
	// Earned is "all", "base", or the fraction of all trophies.
	Earned string `yaml:"earned"`
	// Extra is the fraction of each further group that is earned with "base".
	Extra float64 `yaml:"extra"`
	// Rate is the percentage of players who have earned everything.
	Rate float64 `yaml:"rate"`
	// Undated is how many of the first trophies were earned without a date.
	Undated int `yaml:"undated"`
	// Hidden keeps the title out of the snapshot; see hidden.json.
	Hidden bool `yaml:"hidden"`
	// NoCover leaves the cover out of the pictures.
	NoCover bool `yaml:"noCover"`
	Art     art  `yaml:"art"`
	// Text holds the trophies, one a line:
	//
	//	G? Name | Detail | Reward      grade P, G, S or B; "?" is secret
	//	B#50 Name | Detail             counts to 50 (PS5)
	//	~S Beat {}. | Name = the Duke; Other Name = the Duchess
	//	*B6 Name | Find {} shells. | 5  Name I to Name VI, for 5 to 30 shells
	//	== Name of a further group | first day | last day
	//
	// A line with "~" or "*" stands for many trophies. A title whose first
	// line is "==" has no default group.
	Text string `yaml:"trophies"`

	groups   []*group
	trophies []*award
}

// art is what a title's pictures are drawn from.
type art struct {
	// Scene names the cover's drawing.
	Scene string `yaml:"scene"`
	// Colours are sky, far, near, ground, light and spark, as "#rrggbb".
	Colours []string `yaml:"colours"`
	// Heroes name what stands in the middle of the cover, one a group; see
	// data/heroes.txt.
	Heroes []string `yaml:"heroes"`
	// Motifs name the trophies' drawings, the platinum's first; see
	// data/motifs.txt.
	Motifs []string `yaml:"motifs"`
}

type group struct {
	id, name string
	from, to time.Time
	trophies []*award
}

// award is one trophy and how it was earned.
type award struct {
	id           int
	group        *group
	grade        byte
	name, detail string
	reward       string
	secret       bool
	target       int
	// effort runs from 0, nobody can miss it, to 1, nearly everybody does.
	effort float64
	rate   float64
	// drift is the part by which the rate grows in a year.
	drift  float64
	motif  int
	earned bool
	at     time.Time
	steps  int
	// stepsAt is when steps was last raised.
	stepsAt time.Time
}

type day struct{ time.Time }

// UnmarshalYAML reads 2006-01-02.
func (d *day) UnmarshalYAML(n *yaml.Node) (err error) {
	d.Time, err = time.Parse(time.DateOnly, n.Value)
	return err
}

func (t *title) npID() string { return fmt.Sprintf("NPWR%05d_00", t.ID) }

// modern says that the title is of the service that PS5 and PC use.
func (t *title) modern() bool { return strings.Contains(t.On, "PS5") || t.On == "PSPC" }

// legacy says that the title's cover is wide and low, as on PS3 and PS Vita.
func (t *title) legacy() bool {
	return strings.Contains(t.On, "PS3") || strings.Contains(t.On, "PSVITA")
}

// drawnAs is the ID whose pictures t has.
func (t *title) drawnAs() int {
	if t.Like != 0 {
		return t.Like
	}
	return t.ID
}

func loadTitles() ([]*title, error) {
	entries, err := dataFiles.ReadDir("data")
	if err != nil {
		return nil, err
	}
	var titles []*title
	byID := map[int]*title{}
	for _, e := range entries {
		b, err := dataFiles.ReadFile(path.Join("data", e.Name()))
		if err != nil {
			return nil, err
		}
		var list []*title
		if err := yaml.Unmarshal(b, &list); err != nil {
			return nil, fmt.Errorf("%s: %w", e.Name(), err)
		}
		for _, t := range list {
			if byID[t.ID] != nil {
				return nil, fmt.Errorf("%s: %d is used twice", t.Name, t.ID)
			}
			byID[t.ID] = t
		}
		titles = append(titles, list...)
	}
	for _, t := range titles {
		if err := t.parse(byID); err != nil {
			return nil, fmt.Errorf("%s: %w", t.Name, err)
		}
	}
	return titles, nil
}

// parse reads the trophies from t.Text, or those of the title that t is like.
func (t *title) parse(byID map[int]*title) error {
	text := t.Text
	if t.Like != 0 {
		other := byID[t.Like]
		if other == nil {
			return fmt.Errorf("like %d, which is not there", t.Like)
		}
		text, t.Art, t.Rate = other.Text, other.Art, other.Rate
	}
	names := map[string]bool{}
	var g *group
	for _, line := range strings.Split(strings.TrimSpace(text), "\n") {
		line = strings.TrimSpace(line)
		if rest, ok := strings.CutPrefix(line, "=="); ok {
			var err error
			if g, err = t.addGroup(rest); err != nil {
				return err
			}
			continue
		}
		if g == nil {
			g = &group{id: "default", name: t.Name, from: t.From.Time, to: t.To.Time}
			t.groups = append(t.groups, g)
		}
		awards, err := parseLine(line)
		if err != nil {
			return err
		}
		for _, a := range awards {
			if names[a.name] {
				return fmt.Errorf("two trophies named %q", a.name)
			}
			names[a.name] = true
			a.id, a.group = len(t.trophies), g
			g.trophies = append(g.trophies, a)
			t.trophies = append(t.trophies, a)
		}
	}
	return nil
}

func (t *title) addGroup(text string) (*group, error) {
	f := split(text, "|")
	n := len(t.groups)
	if n == 0 || t.groups[0].id != "default" {
		n++
	}
	g := &group{id: fmt.Sprintf("%03d", n), name: f[0], from: t.From.Time, to: t.To.Time}
	if len(f) == 3 && t.Like == 0 {
		var err error
		if g.from, err = time.Parse(time.DateOnly, f[1]); err != nil {
			return nil, err
		}
		if g.to, err = time.Parse(time.DateOnly, f[2]); err != nil {
			return nil, err
		}
	}
	t.groups = append(t.groups, g)
	return g, nil
}

// parseLine reads one line of title.Text, which can stand for many trophies.
func parseLine(line string) ([]*award, error) {
	if rest, ok := strings.CutPrefix(line, "*"); ok {
		return parseSeries(rest)
	}
	many := strings.HasPrefix(line, "~")
	head, rest, ok := strings.Cut(strings.TrimPrefix(line, "~"), " ")
	f := split(rest, "|")
	if !ok || len(f) < 2 || !strings.ContainsRune("PGSB", rune(head[0])) {
		return nil, fmt.Errorf("cannot read %q", line)
	}
	a := award{grade: head[0], secret: strings.Contains(head, "?")}
	if _, number, ok := strings.Cut(head, "#"); ok {
		n, err := strconv.Atoi(number)
		if err != nil {
			return nil, fmt.Errorf("cannot read %q: %w", line, err)
		}
		a.target = n
	}
	if !many {
		a.name, a.detail = f[0], f[1]
		if len(f) > 2 {
			a.reward = f[2]
		}
		return []*award{&a}, nil
	}
	var list []*award
	for _, item := range split(f[1], ";") {
		one := a
		var subject string
		one.name, subject, ok = strings.Cut(item, " = ")
		if !ok {
			subject = one.name
		}
		one.name, one.detail = strings.TrimSpace(one.name), strings.ReplaceAll(f[0], "{}", strings.TrimSpace(subject))
		list = append(list, &one)
	}
	return list, nil
}

// parseSeries reads a line that stands for a trophy in several sizes.
func parseSeries(line string) ([]*award, error) {
	numerals := []string{"I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"}
	head, rest, _ := strings.Cut(line, " ")
	f := split(rest, "|")
	if len(head) < 2 || len(f) != 3 {
		return nil, fmt.Errorf("cannot read %q", line)
	}
	n, err := strconv.Atoi(head[1:])
	step, err2 := strconv.Atoi(f[2])
	if err != nil || err2 != nil || n > len(numerals) {
		return nil, fmt.Errorf("cannot read %q", line)
	}
	var list []*award
	for i := range n {
		list = append(list, &award{
			grade: head[0], name: f[0] + " " + numerals[i],
			detail: strings.ReplaceAll(f[1], "{}", strconv.Itoa(step*(i+1))),
		})
	}
	return list, nil
}

func split(s, sep string) []string {
	f := strings.Split(s, sep)
	for i := range f {
		f[i] = strings.TrimSpace(f[i])
	}
	return f
}
