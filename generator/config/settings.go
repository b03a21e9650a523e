package config

import "slices"

// A setting is one key of site.yaml: all that the reader, the defaults and
// the JSON schema need to know about it. Exactly one of the functions is set,
// or keys.
type setting struct {
	key  string
	doc  string // for people, shown by editors
	hint schema // what the JSON schema says beyond the type

	text   func(*Config, string) error
	flag   func(*Config) *bool
	number func(*Config) *int
	item   func(*Config, string) error         // called for each text of a list
	named  func(*Config, string, string) error // called for each text of each list of a mapping

	def      any // of text, flag and number
	min, max int // of number

	keys  []setting // of a mapping
	short string    // the key of the mapping that a text in its place stands for
}

// themes are the looks that the program has, the default first.
var themes = []string{"museum", "study", "gallery", "grove"}

// tokens are the colours that a theme has.
var tokens = []struct{ name, doc string }{
	{"accent", "Links and focus rings."},
	{"ground", "The page behind everything."},
	{"surface", "Panels and cards on the ground."},
	{"raised", "What stands out from a surface."},
	{"line", "Hairlines and borders."},
	{"ink", "Text."},
	{"soft", "Secondary text."},
	{"faint", "The quietest text."},
	{"platinum", "The metal of platinum trophies."},
	{"gold", "The metal of gold trophies."},
	{"silver", "The metal of silver trophies."},
	{"bronze", "The metal of bronze trophies."},
}

// Tokens lists the names of the colours that Theme.Light and Theme.Dark may
// have.
func Tokens() []string {
	names := make([]string, len(tokens))
	for i, t := range tokens {
		names[i] = t.name
	}
	return names
}

// settings is the whole of site.yaml, in the order of the shipped file. Where
// one setting's check looks at another, the other stands first.
var settings = []setting{
	{key: "title", def: "Trophy case", text: setTitle,
		doc: "The name of the site."},
	{key: "description", def: "", text: setDescription,
		doc: "One sentence for search engines, link previews and feeds."},
	{key: "base_url", def: "", text: setBaseURL,
		hint: schema{Pattern: `^$|^https?://|^/`, Examples: []any{"https://trophies.example/", "/trophies/"}},
		doc:  "Where the site will stand: an address like https://trophies.example/, or the part after the host name like /trophies/. Feeds and link previews need the full address."},
	{key: "language", def: "en", text: setLanguage,
		hint: schema{Examples: []any{"en", "de", "fr", "es", "pt-BR", "ja", "ko", "zh-Hans"}},
		doc:  "The language of the pages, as a BCP 47 tag."},
	{key: "psn_language", def: "", text: setPSNLanguage,
		hint: schema{Examples: []any{"en-US", "de-DE", "ja-JP", "zh-Hant"}},
		doc:  "The language that PSN sends names in, as a BCP 47 tag. Empty: the language of the pages."},
	{key: "time_zone", def: "UTC", text: setTimeZone,
		hint: schema{Examples: []any{"UTC", "Europe/Berlin", "America/New_York", "Asia/Tokyo"}},
		doc:  "The time zone for dates, as an IANA name."},
	{key: "account", def: "me", text: setAccount,
		hint: schema{Examples: []any{"me"}},
		doc:  "Whose trophies: me (the account that signs in), an online ID, or an account ID in quotes."},
	{key: "hidden_titles", def: false, flag: func(c *Config) *bool { return &c.HiddenTitles },
		doc: "Show the titles that are hidden on PSN."},
	{key: "leave_out", item: addLeaveOut, hint: schema{Pattern: titlePattern},
		doc: "Titles that the site does not have, by title ID."},
	{key: "pinned", item: addPin, hint: schema{Pattern: pinPattern},
		doc: "Titles and trophies to show first: NPWR00000_00 for a title, NPWR00000_00/12 for its trophy 12."},
	{key: "stacks", named: addToStack, hint: schema{Pattern: titlePattern},
		doc: "The same game with several trophy lists, shown as one: a name, and the title IDs."},
	{key: "allow_html", def: false, flag: func(c *Config) *bool { return &c.AllowHTML },
		doc: "Let raw HTML in the texts of the folder content through."},
	{key: "theme", short: "name", keys: themeSettings(),
		doc: "The look: the name of a theme, or its name, mode and colours."},
	{key: "cards", keys: []setting{
		{key: "theme", def: "", text: setCardTheme, hint: schema{Enum: append([]any{""}, anys(themes)...)},
			doc: "The theme of the cards. Empty: that of the site."},
		{key: "address", def: false, flag: func(c *Config) *bool { return &c.Cards.Address },
			doc: "Write the address of the site small in a corner."},
		{key: "fonts", item: addFont, hint: schema{Pattern: `\.([tT][tT][fFcC]|[oO][tT][fF])$`},
			doc: "Further font files (.ttf, .otf, .ttc) for scripts that the built-in fonts lack, relative to this file."},
		{key: "own", item: addOwnCard, hint: schema{Pattern: `^[a-z0-9][a-z0-9-]*\.png\?`, Examples: []any{"forum.png?kind=signature-468x60&theme=gallery&mode=light"}},
			doc: "Further cards, at cards/own/ on the site: a file name, a question mark and options: kind, theme, mode (light or dark), scale (1 or 2), lang, title, year, rows (1 to 5) and hide (latest, completion, points)."},
	}, doc: "The pictures that sum up trophies."},
	{key: "feeds", keys: []setting{
		{key: "items", def: 50, min: 1, max: 1000, number: func(c *Config) *int { return &c.Feeds.Items },
			doc: "How many unlocks a feed lists."},
		{key: "spoilers", def: spoilers[0], text: setSpoilers, hint: schema{Enum: anys(spoilers)},
			doc: "What feeds tell of secret trophies that you earned: name (the detail is behind the link), all, or none."},
		{key: "group_minutes", def: 0, min: 0, max: 1440, number: func(c *Config) *int { return &c.Feeds.GroupMinutes },
			doc: "Make one item of trophies of a title that came no further apart than this. 0: an item each."},
		{key: "platinums", def: true, flag: func(c *Config) *bool { return &c.Feeds.Platinums },
			doc: "A feed of platinums alone."},
		{key: "milestones", def: true, flag: func(c *Config) *bool { return &c.Feeds.Milestones },
			doc: "A feed of milestones alone."},
		{key: "titles", def: false, flag: func(c *Config) *bool { return &c.Feeds.Titles },
			doc: "A feed of each title."},
		{key: "grades", def: false, flag: func(c *Config) *bool { return &c.Feeds.Grades },
			doc: "A feed of each grade below platinum."},
		{key: "hub", def: "", text: setHub, hint: schema{Pattern: `^$|^https?://`, Examples: []any{"https://pubsubhubbub.appspot.com/"}},
			doc: "A WebSub hub for the feeds to name, which has to be told of each new site. Empty: none."},
	}, doc: "The feeds of recent unlocks."},
	{key: "fetch", keys: []setting{
		{key: "max_requests", def: 280, min: 5, max: 100_000, number: func(c *Config) *int { return &c.Fetch.MaxRequests },
			doc: "How many requests one build may make. PSN allows 300 in 15 minutes."},
		{key: "refresh", def: 20, min: 0, max: 1000, number: func(c *Config) *int { return &c.Fetch.Refresh },
			doc: "How many titles get new earned rates in a build that has requests left over."},
	}, doc: "How much a build asks PSN for."},
	{key: "icons", def: "all", text: setIcons, hint: schema{Enum: anys(iconChoices)},
		doc: "Which pictures to fetch: all, titles (no pictures of trophies), or none."},
}

