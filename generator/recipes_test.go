package generator

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/mmcdole/gofeed"
	"gopkg.in/yaml.v3"
)

// files is a site of which single files are rendered as they are asked for.
type files struct {
	t    *testing.T
	read map[string]func(*bytes.Buffer) error
}

func sampleFiles(t *testing.T, settings string) files {
	t.Helper()
	return filesOf(t, sampleJob(t, settings))
}

func filesOf(t *testing.T, j *Job) files {
	t.Helper()
	s, err := j.site()
	if err != nil {
		t.Fatal(err)
	}
	artifacts, err := s.artifacts()
	if err != nil {
		t.Fatal(err)
	}
	f := files{t, map[string]func(*bytes.Buffer) error{}}
	for _, a := range artifacts {
		f.read[a.Path] = func(b *bytes.Buffer) error { return a.Write(b) }
	}
	return f
}

func (f files) text(path string) string {
	f.t.Helper()
	write := f.read[path]
	if write == nil {
		f.t.Fatalf("there is no %s", path)
	}
	var b bytes.Buffer
	if err := write(&b); err != nil {
		f.t.Fatal(err)
	}
	return b.String()
}

// TestRecipes sees that what the documents tell people to copy leads somewhere.
func TestRecipes(t *testing.T) {
	site := sampleFiles(t, "base_url: https://me.example/\nfeeds: {grades: true, titles: true}")
	documents, err := filepath.Glob("../docs/recipes/*")
	if err != nil || len(documents) < 3 {
		t.Fatal(documents, err)
	}
	address := regexp.MustCompile(`https://YOU\.github\.io/REPOSITORY/([^\s)\]\["&;>|,` + "`" + `]*)`)
	found := 0
	for _, name := range append(documents, "../docs/feeds.md", "../README.md") {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range address.FindAllStringSubmatch(string(data), -1) {
			path := strings.TrimSuffix(m[1], "'")
			if path == "" || strings.HasSuffix(path, "/") {
				path += homePath
			}
			if site.read[path] == nil {
				t.Errorf("%s leads to %s, which is not there", name, m[0])
			}
			found++
		}
		if strings.HasSuffix(name, ".yml") {
			workflow(t, name, data)
		}
	}
	if found < 12 {
		t.Errorf("only %d addresses were found", found)
	}
	feeds, err := os.ReadFile("../docs/feeds.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile("`([a-z]+)`").FindAllStringSubmatch(between(string(feeds), "There are also", "`/embed/`"), -1) {
		if site.read["shields/"+m[1]+".json"] == nil {
			t.Errorf("there is no badge %s", m[1])
		}
	}
}

func between(text, from, to string) string {
	_, text, _ = strings.Cut(text, from)
	text, _, _ = strings.Cut(text, to)
	return text
}

func workflow(t *testing.T, name string, data []byte) {
	t.Helper()
	var w struct {
		Name string         `yaml:"name"`
		On   map[string]any `yaml:"on"`
		Jobs map[string]struct {
			Steps []map[string]any `yaml:"steps"`
		} `yaml:"jobs"`
	}
	if err := yaml.Unmarshal(data, &w); err != nil || w.Name == "" || len(w.On) == 0 || len(w.Jobs) != 1 {
		t.Errorf("%s: %+v, %v", name, w, err)
	}
}

// TestFeedsOfPages sees that a page names the feeds of what it is about, before that
// of all, and that they are there.
func TestFeedsOfPages(t *testing.T) {
	site := sampleFiles(t, "feeds: {grades: true, titles: true}")
	for page, want := range map[string][]string{
		homePath:                       {"feed.xml", "atom.xml", "feed.json"},
		"platinums/index.html":         {"feeds/platinums.xml", "unlocks.ics", "feed.xml"},
		"milestones/index.html":        {"feeds/milestones.xml", "unlocks.ics", "feed.xml"},
		"unlocks/2026/index.html":      {"feeds/platinums.xml", "feeds/gold.xml", "feeds/silver.xml", "feeds/bronze.xml", "feed.xml"},
		"titles/tidewright/index.html": {"titles/tidewright/feed.xml", "feed.xml"},
	} {
		doc, err := goquery.NewDocumentFromReader(strings.NewReader(site.text(page)))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, l := range doc.Find(`link[rel="alternate"]`).EachIter() {
			path := strings.TrimLeft(l.AttrOr("href", ""), "./")
			if site.read[path] == nil || l.AttrOr("type", "") == "" || l.AttrOr("title", "") == "" {
				t.Errorf("%s: %s is not there, or has no type or title", page, path)
			}
			got = append(got, path)
		}
		if len(got) < len(want) || !slices.Equal(got[:len(want)], want) {
			t.Errorf("%s names %q, want %q first", page, got, want)
		}
	}
	for _, dir := range []string{"platinums/", homePath} {
		plain := sampleFiles(t, "feeds: {platinums: false, milestones: false}")
		if text := plain.text(strings.TrimSuffix(dir, homePath) + homePath); strings.Contains(text, "feeds/platinums.xml") {
			t.Errorf("%s names a feed that is not there", dir)
		}
	}
}

