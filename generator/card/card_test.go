package card

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/trophycase/trophycase/generator/trophy"
)

var update = flag.Bool("update", false, "write the golden files")

var night = map[string]string{
	"ground": "#0e1116", "surface": "#151a21", "raised": "#1c232d", "line": "#2a3340",
	"ink": "#e9edf3", "soft": "#a9b4c2", "faint": "#8592a3",
	"platinum": "#b7d2ee", "gold": "#e2b53e", "silver": "#bcc4cf", "bronze": "#cf8a5b", "accent": "#7db7ff",
}

var day = map[string]string{
	"surface": "#ffffff", "raised": "#eef1f5", "line": "#dde2ea", "ink": "#161a20", "soft": "#4d5866", "faint": "#5f6a79",
	"platinum": "#2f628f", "gold": "#7f5a00", "silver": "#56616e", "bronze": "#8c4a1e",
}

var owner = trophy.Owner{OnlineID: "Marlowe-Quill", Avatar: trophy.Picture{File: "square.png", Width: 64, Height: 64}}

var words = Words{
	Level: "Level", Complete: "complete", NoTrophies: "No trophies yet", Trophies: "Trophies", Platinum: "Platinum", Platinums: "Platinums",
	Recent: "Recent trophies", Rarest: "Rarest trophies", Pinned: "Pinned", Year: "A year of trophies", Review: "Year in review",
	Latest: "Latest trophy", Completion: "Average completion", LongestStreak: "Longest streak", Number: trophy.Digits,
	Earned: "Earned", TimeToPlatinum: "Time to platinum", Players: "of players", RarestShort: "Rarest", Rarity: trophy.Rarity.String,
	Percent:     func(f float64, places int) string { return strconv.FormatFloat(f, 'f', places, 64) + "%" },
	Date:        func(t time.Time) string { return t.Format("2 Jan 2006") },
	Duration:    func(d time.Duration) string { return fmt.Sprintf("%d d %d h", int(d.Hours())/24, int(d.Hours())%24) },
	TrophyCount: func(n int) string { return trophy.Digits(n) + " trophies" },
	Points:      func(n int) string { return trophy.Digits(n) + " points" },
	Days:        func(n int) string { return trophy.Digits(n) + " days" },
	ToNext:      func(n int) string { return trophy.Digits(n) + " to the next level" },
	Month:       func(m time.Month) string { return m.String()[:3] },
	Alt:         func(p *trophy.Profile, _ *trophy.Statistics) string { return p.OnlineID },
}

