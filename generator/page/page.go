// Package page turns the model into HTML, through the templates of the folder
// templates, which an owner may replace one by one.
//
// A page works under every path prefix, as it links by relative paths, without
// scripts, and without a request to another host.
package page

import (
	"bytes"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"net/url"
	"path"
	"strings"
	"sync"
	"time"

	"github.com/trophycase/trophycase/generator/trophy"
)

// Links gives the paths of the site's files, relative to its root.
type Links struct {
	Titles, Feed, Atom, JSON, Social string
	Search, Manifest, Embed          string
	Feeds, API, Credits              string
	// PageSocial is the link preview of a page other than a profile or a title.
	PageSocial func(dir string) string
	// The folders of the profile's other pages, with a slash at the end.
	Unlocks, Platinums, Rarest, Milestones, Stats string
	// Year is the folder of a year's unlocks.
	Year func(int) string
	// Month is the folder of a month's unlocks, of a year that has many.
	Month func(int, time.Month) string
	// TitlesPage is the folder of a page of the list of titles, from 1.
	TitlesPage func(int) string
	// Feed is "" for a site without feeds.
	Title, TitleSocial func(*trophy.Title) string
	// TitleCards is the cards of a title, none if it has none of its own.
	TitleCards func(*trophy.Title) []Embed
	// Review is the card of a year.
	Review func(int) string
	// Own is the feeds that the page in a folder is about.
	Own func(dir string) []FeedLink
	// Unlock leads to a trophy on its title's page.
	Unlock  func(trophy.Unlock) string
	Picture func(trophy.Picture) string
	Asset   func(name string) string
}

// Options is what pages say beside the model.
type Options struct {
	SiteTitle, Description string
	// Words is the site's language.
	Words *Words
	// Switch offers visitors a choice between light and dark.
	Switch   bool
	Location *time.Location
	// BaseURL is "", a path like "/trophies/" or an absolute address; it ends
	// with a slash.
	BaseURL string
	Links   Links
	Pinned  []trophy.Pin
	Notes   Notes
	Icons   []Icon
	// Day and Night are the colours of the page behind everything.
	Day, Night string
	// Menu is the owner's pages that all pages link to.
	Menu []MenuItem
}

// An Icon is a picture that stands for the site.
type Icon struct {
	Path     string
	Size     int  // in pixels, of a side
	Apple    bool // for the home screen of an iPhone
	Manifest bool // is listed in the manifest
	Maskable bool // may be cut to a circle
}

// A MenuItem is a page of the owner's in the menu.
type MenuItem struct{ Title, Path string }

// A Renderer renders pages. It is safe for concurrent use.
type Renderer struct {
	o         Options
	words     *Words
	templates map[string]*template.Template
}

// The templates that a page is made from, the layout and the parts aside.
var names = []string{"profile", "titles", "title", "unlocks", "platinums", "rarest", "milestones", "stats", "search", "embed", "feeds", "data", "credits", "prose", "404"}

// New reads the templates from a folder. The error names the file and the line
// of a template that cannot be read.
func New(templates fs.FS, o Options) (*Renderer, error) {
	if o.Location == nil {
		o.Location = time.UTC
	}
	r := &Renderer{o: o, words: o.Words, templates: map[string]*template.Template{}}
	for _, name := range names {
		t, err := template.New("layout.html").Funcs(r.funcs()).Funcs(r.parts()).ParseFS(templates, "layout.html", "parts.html", name+".html")
		if err != nil {
			return nil, fmt.Errorf("templates: %w", err)
		}
		r.templates[name] = t
	}
	return r, nil
}

// A view is what the layout and a page's own template receive.
type view struct {
	Site, Title, Description string
	Words                    *Words
	Switch                   bool
	Owner                    trophy.Owner
	// Root leads from the page to the site's root: "", "../" or so.
	Root                  string
	Links                 Links
	Canonical, Card       string // absolute, or ""
	CardAlt               string
	CardWidth, CardHeight int
	Current               string // "home", "titles", the path of the owner's page, or ""
	Menu                  []MenuItem
	Sections              []MenuItem  // the site's own pages
	Foot                  []MenuItem  // what stands at the end of every page
	Data                  template.JS // for search engines, JSON-LD, or ""
	DataHash              string      // of Data, for the security policy
	Module                string      // a script of this page alone, or ""
	Day, Night            string
	Icons                 []Icon
	None                  string     // what to say where there are no trophies
	Feeds                 []FeedLink // of what the page is about
	Page                  any
}