// TestFeedsSpeak sees that feeds, calendar and badges speak the language of the site,
// and that items stay what they are.
func TestFeedsSpeak(t *testing.T) {
	english, german := sampleFiles(t, ""), sampleFiles(t, "language: de\npsn_language: en")
	parse := func(f files, path string) *gofeed.Feed {
		feed, err := gofeed.NewParser().ParseString(f.text(path))
		if err != nil {
			t.Fatal(err)
		}
		return feed
	}
	for _, path := range []string{feedPath, atomPath, jsonPath, "feeds/platinums.xml", "feeds/milestones.xml"} {
		a, b := parse(english, path), parse(german, path)
		if b.Language != "de" || len(a.Items) != len(b.Items) {
			t.Errorf("%s is in %q", path, b.Language)
		}
		for i := range a.Items {
			if a.Items[i].GUID != b.Items[i].GUID {
				t.Errorf("%s: %s became %s", path, a.Items[i].GUID, b.Items[i].GUID)
			}
		}
		if text := german.text(path); !strings.Contains(text, "der Spieler") || strings.Contains(text, "of players") || strings.Contains(text, "Recent trophies") {
			t.Errorf("%s is not in German", path)
		}
	}
	if text := german.text(calendarPath); !strings.Contains(text, "Trophäe") {
		t.Error("the calendar is not in German")
	}
	if text := german.text("shields/total.json"); !strings.Contains(text, "Trophäen") {
		t.Errorf("the badge is %s", text)
	}
}

// laterSample is the sample when PSN was asked again and told nothing new.
type laterSample struct{ fs.FS }

func (l laterSample) ReadFile(name string) ([]byte, error) {
	data, err := fs.ReadFile(l.FS, name)
	if name == "profile.json" {
		data = bytes.ReplaceAll(data, []byte(`"askedOn": "2026-11-15"`), []byte(`"askedOn": "2026-12-24"`))
	}
	return data, err
}

// TestFeedsKeepTheirBytes sees that what programs read changes with the trophies and
// not with the day.
func TestFeedsKeepTheirBytes(t *testing.T) {
	before := sampleFiles(t, "feeds: {grades: true, group_minutes: 30}")
	j := sampleJob(t, "feeds: {grades: true, group_minutes: 30}")
	j.Snapshot = laterSample{j.Snapshot}
	after := filesOf(t, j)
	if before.text("api/v1/profile.json") == after.text("api/v1/profile.json") {
		t.Fatal("the day is the same")
	}
	n := 0
	for path := range before.read {
		if strings.HasPrefix(path, "feeds/") && !strings.HasSuffix(path, ".html") || strings.HasPrefix(path, "api/v1/titles") || strings.HasPrefix(path, "shields/") ||
			slices.Contains([]string{feedPath, atomPath, jsonPath, calendarPath, changesPath, csvPath, linesPath, "api/v1/unlocks.json"}, path) {
			if n++; before.text(path) != after.text(path) {
				t.Errorf("%s changed", path)
			}
		}
	}
	if n < 60 {
		t.Errorf("only %d files were compared", n)
	}
}

// TestEnclosures sees that each says the true length and type of what it leads to.
func TestEnclosures(t *testing.T) {
	site := sampleFiles(t, "base_url: https://me.example/trophies/")
	for _, path := range []string{feedPath, atomPath} {
		feed, err := gofeed.NewParser().ParseString(site.text(path))
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, item := range feed.Items {
			for _, e := range item.Enclosures {
				data := site.text(strings.TrimPrefix(e.URL, "https://me.example/trophies/"))
				if e.Length != fmt.Sprint(len(data)) || e.Type != http.DetectContentType([]byte(data)) {
					t.Errorf("%s: %s says %s bytes of %s, and is %d bytes of %s", path, e.URL, e.Length, e.Type, len(data), http.DetectContentType([]byte(data)))
				}
				n++
			}
		}
		if n < 40 {
			t.Errorf("%s has %d enclosures", path, n)
		}
	}
}

// TestExamples sees that the page of the data shows what this site's files hold.
func TestExamples(t *testing.T) {
	site := sampleFiles(t, "")
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(site.text("api/index.html")))
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, summary := range doc.Find("details summary").EachIter() {
		text := summary.Next().Text()
		file := site.text(strings.Replace(summary.Text(), "NAME", "tidewright", 1))
		if lines := strings.Split(text, "\n"); !json.Valid([]byte(text)) || !strings.Contains(file, strings.Join(lines[:min(5, len(lines))], "\n")) {
			t.Errorf("%s: the example is %s", summary.Text(), text)
		}
		n++
	}
	if n != 7 {
		t.Errorf("there are %d examples", n)
	}
}
