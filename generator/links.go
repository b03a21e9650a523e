package generator

import (
	"fmt"
	"sync"
	"time"

	"github.com/trophycase/trophycase/generator/page"
	"github.com/trophycase/trophycase/generator/trophy"
)

// The paths of the site, relative to its root.
const (
	homePath       = "index.html"
	notFoundPath   = "404.html"
	feedPath       = "feed.xml"
	atomPath       = "atom.xml"
	jsonPath       = "feed.json"
	csvPath        = "trophies.csv"
	linesPath      = "trophies.jsonl"
	calendarPath   = "unlocks.ics"
	changesPath    = "changes.json"
	socialCardPath = "cards/social.png"
	themePath      = "assets/theme.css"
	sitemapPath    = "sitemap.xml"
	robotsPath     = "robots.txt"
	manifestPath   = "manifest.webmanifest"
	faviconPath    = "favicon.ico"
	noJekyllPath   = ".nojekyll"

	wordsDir = "assets/words"

	unlocksDir    = "unlocks/"
	platinumsDir  = "platinums/"
	rarestDir     = "rarest/"
	milestonesDir = "milestones/"
	statsDir      = "stats/"
	searchDir     = "search/"
	embedDir      = "embed/"
	feedsDir      = "feeds/"
	apiDir        = "api/"
	creditsDir    = "credits/"
)

// titlesDir is the folder of a page of the list of titles, from 1. No title's slug
// is a hyphen.
func titlesDir(n int) string {
	if n == 1 {
		return "titles/"
	}
	return fmt.Sprintf("titles/-/%d/", n)
}

// titleFeedFile is the feed of a title, in the folder of its page.
const titleFeedFile = "feed.xml"

func titleFeedPath(t *trophy.Title) string { return titleDir(t) + titleFeedFile }
func titleDataPath(t *trophy.Title) string { return apiDir + "v1/titles/" + t.Slug + ".json" }

func platinumPath(slug string) string { return "cards/platinum/" + slug + ".png" }
func squarePath(slug string) string   { return "cards/platinum/" + slug + "-square.png" }

func reviewPath(year int) string { return fmt.Sprintf("cards/years/%d.png", year) }

func monthDir(year int, month time.Month) string { return fmt.Sprintf("%s%02d/", yearDir(year), month) }

func yearDir(year int) string { return fmt.Sprintf("%s%d/", unlocksDir, year) }

func titleDir(t *trophy.Title) string        { return "titles/" + t.Slug + "/" }
func titlePath(t *trophy.Title) string       { return titleDir(t) + "index.html" }
func titleCardPath(t *trophy.Title) string   { return "cards/titles/" + t.Slug + ".png" }
func titleSocialPath(t *trophy.Title) string { return "cards/social/" + t.Slug + ".png" }

func picturePath(p trophy.Picture) string { return "pictures/" + p.File }

func unlockLink(u trophy.Unlock) string {
	return fmt.Sprintf("titles/%s/#t%d", u.TitleSlug, u.Trophy.ID)
}

// links is where pages find each other.
func (s *site) links() page.Links {
	// The address of a file changes with its bytes, so that no browser shows a new
	// page with an old style.
	marks := sync.OnceValue(func() map[string]string {
		m := map[string]string{}
		for path, data := range s.assets {
			m[path] = digest(string(data))[:8]
		}
		return m
	})
	l := page.Links{
		Titles: titlesDir(1), TitlesPage: titlesDir, Search: searchDir, Embed: embedDir, Feeds: feedsDir, API: apiDir, Credits: creditsDir, PageSocial: headingPath, Manifest: manifestPath, Social: socialCardPath, Year: yearDir, Month: monthDir,
		Unlocks: unlocksDir, Platinums: platinumsDir, Rarest: rarestDir, Milestones: milestonesDir, Stats: statsDir,
		Own:   func(dir string) []page.FeedLink { return s.own[dir] },
		Title: titleDir, TitleSocial: s.titleSocial, TitleCards: s.titleEmbeds, Review: reviewPath, Unlock: unlockLink, Picture: picturePath,
		Asset: func(name string) string { return "assets/" + name + "?v=" + marks()["assets/"+name] },
	}
	if s.hasBase() {
		l.Feed, l.Atom, l.JSON = feedPath, atomPath, jsonPath
	}
	return l
}
