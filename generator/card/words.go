package card

import (
	"strconv"
	"strings"
)

// words is the cards' own text in one language.
type words struct{ level, trophies, complete, points, toNext, none string }

func wordsOf(language string) words {
	base, _, _ := strings.Cut(strings.ToLower(language), "-")
	if base == "de" {
		return words{"Level", "Trophäen", "abgeschlossen", "Punkte", "noch %s bis zum nächsten", "Noch keine Trophäen"}
	}
	return words{"Level", "trophies", "complete", "points", "%s to the next level", "No trophies yet"}
}

// number groups the digits of a number by thin spaces.
func number(n int) string {
	s := strconv.Itoa(n)
	if n < 10_000 && n > -1000 {
		return s
	}
	var b strings.Builder
	for i, d := range s {
		if i > 0 && (len(s)-i)%3 == 0 && s[i-1] != '-' {
			b.WriteRune('\u202f')
		}
		b.WriteRune(d)
	}
	return b.String()
}
