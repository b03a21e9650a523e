package config

import (
	_ "embed"
	"fmt"
	"strings"
	"unicode/utf8"
)

// zoneNames lists the IANA time zones of the regions, one a line, for
// suggestions only.
//
//go:embed zones.txt
var zoneNames string

// nearestZone is the time zone that v most likely means, or "".
func nearestZone(v string) string {
	zones := strings.Fields(zoneNames)
	wanted := strings.ReplaceAll(strings.TrimSpace(v), " ", "_")
	for _, z := range zones {
		city := z[strings.LastIndexByte(z, '/')+1:]
		if strings.EqualFold(z, wanted) || strings.EqualFold(city, wanted) {
			return z
		}
	}
	return nearest(wanted, zones)
}

// nearest is the name that differs least from v, "" if none is near enough to
// be what was meant.
func nearest(v string, names []string) string {
	if utf8.RuneCountInString(v) > 60 {
		return ""
	}
	best, least := "", 1+max(1, utf8.RuneCountInString(v)/3)
	for _, name := range names {
		if d := distance(simplify(v), simplify(name)); d < least {
			best, least = name, d
		}
	}
	return best
}

// suggest ends a message with the nearest of the allowed names, and them all.
func suggest(v string, names []string) string {
	all := strings.Join(names, ", ")
	if near := nearest(v, names); near != "" {
		return fmt.Sprintf("; did you mean %q? Allowed: %s", near, all)
	}
	return "; allowed: " + all
}

// simplify takes away what people mix up: case and separators.
func simplify(v string) string {
	return strings.NewReplacer("_", "", "-", "", " ", "").Replace(strings.ToLower(v))
}

// distance is the number of letters to add, drop, change or swap with their
// neighbour to make b of a.
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	var before []int
	last := make([]int, len(y)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(x); i++ {
		row := make([]int, len(y)+1)
		row[0] = i
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last = last, row
	}
	return last[len(y)]
}

// quote shows a value from the file in a message: short, on one line, and
// never a secret.
func quote(v string) string {
	if looksSecret(v) {
		return "the value"
	}
	const most = 40
	if runes := []rune(v); len(runes) > most {
		v = string(runes[:most]) + "…"
	}
	return fmt.Sprintf("%q", v)
}
