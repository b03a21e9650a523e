// Package feed turns unlocks into the formats that programs read.
//
// The bytes follow from the unlocks and the options alone: there is no build
// date, so that a feed changes only when there is news. An item keeps its ID for
// ever, whatever happens to names, languages and addresses, so that no reader
// shows an unlock twice.
package feed

import (
	"errors"
	"fmt"
	"html"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/trophycase/trophycase/generator/trophy"
)

// ErrNoBase says that a feed needs to know where the site stands: readers follow
// absolute addresses only.
var ErrNoBase = errors.New("a feed needs the absolute address of the site")

// Options is what a feed says of the site.
type Options struct {
	Title, Description string
	Language           string // BCP 47
	// BaseURL is the absolute address of the site, with a slash at its end.
	BaseURL string
	// Self is the feed's own path.
	Self string
	// Items is the most that is listed.
	Items int
	// Link gives the path of the page about an unlock.
	Link func(trophy.Unlock) string
	// Picture gives the path of a picture.
	Picture func(trophy.Picture) string
}

// check prepares the options, or says what is missing.
func (o *Options) check() error {
	if !strings.HasPrefix(o.BaseURL, "https://") && !strings.HasPrefix(o.BaseURL, "http://") {
		return ErrNoBase
	}
	return nil
}

// latest is the unlocks that are listed.
func (o *Options) latest(unlocks []trophy.Unlock) []trophy.Unlock {
	if o.Items > 0 && len(unlocks) > o.Items {
		return unlocks[:o.Items]
	}
	return unlocks
}

// description is the site's, or one made from the owner's name.
func (o *Options) description(owner trophy.Owner) string {
	if o.Description != "" {
		return clean(o.Description)
	}
	return "The latest trophies of " + clean(owner.OnlineID)
}

// id is an unlock's, by the scheme of RFC 4151: the same title and trophy are
// the same item for ever. PSN never gives an ID to another title.
func id(u trophy.Unlock) string {
	return fmt.Sprintf("tag:trophycase,2026:%s/%d", u.TitleID, u.Trophy.ID)
}

func headline(u trophy.Unlock) string {
	return clean(u.Trophy.Name) + " – " + clean(u.TitleName)
}

// categories are what readers filter by.
func categories(u trophy.Unlock) []string {
	list := []string{clean(u.TitleName), u.Trophy.Grade.String()}
	for _, p := range u.Platforms {
		list = append(list, p.String())
	}
	return list
}

// body is the item as HTML.
func (o *Options) body(u trophy.Unlock) string {
	var b strings.Builder
	if src := o.icon(u); src != "" {
		fmt.Fprintf(&b, `<p><img src="%s" width="64" height="64" alt=""></p>`, html.EscapeString(src))
	}
	if detail := clean(u.Trophy.Detail); detail != "" {
		fmt.Fprintf(&b, "<p>%s</p>", strings.ReplaceAll(html.EscapeString(detail), "\n", "<br>"))
	}
	fmt.Fprintf(&b, "<p>%s trophy in %s", grade(u.Trophy.Grade), html.EscapeString(clean(u.TitleName)))
	if u.GroupName != "" {
		fmt.Fprintf(&b, " (%s)", html.EscapeString(clean(u.GroupName)))
	}
	if rate := u.Trophy.EarnedRate; rate > 0 {
		fmt.Fprintf(&b, ", earned by %s %% of players", strconv.FormatFloat(math.Round(rate*10)/10, 'f', 1, 64))
	}
	b.WriteString(".</p>")
	return b.String()
}

// icon is the address of the trophy's picture, or of the title's.
func (o *Options) icon(u trophy.Unlock) string {
	p := u.Trophy.Icon
	if p.None() {
		p = u.TitleIcon
	}
	if p.None() {
		return ""
	}
	return o.BaseURL + o.Picture(p)
}

func grade(g trophy.Grade) string {
	s := g.String()
	if s == "" {
		return "A"
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// updated is the time of the newest unlock, or zero.
func updated(unlocks []trophy.Unlock) time.Time {
	if len(unlocks) == 0 {
		return time.Time{}
	}
	return unlocks[0].Trophy.EarnedAt
}

// clean drops the characters that XML 1.0 cannot hold.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == utf8.RuneError, r < ' ' && r != '\n' && r != '\t', r == 0xfffe, r == 0xffff:
			return -1
		}
		return r
	}, s)
}
