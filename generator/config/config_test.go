package config

import (
	"flag"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/google/go-cmp/cmp"
	"gopkg.in/yaml.v3"
)

var update = flag.Bool("update", false, "write the golden files")

// golden compares got with a file, or writes it.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, got, 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-want +got, -update accepts it):\n%s", name, diff)
	}
}

func parse(t *testing.T, text string) *Config {
	t.Helper()
	c, err := Parse("site.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestInvalid(t *testing.T) {
	names, err := filepath.Glob("testdata/invalid/*.yaml")
	if err != nil || len(names) < 40 {
		t.Fatalf("found %d files, %v", len(names), err)
	}
	for _, name := range names {
		base := strings.TrimSuffix(name, ".yaml")
		t.Run(filepath.Base(base), func(t *testing.T) {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			c, err := Parse("site.yaml", data)
			if err == nil {
				t.Fatalf("accepted: %+v", c)
			}
			golden(t, base+".golden", []byte(err.Error()+"\n"))
			for _, secret := range []string{"aB3aB3", "eyJ", "hunter2", "ghi", "someone@"} {
				if strings.Contains(err.Error(), secret) {
					t.Errorf("the message repeats %q", secret)
				}
			}
		})
	}
}

func TestShippedFile(t *testing.T) {
	data, err := os.ReadFile("../../site.yaml")
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	if diff := cmp.Diff(Default(), parse(t, text), cmp.Comparer(sameZone)); diff != "" {
		t.Errorf("differs from the defaults (-default +file):\n%s", diff)
	}
	if first, _, _ := strings.Cut(text, "\n"); first != "# yaml-language-server: $schema=assets/site.schema.json" {
		t.Errorf("first line %q", first)
	}
	var check func(list []setting, colours bool)
	check = func(list []setting, colours bool) {
		for _, s := range list {
			form := `(?m)^\s*` + s.key + `:`
			if colours && s.text != nil {
				form = `\b` + s.key + `\b`
			}
			if !regexp.MustCompile(form).MatchString(text) {
				t.Errorf("lacks %s", s.key)
			}
			check(s.keys, s.key == "theme" || colours)
		}
	}
	check(settings, false)
}

func TestSchemaFile(t *testing.T) {
	golden(t, "../../assets/site.schema.json", Schema())
}

func sameZone(a, b *time.Location) bool { return a.String() == b.String() }

func TestEverySettingIsWhole(t *testing.T) {
	var check func(list []setting, name string)
	check = func(list []setting, name string) {
		seen := make(map[string]bool)
		for _, s := range list {
			n := 0
			for _, set := range []bool{s.text != nil, s.flag != nil, s.number != nil, s.item != nil, s.named != nil, s.keys != nil} {
				if set {
					n++
				}
			}
			if n != 1 || s.doc == "" || seen[s.key] {
				t.Errorf("%s.%s: %d ways to read it, doc %q, twice %v", name, s.key, n, s.doc, seen[s.key])
			}
			seen[s.key] = true
			check(s.keys, s.key)
		}
	}
	check(settings, "")
}

func TestParse(t *testing.T) {
	tests := map[string]struct {
		text string
		want func(*Config)
	}{
		"empty":         {"", func(*Config) {}},
		"comments":      {"# nothing\n", func(*Config) {}},
		"null":          {"---\n", func(*Config) {}},
		"BOM and CRLF":  {"\ufefftitle: One\r\nlanguage: de\r\n", func(c *Config) { c.Title, c.Language, c.PSNLanguage = "One", "de", "de" }},
		"white space":   {"title: >\n  One\n  two\n", func(c *Config) { c.Title = "One two" }},
		"prefix":        {"base_url: /trophies", func(c *Config) { c.BaseURL = "/trophies/" }},
		"root":          {"base_url: /", func(c *Config) { c.BaseURL = "/" }},
		"address":       {"base_url: HTTPS://Trophies.Example", func(c *Config) { c.BaseURL = "https://trophies.example/" }},
		"address, path": {"base_url: https://trophies.example:8080/a%20b", func(c *Config) { c.BaseURL = "https://trophies.example:8080/a%20b/" }},
		"norwegian":     {"language: no", func(c *Config) { c.Language, c.PSNLanguage = "no", "no" }},
		"underscore":    {"language: pt_br", func(c *Config) { c.Language, c.PSNLanguage = "pt-BR", "pt-BR" }},
		"taiwan":        {"language: zh-TW", func(c *Config) { c.Language, c.PSNLanguage = "zh-TW", "zh-Hant" }},
		"chinese":       {"language: zh", func(c *Config) { c.Language, c.PSNLanguage = "zh", "zh-Hans" }},
		"two languages": {"psn_language: ja-jp\nlanguage: en-GB", func(c *Config) { c.Language, c.PSNLanguage = "en-GB", "ja-JP" }},
		"account ID":    {`account: "1234567890"`, func(c *Config) { c.Account = "1234567890" }},
		"online ID":     {"account: Some_One-1", func(c *Config) { c.Account = "Some_One-1" }},
		"titles hidden": {"hidden_titles: True\nicons: none", func(c *Config) { c.HiddenTitles, c.Icons = true, "none" }},
		"empty lists":   {"leave_out:\npinned:\nstacks:\ntheme:\n", func(*Config) {}},
		"leave out":     {"leave_out: [NPWR00001_00]", func(c *Config) { c.LeaveOut = []string{"NPWR00001_00"} }},
		"pinned":        {"pinned: [NPWR00001_00, NPWR00001_00/0]", func(c *Config) { c.Pinned = []Pin{{"NPWR00001_00", -1}, {"NPWR00001_00", 0}} }},
		"stacks":        {"stacks: {Secret Tokens: [NPWR00001_00, NPWR00002_00]}", func(c *Config) { c.Stacks["Secret Tokens"] = []string{"NPWR00001_00", "NPWR00002_00"} }},
		"theme name":    {"theme: museum", func(*Config) {}},
		"feeds":         {"feeds: {items: 1_000}", func(c *Config) { c.Feeds.Items = 1000 }},
		"fetch":         {"fetch: {max_requests: 100, refresh: 0}", func(c *Config) { c.Fetch = Fetch{100, 0} }},
		"allow_html":    {"allow_html: true", func(c *Config) { c.AllowHTML = true }},
		"own cards": {"cards: {theme: study, own: ['a.png?kind=compact', 'b.png?kind=badges/level&theme=grove&mode=light&scale=2', 'c.png?kind=title&title=NPWR00001_00&lang=de', 'd.png?kind=review&year=2025', 'e.png?kind=recent&rows=3&hide=points,latest']}", func(c *Config) {
			c.Cards.Theme = "study"
			c.Cards.Own = []OwnCard{
				{File: "a.png", Kind: "compact", Theme: "study", Mode: "dark", Scale: 1},
				{File: "b.png", Kind: "badges/level", Theme: "grove", Mode: "light", Scale: 2},
				{File: "c.png", Kind: "title", Theme: "study", Mode: "dark", Scale: 1, Title: "NPWR00001_00", Language: "de"},
				{File: "d.png", Kind: "review", Theme: "study", Mode: "dark", Scale: 1, Year: 2025},
				{File: "e.png", Kind: "recent", Theme: "study", Mode: "dark", Scale: 1, Rows: 3, Hide: []string{"latest", "points"}},
			}
		}},
		"cards":          {"cards: {address: true, fonts: [a/B.TTF]}", func(c *Config) { c.Cards.Address, c.Cards.Fonts = true, []string{"a/B.TTF"} }},
		"unused anchor":  {"title: &a One", func(c *Config) { c.Title = "One" }},
		"forced text":    {"title: !!str 2024", func(c *Config) { c.Title = "2024" }},
		"JSON":           {`{"title": "One"}`, func(c *Config) { c.Title = "One" }},
		"end of stream":  {"title: One\n...\n", func(c *Config) { c.Title = "One" }},
		"63 hex letters": {"description: " + strings.Repeat("a", 63), func(c *Config) { c.Description = strings.Repeat("a", 63) }},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			want := Default()
			test.want(want)
			if diff := cmp.Diff(want, parse(t, test.text), cmp.Comparer(sameZone)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestColours(t *testing.T) {
	c := parse(t, `theme: {dark: {ink: "#FFF"}, ink: "#000", accent: "#7DB7FF", light: {gold: "#123456"}}`)
	light := map[string]string{"ink": "#000000", "accent": "#7db7ff", "gold": "#123456"}
	dark := map[string]string{"ink": "#ffffff", "accent": "#7db7ff"}
	if diff := cmp.Diff(Theme{"museum", "auto", light, dark}, c.Theme); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestTimeZone(t *testing.T) {
	if got := parse(t, "time_zone: Asia/Tokyo").Location.String(); got != "Asia/Tokyo" {
		t.Errorf("got %s", got)
	}
	for _, name := range strings.Fields(zoneNames) {
		if _, err := time.LoadLocation(name); err != nil {
			t.Error(err)
		}
	}
}

func TestSizeIsBounded(t *testing.T) {
	_, err := Parse("site.yaml", make([]byte, maxSize+1))
	if err == nil || !strings.Contains(err.Error(), "larger than 1 MiB") {
		t.Errorf("got %v", err)
	}
	_, err = Parse("site.yaml", []byte(strings.Repeat("a: 1\n", 100_000)))
	if e, ok := err.(*Errors); !ok || len(e.Problems) > maxProblems {
		t.Errorf("got %d problems", len(e.Problems))
	}
}

func TestDistance(t *testing.T) {
	tests := []struct {
		a, b string
		want int
	}{{"", "", 0}, {"a", "", 1}, {"title", "titel", 1}, {"kitten", "sitting", 3}, {"夜空", "夜", 1}}
	for _, test := range tests {
		if got := distance(test.a, test.b); got != test.want {
			t.Errorf("%q, %q: got %d, want %d", test.a, test.b, got, test.want)
		}
	}
}

// FuzzParse holds that Parse answers every input, that a message never holds
// a secret, and that what it accepts can be written down and read again.
func FuzzParse(f *testing.F) {
	names, _ := filepath.Glob("testdata/invalid/*.yaml")
	for _, name := range append(names, "../../site.yaml") {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := Parse("site.yaml", data)
		if err != nil {
			if looksSecret(err.Error()) {
				t.Errorf("a secret in the message: %v", err)
			}
			return
		}
		again, err := Parse("site.yaml", written(t, c))
		if err != nil || !reflect.DeepEqual(c, again) {
			t.Errorf("%v: got %+v, want %+v", err, again, c)
		}
	})
}

func ownOptions(o OwnCard) url.Values {
	v := url.Values{"kind": {o.Kind}, "theme": {o.Theme}, "mode": {o.Mode}, "scale": {strconv.Itoa(o.Scale)}}
	for name, value := range map[string]string{"lang": o.Language, "title": o.Title, "hide": strings.Join(o.Hide, ",")} {
		if value != "" {
			v.Set(name, value)
		}
	}
	for name, n := range map[string]int{"year": o.Year, "rows": o.Rows} {
		if n != 0 {
			v.Set(name, strconv.Itoa(n))
		}
	}
	return v
}

// written is the site.yaml that means c.
func written(t *testing.T, c *Config) []byte {
	pins := []string{}
	for _, p := range c.Pinned {
		if p.Trophy < 0 {
			pins = append(pins, p.Title)
			continue
		}
		number, _ := yaml.Marshal(p.Trophy)
		pins = append(pins, p.Title+"/"+strings.TrimSpace(string(number)))
	}
	own := []string{}
	for _, o := range c.Cards.Own {
		own = append(own, o.File+"?"+ownOptions(o).Encode())
	}
	data, err := yaml.Marshal(map[string]any{
		"title": c.Title, "description": c.Description, "base_url": c.BaseURL,
		"language": c.Language, "psn_language": c.PSNLanguage, "time_zone": c.Location.String(),
		"account": c.Account, "hidden_titles": c.HiddenTitles, "leave_out": c.LeaveOut,
		"pinned": pins, "stacks": c.Stacks,
		"theme": map[string]any{"name": c.Theme.Name, "mode": c.Theme.Mode, "light": c.Theme.Light, "dark": c.Theme.Dark},
		"cards": map[string]any{"theme": c.Cards.Theme, "address": c.Cards.Address, "fonts": c.Cards.Fonts, "own": own}, "allow_html": c.AllowHTML,
		"feeds": map[string]any{"items": c.Feeds.Items, "spoilers": c.Feeds.Spoilers, "group_minutes": c.Feeds.GroupMinutes, "platinums": c.Feeds.Platinums, "milestones": c.Feeds.Milestones, "titles": c.Feeds.Titles, "grades": c.Feeds.Grades},
		"fetch": map[string]any{"max_requests": c.Fetch.MaxRequests, "refresh": c.Fetch.Refresh},
		"icons": c.Icons,
	})
	if err != nil {
		t.Fatal(err)
	}
	return data
}
