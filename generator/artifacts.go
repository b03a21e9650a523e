package generator

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"

	"github.com/trophycase/trophycase/generator/card"
	"github.com/trophycase/trophycase/generator/feed"
	"github.com/trophycase/trophycase/generator/page"
	"github.com/trophycase/trophycase/generator/publish"
	"github.com/trophycase/trophycase/generator/trophy"
)

// site is one profile that is being rendered.
type site struct {
	job     *Job
	baseURL string
	profile *trophy.Profile
	damaged []string // files of the snapshot
	stats   *trophy.Statistics
	files   fs.FS
	assets  map[string][]byte // by path, theme.css included
	sums    sums
	content *page.Content
	words   *page.Words
	pages   *page.Renderer
	cards   *card.Renderer
	drawers drawers
	colours palette
	// strayCards is the cards of site.yaml that the profile has nothing for.
	strayCards []string
	entries    []feed.Entry               // of the feed of all unlocks
	own        map[string][]page.FeedLink // the feeds of what a page is about, by its folder
	carded     map[string]bool            // titles with cards of their own, by ID
	crowned    map[string]bool            // titles with a platinum, by ID
	notes      page.Notes
}

// artifacts is every file of the site.
func (s *site) artifacts() ([]publish.Artifact, error) {
	// What holds all trophies comes first: it takes longest, and the cards take the
	// memory afterwards.
	list := append(s.data(), s.search()...)
	list = append(list,
		s.artifact(homePath, s.sums.pages, s.sums.profile, func(w io.Writer) error { return s.pages.Profile(w, s.profile, s.stats) }),
		s.artifact(notFoundPath, s.sums.pages, s.sums.owner, func(w io.Writer) error { return s.pages.NotFound(w, s.profile.Owner) }),
		s.artifact(socialCardPath, s.sums.cards, s.sums.profile, func(w io.Writer) error { return s.cards.Social(w, s.profile, s.stats) }))
	list = append(list, s.lists()...)
	unlocks, err := s.unlocks()
	if err != nil {
		return nil, err
	}
	list = append(list, unlocks...)
	cards, err := s.profileCards()
	if err != nil {
		return nil, err
	}
	years, err := s.years()
	if err != nil {
		return nil, err
	}
	list = append(append(list, cards...), years...)
	list = append(list, s.headings()...)
	platinums, err := s.platinums()
	if err != nil {
		return nil, err
	}
	// What shows the same cover is written together.
	for i := range s.profile.Titles {
		list = append(list, s.ofTitle(i, platinums)...)
	}
	for _, p := range s.content.Pages() {
		what, err := sumOf(s.sums.owner, p, p.HTML(""))
		if err != nil {
			return nil, err
		}
		list = append(list, s.artifact(p.Path+"index.html", s.sums.pages, what, func(w io.Writer) error {
			return s.pages.Prose(w, s.profile.Owner, p)
		}))
	}
	if s.hasBase() {
		list = append(list, s.feeds()...)
	}
	list = append(list, s.badges()...)
	list = append(list, s.icons()...)
	list = append(list, s.credits()...)
	list = append(list, s.contentFiles()...)
	if list, err = s.appendSitemap(list); err != nil {
		return nil, err
	}
	list = s.appendPictures(s.appendAssets(list))
	return list, s.checkLinks(list)
}

// ofTitle is the page of a title, and its cards.
func (s *site) ofTitle(i int, platinums map[string][]publish.Artifact) []publish.Artifact {
	t, what := &s.profile.Titles[i], s.sums.title(i)
	list := []publish.Artifact{
		s.artifact(titlePath(t), s.sums.pages, sum(digest(string(what), s.sums.notes[t.ID], sum(s.titleSocial(t)))), func(w io.Writer) error {
			return s.pages.Title(w, s.profile.Owner, t)
		}),
	}
	if !s.carded[t.ID] {
		return list
	}
	list = append(list,
		s.artifact(titleCardPath(t), s.sums.cards, what, func(w io.Writer) error { return s.cards.Title(w, s.profile.Owner, t, 1) }),
		s.artifact(titleSocialPath(t), s.sums.cards, what, func(w io.Writer) error { return s.cards.TitleSocial(w, s.profile.Owner, t) }))
	return append(list, platinums[t.ID]...)
}

// titleSocial is the picture in link previews of a title.
func (s *site) titleSocial(t *trophy.Title) string {
	if s.carded[t.ID] {
		return titleSocialPath(t)
	}
	return socialCardPath
}

// titleCard is the card of a title, "" if it has none.
func (s *site) titleCard(t *trophy.Title) string {
	if s.carded[t.ID] {
		return titleCardPath(t)
	}
	return ""
}

func (s *site) appendAssets(list []publish.Artifact) []publish.Artifact {
	for name, data := range s.assets {
		list = append(list, file(name, data))
	}
	return list
}

