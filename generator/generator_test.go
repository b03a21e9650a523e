package generator

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/mmcdole/gofeed"

	"github.com/trophycase/trophycase/generator/config"
	"github.com/trophycase/trophycase/generator/psn/psntest"
	"github.com/trophycase/trophycase/generator/trophy"
)

// sampleJob builds the sample profile into a folder of the test.
func sampleJob(t testing.TB, yaml string) *Job {
	t.Helper()
	c, err := config.Parse("site.yaml", []byte(yaml))
	if err != nil {
		t.Fatal(err)
	}
	root := os.DirFS("..")
	sample, err := fs.Sub(root, "assets/sample")
	if err != nil {
		t.Fatal(err)
	}
	return &Job{
		Config: c, Files: root, Snapshot: sample, Program: "test",
		Out: filepath.Join(t.TempDir(), "public"), Now: time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC),
	}
}

func render(t testing.TB, j *Job) *RenderReport {
	t.Helper()
	r, err := j.Render(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// tree is the files of a folder by name; the manifest is publish's own.
func tree(t testing.TB, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		files[name] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func same(t *testing.T, a, b map[string]string) {
	t.Helper()
	for name, text := range a {
		if b[name] != text {
			t.Errorf("%s differs", name)
		}
	}
	if len(a) != len(b) {
		t.Errorf("%d files and %d files", len(a), len(b))
	}
}

func TestSampleSite(t *testing.T) {
	j := sampleJob(t, "")
	r := render(t, j)
	files := tree(t, j.Out)
	n := len(r.Profile.Titles)
	if n < 35 || r.Pages != n+28 || r.Cards < 2*n+150 || r.Feeds != 6 || len(r.Notices) != 0 {
		t.Errorf("report is %+v", r)
	}
	for _, title := range r.Profile.Titles {
		for _, name := range []string{titlePath(&title), titleCardPath(&title)} {
			if files[name] == "" {
				t.Errorf("%s is missing", name)
			}
		}
	}
	for _, name := range []string{homePath, "titles/index.html", searchDir + "1.json", manifestPath, faviconPath, notFoundPath, feedPath, "cards/profile.png", "cards/badges/level-large-dark-2x.png", reviewPath(2025), themePath, "assets/site.css", "assets/site.js"} {
		if files[name] == "" {
			t.Errorf("%s is missing", name)
		}
	}
	for name := range files {
		if strings.HasPrefix(name, "assets/sample/") || strings.HasPrefix(name, "assets/fonts/") {
			t.Errorf("%s was published", name)
		}
	}
	if f, err := gofeed.NewParser().ParseString(files[feedPath]); err != nil || len(f.Items) != 50 {
		t.Errorf("the feed: %v, %v", f, err)
	}
}

func TestSameInputSameBytes(t *testing.T) {
	a, b := sampleJob(t, ""), sampleJob(t, "")
	render(t, a)
	render(t, b)
	same(t, tree(t, a.Out), tree(t, b.Out))
}

func TestNothingChanged(t *testing.T) {
	j := sampleJob(t, "")
	render(t, j)
	r := render(t, j)
	if r.Written != 0 || r.Rendered != 0 || r.Removed != 0 || r.Unchanged == 0 {
		t.Errorf("a build of nothing new reports %+v", r.Report)
	}
}

// TestIncrementalEqualsScratch changes one thing after another and compares the
// site that was built on the one before with one that was built from nothing.
func TestIncrementalEqualsScratch(t *testing.T) {
	j := sampleJob(t, "")
	render(t, j)
	steps := []struct {
		name, yaml string
		most       int // files written
	}{
		{"site title", "title: Another case", 1000},
		{"a title left out", "title: Another case\nleave_out: [NPWR90101_00]", 130},
		{"and back in", "title: Another case", 130},
		{"card address", "title: Another case\nbase_url: https://me.example/t/\ncards: {address: true}", 1000},
		{"time zone", "title: Another case\nbase_url: https://me.example/t/\ntime_zone: Asia/Tokyo", 1000},
		{"colour", "title: Another case\nbase_url: https://me.example/t/\ntheme: {dark: {gold: '#ffcc00'}}", 1000},
		{"pin", "title: Another case\nbase_url: https://me.example/t/\npinned: [NPWR90102_00, NPWR90101_00/3]", 1000},
	}
	for _, step := range steps {
		c, err := config.Parse("site.yaml", []byte(step.yaml))
		if err != nil {
			t.Fatal(err)
		}
		j.Config = c
		r := render(t, j)
		if r.Written > step.most {
			t.Errorf("%s: %d files were written, want at most %d", step.name, r.Written, step.most)
		}
		scratch := sampleJob(t, step.yaml)
		render(t, scratch)
		t.Log(step.name, r.Written, "written", r.Removed, "removed")
		same(t, tree(t, scratch.Out), tree(t, j.Out))
	}
}

func TestAnotherProgramRendersAgain(t *testing.T) {
	j := sampleJob(t, "")
	render(t, j)
	j.Program = "newer"
	if r := render(t, j); r.Rendered == 0 || r.Written != 0 {
		t.Errorf("report is %+v", r.Report)
	}
}

// TestLinks follows every link, picture, style and script of every page, under a
// path prefix.
func TestLinks(t *testing.T) {
	j := sampleJob(t, "base_url: https://me.example/trophies/")
	render(t, j)
	files := tree(t, j.Out)
	ids := map[string]map[string]bool{}
	documents := map[string]*goquery.Document{}
	for name, text := range files {
		if !strings.HasSuffix(name, ".html") {
			continue
		}
		d, err := goquery.NewDocumentFromReader(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		documents[name], ids[name] = d, map[string]bool{}
		d.Find("[id]").Each(func(_ int, s *goquery.Selection) {
			id, _ := s.Attr("id")
			if ids[name][id] {
				t.Errorf("%s: id %q is there twice", name, id)
			}
			ids[name][id] = true
		})
	}
	for name, d := range documents {
		base := &url.URL{Scheme: "https", Host: "me.example", Path: "/trophies/" + strings.TrimSuffix(name, "index.html")}
		d.Find("[href], [src]").Each(func(_ int, s *goquery.Selection) {
			for _, attr := range []string{"href", "src"} {
				if v, ok := s.Attr(attr); ok && v != "" {
					checkLink(t, files, ids, name, base, v)
				}
			}
		})
	}
}

func checkLink(t *testing.T, files map[string]string, ids map[string]map[string]bool, page string, base *url.URL, link string) {
	t.Helper()
	u, err := base.Parse(link)
	if err != nil || u.Host != "me.example" || !strings.HasPrefix(u.Path, "/trophies/") {
		t.Errorf("%s leads out of the site: %q", page, link)
		return
	}
	target := strings.TrimPrefix(u.Path, "/trophies/")
	if target == "" || strings.HasSuffix(target, "/") {
		target = path.Join(target, "index.html")
	}
	if _, ok := files[target]; !ok {
		t.Errorf("%s: %q leads to nothing", page, link)
		return
	}
	if u.Fragment != "" && strings.HasSuffix(target, ".html") && !ids[target][u.Fragment] {
		t.Errorf("%s: %q leads to no place on its page", page, link)
	}
}

// TestFeedLinks follows the links of the feed.
func TestFeedLinks(t *testing.T) {
	j := sampleJob(t, "base_url: https://me.example/trophies/")
	render(t, j)
	files := tree(t, j.Out)
	f, err := gofeed.NewParser().ParseString(files[feedPath])
	if err != nil {
		t.Fatal(err)
	}
	for _, item := range f.Items {
		u, err := url.Parse(item.Link)
		if err != nil {
			t.Fatal(err)
		}
		page := strings.TrimPrefix(u.Path, "/trophies/") + "index.html"
		if !strings.Contains(files[page], `id="`+u.Fragment+`"`) {
			t.Errorf("%s leads to nothing", item.Link)
		}
	}
}

// TestSampleThroughPSN fetches the sample from the stand-in, as a real account is
// fetched, and sees that the site shows what --sample shows.
func TestSampleThroughPSN(t *testing.T) {
	want := sampleJob(t, "")
	data, err := psntest.Load(want.Snapshot)
	if err != nil {
		t.Fatal(err)
	}
	server := psntest.New(t, data)
	j := sampleJob(t, "")
	j.SnapshotDir = t.TempDir()
	j.Snapshot = os.DirFS(j.SnapshotDir)
	j.Access = Access{NPSSO: psntest.NPSSO, APIURL: server.APIURL, AuthURL: server.AuthURL}
	result, err := j.Build(t.Context())
	if err != nil || result.FetchErr != nil {
		t.Fatal(err, result.FetchErr)
	}
	if result.Fetch.Pending != 0 || len(result.Fetch.Failed) != 0 || result.Fetch.Requests > 280 {
		t.Errorf("the fetch reports %+v", result.Fetch)
	}
	got, shown := result.Render.Profile, render(t, want).Profile
	if got.Level != shown.Level || got.Earned != shown.Earned || len(got.Titles) != len(shown.Titles) {
		t.Errorf("the profile is %+v", got.Owner)
	}
	ignore := cmp.Options{
		cmpopts.IgnoreTypes(trophy.Picture{}), cmpopts.IgnoreFields(trophy.Trophy{}, "Rates"),
	}
	for i := range shown.Titles {
		if diff := cmp.Diff(shown.Titles[i], got.Titles[i], ignore); diff != "" {
			t.Errorf("%s: %s", shown.Titles[i].Name, diff)
		}
	}
}

// TestNothingInline sees that the pages keep to their content security policy.
func TestNothingInline(t *testing.T) {
	j := sampleJob(t, "")
	render(t, j)
	inline := regexp.MustCompile(`(?i)<style|\sstyle=|\son[a-z]+=|<script(?:\s+(?:src="[^"]*"|defer|type="module"))*>[^<]|javascript:|https?://(?:[a-z.]*playstation)`)
	for name, text := range tree(t, j.Out) {
		if m := inline.FindString(text); strings.HasSuffix(name, ".html") && m != "" {
			t.Errorf("%s has %q", name, m)
		}
	}
}

func TestNoBaseURL(t *testing.T) {
	j := sampleJob(t, "")
	j.Snapshot = withoutSample{j.Snapshot}
	r := render(t, j)
	if r.Feeds != 0 || len(r.Notices) != 1 || !strings.Contains(r.Notices[0], "base_url") {
		t.Errorf("report is %+v", r)
	}
	if strings.Contains(tree(t, j.Out)[homePath], "feed.xml") {
		t.Error("a page links to the feed that is not there")
	}
}

// withoutSample makes the sample a snapshot like any other.
type withoutSample struct{ fs.FS }

func (w withoutSample) ReadFile(name string) ([]byte, error) {
	data, err := fs.ReadFile(w.FS, name)
	if name == "snapshot.json" {
		data = bytes.Replace(data, []byte("true"), []byte("false"), 1)
	}
	return data, err
}

func TestCancelled(t *testing.T) {
	j := sampleJob(t, "")
	render(t, j)
	before := tree(t, j.Out)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	j.Program = "newer"
	if _, err := j.Render(ctx); err == nil {
		t.Error("a cancelled build reports success")
	}
	same(t, before, tree(t, j.Out))
}

// TestContrast computes the contrast of every pair of colours that text is shown
// in: at least 4.5:1, as WCAG 2 asks for text of any size.
func TestContrast(t *testing.T) {
	for theme, p := range themes {
		for mode, colours := range map[string]map[string]string{"day": p.day, "night": p.night} {
			for _, ground := range []string{"ground", "surface", "raised"} {
				for _, ink := range []string{"ink", "soft", "faint", "platinum", "gold", "silver", "bronze", "accent"} {
					if c := contrast(colours[ground], colours[ink]); c < 4.5 {
						t.Errorf("%s by %s: %s on %s is %.2f:1", theme, mode, ink, ground, c)
					}
				}
			}
		}
	}
	for theme, p := range themes {
		for _, colours := range []map[string]string{p.day, p.night} {
			for _, token := range config.Tokens() {
				if colours[token] == "" {
					t.Errorf("theme %s has no %s", theme, token)
				}
			}
		}
	}
}

// rooms is the table of the house: which package may import which.
var rooms = map[string][]string{
	"":                    {"card", "config", "feed", "fetch", "page", "psn", "publish", "snapshot", "trophy"},
	"cli":                 {"", "config"},
	"config":              nil,
	"psn":                 nil,
	"psn/psntest":         {"psn"},
	"fetch":               {"psn", "snapshot"},
	"snapshot":            {"psn", "trophy"},
	"trophy":              nil,
	"page":                {"trophy"},
	"card":                {"trophy", "card/text"},
	"card/text":           nil,
	"feed":                {"trophy"},
	"publish":             nil,
	"internal/makesample": {"psn", "snapshot"},
	"internal/makelarge":  {"psn", "snapshot"},
	"internal/makesheet":  nil,
	"internal/makeyear":   {"psn", "snapshot"},
	"internal/workflow":   nil,
}

func TestRooms(t *testing.T) {
	const module = "github.com/trophycase/trophycase/generator"
	out := goList(t, "-f", `{{.ImportPath}} {{join .Imports " "}}`, "./...")
	for line := range strings.Lines(out) {
		fields := strings.Fields(line)
		room := strings.TrimPrefix(strings.TrimPrefix(fields[0], module), "/")
		allowed, ok := rooms[room]
		if !ok {
			t.Errorf("the table of rooms lacks %q", room)
		}
		for _, imported := range fields[1:] {
			if !strings.HasPrefix(imported, module) {
				continue
			}
			other := strings.TrimPrefix(strings.TrimPrefix(imported, module), "/")
			if !slices.Contains(allowed, other) {
				t.Errorf("%q may not import %q", room, other)
			}
		}
		if slices.Contains(fields[1:], "os") && !slices.Contains([]string{"snapshot", "publish", "cli", "internal/makesample", "internal/makelarge", "internal/makesheet", "internal/makeyear"}, room) {
			t.Errorf("%q may not import os", room)
		}
	}
	for _, room := range []string{"trophy", "page", "card", "feed"} {
		if deps := goList(t, "-deps", "./"+room); strings.Contains(deps, "net/http\n") {
			t.Errorf("%q has net/http below it", room)
		}
	}
}

func goList(t *testing.T, args ...string) string {
	t.Helper()
	out, err := exec.Command("go", append([]string{"list"}, args...)...).Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	return string(out)
}

// BenchmarkNothingChanged renders a site of 1,000 titles in which nothing is new.
func BenchmarkNothingChanged1000(b *testing.B) {
	j := sampleJob(b, "icons: none")
	j.Snapshot = os.DirFS(thousand(b, j.Snapshot))
	render(b, j)
	for b.Loop() {
		if r := render(b, j); r.Written != 0 {
			b.Fatal("something was written")
		}
	}
}

// BenchmarkCold1000 renders the same site from nothing.
func BenchmarkCold1000(b *testing.B) {
	j := sampleJob(b, "icons: none")
	j.Snapshot = os.DirFS(thousand(b, j.Snapshot))
	out := j.Out
	for i := 0; b.Loop(); i++ {
		j.Out = filepath.Join(out, strconv.Itoa(i))
		render(b, j)
	}
}

// thousand makes a snapshot of 1,000 titles out of the sample's.
func thousand(b *testing.B, sample fs.FS) string {
	b.Helper()
	dir := b.TempDir()
	if err := os.CopyFS(dir, sample); err != nil {
		b.Fatal(err)
	}
	var entries []map[string]any
	decode(b, dir, "titles.json", &entries)
	list := slices.Clone(entries)
	for i := 0; len(list) < 1000; i++ {
		entry := maps.Clone(entries[i%len(entries)])
		old := entry["npCommunicationId"].(string)
		id := fmt.Sprintf("NPWR%05d_00", i)
		entry["npCommunicationId"], entry["slug"] = id, fmt.Sprintf("title-%d", i)
		list = append(list, entry)
		data, err := os.ReadFile(filepath.Join(dir, "titles", old+".json"))
		if err != nil {
			b.Fatal(err)
		}
		data = bytes.ReplaceAll(data, []byte(old), []byte(id))
		if err := os.WriteFile(filepath.Join(dir, "titles", id+".json"), data, 0o644); err != nil {
			b.Fatal(err)
		}
	}
	data, err := json.Marshal(list)
	if err != nil {
		b.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "titles.json"), data, 0o644); err != nil {
		b.Fatal(err)
	}
	return dir
}

func decode(b *testing.B, dir, name string, into any) {
	b.Helper()
	data, err := os.ReadFile(filepath.Join(dir, name))
	if err == nil {
		err = json.Unmarshal(data, into)
	}
	if err != nil {
		b.Fatal(err)
	}
}

// TestOwnCards draws every kind that site.yaml may name.
func TestOwnCards(t *testing.T) {
	var lines strings.Builder
	for i, kind := range config.CardKinds {
		fmt.Fprintf(&lines, "    - own%d.png?kind=%s&mode=light\n", i, kind)
	}
	j := sampleJob(t, "cards:\n  own:\n"+lines.String())
	render(t, j)
	files := tree(t, j.Out)
	for i := range config.CardKinds {
		if files[fmt.Sprintf("cards/own/own%d.png", i)] == "" {
			t.Errorf("%s was not drawn", config.CardKinds[i])
		}
	}
}

// TestContent reads texts of the owner's, and refuses links that lead nowhere.
func TestContent(t *testing.T) {
	j := sampleJob(t, "")
	content := fstest.MapFS{
		"content/about.md":                 {Data: []byte("---\ntitle: About\nmenu: true\n---\nSee [stats](/stats/), ![sea](sea.png) and [this](title:NPWR90101_00/12).")},
		"content/sea.png":                  {Data: []byte("x")},
		"content/titles/NPWR90101_00.md":   {Data: []byte("The lighthouse.")},
		"content/titles/NPWR00000_00.md":   {Data: []byte("Of a title that is not here.")},
		"content/titles/NPWR90101_00/2.md": {Data: []byte("By the pier.")},
	}
	j.Files = overlaid{content, j.Files}
	render(t, j)
	files := tree(t, j.Out)
	for name, want := range map[string]string{
		"about/index.html": `href="../titles/tidewright/#t12"`, "titles/tidewright/index.html": "By the pier.", "sea.png": "x",
		"cards/pages/about.png": "PNG", "search/index.json": "The lighthouse.", "index.html": `<a href="about/">`,
	} {
		if !strings.Contains(files[name], want) {
			t.Errorf("%s has no %q", name, want)
		}
	}
	content["content/about.md"] = &fstest.MapFile{Data: []byte("---\ntitle: About\n---\n\nSee [nothing](/nothing/)\nand [this](other.md).")}
	_, err := j.Render(t.Context())
	if err == nil || !strings.Contains(err.Error(), "content/about.md:5: the link to /nothing/ leads nowhere") || !strings.Contains(err.Error(), "content/about.md:6:") {
		t.Errorf("error is %v", err)
	}
}

// overlaid is files over others.
type overlaid struct{ over, under fs.FS }

func (o overlaid) Open(name string) (fs.File, error) {
	if f, err := o.over.Open(name); err == nil {
		return f, nil
	}
	return o.under.Open(name)
}
