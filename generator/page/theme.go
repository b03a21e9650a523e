package page

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
)

// ThemeCSS is the style sheet of a theme's colours: custom properties by token,
// day and night. mode is "auto" for what the visitor's system says, "light" or
// "dark".
func ThemeCSS(day, night map[string]string, mode string) []byte {
	var b bytes.Buffer
	switch mode {
	case "light":
		colours(&b, "", "light", day)
	case "dark":
		colours(&b, "@media not print", "dark", night)
		colours(&b, "@media print", "light", day)
	default:
		colours(&b, "", "light dark", day)
		colours(&b, "@media screen and (prefers-color-scheme: dark)", "light dark", night)
	}
	return b.Bytes()
}

func colours(b *bytes.Buffer, media, scheme string, tokens map[string]string) {
	if media != "" {
		fmt.Fprintf(b, "%s {\n", media)
	}
	fmt.Fprintf(b, ":root {\n  color-scheme: %s;\n", scheme)
	for _, name := range slices.Sorted(maps.Keys(tokens)) {
		fmt.Fprintf(b, "  --%s: %s;\n", name, tokens[name])
	}
	b.WriteString("}\n")
	if media != "" {
		b.WriteString("}\n")
	}
}
