package trophy

import (
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
