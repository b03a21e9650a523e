package card

import (
	"fmt"
	"io"
	"time"

	"github.com/trophycase/trophycase/generator/card/text"
	"github.com/trophycase/trophycase/generator/trophy"
)

// Review draws a year in review, 1080×1350.
func (r *Renderer) Review(w io.Writer, owner trophy.Owner, y trophy.YearReview) error {
	return r.draw(w, size{1080, 1350, 1, 0, false}, func(c *canvas) {
		const x, right, width = 80.0, 1000.0, 920.0
		c.alt = fmt.Sprintf("%s %d: %s, %s", c.words.Review, y.Year, owner.OnlineID, c.words.TrophyCount(y.Earned.Total()))
		c.box(owner.Avatar, owner.OnlineID, x, 80, 120, 20)
		c.write(owner.OnlineID, text.Style{Size: 40, Bold: true, Least: 24}, "ink", 228, 136, 480)
		c.write(c.words.Review, text.Style{Size: 28, Least: 18}, "soft", 228, 180, 480)
		c.right(fmt.Sprint(y.Year), text.Style{Size: 96, Bold: true}, "ink", right, 176, 300)
		c.rule(x, 240, width)
		end := c.write(c.words.Number(y.Earned.Total()), text.Style{Size: 128, Bold: true}, "ink", x, 392, 460)
		c.write(c.words.Trophies, text.Style{Size: 32, Least: 20}, "soft", end+24, 392, right-end-24)
		for i, g := range trophy.Grades {
			at := x + 232*float64(i)
			c.cup(g, at, 444, 56)
			c.write(c.words.Number(y.Earned.Of(g)), text.Style{Size: 40, Bold: true, Least: 24}, "ink", at+72, 488, 150)
		}
		c.months(y.ByMonth, x, 560, width, 240)
		c.reviewFacts(y, x, 856, width)
		c.write(c.o.Address, text.Style{Size: 26, Least: 18}, "faint", x, 1290, width)
	})
}

// months is a column for each month of a year.
func (c *canvas) months(counts [12]int, x, y, width, height float64) {
	most := 1
	for _, n := range counts {
		most = max(most, n)
	}
	step := width / 12
	for i, n := range counts {
		left := x + step*float64(i) + 10
		c.use("raised")
		c.DrawRoundedRectangle(left, y, step-20, height-40, 8)
		c.Fill()
		if n > 0 {
			h := max(16, (height-40)*float64(n)/float64(most))
			c.use("soft")
			c.DrawRoundedRectangle(left, y+height-40-h, step-20, h, 8)
			c.Fill()
		}
		c.centre(c.words.Month(time.Month(i+1)), text.Style{Size: 20, Least: 12}, "faint", left+step/2-10, y+height-6, step-6)
	}
}

// reviewFacts is what the year is remembered by, a line each.
func (c *canvas) reviewFacts(y trophy.YearReview, x, top, width float64) {
	const step, label = 92, 280
	for i, f := range c.yearFacts(y) {
		at := top + step*float64(i)
		c.rule(x, at, width)
		c.write(f.label, text.Style{Size: 28, Least: 18}, "faint", x, at+56, label-24)
		left := x + label
		for _, p := range f.covers {
			c.box(p.icon, p.name, left, at+16, 60, 10)
			left += 72
		}
		if f.grade != 0 {
			c.cup(f.grade, left, at+28, 36)
			left += 50
		}
		c.write(f.value, text.Style{Size: 34, Bold: true, Least: 22}, "ink", left, at+58, x+width-left)
	}
}

// A yearFact is a line of a year in review.
type yearFact struct {
	fact
	grade  trophy.Grade // 0 for none
	covers []row
}

func (c *canvas) yearFacts(y trophy.YearReview) []yearFact {
	var list []yearFact
	if n := len(y.Platinums); n > 0 {
		f := yearFact{fact: fact{label: c.words.Platinums}}
		for _, p := range y.Platinums[:min(n, 8)] {
			f.covers = append(f.covers, row{icon: p.TitleIcon, name: p.TitleName})
		}
		switch {
		case n == 1:
			f.value = y.Platinums[0].TitleName
		case n > 8:
			f.value = "+" + c.words.Number(n-8)
		}
		list = append(list, f)
	}
	if len(y.Rarest) > 0 {
		u := y.Rarest[0]
		value := c.join(u.Trophy.Name, c.words.Percent(u.Trophy.EarnedRate, 1))
		list = append(list, yearFact{fact: fact{c.words.RarestShort, value}, grade: u.Trophy.Grade})
	}
	if !y.Busiest.Date.IsZero() {
		list = append(list, yearFact{fact: fact{c.words.Date(y.Busiest.Date), c.words.TrophyCount(y.Busiest.Count)}})
	}
	if y.Streak > 1 {
		list = append(list, yearFact{fact: fact{c.words.LongestStreak, c.words.Days(y.Streak)}})
	}
	return list
}
