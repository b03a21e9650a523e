package feed

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/gorilla/feeds"

	"github.com/trophycase/trophycase/generator/trophy"
)

// atom adds to gorilla's Atom what RFC 4287 asks for: the feed's own address
// beside that of the site, and categories with their terms.
type atom struct {
	*feeds.AtomFeed
	Lang    string      `xml:"xml:lang,attr,omitempty"`
	Links   []atomLink  `xml:"link"`
	Entries []atomEntry `xml:"entry"`
}

type atomEntry struct {
	*feeds.AtomEntry
	Links      []atomLink     `xml:"link"`
	Categories []atomCategory `xml:"category"`
}

type atomCategory struct {
	Term string `xml:"term,attr"`
}

// began is the time of a feed without unlocks, which must have one: the start of
// trophies.
var began = time.Date(2008, 7, 2, 0, 0, 0, 0, time.UTC)

// Atom writes items, newest first, as Atom 1.0. The error is [ErrNoBase] for a site
// without an absolute address.
func Atom(w io.Writer, o Options, owner trophy.Owner, entries []Entry) error {
	if err := o.check(); err != nil {
		return err
	}
	at := updated(entries)
	if at.IsZero() {
		at = began
	}
	doc := atom{
		AtomFeed: &feeds.AtomFeed{
			Xmlns: "http://www.w3.org/2005/Atom", Title: clean(o.Title), Subtitle: o.description(owner),
			Id: absolute(o.BaseURL, o.Self), Updated: at.UTC().Format(time.RFC3339),
			Author: &feeds.AtomAuthor{AtomPerson: feeds.AtomPerson{Name: clean(owner.OnlineID)}},
		},
		Lang:  o.Language,
		Links: append(o.links("application/atom+xml"), atomLink{Href: o.BaseURL, Rel: "alternate", Type: "text/html"}),
	}
	for _, e := range entries {
		doc.Entries = append(doc.Entries, o.atomEntry(e))
	}
	return o.writeXML(w, doc)
}

func (o *Options) atomEntry(e Entry) atomEntry {
	entry := atomEntry{
		AtomEntry: &feeds.AtomEntry{
			Title: e.Title, Id: e.ID, Updated: e.At.UTC().Format(time.RFC3339), Published: e.Published.UTC().Format(time.RFC3339),
			Content: &feeds.AtomContent{Type: "html", Content: e.Body},
		},
		Links: []atomLink{{Href: absolute(o.BaseURL, e.Link), Rel: "alternate", Type: "text/html"}},
	}
	if !e.Picture.None() && e.Size > 0 {
		entry.Links = append(entry.Links, atomLink{Href: o.BaseURL + o.Picture(e.Picture), Rel: "enclosure", Type: mediaType(e.Picture), Length: e.Size})
	}
	for _, c := range e.Categories {
		entry.Categories = append(entry.Categories, atomCategory{c})
	}
	return entry
}

// writeXML begins with a word to people: browsers that drop XSLT show a feed as the
// text that it is.
func (o *Options) writeXML(w io.Writer, doc any) error {
	hello := ""
	if about := absolute(o.BaseURL, o.About); !strings.Contains(about, "--") {
		hello = "<!-- A feed for feed readers: " + about + " -->\n"
	}
	if _, err := io.WriteString(w, xml.Header+hello); err != nil {
		return err
	}
	enc := xml.NewEncoder(w)
	enc.Indent("", "  ")
	if err := enc.Encode(doc); err != nil {
		return fmt.Errorf("feed: %w", err)
	}
	_, err := io.WriteString(w, "\n")
	return err
}
