package generator

import (
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"github.com/trophycase/trophycase/generator/card"
	"github.com/trophycase/trophycase/generator/config"
	"github.com/trophycase/trophycase/generator/publish"
	"github.com/trophycase/trophycase/generator/trophy"
)

// A kind is a card of the whole profile.
type kind struct {
	name          string
	title         string // on the page that tells how to embed it
	width, height int    // width is 0 if it follows from the text
	draw          func(r *card.Renderer, w io.Writer, zoom int) error
}

// kinds is the cards that every site has, each in three looks and at two scales.
func (s *site) kinds() []kind {
	p, stats, w := s.profile, s.stats, s.words
	about := func(draw func(*card.Renderer, io.Writer, *trophy.Profile, *trophy.Statistics, int) error) func(*card.Renderer, io.Writer, int) error {
		return func(r *card.Renderer, w io.Writer, zoom int) error { return draw(r, w, p, stats, zoom) }
	}
	list := []kind{{"profile", w.KindProfile, 800, 240, about((*card.Renderer).Profile)}}
	for _, name := range card.Strips {
		title := w.KindCompact
		if size, ok := strings.CutPrefix(name, "signature-"); ok {
			title = w.KindSignature + " " + strings.Replace(size, "x", " × ", 1)
		}
		width, height := card.StripSize(name)
		list = append(list, kind{name, title, width, height, func(r *card.Renderer, w io.Writer, zoom int) error {
			return r.Strip(w, name, p, stats, zoom)
		}})
	}
	pins := p.Pinned(s.pins())
	list = append(list,
		kind{"recent", w.Recent, 800, card.ListHeight(len(stats.Unlocks)), about((*card.Renderer).Recent)},
		kind{"rarest", w.Rarest, 800, card.ListHeight(len(trophy.Rarest(stats.Unlocks, 5))), about((*card.Renderer).Rarest)},
		kind{"pinned", w.Pinned, 800, card.ListHeight(len(pins)), func(r *card.Renderer, w io.Writer, zoom int) error {
			return r.Pinned(w, p, pins, zoom)
		}},
		kind{"calendar", w.Year, 800, 196, about((*card.Renderer).Calendar)},
		kind{"milestone", w.Milestones, 800, 180, about((*card.Renderer).Milestone)},
	)
	return append(list, s.badgeKinds()...)
}

// without says that a card would show nothing, because the owner set nothing.
func (s *site) without(k kind) bool { return k.name == "pinned" && len(s.pins()) == 0 }

func (s *site) badgeKinds() []kind {
	var list []kind
	for i, b := range s.cards.Badges(s.profile, s.stats) {
		add := func(name string, height int) {
			list = append(list, kind{"badges/" + name, fmt.Sprintf("%s: %s, %d px", s.words.KindBadge, b.Label, height), 0, height, func(r *card.Renderer, w io.Writer, zoom int) error {
				// The words are those of the renderer.
				return r.Badge(w, r.Badges(s.profile, s.stats)[i], height, zoom)
			}})
		}
		add(b.Name, 20)
		add(b.Name+"-large", 28)
	}
	return list
}

// looks is the colours that a card comes in: as the settings say, light and dark.
var looks = []string{"", "-light", "-dark"}

func cardPath(name, look string, zoom int) string {
	if zoom == 2 {
		look += "-2x"
	}
	return "cards/" + name + look + ".png"
}

// drawers is a renderer for each look.
type drawers map[string]*card.Renderer

// makeDrawers makes the renderers of all cards.
func (s *site) makeDrawers() (err error) {
	c := s.job.Config
	p := theme(c.Cards.Theme, c)
	s.drawers = drawers{"": s.cards}
	if s.drawers["-light"], err = s.cards.In(p.day); err != nil {
		return err
	}
	s.drawers["-dark"], err = s.cards.In(p.night)
	return err
}

// profileCards is the cards of the whole profile.
func (s *site) profileCards() ([]publish.Artifact, error) {
	var list []publish.Artifact
	kinds := map[string]kind{}
	for _, k := range s.kinds() {
		kinds[k.name] = k
		if s.without(k) {
			continue
		}
		for _, look := range looks {
			for zoom := 1; zoom <= 2; zoom++ {
				list = append(list, s.artifact(cardPath(k.name, look, zoom), s.sums.cards, s.sums.profile, func(w io.Writer) error {
					return k.draw(s.drawers[look], w, zoom)
				}))
			}
		}
	}
	own, err := s.ownCards(kinds)
	return append(list, own...), err
}

// ownCards is the cards that site.yaml asks for. One about a title or a year that
// the profile does not have is left out: it may come with a later fetch.
func (s *site) ownCards(kinds map[string]kind) ([]publish.Artifact, error) {
	var list []publish.Artifact
	for _, own := range s.job.Config.Cards.Own {
		draw := s.ownDraw(own, kinds)
		if draw == nil {
			s.strayCards = append(s.strayCards, own.File)
			continue
		}
		r, err := s.ownRenderer(own)
		if err != nil {
			return nil, err
		}
		how, err := sumOf(s.sums.cards, own)
		if err != nil {
			return nil, err
		}
		list = append(list, s.artifact("cards/own/"+own.File, how, s.sums.profile, func(w io.Writer) error { return draw(r, w) }))
	}
	return list, nil
}

