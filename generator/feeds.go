package generator

import (
	"io"
	"io/fs"
	"time"

	"github.com/trophycase/trophycase/generator/feed"
	"github.com/trophycase/trophycase/generator/page"
	"github.com/trophycase/trophycase/generator/publish"
	"github.com/trophycase/trophycase/generator/trophy"
)

// feedOptions is what the feed at a path says of the site.
func (s *site) feedOptions(path string) feed.Options {
	c := s.job.Config
	return feed.Options{
		Title: c.Title, Description: c.Description, Language: c.Language, BaseURL: s.baseURL, Self: path,
		Items: c.Feeds.Items, Link: unlockLink, Picture: picturePath, Size: s.pictureSize,
		Spoilers: feed.Spoilers(c.Feeds.Spoilers), Group: time.Duration(c.Feeds.GroupMinutes) * time.Minute,
		Note: func(u trophy.Unlock) string { return s.note(u.TitleID, u.Trophy.ID) },
	}
}

// pictureSize is the bytes of a picture, 0 if it cannot be read.
func (s *site) pictureSize(p trophy.Picture) int64 {
	info, err := fs.Stat(s.job.Snapshot, picturePath(p))
	if err != nil {
		return 0
	}
	return info.Size()
}

// note is the owner's words on a trophy, with links that lead from everywhere.
func (s *site) note(titleID string, trophyID int) string {
	return string(s.notes.HTML(titleID, trophyID, s.baseURL))
}

// datedNotes is the owner's texts with a date.
func (s *site) datedNotes() []feed.Note {
	var list []feed.Note
	for _, p := range s.content.Prose {
		if p.Date.IsZero() {
			continue
		}
		n := feed.Note{File: p.File, Title: p.Title, Link: p.Path, Body: string(p.HTML(s.baseURL)), At: p.Date}
		if p.Path == "" {
			link, ok := s.titleLink(p.TitleID, p.TrophyID)
			t := s.title(p.TitleID)
			if !ok || t == nil {
				continue
			}
			n.Link = link
			if n.Title == "" {
				n.Title = t.Name
			}
		}
		list = append(list, n)
	}
	return list
}

// A feedFile is one feed.
type feedFile struct {
	path, title string
	entries     func(*feed.Options) []feed.Entry
}

// feedFiles is the feeds beside that of all unlocks, as the settings ask for them.
func (s *site) feedFiles() []feedFile {
	c, w := s.job.Config.Feeds, s.words
	of := func(unlocks func() []trophy.Unlock) func(*feed.Options) []feed.Entry {
		return func(o *feed.Options) []feed.Entry { return o.Entries(unlocks(), nil) }
	}
	var list []feedFile
	if c.Platinums {
		list = append(list, feedFile{feedsDir + "platinums.xml", w.Platinums, of(func() []trophy.Unlock { return s.stats.OfGrade(trophy.Platinum) })})
	}
	if c.Milestones {
		list = append(list, feedFile{feedsDir + "milestones.xml", w.Milestones, func(o *feed.Options) []feed.Entry { return o.Milestones(s.stats.Milestones) }})
	}
	if c.Grades {
		for _, g := range []trophy.Grade{trophy.Gold, trophy.Silver, trophy.Bronze} {
			list = append(list, feedFile{feedsDir + g.String() + ".xml", w.Grade(g), of(func() []trophy.Unlock { return s.stats.OfGrade(g) })})
		}
	}
	return list
}

// feeds is the unlocks in each format that readers know, further feeds and the
// calendar.
func (s *site) feeds() []publish.Artifact {
	var list []publish.Artifact
	for path, write := range map[string]func(io.Writer, feed.Options, trophy.Owner, []feed.Entry) error{
		feedPath: feed.RSS, atomPath: feed.Atom, jsonPath: feed.JSON,
	} {
		list = append(list, s.artifact(path, s.sums.feeds, s.sums.unlocks, func(w io.Writer) error {
			o := s.feedOptions(path)
			return write(w, o, s.profile.Owner, o.Entries(s.stats.Unlocks, s.datedNotes()))
		}))
	}
	rss := func(path, title string, what sum, entries func(*feed.Options) []feed.Entry) {
		list = append(list, s.artifact(path, sum(digest(title, s.sums.feeds)), what, func(w io.Writer) error {
			o := s.feedOptions(path)
			o.Title += " · " + title
			return feed.RSS(w, o, s.profile.Owner, entries(&o))
		}))
	}
	for _, f := range s.feedFiles() {
		rss(f.path, f.title, s.sums.profile, f.entries)
	}
	if s.job.Config.Feeds.Titles {
		for i := range s.profile.Titles {
			t := &s.profile.Titles[i]
			rss(titleFeedPath(t), t.Name, s.sums.title(i), func(o *feed.Options) []feed.Entry { return o.Entries(t.Unlocks(), nil) })
		}
	}
	if s.hasCalendar() {
		list = append(list, s.artifact(calendarPath, s.sums.feeds, s.sums.profile, func(w io.Writer) error {
			return feed.Calendar(w, s.feedOptions(calendarPath), s.stats)
		}))
	}
	return list
}

// hasCalendar says that there is something for a calendar, which cannot be empty.
func (s *site) hasCalendar() bool { return len(s.stats.Platinums)+len(s.stats.Milestones) > 0 }

// data is what other programs read.
func (s *site) data() []publish.Artifact {
	o := feed.APIOptions{
		BaseURL: s.baseURL, Title: titleDir, Card: s.titleCard, Data: titleDataPath, Unlock: unlockLink, Picture: picturePath,
	}
	how := sum(s.baseURL)
	about := func(path string, write func(io.Writer) error) publish.Artifact {
		return s.artifact(path, how, s.sums.profile, write)
	}
	list := []publish.Artifact{
		about(csvPath, func(w io.Writer) error { return feed.CSV(w, s.profile) }),
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

// feedLinks is what the page of feeds lists.
func (s *site) feedLinks() []page.FeedLink {
	var list []page.FeedLink
	if s.hasBase() {
		list = append(list, page.FeedLink{Title: "RSS 2.0", Path: feedPath}, page.FeedLink{Title: "Atom 1.0", Path: atomPath}, page.FeedLink{Title: "JSON Feed 1.1", Path: jsonPath})
		for _, f := range s.feedFiles() {
			list = append(list, page.FeedLink{Title: f.title + " (RSS)", Path: f.path})
		}
		if s.hasCalendar() {
			list = append(list, page.FeedLink{Title: "iCalendar", Path: calendarPath})
		}
	}
	return list
}

// dataLinks is what the page of the data lists.
func (s *site) dataLinks() []page.DataLink {
	return []page.DataLink{
		{Path: apiDir + "v1/profile.json", About: "who, the level, the counts, and each card with what to copy"},
		{Path: apiDir + "v1/titles.json", About: "every title, the one with the latest activity first"},
		{Path: apiDir + "v1/titles/NAME.json", About: "one title with its groups and trophies; NAME is in the address of its page", Many: true},
		{Path: apiDir + "v1/unlocks.json", About: "every trophy with a time, the newest first"},
		{Path: apiDir + "v1/stats.json", About: "sums by year, weekday, hour and rarity, streaks, the level by day, milestones"},
		{Path: csvPath, About: "every trophy as a table for spreadsheets, by RFC 4180 in UTF-8"},
		{Path: linesPath, About: "every trophy as a line of JSON, for notebooks"},
		{Path: "shields/level.json", About: "a badge for shields.io; also total, completion, latest, platinum, gold, silver and bronze"},
		{Path: "assets/api/v1.schema.json", About: "the JSON Schema of all files of version 1"},
	}
}
