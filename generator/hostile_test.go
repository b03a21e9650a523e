package generator

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"image/png"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode"
	"unicode/utf8"

	"github.com/PuerkitoBio/goquery"
	"github.com/emersion/go-ical"
	"github.com/mmcdole/gofeed"

	"github.com/trophycase/trophycase/generator/psn/psntest"
	"github.com/trophycase/trophycase/generator/trophy"
)

// hostileSite is the site of an account whose every text is an attack.
func hostileSite(t *testing.T) (*Job, *RenderReport, map[string]string) {
	t.Helper()
	server := psntest.New(t, psntest.Hostile())
	server.Fault(psntest.Fault{Change: psntest.HalfPairs()})
	j := sampleJob(t, "title: '<script>canary()</script>'\nbase_url: https://me.example/\nallow_html: false")
	root := t.TempDir()
	j.Out, j.SnapshotDir = filepath.Join(root, "public"), filepath.Join(root, "snapshot")
	j.Snapshot = os.DirFS(j.SnapshotDir)
	j.Files = overlaid{fstest.MapFS{"content/prose.md": {Data: []byte(psntest.HostileProse())}}, j.Files}
	j.Access = Access{NPSSO: psntest.NPSSO, APIURL: server.APIURL, AuthURL: server.AuthURL}
	r, err := j.Build(t.Context())
	if err != nil || r.FetchErr != nil || len(r.Fetch.Failed) > 0 {
		t.Fatal(err, r.FetchErr, r.Fetch)
	}
	if entries, err := os.ReadDir(root); err != nil || len(entries) > 3 {
		t.Errorf("beside the site there is %v, %v", entries, err)
	}
	return j, r.Render, tree(t, j.Out)
}

// TestHostile builds that site, and sees that its paths are safe on all systems,
// its pages inert, its cards pictures, and its feeds and data well-formed.
func TestHostile(t *testing.T) {
	_, r, files := hostileSite(t)
	if n := len(r.Profile.Titles); n != len(psntest.Texts) || r.Profile.Pending() > 0 {
		t.Fatalf("there are %d titles of %d, %d to come", n, len(psntest.Texts), r.Profile.Pending())
	}
	checks := map[string]func(*testing.T, string, string){
		".html": inert, ".png": picture, ".json": wellFormed, ".xml": readable, ".csv": table, ".ics": events, ".jsonl": jsonLines,
	}
	seen := map[string]int{}
	for name, text := range files {
		safePath(t, name)
		ext := path.Ext(name)
		if check := checks[ext]; check != nil && !strings.HasPrefix(name, "assets/") {
			seen[ext]++
			check(t, name, text)
		}
		if ext != ".png" && ext != ".jpg" && ext != ".ico" {
			plainText(t, name, text)
		}
	}
	for ext := range checks {
		if seen[ext] == 0 {
			t.Errorf("no %s was looked at", ext)
		}
	}
	for _, notice := range r.Notices {
		plainText(t, "a notice", notice)
	}
	for i := range r.Profile.Titles {
		shows(t, files, &r.Profile.Titles[i])
	}
}

// shows sees that a page has the names as they are, unharmed by what keeps them
// harmless.
func shows(t *testing.T, files map[string]string, title *trophy.Title) {
	t.Helper()
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(files[titlePath(title)]))
	if err != nil {
		t.Fatal(err)
	}
	if got := doc.Find("h1 > bdi").Text(); got != title.Name {
		t.Errorf("%s is headed %q, want %q", title.Slug, got, title.Name)
	}
	if n := doc.Find(".trophies > li").Length(); n != 6 {
		t.Errorf("%s shows %d trophies", title.Slug, n)
	}
	if n := doc.Find(".trophies img").Length(); n > 0 {
		t.Errorf("%s shows %d pictures that are none", title.Slug, n)
	}
	if doc.Find(".trophies > li .blank").Length() != 6 {
		t.Errorf("%s has not a drawn place for each picture", title.Slug)
	}
	doc.Find("h3 a, h2, .soft, .reward, .detail").Each(func(_ int, e *goquery.Selection) {
		_, auto := e.Attr("dir")
		if e.Find("bdi, [dir=auto]").Length() == 0 && !auto && strings.ContainsFunc(e.Text(), func(r rune) bool { return unicode.In(r, unicode.Arabic, unicode.Hebrew) }) {
			t.Errorf("%s does not keep %q apart from the text around it", title.Slug, e.Text())
		}
	})
}

