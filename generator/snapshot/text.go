package snapshot

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// name cleans a name for display: one line, no control characters, no space at
// the edges, composed characters. Names with nothing to see get another.
func name(s, other string) string {
	if plain(s) {
		return s
	}
	s = strings.Join(strings.Fields(strings.Map(visible, norm.NFC.String(s))), " ")
	if strings.ContainsFunc(s, func(r rune) bool { return !unicode.In(r, unicode.Cf, unicode.Mn, unicode.Zs) }) {
		return s
	}
	return other
}

// text cleans a description; its line breaks stay.
func text(s string) string {
	if s == "" || plain(s) {
		return s
	}
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		lines[i] = strings.Join(strings.Fields(strings.Map(visible, norm.NFC.String(line))), " ")
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

// plain says that a text is clean as it is, which most are: it has letters, digits
// and marks of ASCII, and single spaces between them.
func plain(s string) bool {
	before := byte(' ')
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' || s[i] == ' ' && before == ' ' {
			return false
		}
		before = s[i]
	}
	return before != ' '
}

// visible drops control characters, and those that would change the direction
// of text far beyond the name. Joiners and marks stay: scripts and emoji need
// them.
func visible(r rune) rune {
	switch {
	case r == '\n' || r == '\t' || r == '\v' || r == '\f' || r == '\r' || r == '\u0085' || r == '\u2028' || r == '\u2029':
		return ' '
	case unicode.IsControl(r), r == unicode.ReplacementChar, r == '\ufeff',
		r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069',
		r >= 0xfdd0 && r <= 0xfdef, r&0xfffe == 0xfffe:
		return -1
	}
	return r
}
