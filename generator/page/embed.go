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
	// Path is the card's in a look, "", "-light" or "-dark", at scale 1 or 2.
	Path func(look string, zoom int) string `json:"-"`
}

// A Snippet is what to copy to where a card is to stand.
type Snippet struct{ Name, Text string }

// embedView is what embed.html receives.
type embedView struct {
	Cards []embedCard
}

type embedCard struct {
	Embed
	ID       string
	Src      string
	Size     string // in pixels, "" if the title tells it or it follows from the text
	Snippets []Snippet
}

// placeholder stands for the address of a site that does not know it.
const placeholder = "https://YOU.github.io/REPOSITORY/"

// Embed writes the page that tells how to show cards elsewhere.
func (r *Renderer) Embed(w io.Writer, owner trophy.Owner, cards []Embed) error {
	var page embedView
	for _, e := range cards {
		size := fmt.Sprintf("%d × %d", e.Width, e.Height)
		if e.Width == 0 || strings.Contains(e.Title, size) {
			size = ""
		}
		page.Cards = append(page.Cards, embedCard{
			Embed: e, ID: strings.ReplaceAll(e.Name, "/", "-"), Src: e.Path("", 1), Size: size, Snippets: r.Snippets(e),
		})
	}
	v := r.view(r.o.Links.Embed+"index.html", owner)
	v.Title, v.Current, v.Page = r.words.Embed, r.o.Links.Embed, page
	v.describe(r.words.EmbedText)
	v.card(r, r.o.Links.PageSocial(r.o.Links.Embed), v.Title)
	return r.render(w, "embed", v)
}

// Snippets is the forms in which a card is shown elsewhere.
func (r *Renderer) Snippets(e Embed) []Snippet {
	base := placeholder
	if r.absolute() {
		base = r.o.BaseURL
	}
	at := func(look string, zoom int) string { return base + e.Path(look, zoom) }
	size := fmt.Sprintf(` height="%d"`, e.Height)
	if e.Width > 0 {
		size = fmt.Sprintf(` width="%d"%s`, e.Width, size)
	}
	alt := html.EscapeString(e.Alt)
	md := markdownText.Replace(e.Alt)
	return []Snippet{
		{"Markdown", fmt.Sprintf("[![%s](%s)](%s)", md, at("", 1), base)},
		{"HTML, light and dark", fmt.Sprintf(`<a href="%s"><picture><source media="(prefers-color-scheme: dark)" srcset="%s, %s 2x"><img src="%s" srcset="%s 2x" alt="%s"%s></picture></a>`,
			base, at("-dark", 1), at("-dark", 2), at("-light", 1), at("-light", 2), alt, size)},
		{"GitHub, light and dark", fmt.Sprintf("[![%s](%s#gh-light-mode-only)](%s#gh-light-mode-only)\n[![%s](%s#gh-dark-mode-only)](%s#gh-dark-mode-only)",
			md, at("-light", 1), base, md, at("-dark", 1), base)},
		{"HTML", fmt.Sprintf(`<a href="%s"><img src="%s" srcset="%s 2x" alt="%s"%s></a>`, base, at("", 1), at("", 2), alt, size)},
		{"BBCode", fmt.Sprintf("[url=%s][img]%s[/img][/url]", base, at("", 1))},
	}
}

// markdownText makes a text inert between the brackets of a picture.
var markdownText = strings.NewReplacer(`\`, `\\`, "[", `\[`, "]", `\]`, "<", `\<`, "*", `\*`, "_", `\_`, "`", "\\`")
