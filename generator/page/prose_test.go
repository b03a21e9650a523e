package page

import (
	"bytes"
	"net/url"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"

	"github.com/trophycase/trophycase/generator/trophy"
)

func TestProse(t *testing.T) {
	files := fstest.MapFS{
		"about.md":                 {Data: []byte("---\r\ntitle: About <me>\r\nmenu: true\r\ndate: 2026-11-02\r\n---\r\n# \"Hello\"\n\n<script>canary()</script>\n\n[x](javascript:alert(1)) ~~old~~ [^1]\n\n[^1]: A note.\n\n## Content\n\n- [x] done\n- [ ] open\n\n| a | b |\n|--:|---|\n| 1 | 2 |\n")},
		"guides/one.md":            {Data: []byte("---\ntitle: 灯台\n---\n### Here\n\n[a](../about.md#hello) [b](title:NPWR00001_00/3) [c](/stats/) [d](https://other.example/) [e](#here) ![f](sea.png) [g](../../)")},
		"guides/sea.png":           {Data: []byte("x")},
		"draft.md":                 {Data: []byte("---\ntitle: Draft\ndraft: true\n---\n[gone](nowhere.md)")},
		"titles/NPWR00001_00.md":   {Data: []byte("Fine.")},
		"titles/NPWR00001_00/3.md": {Data: []byte("# How\n\nJump[^1].\n\n[^1]: Twice.")},
	}
	c, err := ReadProse(files, ProseOptions{Title: func(id string, trophyID int) (string, bool) {
		return "titles/one/#t3", id == "NPWR00001_00" && trophyID == 3
	}})
	if err != nil {
		t.Fatal(err)
	}
	list := c.Pages()
	if len(list) != 2 || list[0].Path != "about/" || list[1].Path != "guides/one/" || !list[0].Menu || list[1].Title != "灯台" {
		t.Fatalf("read %+v", list)
	}
	if notes := c.Notes(); len(notes) != 2 || notes[0].TitleID != "NPWR00001_00" || notes[1].TrophyID != -1 || notes[1].Plain() != "Fine." {
		t.Errorf("notes are %+v", notes)
	}
	if len(c.Files) != 1 || c.Files[0] != "guides/sea.png" {
		t.Errorf("files are %v", c.Files)
	}
	body := string(list[0].HTML("../"))
	for _, want := range []string{"&ldquo;Hello&rdquo;", "<del>old</del>", "A note.", "<table>", `<h2 id="hello">`, `<h3 id="content-1">`, "☑</span> done", "☐</span> open"} {
		if !strings.Contains(body, want) {
			t.Errorf("there is no %q in %s", want, body)
		}
	}
	for _, bad := range []string{"<script", "javascript:", "style=", "<input"} {
		if strings.Contains(body, bad) {
			t.Errorf("there is %q in %s", bad, body)
		}
	}
	note := string(c.Notes()[0].HTML(""))
	for _, want := range []string{`<h4 id="note-3-how">`, `href="#note-3-fn:1"`, `id="note-3-fn:1"`} {
		if !strings.Contains(note, want) {
			t.Errorf("there is no %s in %s", want, note)
		}
	}
	second := string(list[1].HTML("../../"))
	for _, want := range []string{
		`href="../../about/#hello"`, `href="../../titles/one/#t3"`, `href="../../stats/"`, `href="https://other.example/"`, `href="#here"`, `src="../../guides/sea.png"`, `href="../../"`,
	} {
		if !strings.Contains(second, want) {
			t.Errorf("there is no %s in %s", want, second)
		}
	}
	raw, err := ReadProse(fstest.MapFS{"x.md": {Data: []byte("---\ntitle: x\n---\n<kbd>X</kbd>")}}, ProseOptions{HTML: true})
	if err != nil || !strings.Contains(string(raw.Prose[0].HTML("")), "<kbd>X</kbd>") {
		t.Errorf("allowed HTML: %v, %v", raw, err)
	}
	var b bytes.Buffer
	r := renderer(t, func(o *Options) { o.Menu = []MenuItem{{list[0].Title, list[0].Path}} })
	if err := r.Prose(&b, trophy.Owner{OnlineID: "x"}, list[1]); err != nil {
		t.Fatal(err)
	}
	if page := b.String(); !strings.Contains(page, `href="../../about/"`) || !strings.Contains(page, "About &lt;me&gt;") {
		t.Error("the menu is missing")
	}
}

