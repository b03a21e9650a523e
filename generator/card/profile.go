package card

import (
	"io"

	"github.com/trophycase/trophycase/generator/card/text"
	"github.com/trophycase/trophycase/generator/trophy"
)

// The type sizes of a card: the heroes, the names, the rest.
const (
	hero  = 44
	name  = 28
	small = 16
)

// Profile draws a profile's card, 800×240: who, the level and its ring, the
// counts and the latest trophy.
func (r *Renderer) Profile(w io.Writer, p *trophy.Profile, s *trophy.Statistics, zoom int) error {
	return r.draw(w, size{800, 240, zoom, corner, false}, func(c *canvas) {
		c.alt = c.words.Alt(p, s)
		c.who(p, s)
		c.level(p.Level, 690, 92)
		c.rule(frame, 152, 552)
		c.counts(p.Earned, frame, 172)
		c.foot(p)
	})
}

// who is the owner, with the latest trophy below the name.
func (c *canvas) who(p *trophy.Profile, s *trophy.Statistics) {
	const x, width = 144, 424
	c.box(p.Avatar, p.OnlineID, frame, frame+4, 100, corner)
	c.write(p.OnlineID, text.Style{Size: name, Bold: true, Least: 20}, "ink", x, 58, width)
	c.write(c.sums(p, s), text.Style{Size: small}, "soft", x, 86, width)
	switch {
	case c.o.hides("latest"):
		return
	case len(s.Unlocks) == 0:
		c.write(c.words.NoTrophies, text.Style{Size: small}, "faint", x, 118, width)
		return
	}
	u := s.Unlocks[0]
	c.cup(u.Trophy.Grade, x, 102, 20)
	end := c.write(u.Trophy.Name, text.Style{Size: small, Bold: true}, "ink", x+28, 118, width-28)
	if room := x + width - end - 12; room > 60 {
		c.write(u.TitleName, text.Style{Size: small}, "faint", end+12, 118, room)
	}
}

// level is the ring with the level in it.
func (c *canvas) level(l trophy.Level, x, y float64) {
	metal := l.Metal()
	c.ring(x, y, 62, 10, l.Progress, metal.String())
	c.tier(l, x, y+60, 18)
	c.centre(c.words.Level, text.Style{Size: small}, "soft", x, y-18, 100)
	c.centre(c.words.Number(l.Number), text.Style{Size: hero, Bold: true, Least: 30}, "ink", x, y+24, 104)
}

// counts is what is earned of each grade.
func (c *canvas) counts(n trophy.Counts, x, y float64) {
	for i, g := range trophy.Grades {
		left := x + float64(i)*138
		c.cup(g, left, y, 36)
		c.write(c.words.Number(n.Of(g)), text.Style{Size: name, Bold: true, Least: small}, "ink", left+48, y+28, 84)
	}
}

// foot is the points below the ring, and the address.
func (c *canvas) foot(p *trophy.Profile) {
	const x, width = 690, 172
	if c.o.hides("points") {
		c.centre(c.o.Address, text.Style{Size: small, Least: 12}, "faint", x, 206, width)
		return
	}
	c.centre(c.words.Points(p.Level.Points), text.Style{Size: small, Bold: true, Least: 13}, "ink", x, 192, width)
	below := c.o.Address
	if below == "" && p.Level.ToNext() > 0 {
		below = c.words.ToNext(p.Level.ToNext())
	}
	c.centre(below, text.Style{Size: small, Least: 12}, "faint", x, 214, width)
}
