// Package feed turns unlocks into the formats that programs read.
//
// The bytes follow from the unlocks and the options alone: there is no build
// date, so that a feed changes only when there is news. An item keeps its ID for
// ever, whatever happens to names, languages and addresses, so that no reader
// shows an unlock twice.
package feed

import (
	"errors"
	"net/url"
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
	// Size is the bytes of a picture; nil if that is not known.
	Size func(trophy.Picture) int64
	// Note is the owner's words on an unlock, as HTML; nil if there are none.
	Note func(trophy.Unlock) string
	// Spoilers is NameOnly if it is "".
	Spoilers Spoilers
	// Group makes one item of unlocks that are no further apart; 0 for none.
	Group time.Duration
	Words Words
	// About is the path of the page that tells people what feeds are.
	About string
	// Hub is the address of a WebSub hub, or "".
	Hub string
}

// Words is the site's own text, in its language.
type Words struct {
	Recent, Players, Secret        string
	TrophyNumber, PlatinumNumber   string
	Level, Total, Platinums        string
	Completion, Latest, NoTrophies string

	Grade    func(trophy.Grade) string
	Number   func(int) string
	Percent  func(f float64, places int) string
	Trophies func(n int) string
}

// check prepares the options, or says what is missing.
func (o *Options) check() error {
	if !strings.HasPrefix(o.BaseURL, "https://") && !strings.HasPrefix(o.BaseURL, "http://") {
		return ErrNoBase
	}
	return nil
}

// description is the site's, or one made from the owner's name.
func (o *Options) description(owner trophy.Owner) string {
	if o.Description != "" {
		return clean(o.Description)
	}
	return o.Words.Recent + " · " + clean(owner.OnlineID)
}

// line is a text on one line.
func line(s string) string { return strings.Join(strings.Fields(clean(s)), " ") }

// escape makes a path fit for an address or an ID.
func escape(p string) string { return (&url.URL{Path: p}).EscapedPath() }

// absolute is the address of a path, which may end in a fragment.
func absolute(base, to string) string {
	path, fragment, _ := strings.Cut(to, "#")
	return base + (&url.URL{Path: path, Fragment: fragment}).String()
}

// clean drops the characters that XML 1.0 cannot hold, control characters that it
// can, and those that would turn a reader's own text around.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == utf8.RuneError, r < ' ' && r != '\n' && r != '\t', r >= 0x7f && r < 0xa0, r&0xfffe == 0xfffe, r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
			return -1
		}
		return r
	}, s)
}
