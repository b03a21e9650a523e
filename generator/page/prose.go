package page

import (
	"bytes"
	"errors"
	"fmt"
	"html"
	"html/template"
	"io"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"gopkg.in/yaml.v3"

	"github.com/trophycase/trophycase/generator/trophy"
)

// Prose is what the owner wrote in one Markdown file: a page of its own, or a note
// on a title or a trophy.
type Prose struct {
	// File is the file's path in the folder content.
	File string
	// Path is the page's folder, with a slash at its end: "about/". It is "" for a
	// note.
	Path string
	// TitleID is the title that a note is on, and TrophyID its trophy, -1 for the
	// title itself.
	TitleID  string
	TrophyID int

	Title, Description string
	Date               time.Time // zero if it has none
	Menu               bool      // is listed in the menu of all pages
	// Links is where the text leads within the site.
	Links []ProseLink

	body    string // its links within the site begin with siteScheme
	places  []headingLink
	anchors map[string]bool // of its headings
}

// A ProseLink is a link in a text to a file of the site.
type ProseLink struct {
	Path string // from the site's root
	Line int    // in the file
}

// A headingLink is a link to a heading: of the page of a text, by its path.
type headingLink struct {
	path, anchor string
	line         int
}

// HTML is the text. root leads to the site's root: "../", or its address.
func (p Prose) HTML(root string) template.HTML {
	return template.HTML(strings.ReplaceAll(p.body, `="`+siteScheme, `="`+template.HTMLEscapeString(root)))
}

// Plain is the text without marks, for a search.
func (p Prose) Plain() string {
	return strings.Join(strings.Fields(html.UnescapeString(tags.ReplaceAllString(p.body, " "))), " ")
}

var tags = regexp.MustCompile(`<[^>]*>`)

// Content is the folder content: texts, and the files that they show.
type Content struct {
	Prose []Prose
	// Files is the paths of pictures and the like, in the folder and on the site.
	Files []string
}

// Pages is the texts that are pages of their own.
func (c *Content) Pages() []Prose { return c.only(func(p Prose) bool { return p.Path != "" }) }

// Notes is the texts on titles and trophies.
func (c *Content) Notes() []Prose { return c.only(func(p Prose) bool { return p.Path == "" }) }

func (c *Content) only(keep func(Prose) bool) []Prose {
	return slices.DeleteFunc(slices.Clone(c.Prose), func(p Prose) bool { return !keep(p) })
}

// ProseOptions is what the texts may hold and know.
type ProseOptions struct {
	// HTML lets raw HTML through.
	HTML bool
	// Title finds the page of a title, or with a trophy ID from 0 the trophy on it.
	Title func(titleID string, trophyID int) (link string, ok bool)
}

// frontMatter is what may stand between two lines of "---" at the start of a
// file.
type frontMatter struct {
	Title       string    `yaml:"title"`
	Description string    `yaml:"description"`
	Date        time.Time `yaml:"date"`
	Menu        bool      `yaml:"menu"`
	Draft       bool      `yaml:"draft"`
}

