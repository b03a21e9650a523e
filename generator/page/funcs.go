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

func iso(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// funcs is what templates may call.
func (r *Renderer) funcs() template.FuncMap {
	return template.FuncMap{
		"date":       func(t time.Time) string { return r.words.Date(t.In(r.o.Location)) },
		"clock":      func(t time.Time) string { return t.In(r.o.Location).Format("15:04") },
		"iso":        iso,
		"number":     r.words.Number,
		"percent":    r.percent,
		"count":      r.words.count,
		"bold":       r.words.bold,
		"duration":   r.words.Span,
		"grade":      r.words.Grade,
		"rarity":     r.words.Rarity,
		"grades":     func() []trophy.Grade { return trophy.Grades[:] },
		"lines":      func(s string) []string { return strings.Split(s, "\n") },
		"id":         func(p trophy.Platform) string { return string(p) },
		"add":        func(a, b int) int { return a + b },
		"plate":      plate,
		"asset":      r.o.Links.Asset,
		"titleLink":  r.o.Links.Title,
		"unlockLink": r.o.Links.Unlock,
	}
}

// plate is the ring of a tier's plate, as the path of an SVG around 0, 0, with a
// radius of 15.
func plate(tier int) string {
	const radius, hole = 15, 10.8
	var b strings.Builder
	outline := trophy.Plate(tier)
	if outline == nil {
		b.WriteString("M-15 0a15 15 0 0 0 30 0a15 15 0 0 0-30 0")
	}
	for i, p := range outline {
		fmt.Fprintf(&b, "%c%.2f %.2f", "ML"[min(i, 1)], radius*p[0], radius*p[1])
	}
	fmt.Fprintf(&b, "zM-%[1]v 0a%[1]v %[1]v 0 0 0 %[2]v 0a%[1]v %[1]v 0 0 0-%[2]v 0z", hole, 2*hole)
	return b.String()
}

// percent is a whole or a decimal percentage with a quiet sign.
func (r *Renderer) percent(v any) template.HTML {
	places, n := 0, r.words.numerals
	f, ok := v.(float64)
	if ok {
		places = 1
	} else {
		f = float64(v.(int))
	}
	return template.HTML(unit(n.before) + r.words.decimal(f, places) + unit(n.after))
}

func unit(sign string) string {
	if sign == "" {
		return ""
	}
	return `<span class="unit">` + sign + `</span>`
}
