// Package config reads site.yaml.
//
// All that the program knows about the file stands in one place, the list of
// settings in settings.go: keys, defaults, limits, explanations. [Parse],
// [Default] and [Schema] follow from it.
//
// # Errors
//
// Parse finds all problems at once. Each is one line, "site.yaml:7: …", that
// names the key, says what is allowed and, where a name is unknown, the
// nearest one that exists. A value that looks like a secret is refused and
// never repeated.
package config

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Config is what site.yaml says. Parse and Default return complete values:
// every field is checked and has its final form.
type Config struct {
	Title       string // of the site
	Description string // one sentence, or ""
	// BaseURL is "", a path like "/trophies/", or an absolute http(s) URL. It
	// ends with a slash unless it is "".
	BaseURL     string
	Language    string // of the pages, BCP 47
	PSNLanguage string // of the names that PSN sends, BCP 47; never ""
	Location    *time.Location
	Account     string // "me", an account ID (digits) or an online ID

	HiddenTitles bool                // show titles that are hidden on PSN
	LeaveOut     []string            // title IDs
	Pinned       []Pin               // in the order to show them
	Stacks       map[string][]string // name → title IDs that are shown as one

	// AllowHTML lets the raw HTML of the owner's texts through.
	AllowHTML bool

	Theme Theme
	Cards Cards
	Feeds Feeds
	Fetch Fetch
	Icons string // "all", "titles" or "none"
}

// A Pin is a pinned title or trophy.
type Pin struct {
	Title  string // title ID
	Trophy int    // trophy ID, or -1 for the title itself
}

// Theme is the site's look.
type Theme struct {
	Name string
	Mode string // "auto", "light" or "dark"
	// Light and Dark are the colours that replace the theme's own, as
	// "#rrggbb" by token: see [Tokens].
	Light, Dark map[string]string
}

// Cards is what all card pictures have in common.
type Cards struct {
	Theme   string   // never "": without a setting, the site's theme
	Address bool     // show the site's address in a corner
	Fonts   []string // font files, relative to site.yaml
	Own     []OwnCard
}

// An OwnCard is a further card that the owner asks for.
type OwnCard struct {
	File  string // its name, ending in .png
	Kind  string // see [CardKinds]
	Theme string
	Mode  string // "light" or "dark"
	Scale int    // 1 or 2
	// Language is that of the card's words, "" for the site's.
	Language string
	// Title and Year say what a card is about that is not about the whole
	// profile; "" and 0 else.
	Title string
	Year  int
	// Rows is how many lines a card with a list has at the most, 0 for the usual.
	Rows int
	// Hide is the parts that the card leaves out, see [CardParts].
	Hide []string
}

// Feeds is what all feeds have in common.
type Feeds struct {
	Items    int    // the most that a feed lists
	Spoilers string // of secret trophies that are earned: "name", "all" or "none"
	// GroupMinutes is how far apart unlocks of a title are that make one item; 0
	// for none.
	GroupMinutes int
	// Which feeds there are beside that of all unlocks.
	Platinums, Milestones, Titles, Grades bool
	// Hub is the address of a WebSub hub that feeds name, or "".
	Hub string
}

// Fetch limits what one build asks PSN for.
type Fetch struct {
	MaxRequests int
	Refresh     int // titles whose earned rates are asked for again with left-over requests
}

// A Problem is one mistake in the file.
type Problem struct {
	File string
	Line int
	Text string // begins with the key that is meant, where there is one
}

func (p Problem) String() string { return fmt.Sprintf("%s:%d: %s", p.File, p.Line, p.Text) }

// Errors is all that is wrong with the file, by line.
type Errors struct{ Problems []Problem }

func (e *Errors) Error() string {
	lines := make([]string, len(e.Problems))
	for i, p := range e.Problems {
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}

// Parse reads the bytes of site.yaml. name is what errors call the file. The
// error is an [*Errors].
func Parse(name string, data []byte) (*Config, error) {
	r := &reader{
		file: name, data: data, config: blank(),
		seen: make(map[Problem]bool), secretLines: make(map[int]bool),
	}
	if root := r.document(); root != nil {
		r.mapping(root, "", settings)
	}
	if len(r.problems) > 0 {
		// What else is wrong with the line of a secret matters no more.
		r.problems = slices.DeleteFunc(r.problems, func(p Problem) bool {
			return r.secretLines[p.Line] && p.Text != secretText
		})
		slices.SortStableFunc(r.problems, func(a, b Problem) int { return a.Line - b.Line })
		return nil, &Errors{r.problems}
	}
	r.config.complete()
	return r.config, nil
}

// Default is the meaning of an empty file.
func Default() *Config {
	c := blank()
	c.complete()
	return c
}

// blank is a Config of the settings' defaults.
func blank() *Config {
	c := &Config{
		Stacks: make(map[string][]string),
		Theme:  Theme{Light: make(map[string]string), Dark: make(map[string]string)},
	}
	for _, s := range settings {
		s.setDefault(c)
	}
	return c
}

// complete fills in what follows from other settings.
func (c *Config) complete() {
	if c.PSNLanguage == "" {
		c.PSNLanguage = psnLanguage(c.Language)
	}
	if c.Cards.Theme == "" {
		c.Cards.Theme = c.Theme.Name
	}
}
