package trophy

import (
	"math"
	"strconv"
	"strings"
	"unicode"
)

// Metal is the grade whose metal a level's tier is shown in: bronze for tiers 1
// to 3, silver to 6, gold to 9, platinum for 10.
func (l Level) Metal() Grade {
	switch {
	case l.Tier >= 10:
		return Platinum
	case l.Tier >= 7:
		return Gold
	case l.Tier >= 4:
		return Silver
	}
	return Bronze
}

// Plate is the outline of the plate that a tier's emblem stands on, from the top
// and within a circle of radius 1: its points grow in number and reach with the
// tier. The plate of tier 1 is the circle itself, which has none.
func Plate(tier int) [][2]float64 {
	tier = min(max(tier, 1), 10)
	if tier == 1 {
		return nil
	}
	points := 6 + tier
	inner := 0.93 - 0.012*float64(tier)
	var outline [][2]float64
	for i := range 2 * points {
		r := 1.0
		if i%2 == 1 {
			r = inner
		}
		sin, cos := math.Sincos(math.Pi * (float64(i)/float64(points) - 0.5))
		outline = append(outline, [2]float64{r * cos, r * sin})
	}
	return outline
}

// Digits is a number as people read it: from five digits on, grouped by thin
// spaces, which no language takes for a decimal sign.
func Digits(n int) string {
	s := strconv.Itoa(n)
	if n < 10_000 && n > -10_000 {
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

// Initial is the letter that stands in for the picture of something with a name.
func Initial(name string) string {
	for _, r := range name {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return string(unicode.ToUpper(r))
		}
	}
	return "…"
}
