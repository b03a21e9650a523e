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
	"study": {
		day: map[string]string{
			"ground": "#f7f2e8", "surface": "#fffdf8", "raised": "#f1eadc", "line": "#e0d6c3",
			"ink": "#221c14", "soft": "#574c3e", "faint": "#6b5f4f",
			"platinum": "#2d5f86", "gold": "#7a5600", "silver": "#59606a", "bronze": "#8a471c", "accent": "#1f5f6b",
		},
		night: map[string]string{
			"ground": "#13100c", "surface": "#1b1712", "raised": "#251f18", "line": "#3a3127",
			"ink": "#f1eae0", "soft": "#c0b4a3", "faint": "#9d9080",
			"platinum": "#bcd3e8", "gold": "#e2b53e", "silver": "#c6c6c4", "bronze": "#d48e5e", "accent": "#86c6cd",
		},
	},
	"gallery": {
		day: map[string]string{
			"ground": "#ffffff", "surface": "#ffffff", "raised": "#f2f3f5", "line": "#d8dbe0",
			"ink": "#0b0d10", "soft": "#454c56", "faint": "#5c636e",
			"platinum": "#2b5d88", "gold": "#755200", "silver": "#525c68", "bronze": "#87451a", "accent": "#2346c7",
		},
		night: map[string]string{
			"ground": "#000000", "surface": "#0a0c0f", "raised": "#14171c", "line": "#2b3038",
			"ink": "#f4f6f8", "soft": "#b4bbc5", "faint": "#8b939e",
			"platinum": "#c3dbf4", "gold": "#edc04a", "silver": "#c9d0d9", "bronze": "#d9925f", "accent": "#9db9ff",
		},
	},
	"grove": {
		day: map[string]string{
			"ground": "#f2f6f2", "surface": "#fdfffd", "raised": "#e7eee8", "line": "#d3ded5",
			"ink": "#121b16", "soft": "#45544b", "faint": "#576760",
			"platinum": "#2a5f86", "gold": "#745400", "silver": "#535f63", "bronze": "#87461c", "accent": "#0d6747",
		},
		night: map[string]string{
			"ground": "#0c1310", "surface": "#121b17", "raised": "#19251f", "line": "#28382f",
			"ink": "#e7f0ea", "soft": "#a8b9af", "faint": "#84978c",
			"platinum": "#b9d6ea", "gold": "#e0b645", "silver": "#bfc8c6", "bronze": "#d08c5d", "accent": "#7fd3ad",
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
