package feed

import (
	"encoding/xml"
	"io"
	"strconv"
	"time"

	"github.com/gorilla/feeds"

	"github.com/trophycase/trophycase/generator/trophy"
)

// rss adds to gorilla's RSS what the W3C validator asks for: the feed's own
// address, and as many categories as there are.
type rss struct {
	XMLName xml.Name `xml:"rss"`
	Version string   `xml:"version,attr"`
	Atom    string   `xml:"xmlns:atom,attr"`
	Channel channel  `xml:"channel"`
}

type channel struct {
	*feeds.RssFeed
	Links []atomLink `xml:"atom:link"`
	Items []rssItem  `xml:"item"`
}

type atomLink struct {
	Href string `xml:"href,attr"`
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr,omitempty"`
	// Length is in bytes; 0 if it is not told.
	Length int64 `xml:"length,attr,omitempty"`
}

type rssItem struct {
	*feeds.RssItem
	Categories []string `xml:"category"`
}

// RSS writes items, newest first, as RSS 2.0. The error is [ErrNoBase]
// for a site without an absolute address.
func RSS(w io.Writer, o Options, owner trophy.Owner, entries []Entry) error {
	if err := o.check(); err != nil {
		return err
	}
	f := &feeds.RssFeed{
		Title: clean(o.Title), Link: o.BaseURL, Description: o.description(owner), Language: o.Language,
		Generator: "trophycase", Ttl: 60,
	}
	if at := updated(entries); !at.IsZero() {
		f.PubDate, f.LastBuildDate = date(at), date(at)
	}
	doc := rss{Version: "2.0", Atom: "http://www.w3.org/2005/Atom", Channel: channel{
		RssFeed: f,
		Links:   o.links("application/rss+xml"),
	}}
	for _, e := range entries {
		doc.Channel.Items = append(doc.Channel.Items, rssItem{
			RssItem: &feeds.RssItem{
				Title:       e.Title,
				Link:        absolute(o.BaseURL, e.Link),
				Description: e.Body,
				Guid:        &feeds.RssGuid{Id: e.ID, IsPermaLink: "false"},
				PubDate:     date(e.At),
				Enclosure:   o.enclosure(e),
			},
			Categories: e.Categories,
		})
	}
	return o.writeXML(w, doc)
}

// links is what a feed says of itself: its own address, and who tells of news.
func (o *Options) links(mediaType string) []atomLink {
	list := []atomLink{{Href: absolute(o.BaseURL, o.Self), Rel: "self", Type: mediaType}}
	if o.Hub != "" {
		list = append(list, atomLink{Href: o.Hub, Rel: "hub"})
	}
	return list
}

// enclosure is the picture of an item, which must say how long it is.
func (o *Options) enclosure(e Entry) *feeds.RssEnclosure {
	if e.Picture.None() || e.Size == 0 {
		return nil
	}
	return &feeds.RssEnclosure{Url: o.BaseURL + o.Picture(e.Picture), Length: strconv.FormatInt(e.Size, 10), Type: mediaType(e.Picture)}
}

// date is RFC 822 with a year of four digits, as RSS wants it.
func date(t time.Time) string { return t.UTC().Format(time.RFC1123Z) }
