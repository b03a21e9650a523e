package page

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"gopkg.in/yaml.v3"

	"github.com/trophycase/trophycase/generator/trophy"
)

// Prose is a page that the owner wrote in Markdown.
type Prose struct {
	// Path is the page's folder, with a slash at its end: "about/".
	Path               string
	Title, Description string
	Date               time.Time // zero if it has none
	Menu               bool      // is listed in the menu of all pages
	Body               template.HTML
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

// markdown is GitHub's dialect, with footnotes and proper quotes. Raw HTML is
// left out, and so are links that run scripts; alignment of table cells is too,
// because it needs styles that the pages' security policy forbids.
var markdown = goldmark.New(
	goldmark.WithExtensions(
		extension.Linkify, extension.Strikethrough, extension.TaskList, extension.Footnote, extension.Typographer,
		extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignNone)),
	),
	goldmark.WithParserOptions(parser.WithAutoHeadingID()),
)

var (
	safeSegment = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	// reserved is the folders that the site makes itself.
	reserved = []string{"titles", "unlocks", "platinums", "rarest", "milestones", "stats", "shields", "cards", "pictures", "assets", "feed", "index"}
)

// ReadProse reads the Markdown files of a folder and of those below it, in the
// order of their paths. Drafts are left out. The error names the file and, where
// there is one, the line of what is wrong.
func ReadProse(content fs.FS) ([]Prose, error) {
	var list []Prose
	err := fs.WalkDir(content, ".", func(name string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) && name == "." {
			return fs.SkipAll
		}
		if err != nil || d.IsDir() || path.Ext(name) != ".md" {
			return err
		}
		data, err := fs.ReadFile(content, name)
		if err != nil {
			return err
		}
		p, draft, err := parseProse(name, data)
		if err == nil && !draft {
			list = append(list, p)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("content: %w", err)
	}
	return list, nil
}

func parseProse(name string, data []byte) (p Prose, draft bool, err error) {
	segments := strings.Split(strings.TrimSuffix(name, ".md"), "/")
	for _, s := range segments {
		if !safeSegment.MatchString(s) {
			return p, false, fmt.Errorf("%s: name the file with small letters a to z, digits and hyphens; its name becomes the page's address", name)
		}
	}
	if slices.Contains(reserved, segments[0]) {
		return p, false, fmt.Errorf("%s: the address /%s/ is taken by the site itself; choose another name", name, segments[0])
	}
	var front frontMatter
	body, err := cutFrontMatter(name, data, &front)
	if err != nil {
		return p, false, err
	}
	if strings.TrimSpace(front.Title) == "" {
		return p, false, fmt.Errorf("%s:1: the page has no title; begin the file with the lines \"---\", \"title: …\" and \"---\"", name)
	}
	var html bytes.Buffer
	if err := markdown.Convert(body, &html); err != nil {
		return p, false, fmt.Errorf("%s: %w", name, err)
	}
	return Prose{
		Path: strings.Join(segments, "/") + "/", Title: front.Title, Description: front.Description,
		Date: front.Date, Menu: front.Menu, Body: template.HTML(html.String()),
	}, front.Draft, nil
}

// cutFrontMatter reads what stands between the first two lines of "---", strictly,
// and gives the rest.
func cutFrontMatter(name string, data []byte, into *frontMatter) ([]byte, error) {
	data = bytes.ReplaceAll(bytes.TrimPrefix(data, []byte("\ufeff")), []byte("\r\n"), []byte("\n"))
	rest, ok := bytes.CutPrefix(data, []byte("---\n"))
	if !ok {
		return data, nil
	}
	head, body, ok := bytes.Cut(rest, []byte("\n---\n"))
	if !ok {
		return nil, fmt.Errorf("%s:1: the line \"---\" that ends the front matter is missing", name)
	}
	d := yaml.NewDecoder(bytes.NewReader(head))
	d.KnownFields(true)
	if err := d.Decode(into); err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%s%s; allowed are title, description, date, menu and draft", name, lineOf(err))
	}
	return body, nil
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
	line := 0
	for _, digit := range text[m[2]:m[3]] {
		line = 10*line + int(digit-'0')
	}
	return fmt.Sprintf(":%d: %s", line+1, strings.ReplaceAll(text[m[1]:], " in type page.frontMatter", ""))
}

// Prose writes a page of the owner's.
func (r *Renderer) Prose(w io.Writer, owner trophy.Owner, p Prose) error {
	v := r.view(p.Path+"index.html", owner)
	v.Title, v.Current, v.Page = p.Title, p.Path, p
	if p.Description != "" {
		v.Description = p.Description
	}
	return r.render(w, "prose", v)
}
