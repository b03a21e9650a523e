package page

import (
	"fmt"
	"html/template"
	"strconv"
	"strings"
	"time"

	"github.com/trophycase/trophycase/generator/trophy"
)

func itoa(n int) string { return strconv.Itoa(n) }

// funcs is what templates may call.
func (r *Renderer) funcs() template.FuncMap {
	return template.FuncMap{
		"date":       func(t time.Time) string { return r.words.Date(t.In(r.o.Location)) },
		"clock":      func(t time.Time) string { return t.In(r.o.Location).Format("15:04") },
		"iso":        func(t time.Time) string { return t.UTC().Format(time.RFC3339) },
		"number":     number,
		"rate":       func(f float64) string { return strconv.FormatFloat(f, 'f', 1, 64) },
		"duration":   r.duration,
		"grade":      r.words.Grade,
		"rarity":     r.words.Rarity,
		"steps":      func(v trophy.Rarity) int { return 4 - min(int(v), 3) },
		"grades":     func() []trophy.Grade { return trophy.Grades[:] },
		"lines":      func(s string) []string { return strings.Split(s, "\n") },
		"initial":    initial,
		"asset":      r.o.Links.Asset,
		"titleLink":  r.o.Links.Title,
		"unlockLink": r.o.Links.Unlock,
	}
}

// number groups the digits of a number by thin spaces, which no language takes
// for a decimal sign.
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

// duration is a time in its two largest units.
func (r *Renderer) duration(d time.Duration) string {
	days, hours, minutes := int(d.Hours())/24, int(d.Hours())%24, int(d.Minutes())%60
	switch {
	case days >= 365:
		return fmt.Sprintf("%d y %d d", days/365, days%365)
	case days > 0:
		return fmt.Sprintf("%d d %d h", days, hours)
	case hours > 0:
		return fmt.Sprintf("%d h %d min", hours, minutes)
	}
	return fmt.Sprintf("%d min", minutes)
}

// initial stands in for a missing picture.
func initial(name string) string {
	for _, r := range name {
		return strings.ToUpper(string(r))
	}
	return "…"
}