// view fills in what all pages share. where is the page's own path.
func (r *Renderer) view(where string, owner trophy.Owner) view {
	v := view{
		Site: r.o.SiteTitle, Description: r.o.Description, Words: r.words, Switch: r.o.Switch, Owner: owner,
		Root: strings.Repeat("../", strings.Count(where, "/")), Links: r.o.Links, Menu: r.o.Menu,
		Sections: r.sections(), Foot: r.foot(), Day: r.o.Day, Night: r.o.Night, Icons: r.o.Icons,
	}
	if r.o.Links.Own != nil {
		v.Feeds = r.o.Links.Own(strings.TrimSuffix(where, "index.html"))
	}
	if r.absolute() {
		v.Canonical = r.o.BaseURL + escape(strings.TrimSuffix(where, "index.html"))
	}
	return v
}

// none is what a page about a profile says where it has nothing to show: that
// everything is hidden, or what will be there.
func (r *Renderer) none(p *trophy.Profile, yet string) string {
	if len(p.Titles) == 0 && p.Earned.Total() > 0 {
		return r.words.AllHidden
	}
	return yet
}

// sections is the pages that the menu of every page lists.
func (r *Renderer) sections() []MenuItem {
	l, w := r.o.Links, r.words
	return []MenuItem{
		{w.Titles, l.Titles}, {w.Unlocks, l.Unlocks}, {w.Platinums, l.Platinums}, {w.RarestShort, l.Rarest},
		{w.Milestones, l.Milestones}, {w.Stats, l.Stats}, {w.Search, l.Search},
	}
}

// foot is the pages that stand at the end of every page.
func (r *Renderer) foot() []MenuItem {
	l, w := r.o.Links, r.words
	return []MenuItem{{w.Embed, l.Embed}, {w.Feeds, l.Feeds}, {w.Data, l.API}, {w.Credits, l.Credits}}
}

func (r *Renderer) absolute() bool { return strings.Contains(r.o.BaseURL, "://") }

// card sets the picture of link previews, 1200×630.
func (v *view) card(r *Renderer, path, alt string) {
	if r.absolute() {
		v.Card, v.CardAlt, v.CardWidth, v.CardHeight = r.o.BaseURL+escape(path), alt, 1200, 630
	}
}

// describe says what a page is about, if the owner did not say it for all.
func (v *view) describe(text string) {
	if v.Description == "" {
		v.Description = text
	}
}

// escape makes a path fit for a URL.
func escape(p string) string { return (&url.URL{Path: p}).EscapedPath() }

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

func (r *Renderer) render(w io.Writer, name string, v view) error {
	b := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(b)
	b.Reset()
	if err := r.templates[name].Execute(b, v); err != nil {
		return fmt.Errorf("templates: %w", err)
	}
	_, err := w.Write(squeeze(b.Bytes()))
	return err
}

// squeeze drops the indentation and the empty lines that templates leave: a
// third of a page. They count within the element pre only.
func squeeze(page []byte) []byte {
	out := page[:0]
	kept := false
	for line := range bytes.Lines(page) {
		was, opens, closes := kept, -1, -1
		if bytes.Contains(line, []byte("pre")) {
			opens, closes = bytes.LastIndex(line, []byte("<pre")), bytes.LastIndex(line, []byte("</pre>"))
		}
		kept = opens > closes || kept && closes < 0
		if was {
			out = append(out, line...)
			continue
		}
		if trimmed := bytes.TrimSpace(line); len(trimmed) > 0 {
			out = append(append(out, trimmed...), '\n')
		}
	}
	return out
}

// NotFound writes the page for addresses that lead nowhere. It can be shown at
// any depth, so its links begin at the base path.
func (r *Renderer) NotFound(w io.Writer, owner trophy.Owner) error {
	v := r.view("404.html", owner)
	v.Title, v.Canonical = r.words.NotFound, ""
	v.Root = "/"
	if u, err := url.Parse(r.o.BaseURL); err == nil && u.Path != "" {
		v.Root = path.Clean(u.Path)
		if v.Root != "/" {
			v.Root += "/"
		}
	}
	return r.render(w, "404", v)
}
