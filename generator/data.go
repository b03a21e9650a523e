package generator

import (
	"bytes"
	"io"
	"slices"
	"strings"

	"github.com/trophycase/trophycase/generator/feed"
	"github.com/trophycase/trophycase/generator/page"
	"github.com/trophycase/trophycase/generator/publish"
	"github.com/trophycase/trophycase/generator/trophy"
)

// data is what other programs read.
func (s *site) data() []publish.Artifact {
	o := s.apiOptions()
	how := sum(s.baseURL)
	about := func(path string, write func(io.Writer) error) publish.Artifact {
		return s.artifact(path, how, s.sums.profile, write)
	}
	list := []publish.Artifact{
		about(csvPath, func(w io.Writer) error { return feed.CSV(w, s.profile) }),
		s.artifact(changesPath, sum(digest(s.baseURL, sum(s.job.Config.Feeds.Spoilers))), s.sums.profile, func(w io.Writer) error {
			return feed.APIChanges(w, o, feed.Spoilers(s.job.Config.Feeds.Spoilers), s.profile)
		}),
		about(linesPath, func(w io.Writer) error { return feed.JSONLines(w, o, s.profile) }),
		s.artifact(apiDir+"v1/profile.json", s.sums.pages, s.sums.profile, func(w io.Writer) error {
			return feed.APIProfile(w, o, s.profile, s.stats, s.apiCards())
		}),
		about(apiDir+"v1/titles.json", func(w io.Writer) error { return feed.APITitles(w, o, s.profile) }),
		about(apiDir+"v1/unlocks.json", func(w io.Writer) error { return feed.APIUnlocks(w, o, s.stats.Unlocks) }),
		s.artifact(apiDir+"v1/stats.json", sum(s.job.Config.Location.String()), s.sums.profile, func(w io.Writer) error {
			return feed.APIStats(w, s.profile, s.stats)
		}),
	}
	for i := range s.profile.Titles {
		t := &s.profile.Titles[i]
		list = append(list, s.artifact(titleDataPath(t), how, s.sums.titles[i], func(w io.Writer) error { return feed.APITitle(w, o, t) }))
	}
	return list
}

func (s *site) apiOptions() feed.APIOptions {
	return feed.APIOptions{
		BaseURL: s.baseURL, Title: titleDir, Card: titleCardPath, Data: titleDataPath, Unlock: unlockLink, Picture: picturePath,
	}
}

// apiCards is the cards with what to copy.
func (s *site) apiCards() []feed.APICard {
	var list []feed.APICard
	for _, e := range s.embeds() {
		snippets := map[string]string{}
		for _, snippet := range s.pages.Snippets(e) {
			snippets[snippet.Name] = snippet.Text
		}
		list = append(list, feed.APICard{Name: e.Name, URL: s.baseURL + e.Path("", 1), Width: e.Width, Height: e.Height, Alt: e.Alt, Snippets: snippets})
	}
	return list
}

// dataLinks is what the page of the data lists.
func (s *site) dataLinks() []page.DataLink {
	return []page.DataLink{
		{Path: apiDir + "v1/profile.json", About: "who, the level, the counts, and each card with what to copy", Example: s.example(s.exampleProfile)},
		{Path: apiDir + "v1/titles.json", About: "every title, the one with the latest activity first", Example: s.example(s.exampleTitles)},
		{Path: apiDir + "v1/titles/NAME.json", About: "one title with its groups and trophies; NAME is in the address of its page", Many: true, Example: s.example(s.exampleTitle)},
		{Path: apiDir + "v1/unlocks.json", About: "every trophy with a time, the newest first", Example: s.example(s.exampleUnlocks)},
		{Path: apiDir + "v1/stats.json", About: "sums by year, weekday, hour and rarity, streaks, the level by day, milestones"},
		{Path: changesPath, About: "what the last builds brought: trophies, titles, levels", Example: s.example(s.exampleChanges)},
		{Path: csvPath, About: "every trophy as a table for spreadsheets, by RFC 4180 in UTF-8"},
		{Path: linesPath, About: "every trophy as a line of JSON, for notebooks", Example: s.example(s.exampleLines)},
		{Path: "shields/level.json", About: "a badge for shields.io; also total, platinums, completion, latest, platinum, gold, silver and bronze", Example: s.example(s.exampleShield)},
		{Path: "assets/api/v1.schema.json", About: "the JSON Schema of all files of version 1"},
	}
}

// example is what a writer writes, or "" if there is nothing to show.
func (s *site) example(write func(io.Writer) error) string {
	var b bytes.Buffer
	if write(&b) != nil {
		return ""
	}
	return strings.TrimSpace(b.String())
}

func (s *site) exampleProfile(w io.Writer) error {
	return feed.APIProfile(w, s.apiOptions(), s.profile, s.stats, []feed.APICard{})
}

// first is the profile with one title, of which there is one trophy.
func (s *site) first() *trophy.Profile {
	p := *s.profile
	p.Titles = slices.Clone(p.Titles[:min(1, len(p.Titles))])
	for i := range p.Titles {
		t := &p.Titles[i]
		t.Groups = slices.Clone(t.Groups[:min(1, len(t.Groups))])
		for j := range t.Groups {
			t.Groups[j].Trophies = t.Groups[j].Trophies[:min(1, len(t.Groups[j].Trophies))]
		}
	}
	return &p
}

func (s *site) exampleTitles(w io.Writer) error { return feed.APITitles(w, s.apiOptions(), s.first()) }

func (s *site) exampleTitle(w io.Writer) error {
	for _, t := range s.first().Titles {
		return feed.APITitle(w, s.apiOptions(), &t)
	}
	return nil
}

func (s *site) exampleUnlocks(w io.Writer) error {
	return feed.APIUnlocks(w, s.apiOptions(), s.stats.Unlocks[:min(1, len(s.stats.Unlocks))])
}

func (s *site) exampleLines(w io.Writer) error { return feed.JSONLines(w, s.apiOptions(), s.first()) }

func (s *site) exampleShield(w io.Writer) error {
	o := s.feedOptions("")
	return feed.WriteBadge(w, o.Badges(s.profile, s.stats, s.colours.day)["level"])
}

// exampleChanges is the newest change with one trophy.
func (s *site) exampleChanges(w io.Writer) error {
	p := *s.profile
	p.Changes = slices.Clone(p.Changes[:min(1, len(p.Changes))])
	for i := range p.Changes {
		c := &p.Changes[i]
		c.Unlocks = c.Unlocks[:min(1, len(c.Unlocks))]
	}
	return feed.APIChanges(w, s.apiOptions(), feed.Spoilers(s.job.Config.Feeds.Spoilers), &p)
}
