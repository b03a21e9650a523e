package generator

import (
	"fmt"

	"github.com/trophycase/trophycase/generator/page"
	"github.com/trophycase/trophycase/generator/trophy"
)

// embeds is the cards as the page for embedding shows them: those of the profile, and
// one each of those that years and titles have.
func (s *site) embeds() []page.Embed {
	alt := s.words.ProfileAlt(s.profile, s.stats)
	var list []page.Embed
	for _, k := range s.kinds() {
		if s.without(k) {
			continue
		}
		list = append(list, page.Embed{Name: k.name, Title: k.title, Width: k.width, Height: k.height, Alt: k.title + ": " + alt, Path: func(look string, zoom int) string {
			return cardPath(k.name, look, zoom)
		}})
	}
	if years := s.stats.Years(); len(years) > 0 {
		list = append(list, s.yearEmbed(years[0]))
	}
	if len(s.carded) > 0 {
		list = append(list, s.titleEmbeds(&s.profile.Titles[0])[0])
	}
	return list
}

// snippets is what to copy for each card of the page for embedding.
func (s *site) snippets() []CardSnippets {
	var list []CardSnippets
	for _, e := range s.embeds() {
		list = append(list, CardSnippets{e.Title, s.pages.Snippets(e)})
	}
	return list
}

// single is a card that comes in one look.
func single(name, title, alt, about string, width, height int, path string) page.Embed {
	return page.Embed{
		Name: name, Title: title, Alt: alt, About: about, Width: width, Height: height, Single: true,
		Path: func(string, int) string { return path },
	}
}

func (s *site) yearEmbed(year int) page.Embed {
	title := fmt.Sprintf("%s %d", s.words.KindReview, year)
	return single(fmt.Sprintf("years/%d", year), title, title+": "+s.profile.OnlineID, yearDir(year), 1080, 1350, reviewPath(year))
}

// titleEmbeds is the cards of a title, if it has cards of its own.
func (s *site) titleEmbeds(t *trophy.Title) []page.Embed {
	if !s.carded[t.ID] {
		return nil
	}
	w, about := s.words, titleDir(t)
	alt := fmt.Sprintf("%s: %s, %s / %s", t.Name, w.Percent(float64(t.Progress), 0), w.Number(t.Earned.Total()), w.Number(t.Defined.Total()))
	list := []page.Embed{single("titles/"+t.Slug, w.KindTitle, alt, about, 800, 200, titleCardPath(t))}
	if s.crowned[t.ID] {
		alt, name := w.Platinum+": "+t.Name, "platinum/"+t.Slug
		list = append(list,
			single(name, w.Platinum, alt, about, 1200, 630, platinumPath(t.Slug)),
			single(name+"-square", w.Platinum, alt, about, 1080, 1080, squarePath(t.Slug)))
	}
	return list
}