var (
	safeSegment = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	safeFile    = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]*\.(png|jpe?g|gif|webp|avif|svg|pdf|txt)$`)
	noteFile    = regexp.MustCompile(`^titles/(NPWR[0-9]{5}_[0-9]{2})(?:/([0-9]{1,4}))?\.md$`)
	// reserved is the folders that the site makes itself.
	reserved = []string{
		"titles", "unlocks", "platinums", "rarest", "milestones", "stats", "search", "feeds", "embed", "icons", "credits", "api", "shields",
		"cards", "pictures", "assets", "feed", "index",
	}
)

// ReadProse reads the folder content, in the order of its paths. Drafts are left
// out. The error has a line for each mistake, with the file and, where there is
// one, the line.
func ReadProse(content fs.FS, o ProseOptions) (*Content, error) {
	c := new(Content)
	var errs []error
	err := fs.WalkDir(content, ".", func(name string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) && name == "." {
			return fs.SkipAll
		}
		if err != nil || d.IsDir() || strings.HasPrefix(d.Name(), ".") {
			return err
		}
		if path.Ext(name) != ".md" {
			errs = append(errs, c.addFile(name))
			return nil
		}
		errs = append(errs, c.addProse(content, name, o))
		return nil
	})
	if err := errors.Join(append(errs, err)...); err != nil {
		return nil, err
	}
	if o.HTML { // which may have places of its own
		return c, nil
	}
	return c, c.checkPlaces()
}

// checkPlaces finds the links to headings that the texts do not have.
func (c *Content) checkPlaces() error {
	texts := map[string]Prose{}
	for _, p := range c.Pages() {
		texts[p.Path] = p
	}
	var errs []error
	for _, p := range c.Prose {
		for _, to := range p.places {
			text, ok := texts[to.path]
			if ok && !text.anchors[to.anchor] {
				errs = append(errs, fmt.Errorf("content/%s:%d: the link to #%s leads nowhere: content/%s has no such heading", p.File, to.line, to.anchor, text.File))
			}
		}
	}
	return errors.Join(errs...)
}

// addFile takes a file that is published as it is.
func (c *Content) addFile(name string) error {
	folder, file := path.Split(name)
	for s := range strings.SplitSeq(strings.TrimSuffix(folder, "/"), "/") {
		if s != "" && !safeSegment.MatchString(s) {
			return fmt.Errorf("content/%s: name folders with small letters a to z, digits and hyphens", name)
		}
	}
	if !safeFile.MatchString(file) {
		return fmt.Errorf("content/%s: is no text (.md) and no picture or document that the site can show; name it with small letters, digits and hyphens, and end it with .png, .jpg, .gif, .webp, .avif, .svg, .pdf or .txt", name)
	}
	if first, _, _ := strings.Cut(name, "/"); slices.Contains(reserved, first) {
		return fmt.Errorf("content/%s: the address /%s/ is taken by the site itself; choose another folder", name, first)
	}
	c.Files = append(c.Files, name)
	return nil
}

func (c *Content) addProse(content fs.FS, name string, o ProseOptions) error {
	data, err := fs.ReadFile(content, name)
	if err != nil {
		return err
	}
	p, front, err := placeProse(name)
	if err != nil {
		return fmt.Errorf("content/%w", err)
	}
	body, line, err := cutFrontMatter(name, data, &front)
	if err != nil {
		return fmt.Errorf("content/%w", err)
	}
	if strings.TrimSpace(front.Title) == "" && p.Path != "" {
		return fmt.Errorf("content/%s:1: the page has no title; begin the file with the lines \"---\", \"title: …\" and \"---\"", name)
	}
	if front.Draft {
		return nil
	}
	front.Title, front.Description = straight(front.Title), straight(front.Description)
	p.Title, p.Description, p.Date, p.Menu = front.Title, front.Description, front.Date, front.Menu && p.Path != ""
	l := &linker{prose: &p, options: o, content: content, source: body, line: line}
	if p.body, err = l.convert(); err != nil {
		return err
	}
	c.Prose = append(c.Prose, p)
	return nil
}

// straight takes out of a line what would turn the text around it, and controls: a
// title stands on other pages too.
func straight(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069' {
			return -1
		}
		return r
	}, s)
}

// placeProse tells by a file's name where its text is shown.
func placeProse(name string) (p Prose, front frontMatter, err error) {
	p = Prose{File: name, TrophyID: -1}
	if m := noteFile.FindStringSubmatch(name); m != nil {
		p.TitleID = m[1]
		if m[2] != "" {
			p.TrophyID, err = strconv.Atoi(m[2])
		}
		return p, front, err
	}
	segments := strings.Split(strings.TrimSuffix(name, ".md"), "/")
	if segments[0] == "titles" {
		return p, front, fmt.Errorf("%s: is no note; name a note on a title titles/NPWR00000_00.md, one on its trophy 12 titles/NPWR00000_00/12.md", name)
	}
	for _, s := range segments {
		if !safeSegment.MatchString(s) {
			return p, front, fmt.Errorf("%s: name the file with small letters a to z, digits and hyphens; its name becomes the page's address", name)
		}
	}
	if slices.Contains(reserved, segments[0]) {
		return p, front, fmt.Errorf("%s: the address /%s/ is taken by the site itself; choose another name", name, segments[0])
	}
	p.Path = strings.Join(segments, "/") + "/"
	return p, front, nil
}

// cutFrontMatter reads what stands between the first two lines of "---", strictly,
// and gives the rest and the number of the line on which that begins.
func cutFrontMatter(name string, data []byte, into *frontMatter) (body []byte, line int, err error) {
	data = bytes.ReplaceAll(bytes.TrimPrefix(data, []byte("\ufeff")), []byte("\r\n"), []byte("\n"))
	rest, ok := bytes.CutPrefix(data, []byte("---\n"))
	if !ok {
		return data, 1, nil
	}
	head, body, ok := bytes.Cut(rest, []byte("\n---\n"))
	if !ok {
		return nil, 0, fmt.Errorf("%s:1: the line \"---\" that ends the front matter is missing", name)
	}
	d := yaml.NewDecoder(bytes.NewReader(head))
	d.KnownFields(true)
	if err := d.Decode(into); err != nil && !errors.Is(err, io.EOF) {
		return nil, 0, fmt.Errorf("%s%s; allowed are title, description, date, menu and draft", name, lineOf(err))
	}
	return body, 4 + bytes.Count(head, []byte("\n")), nil
}

var yamlLine = regexp.MustCompile(`line (\d+): `)

// lineOf is where and what is wrong, by the file's lines: the front matter begins
// at the second.
func lineOf(err error) string {
	text := strings.TrimPrefix(strings.ReplaceAll(err.Error(), "\n", " "), "yaml: ")
	m := yamlLine.FindStringSubmatchIndex(text)
	if m == nil {
		return ": " + text
	}
	line, _ := strconv.Atoi(text[m[2]:m[3]])
	return fmt.Sprintf(":%d: %s", line+1, strings.ReplaceAll(text[m[1]:], " in type page.frontMatter", ""))
}

// Prose writes a page of the owner's.
func (r *Renderer) Prose(w io.Writer, owner trophy.Owner, p Prose) error {
	v := r.view(p.Path+"index.html", owner)
	v.Title, v.Current, v.Page = p.Title, p.Path, p
	if p.Description != "" {
		v.Description = p.Description
	}
	v.describe(p.Title + " · " + owner.OnlineID)
	v.card(r, r.o.Links.PageSocial(p.Path), v.Title)
	return r.render(w, "prose", v)
}
