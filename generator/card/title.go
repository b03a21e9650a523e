package card

import (
	"fmt"
	"io"

	"github.com/trophycase/trophycase/generator/card/text"
	"github.com/trophycase/trophycase/generator/trophy"
)

// Title draws a title's card, 800×200: the cover, the name, progress and counts.
func (r *Renderer) Title(w io.Writer, owner trophy.Owner, t *trophy.Title, zoom int) error {
	return r.draw(w, size{800, 200, zoom, corner, false}, func(c *canvas) {
		c.alt = c.titleAlt(t)
		const x, end = 200.0, 800.0 - frame
		c.box(t.Icon, t.Name, frame, frame, 152, 10)
		percent := c.right(c.words.Percent(float64(t.Progress), 0), text.Style{Size: name, Bold: true}, "ink", end, 56, 120)
		c.titleName(t, x, percent-24-x)
		c.bar(x, 122, end-x, 8, t.Progress)
		c.titleCounts(t, x, 144)
		below := owner.OnlineID
		if c.o.Address != "" {
			below = c.o.Address
		}
		c.right(below, text.Style{Size: small, Least: 12}, "faint", end, 162, 170)
	})
}

// titleAlt is what a title's card says.
func (c *canvas) titleAlt(t *trophy.Title) string {
	return fmt.Sprintf("%s: %s, %s / %s", t.Name, c.words.Percent(float64(t.Progress), 0), c.words.Number(t.Earned.Total()), c.words.TrophyCount(t.Defined.Total()))
}

// titleName is the name on one line or two, and the platforms.
func (c *canvas) titleName(t *trophy.Title, x, width float64) {
	style := text.Style{Size: name, Bold: true, Least: 22}
	lines := []text.Line{c.line(t.Name, style, width)}
	if lines[0].Cut {
		style.Size = 22
		lines = c.lines(t.Name, style, width, 2)
	}
	baseline := 56.0
	if len(lines) > 1 {
		baseline = 48
	}
	for i, line := range lines {
		c.put(line, "ink", x, baseline+28*float64(i))
	}
	top := 86.0
	if len(lines) > 1 {
		top = 104
	}
	c.write(c.platforms(t), text.Style{Size: small}, "soft", x, top, width)
}

// platforms is what a title is played on.
func (c *canvas) platforms(t *trophy.Title) string {
	var names []string
	for _, p := range t.Platforms {
		names = append(names, p.String())
	}
	return c.join(names...)
}

// titleCounts is earned out of defined, by grade; a grade that the title does
// not have is left out.
func (c *canvas) titleCounts(t *trophy.Title, x, y float64) {
	for _, g := range trophy.Grades {
		if t.Defined.Of(g) == 0 {
			continue
		}
		c.cup(g, x, y, 24)
		end := c.figure(x+32, y+18, 1, 60,
			piece{c.words.Number(t.Earned.Of(g)), text.Style{Size: small, Bold: true}, "ink"},
			piece{fmt.Sprintf("/%d", t.Defined.Of(g)), text.Style{Size: small}, "faint"})
		x = max(x+96, end+20)
	}
}
