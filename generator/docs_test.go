package generator

import (
	"bytes"
	"image/png"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"github.com/trophycase/trophycase/generator/config"
)

// docs is the README and the pages of documentation by name.
func docs(t *testing.T) map[string]string {
	files, err := filepath.Glob("../docs/*.md")
	if err != nil || len(files) < 5 {
		t.Fatalf("there are %d pages: %v", len(files), err)
	}
	pages := map[string]string{}
	for _, name := range append(files, "../README.md") {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		pages[strings.TrimPrefix(filepath.ToSlash(name), "../")] = string(data)
	}
	return pages
}

// TestDocumentedAddresses sees that every address of a site that the documentation
// gives is one that a site has, and that cards have the size that it says.
func TestDocumentedAddresses(t *testing.T) {
	j := sampleJob(t, "pinned: [NPWR90101_00]\ncards: {own: [\"forum.png?kind=signature-468x60&theme=gallery&mode=light\"]}\n")
	render(t, j)
	files := tree(t, j.Out)
	address := regexp.MustCompile(`https://YOU\.github\.io/REPOSITORY/([\w./-]+\.\w+)`)
	found := 0
	for name, page := range docs(t) {
		for _, m := range address.FindAllStringSubmatch(page, -1) {
			if found++; files[m[1]] == "" {
				t.Errorf("%s: a site has no %s", name, m[1])
			}
		}
		doc, err := goquery.NewDocumentFromReader(strings.NewReader(page))
		if err != nil {
			t.Fatal(err)
		}
		doc.Find("img[src*='YOU.github.io']").Each(func(_ int, img *goquery.Selection) {
			src := address.FindStringSubmatch(img.AttrOr("src", ""))
			if src == nil || img.AttrOr("alt", "") == "" {
				t.Errorf("%s: %v has no card or no alternative text", name, img.Nodes[0].Attr)
				return
			}
			size, err := png.DecodeConfig(bytes.NewReader([]byte(files[src[1]])))
			if err != nil {
				t.Errorf("%s: %s: %v", name, src[1], err)
				return
			}
			for attribute, pixels := range map[string]int{"width": size.Width, "height": size.Height} {
				if given, ok := img.Attr(attribute); ok && given != strconv.Itoa(pixels) {
					t.Errorf("%s: %s is %d wide or high and not %s", name, src[1], pixels, given)
				}
			}
		})
	}
	if found < 8 {
		t.Errorf("only %d addresses were found", found)
	}
}

// TestCardTable sees that the README lists the cards that there are, at their sizes.
func TestCardTable(t *testing.T) {
	j := sampleJob(t, "pinned: [NPWR90101_00]\n")
	render(t, j)
	files := tree(t, j.Out)
	_, table, _ := strings.Cut(docs(t)["README.md"], "| file in `cards/` |")
	table, _, _ = strings.Cut(table, "\n\n")
	for _, name := range []string{"profile", "compact", "recent", "rarest", "pinned", "calendar", "milestone", "social"} {
		if !strings.Contains(table, "`"+name+"`") || files["cards/"+name+".png"] == "" {
			t.Errorf("the card %s is not in the table, or not on the site", name)
		}
	}
	for _, want := range []struct{ row, file string }{
		{"800×240", "profile"}, {"400×120", "compact"}, {"800×196", "calendar"}, {"800×180", "milestone"}, {"1200×630", "social"},
	} {
		size, err := png.DecodeConfig(strings.NewReader(files["cards/"+want.file+".png"]))
		if err != nil {
			t.Fatal(err)
		}
		if got := strconv.Itoa(size.Width) + "×" + strconv.Itoa(size.Height); got != want.row || !strings.Contains(table, want.row) {
			t.Errorf("the card %s is %s, the table says %s", want.file, got, want.row)
		}
	}
}

// TestDocumentedSettings reads the examples of settings as site.yaml is read.
func TestDocumentedSettings(t *testing.T) {
	block := regexp.MustCompile("(?s)```yaml\n(.*?)```")
	examples := block.FindAllStringSubmatch(docs(t)["docs/theming.md"], -1)
	if len(examples) < 2 {
		t.Fatalf("there are %d examples", len(examples))
	}
	for _, m := range examples {
		if _, err := config.Parse("docs/theming.md", []byte(m[1])); err != nil {
			t.Error(err)
		}
	}
}

// TestDocumentedFiles sees that what the documentation links to is there.
func TestDocumentedFiles(t *testing.T) {
	link := regexp.MustCompile(`\]\(([^)#:]+)(#[^)]*)?\)`)
	for name, page := range docs(t) {
		for _, m := range link.FindAllStringSubmatch(page, -1) {
			if _, err := os.Stat(filepath.Join("..", filepath.Dir(name), m[1])); err != nil {
				t.Errorf("%s: the link to %s leads nowhere", name, m[1])
			}
		}
	}
}
