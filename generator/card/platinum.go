package card

import (
	"fmt"
	"image"
	"io"
	"math"
	"unicode"
	"unicode/utf8"

	"github.com/fogleman/gg"

	"github.com/trophycase/trophycase/generator/card/text"
	"github.com/trophycase/trophycase/generator/trophy"
)

// Platinum draws a platinum to be proud of, 1200×630.
func (r *Renderer) Platinum(w io.Writer, owner trophy.Owner, p trophy.Crowning) error {
	return r.draw(w, socialSize, func(c *canvas) {
		c.alt = c.platinumAlt(owner, p)
		const x, right = 448.0, float64(socialWidth - socialFrame)
		c.rays(socialFrame+170, 242)
		c.crowned(p, socialFrame+10, 82, 320)
		c.write(c.platinumNumber(p), text.Style{Size: 72, Bold: true, Least: 44}, "platinum", x, 184, right-x)
		lines, size := c.platinumName(p, right-x)
		baseline := 194.0
		for _, line := range lines {
			baseline += size * 1.3
			c.put(line, "ink", x, baseline)
		}
		c.write(c.signed(owner), text.Style{Size: 28, Least: 18}, "soft", x, 408, right-x)
		c.rule(socialFrame, 484, socialWidth-2*socialFrame)
		for i, f := range c.platinumFacts(p) {
			at := socialFrame + float64(i)*(x-socialFrame)
			c.write(f.label, text.Style{Size: 24, Least: 16}, "faint", at, 530, x-socialFrame-32)
			c.write(f.value, text.Style{Size: 36, Bold: true, Least: 24}, "ink", at, 572, x-socialFrame-32)
		}
	})
}

// PlatinumSquare draws the same to be posted as a picture, 1080×1080.
func (r *Renderer) PlatinumSquare(w io.Writer, owner trophy.Owner, p trophy.Crowning) error {
	return r.draw(w, size{1080, 1080, 1, 0, false}, func(c *canvas) {
		c.alt = c.platinumAlt(owner, p)
		const frame, width, middle = 80.0, 920.0, 540.0
		c.rays(middle, 296)
		c.crowned(p, middle-200, 96, 400)
		c.centre(c.platinumNumber(p), text.Style{Size: 88, Bold: true, Least: 52}, "platinum", middle, 656, width)
		lines, size := c.platinumName(p, width)
		baseline := 660.0
		for _, line := range lines {
			baseline += size * 1.3
			c.put(line, "ink", math.Round(middle-c.reach(line)/2), baseline)
		}
		c.rule(frame, 836, width)
		facts := c.platinumFacts(p)
		for i, f := range facts {
			step := width / float64(len(facts))
			at := frame + step*(float64(i)+0.5)
			c.centre(f.label, text.Style{Size: 26, Least: 16}, "faint", at, 890, step-24)
			c.centre(f.value, text.Style{Size: 40, Bold: true, Least: 24}, "ink", at, 940, step-24)
		}
		c.centre(c.signed(owner), text.Style{Size: 28, Least: 20}, "soft", middle, 1020, width)
	})
}

// rays is light that falls from a place over the whole card, in two flat tones: a
// glow would have bands, and many bytes. It is the same on all cards of a size, of
// which a profile has many, so that its shape is kept.
func (c *canvas) rays(x, y float64) {
	type place struct {
		size image.Point
		x, y float64
	}
	k := place{c.image.Rect.Size(), c.place(x, 0), y}
	shape := once(&c.shelf.shapes, k, func() *image.Alpha { return raysFrom(k.size, k.x, k.y) })
	tones := c.tones("surface", "raised")
	for i, share := range shape.Pix {
		copy(c.image.Pix[4*i:], tones[share][:])
	}
}

func raysFrom(size image.Point, x, y float64) *image.Alpha {
	const rays, far = 24, 2000.0
	c := gg.NewContext(size.X, size.Y)
	for i := range rays {
		from := (float64(i) - 0.25) * 2 * math.Pi / rays
		c.MoveTo(x, y)
		for _, angle := range []float64{from, from + math.Pi/rays} {
			c.LineTo(x+far*math.Cos(angle), y+far*math.Sin(angle))
		}
		c.ClosePath()
	}
	c.Fill()
	return c.AsMask()
}

// tones is the pixels between two colours, by the share of the second in 255ths.
func (c *canvas) tones(under, over string) (tones [256][4]uint8) {
	a, b := c.colours[under], c.colours[over]
	mix := func(a, b uint8, share int) uint8 { return uint8((int(a)*(255-share) + int(b)*share + 127) / 255) }
	for i := range tones {
		tones[i] = [4]uint8{mix(a.R, b.R, i), mix(a.G, b.G, i), mix(a.B, b.B, i), 255}
	}
	return tones
}

// crowned is the cover in a frame of platinum, with the cup on its lower edge.
func (c *canvas) crowned(p trophy.Crowning, x, y, side float64) {
	const gap, line = 6, 4
	c.use("platinum")
	c.DrawRoundedRectangle(x-gap-line, y-gap-line, side+2*(gap+line), side+2*(gap+line), 24+gap+line)
	c.Fill()
	c.use("surface")
	c.DrawRoundedRectangle(x-gap, y-gap, side+2*gap, side+2*gap, 24+gap)
	c.Fill()
	c.box(p.TitleIcon, p.TitleName, x, y, side, 24)
	c.tier(trophy.Level{Tier: 10}, x+side/2, y+side+gap, math.Round(side*0.16))
}

func (c *canvas) platinumAlt(owner trophy.Owner, p trophy.Crowning) string {
	return fmt.Sprintf("%s: %s, %s", owner.OnlineID, c.platinumNumber(p), p.TitleName)
}

func (c *canvas) platinumNumber(p trophy.Crowning) string {
	return fmt.Sprintf("%s #%s", c.words.Platinum, c.words.Number(p.Number))
}

// platinumName is the title on one line or two, and their size.
func (c *canvas) platinumName(p trophy.Crowning, width float64) (lines []text.Line, size float64) {
	style := text.Style{Size: 52, Bold: true}
	if lines = c.lines(p.TitleName, style, width, 1); lines[0].Cut {
		style.Size = 42
		lines = c.lines(p.TitleName, style, width, 2)
	}
	return lines, style.Size
}

// A fact is a figure and what it is.
type fact struct{ label, value string }

// platinumFacts is when, how long it took, and how rare it is.
func (c *canvas) platinumFacts(p trophy.Crowning) []fact {
	facts := []fact{{c.words.Earned, c.words.Date(p.Trophy.EarnedAt.In(c.o.Location))}}
	if p.Timed && p.Took > 0 {
		facts = append(facts, fact{c.words.TimeToPlatinum, c.words.Duration(p.Took)})
	}
	if p.Trophy.EarnedRate > 0 {
		facts = append(facts, fact{capital(c.words.Rarity(p.Trophy.Rarity)), c.words.Percent(p.Trophy.EarnedRate, 1) + " " + c.words.Players})
	}
	return facts
}

// capital begins a label that is also used within sentences.
func capital(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[size:]
}

// signed is whose card it is, and where the site stands.
func (c *canvas) signed(owner trophy.Owner) string {
	if c.o.Address != "" {
		return c.join(owner.OnlineID, c.o.Address)
	}
	return owner.OnlineID
}
