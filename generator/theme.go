package generator

import (
	"maps"

	"github.com/trophycase/trophycase/generator/config"
)

// A palette is a theme's colours by token.
type palette struct{ day, night map[string]string }

// themes is the colours of each theme, for pages and cards alike.
var themes = map[string]palette{
	"museum": {
		day: map[string]string{
			"ground": "#f6f7f9", "surface": "#ffffff", "raised": "#eef1f5", "line": "#dde2ea",
			"ink": "#161a20", "soft": "#4d5866", "faint": "#5f6a79",
			"platinum": "#2f628f", "gold": "#7f5a00", "silver": "#56616e", "bronze": "#8c4a1e", "accent": "#1559b3",
		},
		night: map[string]string{
			"ground": "#0e1116", "surface": "#151a21", "raised": "#1c232d", "line": "#2a3340",
			"ink": "#e9edf3", "soft": "#a9b4c2", "faint": "#8592a3",
			"platinum": "#b7d2ee", "gold": "#e2b53e", "silver": "#bcc4cf", "bronze": "#cf8a5b", "accent": "#7db7ff",
		},
	},
}

// theme is the palette of a theme with the owner's colours put in.
func theme(name string, c *config.Config) palette {
	p := palette{maps.Clone(themes[name].day), maps.Clone(themes[name].night)}
	maps.Copy(p.day, c.Theme.Light)
	maps.Copy(p.night, c.Theme.Dark)
	return p
}
