package card

import (
	"fmt"
	"image/color"
	"io"
	"time"

	"github.com/trophycase/trophycase/generator/card/text"
	"github.com/trophycase/trophycase/generator/trophy"
)

// Calendar draws the year up to the snapshot's day as a heat map, 800×196.
func (r *Renderer) Calendar(w io.Writer, p *trophy.Profile, s *trophy.Statistics, zoom int) error {
	weeks := s.Calendar.Year(p.Time, r.o.Location)
	return r.draw(w, size{800, 196, zoom, corner, false}, func(c *canvas) {
		most, total := 1, 0
		for _, week := range weeks {
			for _, day := range week {
				most, total = max(most, day.Count), total+day.Count
			}
		}
		c.alt = fmt.Sprintf("%s: %s, %s", c.words.Year, p.OnlineID, c.words.TrophyCount(total))
		c.write(c.words.Year, text.Style{Size: 18, Bold: true}, "ink", frame, 38, 420)
		c.right(c.join(p.OnlineID, c.words.TrophyCount(total)), text.Style{Size: 14}, "soft", 800-frame, 38, 320)
		c.heat(weeks, most, frame+2, 68)
	})
}

// heat is a square for each day, weeks side by side, and the months above.
func (c *canvas) heat(weeks []trophy.Week, most int, x, y float64) {
	const step, side = 14.1, 11.0
	var month time.Month
	last := 0.0
	for i, week := range weeks {
		left := x + step*float64(i)
		if m := week[0].Date.Month(); m != month && (i == 0 || left-last > 40) && i < len(weeks)-2 {
			if i > 0 || week[0].Date.Day() < 15 {
				c.write(c.words.Month(m), text.Style{Size: 11}, "faint", left, y-8, 60)
				last = left
			}
			month = m
		}
		for j, day := range week {
			if day.Date.IsZero() {
				continue
			}
			c.SetColor(c.warm(trophy.Heat(day.Count, most)))
			c.DrawRoundedRectangle(left, y+15*float64(j), side, side+1, 2.5)
			c.Fill()
		}
	}
}

// warm is gold by degrees, from 0 to 4.
func (c *canvas) warm(heat int) color.Color {
	share := [5]float64{0, 0.3, 0.55, 0.78, 1}[heat]
	a, b := c.colours["raised"], c.colours["gold"]
	mix := func(x, y uint8) uint8 { return uint8(float64(x) + share*(float64(y)-float64(x)) + 0.5) }
	return color.RGBA{mix(a.R, b.R), mix(a.G, b.G), mix(a.B, b.B), 255}
}