var segment = regexp.MustCompile(`^[\pL\pM\p{Nd}_-][\pL\pM\p{Nd}._-]*$`)
var device = regexp.MustCompile(`(?i)^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)`)

func safePath(t *testing.T, name string) {
	t.Helper()
	if name == ".nojekyll" {
		return
	}
	for s := range strings.SplitSeq(name, "/") {
		if len(s) > 120 || !segment.MatchString(s) || device.MatchString(s) || strings.HasSuffix(s, ".") {
			if s != ".trophycase.json" {
				t.Errorf("the path %q is not safe on all systems", name)
			}
		}
	}
}

// plainText sees that there is nothing that turns or hides what is around it.
func plainText(t *testing.T, name, text string) {
	t.Helper()
	bad := func(r rune) bool {
		return unicode.IsControl(r) && !strings.ContainsRune("\n\r\t", r) || r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069'
	}
	if at := strings.IndexFunc(text, bad); at >= 0 && !strings.HasPrefix(name, "assets/") {
		t.Errorf("%s has %q", name, text[max(0, at-40):min(len(text), at+40)])
	}
	if !utf8.ValidString(text) {
		t.Errorf("%s is not UTF-8", name)
	}
}

var scripts = regexp.MustCompile(`(?i)^\s*(javascript|vbscript|data|file):`)

// inert sees that a page runs nothing of the data's and asks no other host.
func inert(t *testing.T, name, text string) {
	t.Helper()
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	doc.Find("*").Each(func(_ int, e *goquery.Selection) {
		tag := goquery.NodeName(e)
		if slices.Contains([]string{"iframe", "object", "embed", "base", "form", "style", "frame", "applet", "foreignobject"}, tag) {
			t.Errorf("%s has <%s>", name, tag)
		}
		if kind, _ := e.Attr("type"); tag == "script" && e.Text() != "" && kind != "application/ld+json" {
			t.Errorf("%s has the script %q", name, e.Text())
		}
		for _, a := range e.Nodes[0].Attr {
			switch {
			case strings.HasPrefix(a.Key, "on"), a.Key == "style", a.Key == "srcdoc", strings.ContainsAny(a.Key, `"'<`):
				t.Errorf("%s has %s=%q on <%s>", name, a.Key, a.Val, tag)
			case (a.Key == "href" || a.Key == "src") && scripts.MatchString(a.Val), a.Key == "src" && strings.Contains(a.Val, "//"):
				t.Errorf("%s leads to %q", name, a.Val)
			}
		}
	})
	ids := map[string]bool{}
	doc.Find("[id]").Each(func(_ int, e *goquery.Selection) {
		id, _ := e.Attr("id")
		if ids[id] || strings.ContainsAny(id, " \t\n<>\"'") {
			t.Errorf("%s has the ID %q, twice: %v", name, id, ids[id])
		}
		ids[id] = true
	})
}

func picture(t *testing.T, name, data string) {
	t.Helper()
	if _, err := png.DecodeConfig(strings.NewReader(data)); err != nil {
		t.Errorf("%s: %v", name, err)
	}
}

func wellFormed(t *testing.T, name, text string) {
	t.Helper()
	if !json.Valid([]byte(text)) {
		t.Errorf("%s is no JSON", name)
	}
}

func jsonLines(t *testing.T, name, text string) {
	t.Helper()
	for line := range strings.Lines(text) {
		wellFormed(t, name, line)
	}
}

func readable(t *testing.T, name, text string) {
	t.Helper()
	if name == sitemapPath {
		return
	}
	if f, err := gofeed.NewParser().ParseString(text); err != nil || len(f.Items) == 0 {
		t.Errorf("%s: %v", name, err)
	}
}

func table(t *testing.T, name, text string) {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil || len(rows) != 1+6*len(psntest.Texts) {
		t.Errorf("%s has %d rows: %v", name, len(rows), err)
	}
	for _, row := range rows {
		for _, cell := range row {
			if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
				t.Errorf("%s has the formula %q", name, cell)
			}
		}
	}
}

func events(t *testing.T, name, text string) {
	t.Helper()
	if _, err := ical.NewDecoder(bytes.NewReader([]byte(text))).Decode(); err != nil {
		t.Errorf("%s: %v", name, err)
	}
}
