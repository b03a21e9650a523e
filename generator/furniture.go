package generator

import (
	"fmt"
	"io"

	"github.com/trophycase/trophycase/generator/page"
	"github.com/trophycase/trophycase/generator/publish"
)

// search is the page of the search and its index, in parts.
func (s *site) search() []publish.Artifact {
	list := []publish.Artifact{
		s.artifact(searchDir+homePath, s.sums.pages, s.sums.owner, func(w io.Writer) error { return s.pages.Search(w, s.profile.Owner) }),
		s.artifact(searchDir+"index.json", s.sums.content, s.sums.profile, func(w io.Writer) error {
			return s.pages.SearchIndex(w, s.profile, s.content.Pages())
		}),
	}
	for i, part := range page.SearchParts(s.profile.Titles) {
		what := sum(fmt.Sprint(part))
		for n := part[0]; n < part[1]; n++ {
			what = sum(digest(string(what), s.sums.titles[n]))
		}
		list = append(list, s.artifact(fmt.Sprintf("%s%d.json", searchDir, i+1), "", what, func(w io.Writer) error {
			return s.pages.SearchTrophies(w, s.profile.Titles, part)
		}))
	}
	return list
}

// pageIcons is the icons that pages and the manifest name.
var pageIcons = []page.Icon{
	{Path: "icons/32.png", Size: 32},
	{Path: "icons/180.png", Size: 180, Apple: true},
	{Path: "icons/192.png", Size: 192, Manifest: true},
	{Path: "icons/512.png", Size: 512, Manifest: true},
	{Path: "icons/512-maskable.png", Size: 512, Manifest: true, Maskable: true},
}

// icons is what stands for the site in tabs, on home screens and in bookmarks, and
// the file without which GitHub Pages leaves files out.
func (s *site) icons() []publish.Artifact {
	list := []publish.Artifact{
		s.artifact(faviconPath, s.sums.cards, "", s.cards.Favicon),
		s.artifact(manifestPath, s.sums.pages, "", s.pages.Manifest),
		file(noJekyllPath, nil),
	}
	for _, i := range pageIcons {
		list = append(list, s.artifact(i.Path, s.sums.cards, "", func(w io.Writer) error {
			return s.cards.Icon(w, i.Size, i.Apple || i.Maskable)
		}))
	}
	return list
}
