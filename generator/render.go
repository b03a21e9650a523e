package generator

import (
	"context"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/trophycase/trophycase/generator/card"
	"github.com/trophycase/trophycase/generator/page"
	"github.com/trophycase/trophycase/generator/publish"
	"github.com/trophycase/trophycase/generator/snapshot"
	"github.com/trophycase/trophycase/generator/trophy"
)

// A RenderReport is what a rendering did.
type RenderReport struct {
	publish.Report
	Pages, Cards, Feeds int
	// Profile is what the site shows.
	Profile *trophy.Profile
	// Notices is what the owner should know, in sentences.
	Notices []string
	// Embeds is what to copy to where a card is to stand.
	Embeds []CardSnippets
}

// CardSnippets is the forms in which a card is shown elsewhere.
type CardSnippets struct {
	Card     string // its title
	Snippets []page.Snippet
}

// sampleURL stands for the address of the sample's site, which has none: a feed
// needs one to be whole.
const sampleURL = "https://trophycase.example/"

// Render makes the site from the snapshot. When it fails, the site that was
// there before is still there.
func (j *Job) Render(ctx context.Context) (*RenderReport, error) {
	inputs, err := j.inputs()
	if err != nil {
		return nil, err
	}
	report, err := j.unchanged(inputs)
	if err != nil || report != nil && !j.Embeds {
		return report, err
	}
	s, err := j.site()
	if err != nil {
		return nil, err
	}
	if report != nil {
		report.Embeds = s.snippets()
		return report, nil
	}
	artifacts, err := s.artifacts()
	if err != nil {
		return nil, err
	}
	report = &RenderReport{Profile: s.profile, Embeds: s.snippets()}
	for _, a := range artifacts {
		report.count(a.Path)
	}
	report.Report, err = publish.Run(ctx, j.Out, artifacts, publish.Options{
		Inputs:   s.recognised(inputs),
		Progress: func(done, total int) { j.progress("Rendering", done, total, "") },
	})
	if err != nil {
		return nil, err
	}
	report.Notices = slices.Concat(j.notices(report), s.notices())
	return report, nil
}

// recognised is the inputs by which the next build may see that nothing changed:
// none if they changed while they were read, or if there is something to tell each
// time that follows from reading them.
func (s *site) recognised(inputs string) string {
	if s.tells() {
		return ""
	}
	if now, err := s.job.inputs(); err != nil || now != inputs {
		return ""
	}
	return inputs
}

// tells says that there is something to tell that follows from what was read: about
// texts and cards without their title, damaged files, characters without a font.
func (s *site) tells() bool {
	return s.tellsStray() || len(s.damaged) > 0 || len(s.strayCards) > 0 && !s.profile.Sample || s.cards.Lacks()
}

// count tells what sort of file a path is.
func (r *RenderReport) count(path string) {
	switch {
	case strings.HasSuffix(path, ".html"):
		r.Pages++
	case strings.HasPrefix(path, "cards/"):
		r.Cards++
	case strings.HasSuffix(path, ".xml") && path != sitemapPath, path == jsonPath, path == calendarPath:
		r.Feeds++
	}
}

// address is where the site stands, as far as that is known.
func (j *Job) address(sample bool) string {
	if j.Config.BaseURL == "" && sample {
		return sampleURL
	}
	return j.Config.BaseURL
}

// site reads the snapshot and prepares the renderers.
func (j *Job) site() (*site, error) {
	read, err := snapshot.Read(j.Snapshot)
	if err != nil {
		return nil, err
	}
	c := j.Config
	p := read.Model(snapshot.ModelOptions{LeaveOut: c.LeaveOut, Hidden: c.HiddenTitles})
	s := &site{
		job: j, baseURL: j.address(p.Sample), profile: p, damaged: read.Damaged, files: j.Files, colours: theme(c.Theme.Name, c),
		stats: trophy.NewStatistics(p, c.Location, c.Stacks),
	}
	s.carded, s.crowned = map[string]bool{}, map[string]bool{}
	for _, c := range s.stats.Platinums {
		s.crowned[c.TitleID] = true
	}
	for i := range p.Titles[:min(len(p.Titles), c.Cards.Titles)] {
		s.carded[p.Titles[i].ID] = true
	}
	if s.assets, err = readAssets(j.Files); err != nil {
		return nil, fmt.Errorf("assets: %w", err)
	}
	s.assets[themePath] = page.ThemeCSS(s.colours.day, s.colours.night, c.Theme.Mode)
	if err := s.prepare(); err != nil {
		return nil, err
	}
	o := s.feedOptions("")
	s.entries = o.Entries(s.stats.Unlocks, s.datedNotes())
	return s, s.sums.sumModel(p, s.entries)
}

// prepare makes the renderers, and the sums of how they render.
func (s *site) prepare() error {
	c := s.job.Config
	templates, err := fs.Sub(s.files, "templates")
	if err != nil {
		return err
	}
	if s.words, err = s.readWords(c.Language); err != nil {
		return err
	}
	s.own = s.ownFeeds()
	o := page.Options{
		SiteTitle: c.Title, Description: c.Description, Words: s.words, Switch: c.Theme.Mode == "auto", Location: c.Location,
		BaseURL: s.baseURL, Links: s.links(), Icons: pageIcons, Day: s.colours.day["ground"], Night: s.colours.night["ground"],
	}
	if err := s.readContent(); err != nil {
		return err
	}
	s.notes = page.NotesOf(s.content.Notes())
	o.Notes = s.notes
	for _, p := range s.content.Pages() {
		if p.Menu {
			o.Menu = append(o.Menu, page.MenuItem{Title: p.Title, Path: p.Path})
		}
	}
	o.Pinned = s.pins()
	if s.pages, err = page.New(templates, o); err != nil {
		return err
	}
	cards := s.cardOptions()
	cards.Text = s.characters()
	if s.cards, err = card.New(cards); err != nil {
		return err
	}
	if err := s.makeDrawers(); err != nil {
		return err
	}
	return s.sumHow(o)
}

