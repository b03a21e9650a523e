package feed

import (
	"encoding/xml"
	"fmt"
	"io"
	"time"

	"github.com/gorilla/feeds"

	"github.com/trophycase/trophycase/generator/trophy"
)

// atom adds to gorilla's Atom what RFC 4287 asks for: the feed's own address
// beside that of the site, and categories with their terms.
type atom struct {
	*feeds.AtomFeed
	Lang    string           `xml:"xml:lang,attr,omitempty"`
	Links   []feeds.AtomLink `xml:"link"`
	Entries []atomEntry      `xml:"entry"`
}

type atomEntry struct {
	*feeds.AtomEntry
	Categories []atomCategory `xml:"category"`
}

type atomCategory struct {
	Term string `xml:"term,attr"`
}

// began is the time of a feed without unlocks, which must have one: the start of
// trophies.
var began = time.Date(2008, 7, 2, 0, 0, 0, 0, time.UTC)

// Atom writes the latest of the unlocks, which are newest first, as Atom 1.0. The
// error is [ErrNoBase] for a site without an absolute address.
func Atom(w io.Writer, o Options, owner trophy.Owner, unlocks []trophy.Unlock) error {
	if err := o.check(); err != nil {
		return err
	}
	unlocks = o.latest(unlocks)
	at := updated(unlocks)
	if at.IsZero() {
		at = began
	}
	doc := atom{
		AtomFeed: &feeds.AtomFeed{
			Xmlns: "http://www.w3.org/2005/Atom", Title: clean(o.Title), Subtitle: o.description(owner),
			Id: o.BaseURL + o.Self, Updated: at.UTC().Format(time.RFC3339),
			Author: &feeds.AtomAuthor{AtomPerson: feeds.AtomPerson{Name: clean(owner.OnlineID)}},
		},
		Lang: o.Language,
		Links: []feeds.AtomLink{
			{Href: o.BaseURL, Rel: "alternate", Type: "text/html"},
			{Href: o.BaseURL + o.Self, Rel: "self", Type: "application/atom+xml"},
		},
	}
	for _, u := range unlocks {
		doc.Entries = append(doc.Entries, o.atomEntry(u))
	}
	return writeXML(w, doc)
}

func (o *Options) atomEntry(u trophy.Unlock) atomEntry {
	at := u.Trophy.EarnedAt.UTC().Format(time.RFC3339)
	e := atomEntry{AtomEntry: &feeds.AtomEntry{
		Title: headline(u), Id: id(u), Updated: at, Published: at,
		Links:   []feeds.AtomLink{{Href: o.BaseURL + o.Link(u), Rel: "alternate", Type: "text/html"}},
		Content: &feeds.AtomContent{Type: "html", Content: o.body(u)},
	}}
	for _, c := range categories(u) {
		e.Categories = append(e.Categories, atomCategory{c})
	}
	return e
}

func writeXML(w io.Writer, doc any) error {
	if _, err := io.WriteString(w, xml.Header); err != nil {
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