// themeSettings are the keys of theme. The colours of both modes stand before
// those of one mode, which win.
func themeSettings() []setting {
	list := []setting{
		{key: "name", def: themes[0], text: setThemeName, hint: schema{Enum: anys(themes)},
			doc: "The theme."},
		{key: "mode", def: modes[0], text: setMode, hint: schema{Enum: anys(modes)},
			doc: "light, dark, or auto: what the visitor's system prefers."},
	}
	both := func(c *Config) []map[string]string { return []map[string]string{c.Theme.Light, c.Theme.Dark} }
	light := func(c *Config) []map[string]string { return []map[string]string{c.Theme.Light} }
	dark := func(c *Config) []map[string]string { return []map[string]string{c.Theme.Dark} }
	return slices.Concat(list, colourSettings(both), []setting{
		{key: "light", keys: colourSettings(light), doc: "Colours of the light mode only."},
		{key: "dark", keys: colourSettings(dark), doc: "Colours of the dark mode only."},
	})
}

// colourSettings has a setting for each token that writes into the maps.
func colourSettings(into func(*Config) []map[string]string) []setting {
	var list []setting
	for _, t := range tokens {
		list = append(list, setting{
			key: t.name, doc: t.doc, def: "",
			hint: schema{Pattern: `^$|^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$`},
			text: func(c *Config, v string) error {
				colour, err := parseColour(v)
				if err != nil || colour == "" {
					return err
				}
				for _, m := range into(c) {
					m[t.name] = colour
				}
				return nil
			},
		})
	}
	return list
}

// setDefault writes the setting's default into c.
func (s *setting) setDefault(c *Config) {
	switch {
	case s.text != nil:
		if err := s.text(c, s.def.(string)); err != nil {
			panic("config: default of " + s.key + ": " + err.Error())
		}
	case s.flag != nil:
		*s.flag(c) = s.def.(bool)
	case s.number != nil:
		*s.number(c) = s.def.(int)
	}
	for i := range s.keys {
		s.keys[i].setDefault(c)
	}
}

func anys(texts []string) []any {
	var list []any
	for _, t := range texts {
		list = append(list, t)
	}
	return list
}
