package config

import (
	"errors"
	"fmt"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// CardKinds is the kinds of cards that a site can have further ones of.
var CardKinds = []string{
	"profile", "compact", "signature-500x100", "signature-468x60", "signature-550x150", "recent", "rarest", "pinned", "calendar", "milestone",
	"badges/level", "badges/platinums", "badges/total", "badges/completion", "badges/latest",
	"badges/level-large", "badges/platinums-large", "badges/total-large", "badges/completion-large", "badges/latest-large",
	"social", "title", "title-social", "platinum", "platinum-square", "review",
}

// CardParts is what a card of the profile can leave out.
var CardParts = []string{"latest", "completion", "points"}

// Which kinds are about one title, which have a list, and which come in one size.
var (
	titleKinds = []string{"title", "title-social", "platinum", "platinum-square"}
	listKinds  = []string{"recent", "rarest", "pinned"}
	largeKinds = []string{"social", "title-social", "platinum", "platinum-square", "review"}
)

var cardOptions = []string{"kind", "theme", "mode", "scale", "lang", "title", "year", "rows", "hide"}

var ownCardFile = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,60}\.png$`)

// addOwnCard reads "forum.png?kind=compact&theme=museum&mode=light&scale=2".
func addOwnCard(c *Config, v string) error {
	file, query, _ := strings.Cut(v, "?")
	if !ownCardFile.MatchString(file) {
		return fmt.Errorf("%s does not begin with a file name of small letters, digits and hyphens that ends in .png", quote(v))
	}
	if slices.ContainsFunc(c.Cards.Own, func(o OwnCard) bool { return o.File == file }) {
		return fmt.Errorf("%q is listed twice", file)
	}
	options, err := url.ParseQuery(query)
	if err != nil {
		return fmt.Errorf("%s has options that cannot be read; write them like ?kind=compact&mode=light", quote(v))
	}
	own := OwnCard{File: file, Theme: c.Cards.Theme, Mode: "dark", Scale: 1}
	if own.Theme == "" {
		own.Theme = c.Theme.Name
	}
	for _, name := range slices.Sorted(maps.Keys(options)) {
		if err := own.set(name, options.Get(name)); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
	}
	if err := own.check(); err != nil {
		return fmt.Errorf("%s %w", file, err)
	}
	c.Cards.Own = append(c.Cards.Own, own)
	return nil
}

func (o *OwnCard) set(name, value string) error {
	switch name {
	case "kind":
		o.Kind = value
		return oneOf(value, "kind of card", CardKinds)
	case "theme":
		o.Theme = value
		return oneOf(value, "theme", themes)
	case "mode":
		o.Mode = value
		return oneOf(value, "mode", []string{"light", "dark"})
	case "scale":
		if value == "2" {
			o.Scale = 2
		}
		return oneOf(value, "scale", []string{"1", "2"})
	}
	return o.setWhat(name, value)
}

// setWhat reads the options about what a card shows.
func (o *OwnCard) setWhat(name, value string) (err error) {
	switch name {
	case "lang":
		o.Language, err = languageTag(value)
	case "title":
		o.Title, err = value, titleID(value)
	case "year":
		o.Year, err = between(name, value, 1994, 9999)
	case "rows":
		o.Rows, err = between(name, value, 1, 5)
	case "hide":
		o.Hide = slices.Compact(slices.Sorted(strings.SplitSeq(value, ",")))
		for _, part := range o.Hide {
			err = errors.Join(err, oneOf(part, "part of a card", CardParts))
		}
	default:
		err = fmt.Errorf("%s is not an option of a card%s", quote(name), suggest(name, cardOptions))
	}
	return err
}

func between(name, value string, least, most int) (int, error) {
	n, err := strconv.Atoi(value)
	if err != nil || n < least || n > most {
		return 0, fmt.Errorf("%s is %s; write a number from %d to %d", name, quote(value), least, most)
	}
	return n, nil
}

// check sees that the options go with the kind.
func (o *OwnCard) check() error {
	about := slices.Contains(titleKinds, o.Kind)
	switch {
	case o.Kind == "":
		return errors.New("has no kind; write the options like ?kind=compact&mode=light")
	case about && o.Title == "":
		return errors.New("is a card of a title; say which with title=NPWR00000_00")
	case !about && o.Title != "":
		return fmt.Errorf("has a title, which only these kinds have: %s", strings.Join(titleKinds, ", "))
	case o.Kind == "review" && o.Year == 0:
		return errors.New("is a card of a year; say which with year=2026")
	case o.Kind != "review" && o.Year != 0:
		return errors.New("has a year, which only the kind review has")
	case o.Rows != 0 && !slices.Contains(listKinds, o.Kind):
		return fmt.Errorf("has rows, which only these kinds have: %s", strings.Join(listKinds, ", "))
	case o.Scale == 2 && slices.Contains(largeKinds, o.Kind):
		return fmt.Errorf("is large as it is: %s comes at scale 1 only", o.Kind)
	}
	return nil
}
