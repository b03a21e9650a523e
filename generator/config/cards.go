package config

import (
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// CardKinds is the kinds of cards that a site can have of its profile.
var CardKinds = []string{
	"profile", "compact", "signature-500x100", "signature-468x60", "signature-550x150", "recent", "rarest", "pinned", "calendar", "milestone",
	"badges/level", "badges/platinums", "badges/total", "badges/completion", "badges/latest",
	"badges/level-large", "badges/platinums-large", "badges/total-large", "badges/completion-large", "badges/latest-large",
}

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
	for name, values := range options {
		if err := own.set(name, values[len(values)-1]); err != nil {
			return err
		}
	}
	if own.Kind == "" {
		return errors.New("has no kind; write the options like ?kind=compact&mode=light")
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
	return fmt.Errorf("%s is not an option of a card%s", quote(name), suggest(name, []string{"kind", "theme", "mode", "scale"}))
}
