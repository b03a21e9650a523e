package feed

import (
	"fmt"
	"html"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/trophycase/trophycase/generator/trophy"
)

// An Entry is one item of a feed.
type Entry struct {
	// ID is the item's for ever.
	ID    string
	Title string
	// Link is the path of the page about it.
	Link string
	// At is the last time that it got something new, Published the first.
	At, Published time.Time
	Body          string // HTML
	Categories    []string
	// Picture shows it; Size is its bytes, 0 if that is not known.
	Picture trophy.Picture
	Size    int64
}

// A Note is a text of the owner's with a date.
type Note struct {
	// File is the path of the text among the owner's, which names the item.
	File, Title, Link, Body string
	At                      time.Time
}

// Spoilers is what a feed tells of a secret trophy that is earned.
type Spoilers string

// What is told: the name, with the detail behind the link; all; nothing.
const (
	NameOnly Spoilers = "name"
	TellAll  Spoilers = "all"
	TellNone Spoilers = "none"
)

// tag begins the IDs of items, by RFC 4151.
const tag = "tag:trophycase,2026:"

// id is an unlock's: the same title and trophy are the same item for ever. PSN
// never gives an ID to another title. The time sets it apart from the same trophy
// of somebody else, whose feed may be read beside this one.
func id(u trophy.Unlock) string {
	return fmt.Sprintf("%s%s/%d/%s", tag, u.TitleID, u.Trophy.ID, u.Trophy.EarnedAt.UTC().Format("20060102T150405Z"))
}

// Entries is unlocks, which are newest first, and notes as items, newest first and
// as many as the options say. Unlocks of one title within minutes of each other are
// one item, if the options say so.
func (o *Options) Entries(unlocks []trophy.Unlock, notes []Note) []Entry {
	var list []Entry
	for i := 0; i < len(unlocks) && (o.Items <= 0 || len(list) <= o.Items); {
		n := o.together(unlocks[i:])
		if n == 1 {
			list = append(list, o.entry(unlocks[i]))
		} else {
			list = append(list, o.group(unlocks[i:i+n]))
		}
		i += n
	}
	for _, n := range notes {
		list = append(list, Entry{
			ID: tag + "note/" + n.At.Format(time.DateOnly) + "/" + escape(n.File), Title: line(n.Title), Link: n.Link,
			At: n.At, Published: n.At, Body: clean(o.tame(n.Body)),
		})
	}
	slices.SortStableFunc(list, func(a, b Entry) int { return b.At.Compare(a.At) })
	if o.Items > 0 && len(list) > o.Items {
		list = list[:o.Items]
	}
	return list
}

// together is how many unlocks at the start make one item.
func (o *Options) together(unlocks []trophy.Unlock) int {
	n := 1
	for n < len(unlocks) && o.Group > 0 && unlocks[n].TitleID == unlocks[0].TitleID &&
		unlocks[n-1].Trophy.EarnedAt.Sub(unlocks[n].Trophy.EarnedAt) <= o.Group {
		n++
	}
	return n
}

func (o *Options) entry(u trophy.Unlock) Entry {
	e := Entry{
		ID: id(u), Title: o.name(u) + " – " + line(u.TitleName), Link: o.Link(u), At: u.Trophy.EarnedAt, Published: u.Trophy.EarnedAt, Body: o.body(u),
		Categories: categories(u), Picture: u.Trophy.Icon,
	}
	o.picture(&e, u)
	return e
}

// group is the item of some unlocks of one title. It is the item of the oldest, so
// that a reader who has that one already sees it grow when others join.
func (o *Options) group(unlocks []trophy.Unlock) Entry {
	newest, oldest := unlocks[0], unlocks[len(unlocks)-1]
	e := Entry{
		ID: id(oldest), Title: o.Words.Trophies(len(unlocks)) + " – " + line(newest.TitleName),
		Link: o.Link(newest), At: newest.Trophy.EarnedAt, Published: oldest.Trophy.EarnedAt, Picture: newest.TitleIcon,
	}
	for _, u := range unlocks {
		e.Body += "<h3>" + html.EscapeString(o.name(u)) + "</h3>" + o.body(u)
		for _, c := range categories(u) {
			if !slices.Contains(e.Categories, c) {
				e.Categories = append(e.Categories, c)
			}
		}
	}
	o.picture(&e, newest)
	return e
}

