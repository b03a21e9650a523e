package page

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/PuerkitoBio/goquery"

	"github.com/trophycase/trophycase/generator/trophy"
)

var update = flag.Bool("update", false, "write the golden files")

// english is the shipped words.
func english() *Words {
	w, err := ReadWords(catalogueFolder(), "en")
	if err != nil {
		panic(err)
	}
	return w
}

// notes is the owner's words on a title and on one of its trophies.
func notes() Notes {
	c, err := ReadProse(fstest.MapFS{
		"titles/NPWR00001_00.md":   {Data: []byte("---\ndate: 2026-11-14\n---\nThe *best* one. See [the list](/titles/).")},
		"titles/NPWR00001_00/1.md": {Data: []byte("---\ntitle: How\n---\nJump twice.")},
	}, ProseOptions{})
	if err != nil {
		panic(err)
	}
	return NotesOf(c.Notes())
}

func options() Options {
	return Options{
		SiteTitle: "Case & <Co>", Description: "All of it", Words: english(), Day: "#f6f7f9", Night: "#0e1116", Icons: []Icon{{Path: "icons/32.png", Size: 32}, {Path: "icons/180.png", Size: 180, Apple: true}},
		Notes: notes(), BaseURL: "https://me.example/t/",
		Links: Links{
			Titles: "titles/", Feed: "feed.xml", Social: "cards/social.png", Search: "search/", Embed: "embed/", Feeds: "feeds/", API: "api/", Credits: "credits/", PageSocial: func(dir string) string { return "cards/pages/" + strings.TrimSuffix(dir, "/") + ".png" }, Manifest: "manifest.webmanifest",
			TitlesPage: func(n int) string {
				return map[bool]string{true: "titles/", false: fmt.Sprintf("titles/-/%d/", n)}[n == 1]
			},
			Unlocks: "unlocks/", Platinums: "platinums/", Rarest: "rarest/", Milestones: "milestones/", Stats: "stats/",
			Year:        func(year int) string { return fmt.Sprintf("unlocks/%d/", year) },
			Title:       func(t *trophy.Title) string { return "titles/" + t.Slug + "/" },
			TitleSocial: func(t *trophy.Title) string { return "cards/social/" + t.Slug + ".png" },
			TitleCards: func(t *trophy.Title) []Embed {
				if t.Slug != "星-1" {
					return nil
				}
				path := func(string, int) string { return "cards/titles/" + t.Slug + ".png" }
				return []Embed{{Name: "titles/" + t.Slug, Title: "Title card", Width: 800, Height: 200, Alt: t.Name + ` & "more"`, About: "titles/" + t.Slug + "/", Single: true, Path: path}}
			},
			Review: func(year int) string { return fmt.Sprintf("cards/years/%d.png", year) },
			Unlock: func(u trophy.Unlock) string { return fmt.Sprintf("titles/%s/#t%d", u.TitleSlug, u.Trophy.ID) },
			Own: func(dir string) []FeedLink {
				if dir != "platinums/" {
					return nil
				}
				return []FeedLink{{"Platinums", "feeds/platinums.xml", "application/rss+xml"}}
			},
			Picture: func(p trophy.Picture) string { return "pictures/" + p.File },
			Asset:   func(name string) string { return "assets/" + name },
		},
	}
}

func at(s string) time.Time {
	t, err := time.Parse("2006-01-02 15:04", s)
	if err != nil {
		panic(err)
	}
	return t
}

