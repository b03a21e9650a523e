package generator

import (
	"io"
	"io/fs"
	"strings"
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
		Title: c.Title, Description: c.Description, Language: s.words.Lang, BaseURL: s.baseURL, Self: path,
		Items: c.Feeds.Items, Link: unlockLink, Picture: picturePath, Size: s.pictureSize,
		Spoilers: feed.Spoilers(c.Feeds.Spoilers), Group: time.Duration(c.Feeds.GroupMinutes) * time.Minute,
		Words: feedWords(s.words), About: feedsDir, Hub: c.Feeds.Hub,
		Note: func(u trophy.Unlock) string { return s.note(u.TitleID, u.Trophy.ID) },
	}
}

// feedWords is the part of the site's words that feeds use.
func feedWords(w *page.Words) feed.Words {
	return feed.Words{
		Recent: w.Recent, Players: w.Players, Secret: w.Secret, TrophyNumber: w.TrophyNumber, PlatinumNumber: w.PlatinumNumber,
		Level: w.Level, Total: w.Trophies, Platinums: w.Platinums, Completion: w.Completion, Latest: w.Latest, NoTrophies: w.NoTrophies,
		Grade: w.Grade, Number: w.Number, Percent: w.Percent, Trophies: func(n int) string { return w.Count(w.NTrophies, n) },
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
	return string(page.NotesOf(s.content.Notes()).HTML(titleID, trophyID, s.baseURL))
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
		list = append(list, s.artifact(path, s.sums.feeds, s.sums.entries, func(w io.Writer) error {
			return write(w, s.feedOptions(path), s.profile.Owner, s.entries)
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

// feedLinks is what the page of feeds lists.
func (s *site) feedLinks() []page.FeedLink {
	if !s.hasBase() {
		return nil
	}
	list := []page.FeedLink{{Title: "RSS 2.0", Path: feedPath, Type: rssType}, {Title: "Atom 1.0", Path: atomPath, Type: "application/atom+xml"}, {Title: "JSON Feed 1.1", Path: jsonPath, Type: "application/feed+json"}}
	for _, f := range s.feedFiles() {
		list = append(list, page.FeedLink{Title: f.title + " (RSS)", Path: f.path, Type: rssType})
	}
	if s.hasCalendar() {
		list = append(list, page.FeedLink{Title: "iCalendar", Path: calendarPath, Type: "text/calendar"})
	}
	if s.job.Config.Feeds.Titles {
		for i := range s.profile.Titles {
			t := &s.profile.Titles[i]
			list = append(list, page.FeedLink{Title: t.Name + " (RSS)", Path: titleFeedPath(t), Type: rssType})
		}
	}
	return list
}

const rssType = "application/rss+xml"

// ownFeeds is the feeds of what a page is about, by its folder.
func (s *site) ownFeeds() map[string][]page.FeedLink {
	own := map[string][]page.FeedLink{}
	pages := map[string][]string{
		feedsDir + "platinums.xml": {platinumsDir}, feedsDir + "milestones.xml": {milestonesDir}, calendarPath: {milestonesDir, platinumsDir},
	}
	for _, year := range s.stats.Years() {
		for _, name := range []string{"platinums", "gold", "silver", "bronze"} {
			path := feedsDir + name + ".xml"
			pages[path] = append(pages[path], yearDir(year))
		}
	}
	for _, l := range s.feedLinks() {
		for _, dir := range pages[l.Path] {
			own[dir] = append(own[dir], l)
		}
		if dir, ok := strings.CutSuffix(l.Path, titleFeedFile); ok && dir != "" {
			own[dir] = []page.FeedLink{l}
		}
	}
	return own
}