// picture completes what shows an item.
func (o *Options) picture(e *Entry, u trophy.Unlock) {
	if e.Picture.None() || u.Trophy.Secret && o.Spoilers == TellNone {
		e.Picture = u.TitleIcon
	}
	if !e.Picture.None() && o.Size != nil {
		e.Size = o.Size(e.Picture)
	}
}

// name is the trophy's, as far as it is told.
func (o *Options) name(u trophy.Unlock) string {
	if u.Trophy.Secret && o.Spoilers == TellNone {
		return o.Words.Secret
	}
	return line(u.Trophy.Name)
}

// categories are what readers filter by.
func categories(u trophy.Unlock) []string {
	list := []string{line(u.TitleName), u.Trophy.Grade.String()}
	for _, p := range u.Platforms {
		list = append(list, clean(p.String()))
	}
	return slices.DeleteFunc(list, func(c string) bool { return c == "" })
}

// body is an unlock as HTML.
func (o *Options) body(u trophy.Unlock) string {
	var b strings.Builder
	if src := o.address(u); src != "" {
		fmt.Fprintf(&b, `<p><img src="%s" width="64" height="64" alt=""></p>`, html.EscapeString(src))
	}
	if detail := clean(u.Trophy.Detail); detail != "" && (!u.Trophy.Secret || o.Spoilers == TellAll) {
		fmt.Fprintf(&b, "<p>%s</p>", strings.ReplaceAll(html.EscapeString(detail), "\n", "<br>"))
	}
	facts := []string{o.Words.Grade(u.Trophy.Grade), clean(u.TitleName)}
	if u.GroupName != "" {
		facts = append(facts, clean(u.GroupName))
	}
	if rate := u.Trophy.EarnedRate; rate > 0 {
		facts = append(facts, o.Words.Percent(rate, 1)+" "+o.Words.Players)
	}
	fmt.Fprintf(&b, "<p>%s</p>", html.EscapeString(strings.Join(facts, " · ")))
	if o.Note != nil {
		b.WriteString(clean(o.tame(o.Note(u))))
	}
	return b.String()
}

// address is that of the trophy's picture, or of the title's. The picture of a
// secret that is not told would tell it.
func (o *Options) address(u trophy.Unlock) string {
	p := u.Trophy.Icon
	if p.None() || u.Trophy.Secret && o.Spoilers == TellNone {
		p = u.TitleIcon
	}
	if p.None() {
		return ""
	}
	return o.BaseURL + o.Picture(p)
}

// mediaType is a picture's, by its name.
func mediaType(p trophy.Picture) string {
	if path.Ext(p.File) == ".png" {
		return "image/png"
	}
	return "image/jpeg"
}

// Milestones is milestones as items.
func (o *Options) Milestones(list []trophy.Milestone) []Entry {
	var entries []Entry
	for _, m := range list[:min(len(list), max(1, o.Items))] {
		e := o.entry(m.Unlock)
		what := o.Words.TrophyNumber
		if m.Kind == trophy.PlatinumMilestone {
			what = o.Words.PlatinumNumber
		}
		e.ID, e.Title = fmt.Sprintf("%smilestone/%s/%d", tag, m.Kind, m.Number), o.numbered(what, m.Number)+": "+e.Title
		entries = append(entries, e)
	}
	return entries
}

// numbered is a thing with its number.
func (o *Options) numbered(what string, n int) string { return "#" + o.Words.Number(n) + " " + what }

// updated is the time of the newest item, or zero.
func updated(entries []Entry) time.Time {
	if len(entries) == 0 {
		return time.Time{}
	}
	return entries[0].At
}