// profile has what is hard to show.
func profile() *trophy.Profile {
	return &trophy.Profile{
		Owner: trophy.Owner{OnlineID: `<script>canary()</script>`, Avatar: trophy.Picture{File: "a.jpg", Width: 256, Height: 256}},
		About: "First line\n<b>second</b> {{.Secret}}", Trouble: trophy.SignInEnded,
		Level:  trophy.Level{Number: 220, Points: 24375, Base: 23940, Next: 24390, Progress: 96, Tier: 3},
		Earned: trophy.Counts{Bronze: 12345, Silver: 2, Gold: 1, Platinum: 1}, Time: at("2026-11-15 00:00"),
		Titles: []trophy.Title{
			{ID: "NPWR00001_00", Slug: "星-1", Name: "星を継ぐ庭師 & \"quotes\"", Platforms: []trophy.Platform{trophy.PS5, trophy.PC}, Fetched: true,
				Progress: 100, Defined: trophy.Counts{Bronze: 2, Platinum: 1}, Earned: trophy.Counts{Bronze: 2, Platinum: 1},
				UpdatedAt: at("2026-11-14 23:30"), Detail: "Line\nbreak",
				Groups: []trophy.Group{
					{ID: "default", Name: "Base", Progress: 100, Defined: trophy.Counts{Bronze: 1, Platinum: 1}, Earned: trophy.Counts{Bronze: 1, Platinum: 1},
						Trophies: []trophy.Trophy{
							{ID: 0, Grade: trophy.Platinum, Name: "All", Detail: "Everything.", Earned: true, EarnedAt: at("2026-11-14 23:30"), EarnedRate: 1.25, Icon: trophy.Picture{File: "p.png", Width: 128, Height: 128}},
							{ID: 1, Grade: trophy.Bronze, Name: `"><img src=x onerror=canary()>`, Detail: "منارة", Earned: true, EarnedAt: at("2026-11-10 12:00"), EarnedRate: 61, Rarity: trophy.Common,
								Reward: &trophy.Reward{Name: "Lamp"}},
						}},
					{ID: "001", Name: "Depths", Progress: 100, Defined: trophy.Counts{Bronze: 1}, Earned: trophy.Counts{Bronze: 1}, Trophies: []trophy.Trophy{
						{ID: 2, Grade: trophy.Bronze, Name: "Undated", Earned: true, Rarity: trophy.Rare},
					}},
				}},
			{ID: "NPWR00002_00", Slug: "secret", Name: "Secrets", Platforms: []trophy.Platform{trophy.PSVita}, Fetched: true, Progress: 40,
				Defined: trophy.Counts{Silver: 2}, UpdatedAt: at("2020-01-01 00:00"),
				Groups: []trophy.Group{{ID: "default", Trophies: []trophy.Trophy{
					{ID: 0, Grade: trophy.Silver, Name: "Covered name", Detail: "Covered text", Secret: true, EarnedRate: 3, Icon: trophy.Picture{File: "covered.png"}},
					{ID: 1, Grade: trophy.Silver, Name: "Counts", Steps: &trophy.Steps{Done: 30, Target: 100, Progress: 30}},
				}}}},
			{ID: "NPWR00003_00", Slug: "later", Name: "Later", Defined: trophy.Counts{Bronze: 1}},
		},
	}
}

