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
		"number":     trophy.Digits,
		"rate":       func(f float64) string { return strconv.FormatFloat(f, 'f', 1, 64) },
		"duration":   r.duration,
		"grade":      r.words.Grade,
		"rarity":     r.words.Rarity,
		"steps":      func(v trophy.Rarity) int { return 4 - min(int(v), 3) },
		"grades":     func() []trophy.Grade { return trophy.Grades[:] },
		"lines":      func(s string) []string { return strings.Split(s, "\n") },
		"initial":    trophy.Initial,
		"asset":      r.o.Links.Asset,
		"titleLink":  r.o.Links.Title,
		"unlockLink": r.o.Links.Unlock,
	}
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