// readWords is the words of a language.
func (s *site) readWords(language string) (*page.Words, error) {
	folder, err := fs.Sub(s.files, wordsDir)
	if err != nil {
		return nil, err
	}
	return page.ReadWords(folder, language)
}

// pins is what the owner shows first.
func (s *site) pins() []trophy.Pin {
	var list []trophy.Pin
	for _, pin := range s.job.Config.Pinned {
		list = append(list, trophy.Pin{TitleID: pin.Title, TrophyID: pin.Trophy})
	}
	return list
}

func (s *site) cardOptions() card.Options {
	c := s.job.Config
	o := card.Options{
		Fonts: s.files, Folder: "assets/fonts", Extra: c.Cards.Fonts, Pictures: s.job.Snapshot,
		Spare:   s.job.Fonts,
		Colours: theme(c.Cards.Theme, c).night, Language: c.Language, Location: c.Location,
		Words: cardWords(s.words), Mirrored: s.words.Direction == "rtl",
	}
	if c.Theme.Mode == "light" {
		o.Colours = theme(c.Cards.Theme, c).day
	}
	if c.Cards.Address && s.hasBase() {
		_, address, _ := strings.Cut(s.baseURL, "://")
		o.Address = strings.TrimSuffix(address, "/")
	}
	return o
}

// characters is those of all names that cards may show.
func (s *site) characters() map[rune]bool {
	found := map[rune]bool{}
	add := func(text string) {
		for _, r := range text {
			if r >= utf8.RuneSelf {
				found[r] = true
			}
		}
	}
	for i := range s.profile.Titles {
		t := &s.profile.Titles[i]
		add(t.Name)
		for j := range t.Groups {
			for k := range t.Groups[j].Trophies {
				add(t.Groups[j].Trophies[k].Name)
			}
		}
	}
	for _, p := range s.content.Pages() {
		add(p.Title)
		add(p.Description)
	}
	return found
}

// cardWords is the part of the site's words that cards use.
func cardWords(w *page.Words) card.Words {
	return card.Words{
		Level: w.Level, Complete: w.Complete, NoTrophies: w.NoTrophies, Trophies: w.Trophies, Platinum: w.Platinum, Platinums: w.Platinums,
		Recent: w.Recent, Rarest: w.Rarest, Pinned: w.Pinned, Year: w.Year, Review: w.KindReview,
		Latest: w.Latest, Completion: w.Completion, LongestStreak: w.LongestStreak,
		Earned: w.Earned, TimeToPlatinum: w.TimeToPlatinum, Players: w.Players, RarestShort: w.RarestShort, Rarity: w.Rarity,
		Number: w.Number, Percent: w.Percent, Date: w.Date, Duration: w.Span, Alt: w.ProfileAlt,
		TrophyCount: func(n int) string { return w.Count(w.NTrophies, n) },
		Points:      func(n int) string { return w.Count(w.NPoints, n) },
		Days:        func(n int) string { return w.Count(w.NDays, n) },
		ToNext:      func(n int) string { return w.About(w.ToNext, n) },
		Month:       func(m time.Month) string { return w.Months[m-1] },
	}
}

// sumHow hashes what pages, cards and feeds follow from beside the model.
func (s *site) sumHow(o page.Options) error {
	templates, err := sumFiles(s.files, "templates")
	if err != nil {
		return err
	}
	fonts := s.cards.FontsSum()
	zone := s.job.Config.Location.String()
	words, err := sumFiles(s.files, wordsDir)
	if err != nil {
		return err
	}
	asset := o.Links.Asset
	if s.sums.pages, err = sumOf(templates, words, o.Words.Lang, o.SiteTitle, o.Description, o.Switch, zone, o.BaseURL, o.Pinned, o.Menu, o.Day, o.Night, s.job.Config.Feeds,
		asset("site.css"), asset("site.js"), asset("theme.css"), asset("mode.js"), asset("search.js"), asset("icon.svg")); err != nil {
		return err
	}
	cards := s.cardOptions()
	if s.sums.cards, err = sumOf(fonts, words, s.words.Lang, cards.Extra, cards.Colours, s.colours.day, s.colours.night, s.pins(), cards.Language, zone, cards.Address); err != nil {
		return err
	}
	f := s.feedOptions("")
	s.sums.feeds, err = sumOf(words, f.Title, f.Description, f.Language, f.BaseURL, f.Items, f.Spoilers, f.Group, f.Hub, s.sums.content)
	return err
}

// notices is what the owner should know about what was rendered.
func (s *site) notices() []string {
	var list []string
	if missing := s.cards.Missing(); len(missing) > 0 {
		list = append(list, fmt.Sprintf("No font has the characters %q, so cards show a question mark in their place. Install a font that has them (on Debian and Ubuntu such as fonts-noto-core), or name its file under cards.fonts in site.yaml.", string(missing)))
	}
	if s.tellsStray() {
		list = append(list, fmt.Sprintf("This profile does not have what these notes are on, so they are not shown: %s.", strings.Join(s.strayNotes(), ", ")))
	}
	if len(s.strayCards) > 0 && !s.profile.Sample {
		list = append(list, fmt.Sprintf("This profile does not have what these cards of cards.own in site.yaml show, so they are not drawn: %s.", strings.Join(s.strayCards, ", ")))
	}
	for _, name := range s.damaged {
		list = append(list, fmt.Sprintf("The snapshot's %s is damaged: what it is about is shown as far as it is known otherwise. The next build that fetches makes it anew.", name))
	}
	return list
}
