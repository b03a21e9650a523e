package card

import (
	"math"

	"github.com/trophycase/trophycase/generator/trophy"
)

// cup draws a trophy of a grade in a square. The grades differ by shape too, so
// that no one needs colour to tell them: one ring on the stem for bronze, two for
// silver, three for gold, a faceted cup for platinum. The same shapes, on the same
// grid of 24, are in templates/parts.html.
func (c *canvas) cup(g trophy.Grade, x, y, side float64) {
	c.Push()
	defer c.Pop()
	c.Translate(x, y)
	c.Scale(side/24, side/24)
	c.use(g.String())
	c.handles(side)
	c.DrawRectangle(11, 13, 2, 6.4)
	c.DrawRectangle(7, 19.4, 10, 2.6)
	c.Fill()
	if g == trophy.Platinum {
		c.facets()
		return
	}
	c.MoveTo(6.5, 2)
	c.LineTo(17.5, 2)
	c.LineTo(17.5, 8)
	c.CubicTo(17.5, 11.04, 15.04, 13.5, 12, 13.5)
	c.CubicTo(8.96, 13.5, 6.5, 11.04, 6.5, 8)
	c.ClosePath()
	c.Fill()
	rings := map[trophy.Grade][]float64{trophy.Bronze: {15.6}, trophy.Silver: {14.6, 16.9}, trophy.Gold: {13.9, 15.7, 17.5}}
	for _, y := range rings[g] {
		c.DrawRectangle(9.3, y, 5.4, 1.1)
	}
	c.Fill()
}

func (c *canvas) handles(side float64) {
	c.stroke(1.4 * side / 24)
	for _, m := range []float64{1, -1} {
		at := func(x float64) float64 { return 12 + m*(x-12) }
		c.MoveTo(at(6.5), 3.6)
		c.LineTo(at(3.7), 3.6)
		c.LineTo(at(3.7), 5.2)
		c.CubicTo(at(3.7), 7.2, at(5), 8.5, at(6.9), 8.8)
		c.Stroke()
	}
}

// facets is the cup of a platinum, cut like a stone.
func (c *canvas) facets() {
	polygon := func(points ...float64) {
		for i := 0; i < len(points); i += 2 {
			c.LineTo(points[i], points[i+1])
		}
		c.ClosePath()
		c.Fill()
	}
	polygon(6, 2, 18, 2, 19, 6.2, 15.6, 12.5, 12, 14.6, 8.4, 12.5, 5, 6.2)
	k := c.colours["surface"]
	c.SetRGBA255(int(k.R), int(k.G), int(k.B), 72)
	polygon(8.6, 2.9, 7.1, 6.3, 10.3, 11.9)
	polygon(15.4, 2.9, 16.9, 6.3, 13.7, 11.9)
	polygon(10.2, 3.2, 13.8, 3.2, 12, 11)
}

// tier draws the emblem of a level's tier around a place: the cup of the tier's
// metal on a plate whose edge grows with the tier, from a plain coin to a star of
// many points. The same emblem is in templates/profile.html.
func (c *canvas) tier(l trophy.Level, x, y, radius float64) {
	metal := l.Metal()
	c.use("surface")
	c.DrawCircle(x, y, radius*1.2)
	c.Fill()
	c.use(metal.String())
	c.plate(l.Tier, x, y, radius)
	c.Fill()
	c.use("surface")
	c.DrawCircle(x, y, radius*0.72)
	c.Fill()
	side := math.Round(radius * 1.05)
	c.cup(metal, math.Round(x-side/2), math.Round(y-side/2), side)
}

// plate is the outline of a tier's plate.
func (c *canvas) plate(tier int, x, y, radius float64) {
	outline := trophy.Plate(tier)
	if outline == nil {
		c.DrawCircle(x, y, radius)
		return
	}
	for _, p := range outline {
		c.LineTo(x+radius*p[0], y+radius*p[1])
	}
	c.ClosePath()
}
