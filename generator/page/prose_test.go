package page

import (
	"bytes"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/trophycase/trophycase/generator/trophy"
)

func TestProse(t *testing.T) {
	list, err := ReadProse(fstest.MapFS{
		"about.md":      {Data: []byte("---\r\ntitle: About <me>\r\nmenu: true\r\ndate: 2026-11-02\r\n---\r\n# \"Hello\"\n\n<script>canary()</script>\n\n[x](javascript:alert(1)) ~~old~~ [^1]\n\n[^1]: A note.\n\n| a | b |\n|--:|---|\n| 1 | 2 |\n")},
		"guides/one.md": {Data: []byte("---\ntitle: 灯台\n---\nText")},
		"draft.md":      {Data: []byte("---\ntitle: Draft\ndraft: true\n---\n")},
		"picture.png":   {Data: []byte("x")},
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(list) != 2 || list[0].Path != "about/" || list[1].Path != "guides/one/" || !list[0].Menu || list[1].Title != "灯台" {
		t.Fatalf("read %+v", list)
	}
	body := string(list[0].Body)
	for _, want := range []string{"&ldquo;Hello&rdquo;", `id="hello"`, "<del>old</del>", "A note.", "<table>"} {
		if !strings.Contains(body, want) {
			t.Errorf("there is no %q in %s", want, body)
		}
	}
	for _, bad := range []string{"<script", "javascript:", "style="} {
		if strings.Contains(body, bad) {
			t.Errorf("there is %q in %s", bad, body)
		}
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
		{"About Me.md", "---\ntitle: x\n---\n", "About Me.md: name the file"},
		{"titles/x.md", "---\ntitle: x\n---\n", "taken by the site"},
		{"x.md", "No front matter", "x.md:1: the page has no title"},
		{"x.md", "---\ntitle: x\n", "x.md:1: the line"},
		{"x.md", "---\ntitle: x\ntags: [a]\n---\n", "x.md:3: field tags not found"},
		{"x.md", "---\ntitle: x\nmenu: maybe\n---\n", "x.md:3: cannot"},
		{"x.md", "---\ntitle: [\n---\n", "x.md"},
	}
	for _, tt := range tests {
		_, err := ReadProse(fstest.MapFS{tt.name: {Data: []byte(tt.text)}})
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s %q: error is %v, want %q in it", tt.name, tt.text, err, tt.want)
		}
	}
}

func FuzzProse(f *testing.F) {
	f.Add([]byte("---\ntitle: x\n---\n# Hello\n<b>raw</b> [a](javascript:b)"))
	f.Add([]byte("---\ntitle: x\ndate: 0\n---\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, _, err := parseProse("x.md", data)
		if err == nil && strings.Contains(strings.ToLower(string(p.Body)), "<script") {
			t.Errorf("%q became %s", data, p.Body)
		}
	})
}
