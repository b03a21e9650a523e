package page

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
)

// ThemeCSS is the style sheet of a theme's colours: custom properties by token,
// day and night. mode is "auto" for what the visitor's system says and the visitor
// may change, "light" or "dark". What is printed is always day.
func ThemeCSS(day, night map[string]string, mode string) []byte {
	var b bytes.Buffer
	switch mode {
	case "light":
		colours(&b, "", ":root", "light", day)
	case "dark":
		colours(&b, "", ":root", "light", day)
		colours(&b, "@media screen", ":root", "dark", night)
	default:
		colours(&b, "", ":root", "light", day)
		colours(&b, "@media screen and (prefers-color-scheme: dark)", ":root:not([data-mode=light])", "dark", night)
		colours(&b, "@media screen", ":root[data-mode=dark]", "dark", night)
	}
	return b.Bytes()
}

func colours(b *bytes.Buffer, media, selector, scheme string, tokens map[string]string) {
	if media != "" {
		fmt.Fprintf(b, "%s {\n", media)
	}
	fmt.Fprintf(b, "%s {\n  color-scheme: %s;\n", selector, scheme)
	for _, name := range slices.Sorted(maps.Keys(tokens)) {
		fmt.Fprintf(b, "  --%s: %s;\n", name, tokens[name])
	}
	shadow := "none"
	if scheme == "light" {
		shadow = "0 1px 2px rgb(20 30 50 / 6%), 0 8px 24px rgb(20 30 50 / 5%)"
	}
	fmt.Fprintf(b, "  --shadow: %s;\n}\n", shadow)
	if media != "" {
		b.WriteString("}\n")
	}
}