// appendSitemap adds what search engines read, if it is known where the site
// stands.
func (s *site) appendSitemap(list []publish.Artifact) ([]publish.Artifact, error) {
	if !s.hasBase() {
		return list, nil
	}
	var paths []string
	for _, a := range list {
		if strings.HasSuffix(a.Path, ".html") && a.Path != notFoundPath {
			paths = append(paths, a.Path)
		}
	}
	slices.Sort(paths)
	var sitemap, robots bytes.Buffer
	if err := page.Sitemap(&sitemap, s.baseURL, paths); err != nil {
		return nil, err
	}
	if err := page.Robots(&robots, s.baseURL); err != nil {
		return nil, err
	}
	return append(list, file(sitemapPath, sitemap.Bytes()), file(robotsPath, robots.Bytes())), nil
}

// lists is the pages about the whole profile that are not its front page.
func (s *site) lists() []publish.Artifact {
	about := func(dir string, write func(io.Writer, *trophy.Profile, *trophy.Statistics) error) publish.Artifact {
		return s.artifact(dir+homePath, s.sums.pages, s.sums.profile, func(w io.Writer) error { return write(w, s.profile, s.stats) })
	}
	list := []publish.Artifact{
		about(platinumsDir, s.pages.Platinums), about(rarestDir, s.pages.Rarest),
		about(milestonesDir, s.pages.Milestones), about(statsDir, s.pages.Stats),
		about(embedDir, func(w io.Writer, p *trophy.Profile, _ *trophy.Statistics) error {
			return s.pages.Embed(w, p.Owner, s.embeds())
		}),
		about(feedsDir, func(w io.Writer, p *trophy.Profile, _ *trophy.Statistics) error {
			return s.pages.Feeds(w, p.Owner, s.feedLinks())
		}),
		about(apiDir, func(w io.Writer, p *trophy.Profile, _ *trophy.Statistics) error {
			return s.pages.Data(w, p.Owner, s.dataLinks())
		}),
	}
	for n := 1; n <= page.TitlesPages(s.profile); n++ {
		list = append(list, about(titlesDir(n), func(w io.Writer, p *trophy.Profile, stats *trophy.Statistics) error {
			return s.pages.Titles(w, p, stats, n)
		}))
	}
	return list
}

// artifact is a file whose bytes follow from sums.
func (s *site) artifact(path string, how, what sum, write func(io.Writer) error) publish.Artifact {
	return publish.Artifact{Path: path, Digest: digest(s.job.Program, sum(path), how, what), Write: write}
}

// file is a file whose bytes are at hand.
func file(path string, data []byte) publish.Artifact {
	return publish.Artifact{Path: path, Digest: digest(string(data)), Write: func(w io.Writer) error {
		_, err := io.Copy(w, bytes.NewReader(data))
		return err
	}}
}

// appendPictures adds the pictures that pages show. A picture's name is made
// from its bytes, so it is its own digest.
func (s *site) appendPictures(list []publish.Artifact) []publish.Artifact {
	seen := map[string]bool{"": true}
	add := func(p trophy.Picture) {
		if seen[p.File] {
			return
		}
		seen[p.File] = true
		list = append(list, publish.Artifact{Path: picturePath(p), Digest: p.File, Write: func(w io.Writer) error {
			return copyFile(w, s.job.Snapshot, picturePath(p))
		}})
	}
	add(s.profile.Avatar)
	for i := range s.profile.Titles {
		t := &s.profile.Titles[i]
		add(t.Icon)
		for j := range t.Groups {
			add(t.Groups[j].Icon)
			for k := range t.Groups[j].Trophies {
				add(t.Groups[j].Trophies[k].Icon)
			}
		}
	}
	return list
}

func copyFile(w io.Writer, fsys fs.FS, name string) error {
	f, err := fsys.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(w, f)
	return err
}

// hasBase says that it is known where the site stands, which feeds and the sitemap
// need.
func (s *site) hasBase() bool { return hasBase(s.baseURL) }

func hasBase(address string) bool { return strings.Contains(address, "://") }

// badges is the figures in the form that shields.io draws.
func (s *site) badges() []publish.Artifact {
	var list []publish.Artifact
	o := s.feedOptions("")
	for name, b := range o.Badges(s.profile, s.stats, s.colours.day) {
		list = append(list, s.artifact("shields/"+name+".json", sum(fmt.Sprint(b)), "", func(w io.Writer) error {
			return feed.WriteBadge(w, b)
		}))
	}
	return list
}

// unpublished is what the folder assets holds for the program alone.
var unpublished = []string{"assets/sample", "assets/fonts", "assets/credits", "assets/words", "assets/site.schema.json"}

// readAssets reads the files that are published as they are.
func readAssets(files fs.FS) (map[string][]byte, error) {
	assets := map[string][]byte{}
	err := fs.WalkDir(files, "assets", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if slices.Contains(unpublished, name) {
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if d.IsDir() || strings.HasPrefix(d.Name(), ".") {
			return nil
		}
		assets[name], err = fs.ReadFile(files, name)
		return err
	})
	return assets, err
}
