package snapshot

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

const (
	// nameRunes and textRunes are far above the longest known, 126 and 1,013.
	nameRunes = 300
	textRunes = 3000
	// clinging is how many marks, and how many characters without a picture, can
	// follow each other: writing needs four marks at most, a flag seven of the
	// others. More would run over the lines above and below.
	clinging = 8
)

// name cleans a name for display: one line, no control characters, no space at
// the edges, composed characters. Names with nothing to see get another.
func name(s, other string) string {
	if plain(s) && len(s) <= nameRunes {
		return s
	}
	s = clean(s, nameRunes)
	if strings.ContainsFunc(s, seen) {
		return s
	}
	return other
}

// seen says that a character draws something.
func seen(r rune) bool {
	return !unicode.In(r, unicode.Cf, unicode.M, unicode.Zs) && !unsafe(r)
}

// text cleans a description; its line breaks stay.
func text(s string) string {
	if s == "" || plain(s) && len(s) <= textRunes {
		return s
	}
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	s, _ = short(s, textRunes)
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		lines[i] = clean(line, textRunes)
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

// clean is one line of text.
func clean(s string, most int) string {
	// What is cut here is long enough to be cut below again.
	s, _ = short(s, 4*most)
	s = strings.Map(visible, norm.NFC.String(s))
	s, cut := short(strings.Join(strings.Fields(loose(s)), " "), most)
	if cut {
		s = strings.TrimRight(s, " ") + "…"
	}
	return s
}

// short is the first characters of a text.
func short(s string, most int) (string, bool) {
	n := 0
	for i := range s {
		if n++; n > most {
			return s[:i], true
		}
	}
	return s, false
}

// loose takes away marks and characters without a picture where too many follow
// each other.
func loose(s string) string {
	n := 0
	return strings.Map(func(r rune) rune {
		if !unicode.In(r, unicode.M, unicode.Cf) {
			n = 0
			return r
		}
		if n++; n > clinging {
			return -1
		}
		return r
	}, s)
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

// visible drops control characters, those that no font has a picture for, and those
// that would change the direction of text far beyond the name. Joiners and marks stay: scripts and emoji need
// them.
func visible(r rune) rune {
	switch {
	case r == '\n' || r == '\t' || r == '\v' || r == '\f' || r == '\r' || r == '\u0085' || r == '\u2028' || r == '\u2029':
		return ' '
	case unicode.IsControl(r), unicode.Is(unicode.Co, r), r == unicode.ReplacementChar, r == '\ufeff',
		r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069',
		r >= 0xfdd0 && r <= 0xfdef, r&0xfffe == 0xfffe:
		return -1
	}
	return r
}