func renderer(t testing.TB, change func(*Options)) *Renderer {
	t.Helper()
	o := options()
	if change != nil {
		change(&o)
	}
	r, err := New(os.DirFS("../../templates"), o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// pages is every sort of page by a name.
func pages(t testing.TB, r *Renderer, p *trophy.Profile) map[string]string {
	t.Helper()
	stats := trophy.NewStatistics(p, time.UTC, nil)
	out := map[string]string{}
	add := func(name string, render func(io.Writer) error) {
		var b bytes.Buffer
		if err := render(&b); err != nil {
			t.Fatal(err)
		}
		out[name] = b.String()
	}
	add("profile", func(w io.Writer) error { return r.Profile(w, p, stats) })
	add("titles", func(w io.Writer) error { return r.Titles(w, p, stats, 1) })
	add("embed", func(w io.Writer) error {
		return r.Embed(w, p.Owner, []Embed{{Name: "badges/level", Title: "Badge", Height: 20, Alt: "a [b] \"c\" <d>", Path: func(look string, zoom int) string {
			return fmt.Sprintf("cards/badges/level%s-%d.png", look, zoom)
		}}})
	})
	add("feeds", func(w io.Writer) error {
		return r.Feeds(w, p.Owner, []FeedLink{{"RSS 2.0", "feed.xml", "application/rss+xml"}})
	})
	add("credits", func(w io.Writer) error {
		return r.Credits(w, p.Owner, Credits{
			Modules: []Credit{{Name: "example.com/<one>", Licence: "MIT", URL: "https://example.com/", Text: "credits/one.txt"}},
			Fonts:   []Credit{{Name: "Inter", Licence: "SIL Open Font License 1.1", Text: "credits/inter.txt"}},
		})
	})
	add("data", func(w io.Writer) error {
		return r.Data(w, p.Owner, []DataLink{{Path: "api/v1/titles/NAME.json", About: "one title", Many: true, Example: "{\n  \"name\": \"<b>\",\n\n  \"list\": []\n}"}})
	})
	add("search", func(w io.Writer) error { return r.Search(w, p.Owner) })
	add("404", func(w io.Writer) error { return r.NotFound(w, p.Owner) })
	add("unlocks", func(w io.Writer) error { return r.Unlocks(w, p, stats) })
	add("unlocks-2026", func(w io.Writer) error { return r.UnlocksOf(w, p, stats, 2026) })
	add("platinums", func(w io.Writer) error { return r.Platinums(w, p, stats) })
	add("rarest", func(w io.Writer) error { return r.Rarest(w, p, stats) })
	add("milestones", func(w io.Writer) error { return r.Milestones(w, p, stats) })
	add("stats", func(w io.Writer) error { return r.Stats(w, p, stats) })
	for i := range p.Titles {
		add("title-"+p.Titles[i].ID[4:9], func(w io.Writer) error { return r.Title(w, p.Owner, &p.Titles[i]) })
	}
	return out
}

func TestGolden(t *testing.T) {
	for name, got := range pages(t, renderer(t, func(o *Options) {
		o.Pinned = []trophy.Pin{{TitleID: "NPWR00002_00", TrophyID: -1}, {TitleID: "NPWR00001_00", TrophyID: 0}, {TitleID: "NPWR00002_00", TrophyID: 0}, {TitleID: "NPWR99999_00", TrophyID: -1}}
	}), profile()) {
		file := filepath.Join("testdata", name+".html")
		if *update {
			if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s changed; run go test -update and look at it if that is meant", name)
		}
	}
}

// TestInert sees that nothing from outside becomes markup.
func TestInert(t *testing.T) {
	for name, page := range pages(t, renderer(t, nil), profile()) {
		for _, bad := range []string{"<script>canary", "<img src=x", "onerror=canary()>", "<b>second"} {
			if strings.Contains(page, bad) {
				t.Errorf("%s has %q", name, bad)
			}
		}
		if strings.Contains(page, "ZgotmplZ") {
			t.Errorf("%s has an address that html/template refused", name)
		}
	}
}

func TestSecretTrophy(t *testing.T) {
	p := pages(t, renderer(t, nil), profile())["title-00002"]
	d, err := goquery.NewDocumentFromReader(strings.NewReader(p))
	if err != nil {
		t.Fatal(err)
	}
	row := d.Find("#t0")
	if row.Find("details").Length() != 1 || strings.Contains(row.Find("h3").Text(), "Covered") || strings.Contains(p, "covered.png") {
		t.Error("the secret trophy is not covered")
	}
	if !strings.Contains(row.Find("details").Text(), "Covered text") {
		t.Error("there is nothing to reveal")
	}
	if d.Find("#t1 progress").AttrOr("value", "") != "30" {
		t.Error("a trophy that counts shows no progress")
	}
}

// TestEmpty looks for the words that stand where there is nothing yet.
func TestEmpty(t *testing.T) {
	got := pages(t, renderer(t, nil), &trophy.Profile{Owner: trophy.Owner{OnlineID: "x"}, Level: trophy.Level{Number: 1, Next: 60, Tier: 1}})
	for page, texts := range map[string][]string{"profile": {english().NoUnlocks, english().NoPlatinums}, "titles": {english().NoTitles}} {
		for _, text := range texts {
			if !strings.Contains(got[page], text) {
				t.Errorf("%s does not say %q", page, text)
			}
		}
	}
}

// TestHeadings sees that each page has one first heading and skips no level.
func TestHeadings(t *testing.T) {
	for name, page := range pages(t, renderer(t, nil), profile()) {
		last, ones := 0, 0
		for _, m := range regexp.MustCompile(`<h([1-6])`).FindAllStringSubmatch(page, -1) {
			level := int(m[1][0] - '0')
			if level > last+1 {
				t.Errorf("%s goes from h%d to h%d", name, last, level)
			}
			if level == 1 {
				ones++
			}
			last = level
		}
		if ones != 1 {
			t.Errorf("%s has %d first headings", name, ones)
		}
	}
}

func TestPrefixes(t *testing.T) {
	for base, want := range map[string]string{"": "/assets/site.css", "/t/": "/t/assets/site.css", "https://me.example/a/b/": "/a/b/assets/site.css"} {
		got := pages(t, renderer(t, func(o *Options) { o.BaseURL = base }), profile())
		if !strings.Contains(got["404"], `href="`+want+`"`) {
			t.Errorf("with the base %q the page for wrong addresses has no %q", base, want)
		}
		if !strings.Contains(got["title-00001"], `href="../../assets/site.css"`) {
			t.Errorf("with the base %q a title's page does not link relatively", base)
		}
		if absolute := strings.Contains(got["title-00001"], "og:image"); absolute != strings.Contains(base, "://") {
			t.Errorf("with the base %q there is a preview picture: %v", base, absolute)
		}
	}
}

func TestLanguages(t *testing.T) {
	for language, want := range map[string][]string{"de-AT": {`lang="de" dir="ltr"`, "Neueste Trophäen"}, "en-GB": {`lang="en"`}, "ar": {`lang="ar" dir="rtl"`, "أحدث الجوائز"}, "sw": {`lang="en"`}} {
		p := pages(t, renderer(t, func(o *Options) { o.Words = readWords(t, language) }), profile())["profile"]
		for _, text := range want {
			if !strings.Contains(p, text) {
				t.Errorf("%s: there is no %q", language, text)
			}
		}
	}
}

func TestZone(t *testing.T) {
	tokyo, err := time.LoadLocation("Asia/Tokyo")
	if err != nil {
		t.Fatal(err)
	}
	p := pages(t, renderer(t, func(o *Options) { o.Location = tokyo }), profile())["title-00001"]
	if !strings.Contains(p, "15 Nov 2026") || !strings.Contains(p, "08:30") {
		t.Error("times are not those of the zone")
	}
}

func TestBrokenTemplates(t *testing.T) {
	good := func(name string) string {
		data, err := os.ReadFile("../../templates/" + name)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	for _, broken := range []struct{ name, text, want string }{
		{"title.html", "{{define \"content\"}}\n{{if}}", "title.html:2"},
		{"layout.html", "{{", "layout.html:1"},
	} {
		files := fstest.MapFS{}
		for _, name := range []string{"layout.html", "parts.html", "profile.html", "titles.html", "title.html", "404.html"} {
			files[name] = &fstest.MapFile{Data: []byte(good(name))}
		}
		files[broken.name] = &fstest.MapFile{Data: []byte(broken.text)}
		if _, err := New(files, options()); err == nil || !strings.Contains(err.Error(), broken.want) {
			t.Errorf("error is %v, want %q in it", err, broken.want)
		}
	}
}

func TestThemeCSS(t *testing.T) {
	day, night := map[string]string{"ink": "#111111"}, map[string]string{"ink": "#eeeeee"}
	for mode, want := range map[string][2]string{
		"auto":  {"#111111", "prefers-color-scheme: dark"},
		"light": {"#111111", "color-scheme: light"},
		"dark":  {"#eeeeee", "color-scheme: dark"},
	} {
		css := string(ThemeCSS(day, night, mode))
		if !strings.Contains(css, want[0]) || !strings.Contains(css, want[1]) {
			t.Errorf("%s: %s", mode, css)
		}
	}
}

func TestDurations(t *testing.T) {
	for d, want := range map[time.Duration]string{
		42 * time.Minute: "42 min", 25 * time.Hour: "1 d 1 h", 3*time.Hour + 5*time.Minute: "3 h 5 min", 400 * 24 * time.Hour: "1 y 35 d", 0: "0 min",
	} {
		if got := english().Span(d); got != want {
			t.Errorf("%v is %q, want %q", d, got, want)
		}
	}
}

func BenchmarkTitle(b *testing.B) {
	r := renderer(b, nil)
	title := profile().Titles[0]
	group := &title.Groups[0]
	for i := len(group.Trophies); i < 40; i++ {
		m := group.Trophies[i%2]
		m.ID = i
		group.Trophies = append(group.Trophies, m)
	}
	for b.Loop() {
		if err := r.Title(io.Discard, trophy.Owner{}, &title); err != nil {
			b.Fatal(err)
		}
	}
}

// TestUnlocksByMonth sees that a year with many unlocks is on pages of its months,
// and that its own page shows the last of them.
func TestUnlocksByMonth(t *testing.T) {
	var unlocks []trophy.Unlock
	calendar := trophy.Calendar{ByYear: map[int]int{}, ByMonth: map[time.Time]int{}}
	line := &trophy.TitleLine{TitleName: "Tidewright", TitleSlug: "tidewright"}
	for i := range yearListed + 10 {
		day := time.Date(2026, 11, 28, 0, 0, 0, 0, time.UTC)
		if i >= 40 {
			day = time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
		}
		unlocks = append(unlocks, trophy.Unlock{TitleLine: line, Trophy: &trophy.Trophy{ID: i, Earned: true, EarnedAt: day.Add(-time.Duration(i) * time.Second), Grade: trophy.Gold}})
		at := unlocks[i].Trophy.EarnedAt
		calendar.ByYear[at.Year()]++
		calendar.ByMonth[time.Date(at.Year(), at.Month(), 1, 0, 0, 0, 0, time.UTC)]++
	}
	o := options()
	o.Links.Month = func(year int, month time.Month) string { return fmt.Sprintf("unlocks/%d/%02d/", year, month) }
	r, err := New(os.DirFS("../../templates"), o)
	if err != nil {
		t.Fatal(err)
	}
	p, stats := &trophy.Profile{}, &trophy.Statistics{Unlocks: unlocks, Calendar: calendar}
	if got := MonthPages(stats, 2026); !slices.Equal(got, []time.Month{time.November, time.March}) {
		t.Fatalf("months with pages: %v", got)
	}
	for name, tt := range map[string]struct {
		write func(io.Writer) error
		rows  int
	}{
		"the year":  {func(w io.Writer) error { return r.UnlocksOf(w, p, stats, 2026) }, 40},
		"all years": {func(w io.Writer) error { return r.Unlocks(w, p, stats) }, 40},
		"a month":   {func(w io.Writer) error { return r.UnlocksIn(w, p, stats, 2026, time.March) }, yearListed - 30},
	} {
		var b bytes.Buffer
		if err := tt.write(&b); err != nil {
			t.Fatal(err)
		}
		doc, err := goquery.NewDocumentFromReader(&b)
		if err != nil {
			t.Fatal(err)
		}
		if n := doc.Find("a.row").Length(); n != tt.rows {
			t.Errorf("%s shows %d unlocks, want %d", name, n, tt.rows)
		}
		if doc.Find(`nav.years a[href$="unlocks/2026/03/"]`).Length() != 1 {
			t.Errorf("%s does not lead to March", name)
		}
	}
	calendar.ByYear[2026] = yearListed
	if got := MonthPages(stats, 2026); got != nil {
		t.Errorf("a year that fits one page has pages of months: %v", got)
	}
}
