package page

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"path"
	"strconv"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	gold "github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// siteScheme begins the links within the site, until it is known from where they
// lead.
const siteScheme = "site:/"

// markdown is GitHub's dialect, with footnotes and proper quotes. Links that run
// scripts are left out, and so is the alignment of table cells: it needs styles
// that the pages' security policy forbids.
//
// prefix begins the IDs in the text, so that several texts fit on one page.
func markdown(raw bool, prefix string) goldmark.Markdown {
	options := []goldmark.Option{
		goldmark.WithExtensions(
			extension.Linkify, extension.Strikethrough, extension.TaskList, extension.Typographer,
			extension.NewFootnote(extension.WithFootnoteIDPrefix(prefix)),
			extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignNone)),
		),
		goldmark.WithParserOptions(parser.WithAutoHeadingID(), parser.WithASTTransformers(util.Prioritized(resolver{}, 100))),
		goldmark.WithRendererOptions(gold.WithNodeRenderers(util.Prioritized(boxes{}, 100))),
	}
	if raw {
		options = append(options, goldmark.WithRendererOptions(html.WithUnsafe()))
	}
	return goldmark.New(options...)
}

// linker resolves the links of one text.
type linker struct {
	prose   *Prose
	options ProseOptions
	content fs.FS
	source  []byte
	line    int // of the file, on which source begins
	errs    []error
}

var linkerKey = parser.NewContextKey()

// convert renders the text. The error has a line for each link that leads
// nowhere.
func (l *linker) convert() (string, error) {
	var b bytes.Buffer
	prefix := l.prose.idPrefix()
	l.prose.anchors = map[string]bool{}
	context := parser.NewContext(parser.WithIDs(ids{parser.NewContext().IDs(), prefix, l.prose.anchors}))
	context.Set(linkerKey, l)
	if err := markdown(l.options.HTML, prefix).Convert(l.source, &b, parser.WithContext(context)); err != nil {
		return "", fmt.Errorf("content/%s: %w", l.prose.File, err)
	}
	return b.String(), errors.Join(l.errs...)
}

// idPrefix keeps the IDs of a note apart from those of the page that it stands on,
// and of the other notes there.
func (p Prose) idPrefix() string {
	switch {
	case p.Path != "":
		return ""
	case p.TrophyID >= 0:
		return fmt.Sprintf("note-%d-", p.TrophyID)
	}
	return "note-"
}

// ids gives headings their IDs.
type ids struct {
	parser.IDs
	prefix string
	given  map[string]bool
}

// layoutIDs is what the layout uses.
var layoutIDs = []string{"content", "cup-bronze", "cup-silver", "cup-gold", "cup-platinum"}

// Generate implements [parser.IDs].
func (i ids) Generate(value []byte, kind ast.NodeKind) []byte {
	if i.prefix == "" {
		for _, taken := range layoutIDs {
			i.Put([]byte(taken))
		}
	}
	id := i.prefix + string(i.IDs.Generate(value, kind))
	i.given[id] = true
	return []byte(id)
}

// boxes draws the boxes of a list of tasks as characters: a field of a form that
// nobody can use, and that has no name, is none.
type boxes struct{}

// RegisterFuncs implements [gold.NodeRenderer].
func (boxes) RegisterFuncs(r gold.NodeRendererFuncRegisterer) {
	r.Register(east.KindTaskCheckBox, func(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			box := "☐"
			if n.(*east.TaskCheckBox).IsChecked {
				box = "☑"
			}
			_, _ = w.WriteString(`<span class="task">` + box + `</span> `)
		}
		return ast.WalkContinue, nil
	})
}

// resolver is the step of goldmark that resolves links.
type resolver struct{}

// Transform implements [parser.ASTTransformer].
func (resolver) Transform(doc *ast.Document, _ text.Reader, context parser.Context) {
	l := context.Get(linkerKey).(*linker)
	l.lower(doc)
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Link:
			n.Destination = l.resolve(n.Destination, l.lineOf(n), false)
		case *ast.Image:
			n.Destination = l.resolve(n.Destination, l.lineOf(n), true)
		}
		return ast.WalkContinue, nil
	})
}

