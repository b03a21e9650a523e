package page

import (
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/trophycase/trophycase/generator/trophy"
)

// titlesView is what titles.html receives.
type titlesView struct {
	*trophy.Profile
	Stats     *trophy.Statistics
	Platforms []trophy.Platform
	Years     []int
	Shown     []trophy.Title // on this page of the list
	Number    int            // of this page, from 1
	Pages     []MenuItem
	others    map[string][]*trophy.Title // of the same game, by title ID
}

// Others is the other title lists of the same game.
func (v titlesView) Others(t *trophy.Title) []*trophy.Title { return v.others[t.ID] }

// others tells which titles are of one game.
func others(stacks []trophy.Stack) map[string][]*trophy.Title {
	m := map[string][]*trophy.Title{}
	for _, s := range stacks {
		for i, t := range s.Titles {
			m[t.ID] = slices.Concat(s.Titles[:i], s.Titles[i+1:])
		}
	}
	return m
}

// titlesListed is how many titles a page of the list has.
const titlesListed = 200

// TitlesPages is the number of pages that the list of titles has, at least 1.
func TitlesPages(p *trophy.Profile) int { return max(1, (len(p.Titles)+titlesListed-1)/titlesListed) }

// Titles writes a page of the list of titles, the first one being 1.
func (r *Renderer) Titles(w io.Writer, p *trophy.Profile, stats *trophy.Statistics, number int) error {
	from := titlesListed * (number - 1)
	page := titlesView{Profile: p, Stats: stats, Number: number, others: others(stats.Stacks)}
	page.Shown = p.Titles[from:min(len(p.Titles), from+titlesListed)]
	if pages := TitlesPages(p); pages > 1 {
		for n := 1; n <= pages; n++ {
			page.Pages = append(page.Pages, MenuItem{r.words.About(r.words.Page, n), r.o.Links.TitlesPage(n)})
		}
	}
	for i := range p.Titles {
		t := &p.Titles[i]
		for _, platform := range t.Platforms {
			if !slices.Contains(page.Platforms, platform) {
				page.Platforms = append(page.Platforms, platform)
			}
		}
		if y := t.UpdatedAt.In(r.o.Location).Year(); !t.UpdatedAt.IsZero() && !slices.Contains(page.Years, y) {
			page.Years = append(page.Years, y)
		}
	}
	slices.Sort(page.Platforms)
	slices.Sort(page.Years)
	slices.Reverse(page.Years)
	v := r.view(r.o.Links.TitlesPage(number)+"index.html", p.Owner)
	v.Title, v.Current, v.Page, v.None = r.words.Titles, r.o.Links.Titles, page, r.none(p, r.words.NoTitles)
	if number > 1 {
		v.Title += " · " + r.words.About(r.words.Page, number)
	}
	about := p.OnlineID
	if number == 1 {
		about = r.words.ProfileAlt(p, stats)
	}
	v.describe(v.Title + " · " + about)
	v.card(r, r.o.Links.PageSocial(r.o.Links.Titles), v.Title)
	return r.render(w, "titles", v)
}

// titleView is what title.html receives.
type titleView struct {
	*trophy.Title
	First, Last    time.Time
	TimeToPlatinum time.Duration
	Crowned        bool
	Undated        int
	Parts          []partView
	Note           Prose
	Cards          []cardView
}

// partView is a group; the name of the base game's is left to the page.
type partView struct {
	*trophy.Group
	Base bool
	Rows []trophyView // the trophies
}

// Title writes the page of one title.
func (r *Renderer) Title(w io.Writer, owner trophy.Owner, t *trophy.Title) error {
	page := titleView{Title: t, First: t.FirstUnlock(), Last: t.LastUnlock(), Note: r.o.Notes.of(t.ID, -1)}
	page.TimeToPlatinum, page.Crowned = t.TimeToPlatinum()
	v := r.view(r.o.Links.Title(t)+"index.html", owner)
	for i := range t.Groups {
		g := &t.Groups[i]
		part := partView{g, g.ID == "default", make([]trophyView, len(g.Trophies))}
		for k := range g.Trophies {
			m := &g.Trophies[k]
			part.Rows[k] = r.trophy(v.Root, t.ID, m)
			if m.Earned && !part.Rows[k].Dated {
				page.Undated++
			}
		}
		page.Parts = append(page.Parts, part)
	}
	page.Cards = r.cardViews(v.Root, r.o.Links.TitleCards(t))
	v.Title, v.Page = t.Name, page
	v.Description = fmt.Sprintf("%s: %s, %d / %s", owner.OnlineID, r.words.Percent(float64(t.Progress), 0), t.Earned.Total(), r.words.Count(r.words.NTrophies, t.Defined.Total()))
	v.card(r, r.o.Links.TitleSocial(t), t.Name)
	if err := v.data(r.titleData(t)); err != nil {
		return err
	}
	return r.render(w, "title", v)
}
