package feed

import (
	"encoding/json"
	"fmt"
	"io"
	"time"

	"github.com/gorilla/feeds"

	"github.com/trophycase/trophycase/generator/trophy"
)

// jsonFeed has its items also when there are none, as the format asks for.
type jsonFeed struct {
	*feeds.JSONFeed
	Items []*feeds.JSONItem `json:"items"`
}

// JSON writes items, newest first, as JSON Feed 1.1. The error is [ErrNoBase] for a
// site without an absolute address.
func JSON(w io.Writer, o Options, owner trophy.Owner, entries []Entry) error {
	if err := o.check(); err != nil {
		return err
	}
	doc := jsonFeed{
		JSONFeed: &feeds.JSONFeed{
			Version: "https://jsonfeed.org/version/1.1", Title: clean(o.Title), Language: o.Language,
			HomePageUrl: o.BaseURL, FeedUrl: absolute(o.BaseURL, o.Self),
			UserComment: "A feed for feed readers: " + absolute(o.BaseURL, o.About), Description: o.description(owner),
			Authors: []*feeds.JSONAuthor{{Name: clean(owner.OnlineID), Url: o.BaseURL}},
		},
		Items: []*feeds.JSONItem{},
	}
	if o.Hub != "" {
		doc.Hubs = []*feeds.JSONHub{{Type: "WebSub", Url: o.Hub}}
	}
	for _, e := range entries {
		published, at := e.Published.UTC().Truncate(time.Second), e.At.UTC().Truncate(time.Second)
		item := &feeds.JSONItem{
			Id: e.ID, Url: absolute(o.BaseURL, e.Link), Title: e.Title, ContentHTML: e.Body, PublishedDate: &published, Tags: e.Categories,
		}
		if at.After(published) {
			item.ModifiedDate = &at
		}
		if !e.Picture.None() {
			item.Image = o.BaseURL + o.Picture(e.Picture)
		}
		doc.Items = append(doc.Items, item)
	}
	return writeJSON(w, doc)
}

func writeJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		return fmt.Errorf("feed: %w", err)
	}
	return nil
}
