package card

import (
	"io"

	"github.com/trophycase/trophycase/generator/card/text"
	"github.com/trophycase/trophycase/generator/trophy"
)

// Heading draws the picture of link previews of a page that is neither the
// profile nor a title, 1200×630: what it is about, whose it is, and a line more.
func (r *Renderer) Heading(w io.Writer, owner trophy.Owner, heading, below string) error {
	return r.draw(w, socialSize, func(c *canvas) {
		const x, width = socialFrame, socialWidth - 2*socialFrame
		c.alt = heading + ": " + owner.OnlineID
		c.box(owner.Avatar, owner.OnlineID, x, socialFrame, 120, 20)
		c.write(owner.OnlineID, text.Style{Size: 36, Bold: true, Least: 24}, "soft", x+148, 138, width-148)
		lines := c.lines(heading, text.Style{Size: 88, Bold: true}, width, 1)
		step := 100.0
		if lines[0].Cut {
			lines, step = c.lines(heading, text.Style{Size: 60, Bold: true}, width, 3), 72
		}
		baseline := 330.0
		for _, line := range lines {
			c.put(line, "ink", x, baseline)
			baseline += step
		}
		c.write(below, text.Style{Size: socialSmall, Least: 22}, "soft", x, min(baseline-step+64, 540), width)
		for i, g := range trophy.Grades {
			c.cup(g, float64(socialWidth-socialFrame)-60*float64(4-i)+16, 512, 44)
		}
		c.write(c.o.Address, text.Style{Size: 26, Least: 18}, "faint", x, 556, 700)
	})
}
