package feed

import (
	"encoding/xml"
	"io"
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
	Self  atomLink  `xml:"atom:link"`
	Items []rssItem `xml:"item"`
}

type atomLink struct {
	Href string `xml:"href,attr"`
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
}

type rssItem struct {
	*feeds.RssItem
	Categories []string `xml:"category"`
}

// RSS writes the latest of the unlocks, which are newest first, as RSS 2.0. The
// error is [ErrNoBase] for a site without an absolute address.
func RSS(w io.Writer, o Options, owner trophy.Owner, unlocks []trophy.Unlock) error {
	if err := o.check(); err != nil {
		return err
	}
	unlocks = o.latest(unlocks)
	f := &feeds.RssFeed{
		Title: clean(o.Title), Link: o.BaseURL, Description: o.description(owner), Language: o.Language,
		Generator: "trophycase", Ttl: 60,
	}
	if at := updated(unlocks); !at.IsZero() {
		f.PubDate, f.LastBuildDate = date(at), date(at)
	}
	doc := rss{Version: "2.0", Atom: "http://www.w3.org/2005/Atom", Channel: channel{
		RssFeed: f,
		Self:    atomLink{Href: o.BaseURL + o.Self, Rel: "self", Type: "application/rss+xml"},
	}}
	for _, u := range unlocks {
		doc.Channel.Items = append(doc.Channel.Items, rssItem{
			RssItem: &feeds.RssItem{
				Title:       headline(u),
				Link:        o.BaseURL + o.Link(u),
				Description: o.body(u),
				Guid:        &feeds.RssGuid{Id: id(u), IsPermaLink: "false"},
				PubDate:     date(u.Trophy.EarnedAt),
			},
			Categories: categories(u),
		})
	}
	return writeXML(w, doc)
}

// date is RFC 822 with a year of four digits, as RSS wants it.
func date(t time.Time) string { return t.UTC().Format(time.RFC1123Z) }
