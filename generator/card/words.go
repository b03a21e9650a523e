package card

import (
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