func renderer(t testing.TB, change func(*Options)) *Renderer {
	t.Helper()
	o := Options{
		Fonts: os.DirFS("../.."), Folder: "assets/fonts", Colours: night, Language: "en", Words: words,
		Pictures: fstest.MapFS{
			"pictures/square.png": {Data: picture(64, 64)}, "pictures/wide.png": {Data: picture(320, 176)},
			"pictures/broken.png": {Data: []byte("\x89PNG no")},
		},
	}
	if change != nil {
		change(&o)
	}
	r, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func picture(w, h int) []byte {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			m.Set(x, y, color.RGBA{uint8(255 * x / w), uint8(255 * y / h), 128, 255})
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func title(name string) *trophy.Title {
	return &trophy.Title{
		ID: "NPWR00001_00", Name: name, Platforms: []trophy.Platform{trophy.PS5, trophy.PC}, Progress: 63,
		Icon:    trophy.Picture{File: "wide.png", Width: 320, Height: 176},
		Defined: trophy.Counts{Bronze: 30, Silver: 12, Gold: 3, Platinum: 1}, Earned: trophy.Counts{Bronze: 22, Silver: 5, Gold: 1},
	}
}

func profile() *trophy.Profile {
	return &trophy.Profile{
		Owner: owner, Level: trophy.Level{Number: 412, Points: 118_305, Base: 118_000, Next: 119_350, Progress: 22, Tier: 5},
		Earned: trophy.Counts{Bronze: 3120, Silver: 940, Gold: 310, Platinum: 52},
		Time:   time.Date(2026, 11, 15, 0, 0, 0, 0, time.UTC),
		Titles: []trophy.Title{{ID: "NPWR00001_00", Name: "Tidewright", Progress: 63, Earned: trophy.Counts{Bronze: 1, Gold: 1, Platinum: 1}, Icon: trophy.Picture{File: "square.png", Width: 64, Height: 64}, Groups: []trophy.Group{{ID: "default", Trophies: []trophy.Trophy{
			{ID: 0, Name: "Master of tides", Grade: trophy.Platinum, Earned: true, EarnedAt: time.Date(2026, 11, 14, 20, 0, 0, 0, time.UTC), EarnedRate: 3.4},
			{ID: 1, Name: "灯をともせ", Grade: trophy.Gold, Earned: true, EarnedAt: time.Date(2026, 11, 13, 20, 0, 0, 0, time.UTC), EarnedRate: 12},
			{ID: 2, Name: "First light", Grade: trophy.Bronze, Earned: true, EarnedAt: time.Date(2026, 3, 2, 20, 0, 0, 0, time.UTC), EarnedRate: 92.5},
		}}}}},
	}
}

func drawProfile(t testing.TB, r *Renderer, p *trophy.Profile) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := r.Profile(&b, p, trophy.NewStatistics(p, time.UTC, nil), 1); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func drawTitle(t testing.TB, r *Renderer, m *trophy.Title) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := r.Title(&b, owner, m, 1); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// kinds is every card of a profile, ready to be drawn.
func kinds(r *Renderer, p *trophy.Profile) map[string]func(io.Writer) error {
	s := trophy.NewStatistics(p, time.UTC, nil)
	list := map[string]func(io.Writer) error{
		"recent":    func(w io.Writer) error { return r.Recent(w, p, s, 1) },
		"rarest":    func(w io.Writer) error { return r.Rarest(w, p, s, 1) },
		"calendar":  func(w io.Writer) error { return r.Calendar(w, p, s, 1) },
		"milestone": func(w io.Writer) error { return r.Milestone(w, p, s, 1) },
		"review":    func(w io.Writer) error { return r.Review(w, p.Owner, s.Review(2026, time.UTC)) },
		"heading":   func(w io.Writer) error { return r.Heading(w, p.Owner, "Stats", "Level 412") },
		"icon":      func(w io.Writer) error { return r.Icon(w, 192, false) },
		"pinned": func(w io.Writer) error {
			return r.Pinned(w, p, p.Pinned([]trophy.Pin{{TitleID: "NPWR00001_00", TrophyID: -1}, {TitleID: "NPWR00001_00", TrophyID: 0}}), 1)
		},
	}
	for _, name := range Strips {
		list[name] = func(w io.Writer) error { return r.Strip(w, name, p, s, 2) }
	}
	for _, b := range r.Badges(p, s) {
		list["badge-"+b.Name] = func(w io.Writer) error { return r.Badge(w, b, 28, 1) }
	}
	if len(s.Platinums) > 0 {
		list["platinum"] = func(w io.Writer) error { return r.Platinum(w, p.Owner, s.Platinums[0]) }
		list["platinum-square"] = func(w io.Writer) error { return r.PlatinumSquare(w, p.Owner, s.Platinums[0]) }
	}
	return list
}

func drawn(t testing.TB, draw func(io.Writer) error) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := draw(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestGolden compares cards with pictures that a person has looked at. Curves
// differ by a little between processors, so a few pixels may.
func TestGolden(t *testing.T) {
	r := renderer(t, nil)
	nobody := &trophy.Profile{Owner: trophy.Owner{OnlineID: "x"}, Level: trophy.Level{Number: 1, Next: 60, Tier: 1}}
	blank := title("Без обложки")
	blank.Icon, blank.Progress, blank.Defined = trophy.Picture{File: "broken.png"}, 0, trophy.Counts{Bronze: 9}
	blank.Earned = trophy.Counts{}
	done := title("星を継ぐ庭師")
	done.Progress, done.Earned = 100, done.Defined
	social := func(m *trophy.Title) []byte {
		var b bytes.Buffer
		if err := r.TitleSocial(&b, owner, m); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	var front bytes.Buffer
	if err := r.Social(&front, profile(), trophy.NewStatistics(profile(), time.UTC, nil)); err != nil {
		t.Fatal(err)
	}
	cards := map[string][]byte{
		"social":       front.Bytes(),
		"social-title": social(title("Velocity Orchard: The Complete and Unabridged Grand Touring Championship of the Outer Farmlands")),
		"social-done":  social(done),
		"profile":      drawProfile(t, r, profile()),
		"nobody":       drawProfile(t, r, nobody),
		"title":        drawTitle(t, r, title("Tidewright™")),
		"long":         drawTitle(t, r, title(strings.Repeat("The Complete and Unabridged Championship ", 8))),
		"arabic":       drawTitle(t, r, title("منارة الرمل 2: Sand")),
		"blank":        drawTitle(t, r, blank),
		"complete":     drawTitle(t, r, done),
		"day": drawTitle(t, renderer(t, func(o *Options) {
			o.Colours = day
			o.Address = "me.example/trophies"
		}), title("고요한 우체국")),
	}
	for name, card := range kinds(r, profile()) {
		cards[name] = drawn(t, card)
	}
	cards["tiers"] = drawn(t, func(w io.Writer) error {
		return r.draw(w, size{800, 128, 1, 0, false}, func(c *canvas) {
			for tier := 1; tier <= 10; tier++ {
				c.tier(trophy.Level{Tier: tier}, 76*float64(tier)-16, 44, 32)
				c.tier(trophy.Level{Tier: tier}, 76*float64(tier)-16, 104, 16)
			}
		})
	})
	less, err := r.With(func(o *Options) { o.Rows, o.Hide = 2, []string{"latest", "completion", "points"} })
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"recent", "signature-550x150"} {
		cards[name+"-less"] = drawn(t, kinds(less, profile())[name])
	}
	cards["profile-less"] = drawProfile(t, less, profile())
	light, err := r.In(day)
	if err != nil {
		t.Fatal(err)
	}
	for name, card := range kinds(light, profile()) {
		cards[name+"-light"] = drawn(t, card)
	}
	mirrored, err := r.With(func(o *Options) { o.Mirrored, o.Address = true, "me.example/trophies" })
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"badge-level", "calendar", "compact", "heading", "milestone", "platinum", "recent", "review", "signature-500x100"} {
		cards[name+"-mirrored"] = drawn(t, kinds(mirrored, profile())[name])
	}
	cards["profile-mirrored"] = drawProfile(t, mirrored, profile())
	cards["title-mirrored"] = drawTitle(t, mirrored, title("منارة الرمل 2: Sand"))
	cards["social-mirrored"] = drawn(t, func(w io.Writer) error { return mirrored.TitleSocial(w, owner, title("منارة الرمل")) })
	for name, card := range kinds(r, nobody) {
		cards[name+"-empty"] = drawn(t, card)
	}
	for name, got := range cards {
		file := filepath.Join("testdata", name+".png")
		if *update {
			if err := os.WriteFile(file, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		compare(t, name, got, want)
		// Cards of platinums and years are posts of their own, others are loaded by pages.
		if most := map[bool]int{true: 200_000, false: 120_000}[strings.HasPrefix(name, "platinum")]; len(got) > most {
			t.Errorf("%s has %d bytes", name, len(got))
		}
	}
	if missing := r.Missing(); len(missing) != 0 {
		t.Errorf("no font has %q", string(missing))
	}
}

// compare sees that two pictures look the same: on the processors that the golden
// files were drawn on they are equal, on others curves may differ by a little on
// a few pixels. Else it leaves both, and a third that shows where they differ.
func compare(t *testing.T, name string, got, want []byte) {
	t.Helper()
	x, y := decode(t, got), decode(t, want)
	if x.Bounds() != y.Bounds() {
		t.Errorf("%s: the size is %v, want %v", name, x.Bounds().Size(), y.Bounds().Size())
		return
	}
	worst, n, diff := difference(x, y)
	share := 100 * float64(n) / float64(x.Bounds().Dx()*x.Bounds().Dy())
	mostly, most := 0.1, 16
	if runtime.GOARCH == "amd64" {
		mostly, most = 0, 0
	}
	if share <= mostly && worst <= most {
		return
	}
	folder := filepath.Join(os.TempDir(), "trophycase-cards")
	var b bytes.Buffer
	if err := errors.Join(os.MkdirAll(folder, 0o755), png.Encode(&b, diff)); err != nil {
		t.Fatal(err)
	}
	for end, data := range map[string][]byte{"got": got, "want": want, "diff": b.Bytes()} {
		if err := os.WriteFile(filepath.Join(folder, name+"-"+end+".png"), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	t.Errorf("%s: %d pixels (%.3f %%) differ, by %d at most: see %s-diff.png beside what was got and wanted in %s; run go test -update and look at it if that is meant",
		name, n, share, worst, name, folder)
}

// difference is the largest difference of a channel of a pixel, the number of
// pixels that differ, and a picture of where: brighter is more.
func difference(x, y image.Image) (worst, n int, diff *image.Gray) {
	diff = image.NewGray(x.Bounds())
	for py := range x.Bounds().Dy() {
		for px := range x.Bounds().Dx() {
			r1, g1, b1, a1 := x.At(px, py).RGBA()
			r2, g2, b2, a2 := y.At(px, py).RGBA()
			d := 0
			for _, c := range [][2]uint32{{r1, r2}, {g1, g2}, {b1, b2}, {a1, a2}} {
				d = max(d, int(c[0]>>8)-int(c[1]>>8), int(c[1]>>8)-int(c[0]>>8))
			}
			if d > 0 {
				n++
				diff.SetGray(px, py, color.Gray{uint8(min(255, 55+4*d))})
			}
			worst = max(worst, d)
		}
	}
	return worst, n, diff
}

// TestDifference sees that comparing pictures finds what a person would not: one
// letter, a quarter of a pixel, a shade.
func TestDifference(t *testing.T) {
	r := renderer(t, nil)
	base := decode(t, drawTitle(t, r, title("Tidewright")))
	shade, err := r.With(func(o *Options) { o.Colours = maps.Clone(night); o.Colours["surface"] = "#161a21" })
	if err != nil {
		t.Fatal(err)
	}
	for name, other := range map[string][]byte{
		"letter": drawTitle(t, r, title("Tidewrighl")), "shade": drawTitle(t, shade, title("Tidewright")),
	} {
		worst, n, _ := difference(base, decode(t, other))
		if all := base.Bounds().Dx() * base.Bounds().Dy(); worst <= 16 && n <= all/1000 {
			t.Errorf("%s: %d pixels differ by %d, which nobody would be told", name, n, worst)
		}
	}
}

func decode(t *testing.T, data []byte) image.Image {
	t.Helper()
	m, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestSameBytesAtTheSameTime(t *testing.T) {
	r := renderer(t, nil)
	want := drawTitle(t, r, title("Tidewright"))
	var wait sync.WaitGroup
	for i := range 16 {
		wait.Go(func() {
			if i%2 == 1 {
				drawTitle(t, r, title("無限回廊の図書館"))
				return
			}
			if !bytes.Equal(drawTitle(t, r, title("Tidewright")), want) {
				t.Error("the bytes differ")
			}
		})
	}
	wait.Wait()
}

// TestInside sees that no name of any script or length leaves the card's frame.
func TestInside(t *testing.T) {
	r := renderer(t, nil)
	edge := decode(t, drawTitle(t, r, &trophy.Title{Name: "-"}))
	for _, name := range []string{
		strings.Repeat("W", 300), strings.Repeat("長い題名", 75), strings.Repeat("ﷺ", 100), strings.Repeat("🏆", 150),
		strings.Repeat("ก็", 150), strings.Repeat("a ", 150), strings.Repeat("é̂̃̄", 80), "\u202eabc", "a\nb\tc",
	} {
		m := title(name)
		got := decode(t, drawTitle(t, r, m))
		p := profile()
		p.OnlineID, p.Titles[0].Name, p.Titles[0].Groups[0].Trophies[0].Name = name, name, name
		drawProfile(t, r, p)
		for y := range 200 {
			for _, x := range []int{0, 1, 12, 20, 779, 788, 799} {
				if got.At(x, y) != edge.At(x, y) {
					t.Errorf("%.20q reaches out of the frame at %d, %d", name, x, y)
					break
				}
			}
		}
	}
}

// TestInsideKinds sees the same of every card of a profile: its edges are those of
// a card with short names.
func TestInsideKinds(t *testing.T) {
	r := renderer(t, nil)
	short := map[string]image.Image{}
	for name, card := range kinds(r, profile()) {
		short[name] = decode(t, drawn(t, card))
	}
	names := []string{strings.Repeat("長い題名", 75), strings.Repeat("W", 300), strings.Repeat("ﷺ", 100), strings.Repeat("é̂̃̄", 80)}
	if testing.Short() {
		names = names[:1]
	}
	for _, long := range names {
		p := profile()
		p.OnlineID, p.Titles[0].Name, p.Level.Number = long, long, 999
		p.Earned = trophy.Counts{Bronze: 98765, Silver: 54321, Gold: 43210, Platinum: 12345}
		for i := range p.Titles[0].Groups[0].Trophies {
			p.Titles[0].Groups[0].Trophies[i].Name = long
		}
		for name, card := range kinds(r, p) {
			m := decode(t, drawn(t, card))
			b := m.Bounds()
			if strings.HasPrefix(name, "badge") || name == "icon" {
				continue
			}
			for y := b.Dy() / 3; y < b.Dy()*2/3; y++ {
				for _, x := range []int{3, b.Dx() - 4} {
					if m.At(x, y) != short[name].At(x, y) {
						t.Fatalf("%s of %.10q reaches its edge at %d, %d", name, long, x, y)
					}
				}
			}
			if name != "heading" && b.Dx() > 1200 {
				t.Errorf("%s is %v", name, b)
			}
		}
	}
}

func TestMissing(t *testing.T) {
	r := renderer(t, nil)
	drawTitle(t, r, title("Ogham ᚑᚌᚐᚋ"))
	if got := string(r.Missing()); got != "ᚋᚌᚐᚑ" {
		t.Errorf("missing are %q", got)
	}
}

func TestBadOptions(t *testing.T) {
	for want, change := range map[string]func(*Options){
		"not a colour": func(o *Options) { o.Colours = map[string]string{"ink": "red"} },
		"none.ttf":     func(o *Options) { o.Extra = []string{"none.ttf"} },
		"no such":      func(o *Options) { o.Folder = "no such" },
	} {
		o := Options{Fonts: os.DirFS("../.."), Folder: "assets/fonts", Colours: night}
		change(&o)
		if _, err := New(o); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error is %v, want %q in it", err, want)
		}
	}
}

// TestEncode reads back what was written: noise with holes, noise without, and a
// flat picture with spots of noise at the edges and in between.
func TestEncode(t *testing.T) {
	noise := func(x, y int) color.RGBA {
		v := x*31 + y*57
		return color.RGBA{uint8(v), uint8(v * 3), uint8(v * 7), 255}
	}
	for name, m := range map[string]*image.RGBA{
		"noise": filled(37, 21, noise),
		"holes": filled(37, 21, func(x, y int) color.RGBA {
			c := noise(x, y)
			c.A = []uint8{0, 90, 255}[(x+y)%3]
			c.R, c.G, c.B = min(c.R, c.A), min(c.G, c.A), min(c.B, c.A)
			return c
		}),
		"spots": filled(333, 40, func(x, y int) color.RGBA {
			if y%7 == 3 && (x < 2 || x == 100 || x > 180 && x < 190 || x == 332) {
				return noise(x, y)
			}
			return color.RGBA{20, 26, 33, 255}
		}),
		"one pixel": filled(1, 1, noise),
	} {
		t.Run(name, func(t *testing.T) {
			var b bytes.Buffer
			if err := encode(&b, artwork{m, m.Opaque(), name == "spots", "what it shows"}); err != nil {
				t.Fatal(err)
			}
			got := decode(t, b.Bytes())
			for y := range m.Rect.Dy() {
				for x := range m.Rect.Dx() {
					back := color.RGBAModel.Convert(got.At(x, y)).(color.RGBA)
					if want := m.RGBAAt(x, y); distant(back, want) > 2 || want.A == 255 && back != want {
						t.Fatalf("pixel %d, %d is %v, want %v", x, y, back, want)
					}
				}
			}
		})
	}
}
