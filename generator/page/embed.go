package page

import (
	"fmt"
	"html"
	"io"
	"strings"

	"github.com/trophycase/trophycase/generator/trophy"
)

// An Embed is a card that others' pages can show.
type Embed struct {
	Name, Title   string
	Width, Height int // width is 0 if it follows from the text
	Alt           string
	// Single says that there is one look and one scale only.
	Single bool `json:",omitempty"`
	// About is the page that the card leads to; "" is the first one.
	About string `json:",omitempty"`
	// Path is the card's in a look, "", "-light" or "-dark", at scale 1 or 2.
	Path func(look string, zoom int) string `json:"-"`
}

// A Snippet is what to copy to where a card is to stand.
type Snippet struct{ Name, Text string }

// embedView is what embed.html receives.
type embedView struct {
	Cards []cardView
}

// cardView is what the part card receives.
type cardView struct {
	Embed
	Root     string
	Words    *Words
	ID       string
	Src      string
	Size     string // in pixels, "" if the title tells it or it follows from the text
	Snippets []Snippet
}

// placeholder stands for the address of a site that does not know it.
const placeholder = "https://YOU.github.io/REPOSITORY/"

// Embed writes the page that tells how to show cards elsewhere.
func (r *Renderer) Embed(w io.Writer, owner trophy.Owner, cards []Embed) error {
	v := r.view(r.o.Links.Embed+"index.html", owner)
	v.Title, v.Current, v.Page = r.words.Embed, r.o.Links.Embed, embedView{r.cardViews(v.Root, cards)}
	v.describe(r.words.EmbedText)
	v.card(r, r.o.Links.PageSocial(r.o.Links.Embed), v.Title)
	return r.render(w, "embed", v)
}

func (r *Renderer) cardViews(root string, cards []Embed) []cardView {
	var list []cardView
	for _, e := range cards {
		size := fmt.Sprintf("%d × %d", e.Width, e.Height)
		if e.Width == 0 || strings.Contains(e.Title, size) {
			size = ""
		}
		list = append(list, cardView{
			Embed: e, Root: root, Words: r.words, ID: strings.ReplaceAll(e.Name, "/", "-"), Src: e.Path("", 1), Size: size, Snippets: r.Snippets(e),
		})
	}
	return list
}

// Snippets is the forms in which a card is shown elsewhere.
func (r *Renderer) Snippets(e Embed) []Snippet {
	base := placeholder
	if r.absolute() {
		base = r.o.BaseURL
	}
	at := func(look string, zoom int) string { return base + escape(e.Path(look, zoom)) }
	size := fmt.Sprintf(` height="%d"`, e.Height)
	if e.Width > 0 {
		size = fmt.Sprintf(` width="%d"%s`, e.Width, size)
	}
	alt, to := html.EscapeString(e.Alt), base+escape(e.About)
	md := markdownText.Replace(e.Alt)
	inMarkdown := Snippet{"Markdown", fmt.Sprintf("[![%s](%s)](%s)", md, at("", 1), to)}
	inBBCode := Snippet{"BBCode", fmt.Sprintf("[url=%s][img]%s[/img][/url]", to, at("", 1))}
	if e.Single {
		return []Snippet{inMarkdown, {"HTML", fmt.Sprintf(`<a href="%s"><img src="%s" alt="%s"%s></a>`, to, at("", 1), alt, size)}, inBBCode}
	}
	return []Snippet{
		inMarkdown,
		{"HTML, light and dark", fmt.Sprintf(`<a href="%s"><picture><source media="(prefers-color-scheme: dark)" srcset="%s, %s 2x"><img src="%s" srcset="%s 2x" alt="%s"%s></picture></a>`,
			to, at("-dark", 1), at("-dark", 2), at("-light", 1), at("-light", 2), alt, size)},
		{"GitHub, light and dark", fmt.Sprintf("[![%s](%s#gh-light-mode-only)](%s#gh-light-mode-only)\n[![%s](%s#gh-dark-mode-only)](%s#gh-dark-mode-only)",
			md, at("-light", 1), to, md, at("-dark", 1), to)},
		{"HTML", fmt.Sprintf(`<a href="%s"><img src="%s" srcset="%s 2x" alt="%s"%s></a>`, to, at("", 1), at("", 2), alt, size)},
		inBBCode,
	}
}

// markdownText makes a text inert between the brackets of a picture.
var markdownText = strings.NewReplacer(`\`, `\\`, "[", `\[`, "]", `\]`, "<", `\<`, "*", `\*`, "_", `\_`, "`", "\\`")