// lower puts the headings below those of the page: its title is the first, and a
// trophy's name the third.
func (l *linker) lower(doc *ast.Document) {
	const lowest = 6
	top, first := 2, lowest
	if l.prose.TrophyID >= 0 {
		top = 4
	}
	var headings []*ast.Heading
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if h, ok := n.(*ast.Heading); ok && entering {
			headings, first = append(headings, h), min(first, h.Level)
		}
		return ast.WalkContinue, nil
	})
	for _, h := range headings {
		h.Level = min(lowest, h.Level+max(0, top-first))
	}
}

// lineOf is the line of the file that a link stands on.
func (l *linker) lineOf(n ast.Node) int {
	at := 0
	for c := n.FirstChild(); c != nil; c = c.FirstChild() {
		if t, ok := c.(*ast.Text); ok {
			at = t.Segment.Start
		}
	}
	for p := n.Parent(); at == 0 && p != nil; p = p.Parent() {
		if p.Type() == ast.TypeBlock && p.Lines() != nil && p.Lines().Len() > 0 {
			at = p.Lines().At(0).Start
			break
		}
	}
	return l.line + bytes.Count(l.source[:at], []byte("\n"))
}

// resolve is where a link leads: as it is to other sites and within the page, from
// siteScheme else.
func (l *linker) resolve(destination []byte, line int, picture bool) []byte {
	fail := func(format string, args ...any) []byte {
		l.errs = append(l.errs, fmt.Errorf("content/%s:%d: %s", l.prose.File, line, fmt.Sprintf(format, args...)))
		return nil
	}
	to := string(destination)
	if id, ok := strings.CutPrefix(to, "title:"); ok {
		link, ok := l.title(id)
		if !ok {
			return fail("the link %q leads nowhere: this site has no such title or trophy", to)
		}
		return []byte(siteScheme + link)
	}
	u, err := url.Parse(to)
	switch {
	case err != nil:
		return fail("the link %q cannot be read", to)
	case picture && (u.Scheme != "" || u.Host != ""):
		return fail("the picture %q is on another site, and pages show none of those; save it in the folder content and name its file here", to)
	case u.Path == "" && u.Fragment != "":
		l.prose.places = append(l.prose.places, headingLink{l.prose.Path, u.Fragment, line})
		return destination
	case u.Scheme != "" || u.Host != "" || u.Path == "":
		return destination
	}
	target := l.target(u.Path)
	if u.Fragment != "" {
		l.prose.places = append(l.prose.places, headingLink{strings.TrimSuffix(target, "/") + "/", u.Fragment, line})
	}
	l.prose.Links = append(l.prose.Links, ProseLink{target, line})
	u.Path = target
	return []byte(siteScheme + u.String())
}

// title resolves "NPWR00000_00" and "NPWR00000_00/12".
func (l *linker) title(id string) (string, bool) {
	id, number, isTrophy := strings.Cut(id, "/")
	trophyID := -1
	if isTrophy {
		n, err := strconv.ParseUint(number, 10, 16)
		if err != nil {
			return "", false
		}
		trophyID = int(n)
	}
	if l.options.Title == nil {
		return "", false
	}
	return l.options.Title(id, trophyID)
}

// target is a path from the site's root. A link leads from the root if it begins
// with a slash, to a file of the folder content if there is one, and else from the
// page's own address, as a browser reads it.
func (l *linker) target(to string) string {
	if rest, ok := strings.CutPrefix(to, "/"); ok {
		return rest
	}
	file := path.Join(path.Dir(l.prose.File), to)
	if _, err := fs.Stat(l.content, file); err == nil && !strings.HasSuffix(to, "/") {
		if name, ok := strings.CutSuffix(file, ".md"); ok {
			return name + "/"
		}
		return file
	}
	target := path.Join("/", l.prose.Path, to)[1:]
	if strings.HasSuffix(to, "/") && target != "" {
		target += "/"
	}
	return target
}
