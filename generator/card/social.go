package card

import (
	"fmt"
	"io"

	"github.com/trophycase/trophycase/generator/card/text"
	"github.com/trophycase/trophycase/generator/trophy"
)

// The size of pictures in link previews, the frame that their crops leave whole,
// and the type sizes that are read at a third of the size.
const (
	socialWidth  = 1200
	socialHeight = 630
	socialFrame  = 64
	socialHero   = 104
	socialName   = 60
	socialSmall  = 32
)

// socialSize has no round corners: previews have their own, and show a hole as
// black.
var socialSize = size{socialWidth, socialHeight, 1, 0, false}

// Social draws a profile's picture for link previews, 1200×630.
func (r *Renderer) Social(w io.Writer, p *trophy.Profile, s *trophy.Statistics) error {
	return r.draw(w, socialSize, func(c *canvas) {
		c.alt = c.words.Alt(p, s)
		const left, right = socialFrame, socialWidth - socialFrame
		c.box(p.Avatar, p.OnlineID, left, left, 168, 28)
		c.write(p.OnlineID, text.Style{Size: socialName, Bold: true, Least: 36}, "ink", 264, 140, 540)
		c.write(c.sums(p, s), text.Style{Size: socialSmall, Least: 24}, "soft", 264, 198, 540)
		c.ring(1000, 190, 116, 18, p.Level.Progress, p.Level.Metal().String())
		c.tier(p.Level, 1000, 302, 34)
		c.centre(c.words.Level, text.Style{Size: socialSmall}, "soft", 1000, 142, 180)
		c.centre(c.words.Number(p.Level.Number), text.Style{Size: 92, Bold: true, Least: 60}, "ink", 1000, 224, 176)
		c.rule(left, 348, right-left)
		for i, g := range trophy.Grades {
			x := left + 272*float64(i)
			c.cup(g, x, 384, 72)
			c.write(c.words.Number(p.Earned.Of(g)), text.Style{Size: socialName, Bold: true, Least: socialSmall}, "ink", x+92, 442, 168)
		}
		c.socialFoot(s, left, right)
	})
}

// socialFoot is the latest trophy and the address.
func (c *canvas) socialFoot(s *trophy.Statistics, left, right float64) {
	const baseline = 556
	room := right - left
	if c.o.Address != "" {
		room = c.right(c.o.Address, text.Style{Size: 26, Least: 18}, "faint", right, baseline, 420) - left - 32
	}
	switch {
	case c.o.hides("latest"):
		return
	case len(s.Unlocks) == 0:
		c.write(c.words.NoTrophies, text.Style{Size: socialSmall}, "faint", left, baseline, room)
		return
	}
	u := s.Unlocks[0]
	c.cup(u.Trophy.Grade, left, baseline-32, 40)
	end := c.write(u.Trophy.Name, text.Style{Size: socialSmall, Bold: true}, "ink", left+56, baseline, room-56)
	if rest := left + room - end - 20; rest > 100 {
		c.write(u.TitleName, text.Style{Size: socialSmall}, "faint", end+20, baseline, rest)
	}
}

// TitleSocial draws a title's picture for link previews, 1200×630.
func (r *Renderer) TitleSocial(w io.Writer, owner trophy.Owner, t *trophy.Title) error {
	return r.draw(w, socialSize, func(c *canvas) {
		c.alt = c.titleAlt(t)
		// A cover has 320 pixels in the snapshot: larger, it would be soft and its
		// bytes too many.
		const x, right, width = 440.0, float64(socialWidth - socialFrame), float64(socialWidth-socialFrame) - 440
		c.box(t.Icon, t.Name, socialFrame, 155, 320, 24)
		c.socialName(t, x, width)
		c.figure(x, 418, 12, 240, piece{fmt.Sprintf("%d", t.Progress), text.Style{Size: socialHero, Bold: true}, "ink"}, piece{"%", text.Style{Size: 48}, "soft"})
		c.right(fmt.Sprintf("%d / %d", t.Earned.Total(), t.Defined.Total()), text.Style{Size: socialSmall}, "soft", right, 418, 260)
		c.bar(x, 444, width, 14, t.Progress)
		at := x
		for _, g := range trophy.Grades {
			if t.Defined.Of(g) == 0 {
				continue
			}
			c.cup(g, at, 480, 36)
			at = max(at+152, 28+c.write(c.words.Number(t.Earned.Of(g)), text.Style{Size: socialSmall, Bold: true}, "ink", at+48, 509, 90))
		}
		c.write(c.signed(owner), text.Style{Size: 26, Least: 18}, "faint", x, 566, width)
	})
}

// socialName is a title's name on up to three lines, and the platforms.
func (c *canvas) socialName(t *trophy.Title, x, width float64) {
	style, step := text.Style{Size: socialName, Bold: true}, 70.0
	lines := c.lines(t.Name, style, width, 2)
	if lines[len(lines)-1].Cut {
		style.Size, step = 42, 52
		lines = c.lines(t.Name, style, width, 3)
	}
	baseline := 128.0
	for _, line := range lines {
		c.put(line, "ink", x, baseline)
		baseline += step
	}
	c.write(c.platforms(t), text.Style{Size: socialSmall}, "soft", x, baseline-step+52, width)
}
