package card

import (
	"fmt"
	"io"
	"strings"

	"github.com/trophycase/trophycase/generator/card/text"
	"github.com/trophycase/trophycase/generator/trophy"
)

// Platinum draws a platinum to be proud of, 1200×630.
func (r *Renderer) Platinum(w io.Writer, owner trophy.Owner, p trophy.Crowning) error {
	return r.draw(w, socialSize, func(c *canvas) {
		c.alt = c.platinumAlt(owner, p)
		const x, right = 440.0, float64(socialWidth - socialFrame)
		c.box(p.TitleIcon, p.TitleName, socialFrame, 155, 320, 24)
		c.cup(trophy.Platinum, x-8, 146, 112)
		c.write(c.platinumNumber(p), text.Style{Size: 60, Bold: true, Least: 40}, "platinum", x+122, 222, right-x-122)
		y := c.platinumName(p, x, 322, right-x)
		c.write(c.platinumFacts(p), text.Style{Size: 28, Least: 20}, "soft", x, y+8, right-x)
		c.write(c.signed(owner), text.Style{Size: 26, Least: 18}, "faint", x, 562, right-x)
	})
}

// PlatinumSquare draws the same to be posted as a picture, 1080×1080.
func (r *Renderer) PlatinumSquare(w io.Writer, owner trophy.Owner, p trophy.Crowning) error {
	return r.draw(w, size{1080, 1080, 1, 0}, func(c *canvas) {
		c.alt = c.platinumAlt(owner, p)
		const x, width = 80.0, 920.0
		c.box(p.TitleIcon, p.TitleName, x, 96, 420, 28)
		c.cup(trophy.Platinum, 610, 130, 320)
		c.write(c.platinumNumber(p), text.Style{Size: 72, Bold: true, Least: 44}, "platinum", x, 640, width)
		y := c.platinumName(p, x, 738, width)
		c.write(c.platinumFacts(p), text.Style{Size: 32, Least: 22}, "soft", x, y+12, width)
		c.write(c.signed(owner), text.Style{Size: 28, Least: 20}, "faint", x, 996, width)
	})
}

func (c *canvas) platinumAlt(owner trophy.Owner, p trophy.Crowning) string {
	return fmt.Sprintf("%s: %s, %s", owner.OnlineID, c.platinumNumber(p), p.TitleName)
}

func (c *canvas) platinumNumber(p trophy.Crowning) string {
	return fmt.Sprintf("%s #%s", c.words.Platinum, c.words.Number(p.Number))
}

// platinumName is the title on one line or two, and returns the baseline of what
// follows.
func (c *canvas) platinumName(p trophy.Crowning, x, baseline, width float64) float64 {
	lines := c.lines(p.TitleName, text.Style{Size: 52, Bold: true}, width, 1)
	step := 62.0
	if lines[0].Cut {
		lines, step = c.lines(p.TitleName, text.Style{Size: 42, Bold: true}, width, 2), 52
	}
	for _, line := range lines {
		c.put(line, "ink", x, baseline)
		baseline += step
	}
	return baseline
}

// platinumFacts is when, how long it took, and how rare it is.
func (c *canvas) platinumFacts(p trophy.Crowning) string {
	facts := []string{c.words.Date(p.Trophy.EarnedAt.In(c.o.Location))}
	if p.Timed && p.Took > 0 {
		facts = append(facts, c.words.Duration(p.Took))
	}
	if p.Trophy.EarnedRate > 0 {
		facts = append(facts, c.words.Percent(p.Trophy.EarnedRate, 1))
	}
	return strings.Join(facts, "  ·  ")
}

// signed is whose card it is, and where the site stands.
func (c *canvas) signed(owner trophy.Owner) string {
	if c.o.Address != "" {
		return owner.OnlineID + "  ·  " + c.o.Address
	}
	return owner.OnlineID
}
