package generator

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"io/fs"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/PuerkitoBio/goquery"
)

// builtSite is the sample's site with texts of an owner's, for an address, or
// without one if that is "".
func builtSite(t *testing.T, base string) map[string]string {
	t.Helper()
	j := sampleJob(t, "base_url: \""+base+"\"")
	j.Snapshot = withoutSample{j.Snapshot}
	j.Files = overlaid{fstest.MapFS{
		"content/about.md":                 {Data: []byte("---\ntitle: About\nmenu: true\n---\nSee [stats](/stats/) and [this](title:NPWR90101_00/12).")},
		"content/titles/NPWR90101_00.md":   {Data: []byte("The lighthouse, and [all](/titles/).")},
		"content/titles/NPWR90101_00/2.md": {Data: []byte("By [the pier](../../about.md).")},
	}, j.Files}
	render(t, j)
	return tree(t, j.Out)
}

// parsed is the pages of a site by their paths.
func parsed(t *testing.T, files map[string]string) map[string]*goquery.Document {
	t.Helper()
	pages := map[string]*goquery.Document{}
	for name, text := range files {
		if !strings.HasSuffix(name, ".html") {
			continue
		}
		d, err := goquery.NewDocumentFromReader(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		pages[name] = d
	}
	return pages
}

// TestBuiltSite looks at a whole site that stands below a path.
func TestBuiltSite(t *testing.T) {
	const base = "https://me.example/trophies/"
	files := builtSite(t, base)
	t.Run("pages", func(t *testing.T) { checkPages(t, files, base) })
	t.Run("furniture", func(t *testing.T) { checkFurniture(t, files, base) })
}

// checkPages sees what holds for pages of all kinds, whatever they show.
func checkPages(t *testing.T, files map[string]string, base string) {
	for name, d := range parsed(t, files) {
		at := base + (&url.URL{Path: strings.TrimSuffix(name, "index.html")}).EscapedPath()
		if name == notFoundPath {
			at = ""
		}
		for what, got := range map[string][2]string{
			"canonical address": {d.Find("link[rel=canonical]").AttrOr("href", ""), at},
			"shared address":    {d.Find("meta[property='og:url']").AttrOr("content", ""), at},
			"Twitter's picture": {meta(d, "name", "twitter:image"), meta(d, "property", "og:image")},
			"Twitter's text":    {meta(d, "name", "twitter:description"), ifThere(meta(d, "property", "og:image"), meta(d, "name", "description"))},
		} {
			if got[0] != got[1] {
				t.Errorf("%s: the %s is %q, want %q", name, what, got[0], got[1])
			}
		}
		card, ok := strings.CutPrefix(meta(d, "property", "og:image"), base)
		if unescaped, _ := url.PathUnescape(card); name != notFoundPath && (!ok || files[unescaped] == "") {
			t.Errorf("%s: there is no preview picture %q", name, card)
		}
		if n := d.Find("h1").Length(); n != 1 || d.Find("title").Text() == "" || d.Find("html[lang][dir]").Length() != 1 || d.Find("main#content").Length() != 1 {
			t.Errorf("%s: %d first headings, title %q", name, n, d.Find("title").Text())
		}
		d.Find("img").Each(func(_ int, s *goquery.Selection) {
			if _, ok := s.Attr("alt"); !ok || s.AttrOr("height", "") == "" {
				html, _ := goquery.OuterHtml(s)
				t.Errorf("%s: a picture without a text or a size: %s", name, html)
			}
		})
		// What is to be copied is HTML as a text.
		written := regexp.MustCompile(`<textarea[^>]*>[^<]*`).ReplaceAllString(files[name], "")
		for _, bad := range []string{"ZgotmplZ", "<no value>", "%!", "&amp;amp;", "&amp;lt;"} {
			if strings.Contains(written, bad) {
				t.Errorf("%s has %q", name, bad)
			}
		}
		checkPolicy(t, name, d)
	}
}

func meta(d *goquery.Document, attribute, name string) string {
	return d.Find("meta["+attribute+"='"+name+"']").AttrOr("content", "")
}

func ifThere(condition, value string) string {
	if condition == "" {
		return ""
	}
	return value
}

// checkPolicy sees that a page forbids what it does not need, and that its data for
// search engines is what the policy lets through, and says what the page is about.
func checkPolicy(t *testing.T, name string, d *goquery.Document) {
	t.Helper()
	policy := meta(d, "http-equiv", "Content-Security-Policy")
	if !strings.HasPrefix(policy, "default-src 'none'; ") || strings.Contains(policy, "unsafe") || strings.Contains(policy, "*") || strings.Contains(policy, "://") {
		t.Errorf("%s: the security policy is %q", name, policy)
	}
	want := ""
	switch {
	case name == homePath:
		want = "ProfilePage"
	case strings.HasPrefix(name, "titles/") && name != "titles/index.html":
		want = "VideoGame"
	}
	text := d.Find("script[type='application/ld+json']").Text()
	if text == "" && want == "" {
		return
	}
	hash := sha256.Sum256([]byte(text))
	if !strings.Contains(policy, "'sha256-"+base64.StdEncoding.EncodeToString(hash[:])+"'") {
		t.Errorf("%s: the policy does not name the hash of the data", name)
	}
	var data struct {
		Context string `json:"@context"`
		Type    string `json:"@type"`
		Name    string
		URL     string
		Entity  struct {
			Type string `json:"@type"`
			Name string
		} `json:"mainEntity"`
	}
	if err := json.Unmarshal([]byte(text), &data); err != nil || data.Context != "https://schema.org" || data.Type != want || data.URL == "" {
		t.Errorf("%s: the data is %v, %+v", name, err, data)
	}
	if heading := strings.TrimSpace(d.Find("h1").Text()); data.Name+data.Entity.Name != heading {
		t.Errorf("%s: the data is about %q, the page about %q", name, data.Name+data.Entity.Name, heading)
	}
}

// TestLinksAtRoot follows every link of a site that stands at the root of its host
// and does not know its address.
func TestLinksAtRoot(t *testing.T) {
	files := builtSite(t, "")
	pages := parsed(t, files)
	ids := map[string]map[string]bool{}
	for name, d := range pages {
		ids[name] = map[string]bool{}
		d.Find("[id]").Each(func(_ int, s *goquery.Selection) { ids[name][s.AttrOr("id", "")] = true })
	}
	for name, d := range pages {
		// checkLink knows sites below /trophies/ only.
		at := &url.URL{Scheme: "https", Host: "me.example", Path: "/trophies/" + strings.TrimSuffix(name, "index.html")}
		d.Find("[href], [src]").Each(func(_ int, s *goquery.Selection) {
			link := s.AttrOr("href", s.AttrOr("src", ""))
			if name == notFoundPath && strings.HasPrefix(link, "/") {
				link = "/trophies" + link
			}
			checkLink(t, files, ids, name, at, link)
		})
	}
}

// checkFurniture sees what engines and devices look for beside the pages.
func checkFurniture(t *testing.T, files map[string]string, base string) {
	for _, name := range []string{".nojekyll", faviconPath, robotsPath, sitemapPath, manifestPath} {
		if _, ok := files[name]; !ok {
			t.Errorf("%s is missing", name)
		}
	}
	if !strings.Contains(files[robotsPath], "Sitemap: "+base+sitemapPath) {
		t.Errorf("robots.txt is %q", files[robotsPath])
	}
	for name := range files {
		if !strings.HasSuffix(name, ".html") {
			continue
		}
		at := "<loc>" + base + (&url.URL{Path: strings.TrimSuffix(name, "index.html")}).EscapedPath() + "</loc>"
		if listed := strings.Count(files[sitemapPath], at); (listed == 1) != (name != notFoundPath) {
			t.Errorf("the sitemap lists %s %d times", name, listed)
		}
	}
	var manifest struct {
		Name  string
		Start string `json:"start_url"`
		Icons []struct{ Src, Sizes, Purpose string }
	}
	if err := json.Unmarshal([]byte(files[manifestPath]), &manifest); err != nil || manifest.Name == "" || manifest.Start != "./" || len(manifest.Icons) < 3 {
		t.Errorf("the manifest is %v, %+v", err, manifest)
	}
	for _, icon := range manifest.Icons {
		if name, _, _ := strings.Cut(icon.Src, "?"); files[name] == "" {
			t.Errorf("the manifest names %s, which is not there", icon.Src)
		}
	}
}

// TestScriptsAreSmall counts what a browser fetches of scripts, if it fetches all.
func TestScriptsAreSmall(t *testing.T) {
	names, err := fs.Glob(os.DirFS("../assets"), "*.js")
	if err != nil || len(names) < 3 {
		t.Fatal(names, err)
	}
	total := 0
	for _, name := range names {
		data, err := os.ReadFile("../assets/" + name)
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		if _, err := w.Write(data); err != nil || w.Close() != nil {
			t.Fatal(err)
		}
		total += b.Len()
	}
	t.Logf("%d bytes with gzip", total)
	if total >= 15*1024 {
		t.Errorf("all scripts are %d bytes with gzip, want less than 15 KB", total)
	}
}
