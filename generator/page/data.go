package page

import (
	"io"

	"github.com/trophycase/trophycase/generator/trophy"
)

// A FeedLink is a feed.
type FeedLink struct{ Title, Path, Type string }

// feedsView is what feeds.html receives.
type feedsView struct{ Feeds []feedAddress }

type feedAddress struct {
	FeedLink
	Address string
}

// Feeds writes the page that tells which feeds there are, and what they are for.
func (r *Renderer) Feeds(w io.Writer, owner trophy.Owner, list []FeedLink) error {
	var page feedsView
	for _, f := range list {
		page.Feeds = append(page.Feeds, feedAddress{f, r.o.BaseURL + f.Path})
	}
	v := r.view(r.o.Links.Feeds+"index.html", owner)
	v.Title, v.Current, v.Page = r.words.Feeds, r.o.Links.Feeds, page
	v.describe(r.words.FeedsText)
	v.card(r, r.o.Links.PageSocial(r.o.Links.Feeds), v.Title)
	return r.render(w, "feeds", v)
}

// A DataLink is a file for other programs.
type DataLink struct {
	Path, About string
	Many        bool // the path stands for many, with NAME in it
	// Example is the beginning of this site's own, or "".
	Example string
}

// dataView is what data.html receives.
type dataView struct {
	Files []DataLink
	Base  string
}

// Data writes the page about the files for other programs, which is in English.
func (r *Renderer) Data(w io.Writer, owner trophy.Owner, list []DataLink) error {
	base := placeholder
	if r.absolute() {
		base = r.o.BaseURL
	}
	v := r.view(r.o.Links.API+"index.html", owner)
	v.Title, v.Current, v.Page = r.words.Data, r.o.Links.API, dataView{list, base}
	v.describe(r.words.Data + " · " + owner.OnlineID)
	v.card(r, r.o.Links.PageSocial(r.o.Links.API), v.Title)
	return r.render(w, "data", v)
}