func TestProseErrors(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"About Me.md", "---\ntitle: x\n---\n", "content/About Me.md: name the file"},
		{"titles/x.md", "---\ntitle: x\n---\n", "is no note"},
		{"stats.md", "---\ntitle: x\n---\n", "taken by the site"},
		{"x.md", "No front matter", "x.md:1: the page has no title"},
		{"x.md", "---\ntitle: x\n", "x.md:1: the line"},
		{"x.md", "---\ntitle: x\ntags: [a]\n---\n", "x.md:3: field tags not found"},
		{"x.md", "---\ntitle: x\nmenu: maybe\n---\n", "x.md:3: cannot"},
		{"x.md", "---\ntitle: [\n---\n", "x.md"},
		{"x.md", "---\ntitle: x\n---\n\nText,\nthen [a](title:NPWR00009_00).", `content/x.md:6: the link "title:NPWR00009_00" leads nowhere`},
		{"x.md", "---\ntitle: x\n---\n## Here\n\n[a](#here)\n[b](#there)", "content/x.md:7: the link to #there leads nowhere"},
		{"x.md", "---\ntitle: x\n---\n[a](x.md#there)", "content/x.md:4: the link to #there leads nowhere"},
		{"x.md", "---\ntitle: x\n---\n![](https://other.example/a.png)", "content/x.md:4: the picture"},
		{"x.exe", "", "content/x.exe: is no text"},
		{"Sub Dir/x.png", "", "content/Sub Dir/x.png: name folders"},
		{"cards/x.png", "", "taken by the site"},
	}
	for _, tt := range tests {
		_, err := ReadProse(fstest.MapFS{tt.name: {Data: []byte(tt.text)}}, ProseOptions{})
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s %q: error is %v, want %q in it", tt.name, tt.text, err, tt.want)
		}
	}
}

// FuzzProse holds that a text gives HTML that is inert, or a mistake with the
// file's name.
func FuzzProse(f *testing.F) {
	f.Add([]byte("---\ntitle: x\n---\n# Hello\n<b>raw</b> [a](javascript:b) ![c](d.png)"))
	f.Add([]byte("---\ntitle: x\ndate: 0\n---\n"))
	f.Add([]byte("---\ntitle: x\n---\n<script>canary()</script>\n\n[a](JaVaScRiPt&colon;b) <javascript:c> [d](data:text/html,e)"))
	f.Add([]byte("---\ntitle: x\n---\n| a | b |\n|:-|-:|\n| <img src=x onerror=y> | `{{.}}` |\n\n- [x] done[^1]\n\n[^1]: note\n"))
	f.Add([]byte("---\ntitle: x\n---\n[a](site:/x) [b](//host/p) [c](title:NPWR00001_00/1) ![d](../../e.png \"t\\\" onload=f\")"))
	known := ProseOptions{Title: func(string, int) (string, bool) { return "titles/one/", true }}
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := ReadProse(fstest.MapFS{"x.md": {Data: data}}, known)
		if err != nil {
			if !strings.HasPrefix(err.Error(), "content/x.md") {
				t.Errorf("the mistake is %q", err)
			}
			return
		}
		if len(c.Prose) == 0 {
			return
		}
		doc, err := goquery.NewDocumentFromReader(strings.NewReader(string(c.Prose[0].HTML("../"))))
		if err != nil {
			t.Fatal(err)
		}
		doc.Find("*").Each(func(_ int, e *goquery.Selection) { inert(t, data, e.Nodes[0]) })
	})
}

// elements is all that Markdown gives.
var elements = strings.Fields("html head body h1 h2 h3 h4 h5 h6 p br hr a img em strong del code pre blockquote ul ol li table thead tbody tr th td sup input div section span")

// inert sees that an element runs nothing and asks nothing of other hosts.
func inert(t *testing.T, data []byte, n *html.Node) {
	t.Helper()
	if !slices.Contains(elements, n.Data) {
		t.Errorf("%q has <%s>", data, n.Data)
	}
	for _, a := range n.Attr {
		u, err := url.Parse(strings.TrimSpace(a.Val))
		switch {
		case strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "srcset":
			t.Errorf("%q has %s on <%s>", data, a.Key, n.Data)
		case a.Key == "src" && (err != nil || u.Scheme != "" || u.Host != ""):
			t.Errorf("%q shows %q", data, a.Val)
		case a.Key == "href" && err == nil && slices.Contains([]string{"javascript", "vbscript", "data", "file", "site"}, strings.ToLower(u.Scheme)):
			t.Errorf("%q leads to %q", data, a.Val)
		}
	}
}