// ownRenderer draws in the colours and the language of a card.
func (s *site) ownRenderer(own config.OwnCard) (*card.Renderer, error) {
	words := s.words
	if own.Language != "" {
		var err error
		if words, err = s.readWords(own.Language); err != nil {
			return nil, err
		}
	}
	return s.cards.With(func(o *card.Options) {
		o.Colours, o.Words, o.Mirrored = ownColours(own, s.job.Config), cardWords(words), words.Direction == "rtl"
		o.Rows, o.Hide = own.Rows, own.Hide
	})
}

// ownDraw is how a card is drawn, or nil if the profile lacks what it shows.
func (s *site) ownDraw(own config.OwnCard, kinds map[string]kind) func(*card.Renderer, io.Writer) error {
	owner := s.profile.Owner
	t := s.title(own.Title)
	crowned := slices.IndexFunc(s.stats.Platinums, func(p trophy.Crowning) bool { return p.TitleID == own.Title })
	switch {
	case own.Title != "" && t == nil, strings.HasPrefix(own.Kind, "platinum") && crowned < 0:
		return nil
	case own.Kind == "review" && !slices.Contains(s.stats.Years(), own.Year):
		return nil
	}
	switch own.Kind {
	case "social":
		return func(r *card.Renderer, w io.Writer) error { return r.Social(w, s.profile, s.stats) }
	case "title":
		return func(r *card.Renderer, w io.Writer) error { return r.Title(w, owner, t, own.Scale) }
	case "title-social":
		return func(r *card.Renderer, w io.Writer) error { return r.TitleSocial(w, owner, t) }
	case "platinum":
		return func(r *card.Renderer, w io.Writer) error { return r.Platinum(w, owner, s.stats.Platinums[crowned]) }
	case "platinum-square":
		return func(r *card.Renderer, w io.Writer) error {
			return r.PlatinumSquare(w, owner, s.stats.Platinums[crowned])
		}
	case "review":
		return func(r *card.Renderer, w io.Writer) error {
			return r.Review(w, owner, s.stats.Review(own.Year, s.job.Config.Location))
		}
	}
	k, ok := kinds[own.Kind]
	if !ok {
		return nil
	}
	return func(r *card.Renderer, w io.Writer) error { return k.draw(r, w, own.Scale) }
}

// ownColours is the colours of a card that site.yaml asks for.
func ownColours(own config.OwnCard, c *config.Config) map[string]string {
	p := theme(own.Theme, c)
	if own.Mode == "light" {
		return p.day
	}
	return p.night
}

// platinums is the cards of platinums, by their titles' IDs.
func (s *site) platinums() (map[string][]publish.Artifact, error) {
	cards := map[string][]publish.Artifact{}
	for _, p := range s.stats.Platinums {
		what, err := sumOf(s.sums.owner, p)
		if err != nil {
			return nil, err
		}
		cards[p.TitleID] = append(cards[p.TitleID],
			s.artifact(platinumPath(p.TitleSlug), s.sums.cards, what, func(w io.Writer) error {
				return s.cards.Platinum(w, s.profile.Owner, p)
			}),
			s.artifact(squarePath(p.TitleSlug), s.sums.cards, what, func(w io.Writer) error {
				return s.cards.PlatinumSquare(w, s.profile.Owner, p)
			}))
	}
	return cards, nil
}

// years is the cards of years.
func (s *site) years() ([]publish.Artifact, error) {
	var list []publish.Artifact
	for _, year := range s.stats.Years() {
		review := s.stats.Review(year, s.job.Config.Location)
		what, err := sumOf(s.sums.owner, review)
		if err != nil {
			return nil, err
		}
		list = append(list, s.artifact(reviewPath(year), s.sums.cards, what, func(w io.Writer) error {
			return s.cards.Review(w, s.profile.Owner, review)
		}))
	}
	return list, nil
}

// headings is the pictures of link previews of the pages that are neither the
// profile nor a title.
func (s *site) headings() []publish.Artifact {
	w := s.words
	below := w.Level + " " + w.Number(s.profile.Level.Number) + "  ·  " + w.Count(w.NTrophies, s.profile.Earned.Total())
	var list []publish.Artifact
	add := func(dir, heading, below string) {
		what := sum(digest(string(s.sums.owner), sum(heading), sum(below)))
		list = append(list, s.artifact(headingPath(dir), s.sums.cards, what, func(w io.Writer) error {
			return s.cards.Heading(w, s.profile.Owner, heading, below)
		}))
	}
	for dir, heading := range map[string]string{
		titlesDir(1): w.Titles, unlocksDir: w.Unlocks, platinumsDir: w.Platinums, rarestDir: w.Rarest, milestonesDir: w.Milestones,
		statsDir: w.Stats, searchDir: w.Search, embedDir: w.Embed, feedsDir: w.Feeds, apiDir: w.Data,
		creditsDir: w.Credits,
	} {
		add(dir, heading, below)
	}
	for _, p := range s.content.Pages() {
		add(p.Path, p.Title, p.Description)
	}
	return list
}

// headingPath is where the picture of a page's link preview is.
func headingPath(dir string) string { return "cards/pages/" + path.Clean(dir) + ".png" }
