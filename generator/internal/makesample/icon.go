package main

import (
	"image"
	"image/color"
	"math"
	"math/rand/v2"

	"github.com/fogleman/gg"
)

// drawMotif draws a trophy's icon: a light shape on the title's colours. All
// icons of a title have one form of frame.
func drawMotif(t *title, i int, motifs shapes) (image.Image, error) {
	const side, mid = 256.0, 128.0
	p, err := t.palette(0)
	if err != nil {
		return nil, err
	}
	c := gg.NewContext(side, side)
	back := p[[]int{ground, far, near, sky}[i%4]]
	if contrast(back, white) < 2.6 {
		back = mix(back, p[ground], 0.55)
	}
	if !t.legacy() {
		g := gg.NewLinearGradient(0, 0, 0, side)
		g.AddColorStop(0, mix(back, p[spark], 0.1))
		g.AddColorStop(1, mix(back, black, 0.45))
		c.SetFillStyle(g)
		c.DrawRectangle(0, 0, side, side)
		c.Fill()
	}
	inner := frame(c, t, p, back)
	fore := mix(p[spark], white, 0.25)
	tint := p.tint(i, fore, inner)
	// The shadow first: what the shape cuts out of itself casts none.
	b := brush{c, motifs, func(name string) color.Color {
		if name == "back" {
			return color.Transparent
		}
		return black.alpha(0.28)
	}}
	const k = 0.49 * mid / 100
	if err := b.draw(t.Art.Motifs[i], mid+3, mid+6, k); err != nil {
		return nil, err
	}
	b.colour = func(name string) color.Color {
		return map[string]color.Color{"fore": fore, "tint": tint, "back": inner}[name]
	}
	return c.Image(), b.draw(t.Art.Motifs[i], mid, mid, k)
}

// tint is a second colour that can be told from two others.
func (p palette) tint(i int, fore, inner rgb) rgb {
	all := []rgb{p[[]int{light, near, far}[i%3]], p[near], p[light], p[far]}
	for _, c := range all {
		if contrast(c, fore) >= 1.5 && contrast(c, inner) >= 1.3 {
			return c
		}
	}
	return mix(inner, p[spark], 0.6)
}

// frame draws what stands behind a motif and says its colour.
func frame(c *gg.Context, t *title, p palette, back rgb) rgb {
	const mid = 128.0
	r := rand.New(rand.NewPCG(uint64(t.drawnAs()), 7))
	inner := mix(back, black, 0.42)
	rim := mix(back, p[spark], 0.5)
	form := r.IntN(5)
	if t.legacy() {
		form = 0
	}
	outline := func(size float64) {
		switch form {
		case 0:
			c.DrawCircle(mid, mid, size)
		case 1:
			c.DrawRegularPolygon(6, mid, mid, size*1.08, 0)
		case 2:
			c.DrawRegularPolygon(8, mid, mid, size*1.04, math.Pi/8)
		case 3:
			c.DrawRoundedRectangle(mid-size*0.9, mid-size*0.9, size*1.8, size*1.8, size*0.3)
		default:
			c.DrawRegularPolygon(4, mid, mid, size*1.3, 0)
		}
	}
	if form == 0 && !t.legacy() {
		rays(c, mix(back, p[spark], 0.18))
	}
	for _, ring := range []struct {
		size float64
		c    rgb
	}{{118, mix(rim, black, 0.5)}, {114, rim}, {105, mix(inner, black, 0.25)}, {101, inner}} {
		outline(ring.size)
		c.SetColor(ring.c)
		c.Fill()
	}
	return inner
}

// rays fill the corners of a square.
func rays(c *gg.Context, colour rgb) {
	c.SetColor(colour)
	for i := range 12 {
		a := float64(i) * math.Pi / 6
		c.MoveTo(128, 128)
		c.LineTo(128+220*math.Cos(a), 128+220*math.Sin(a))
		c.LineTo(128+220*math.Cos(a+math.Pi/12), 128+220*math.Sin(a+math.Pi/12))
		c.ClosePath()
	}
	c.Fill()
}

// drawAvatar is the head of a fox before a lantern's light.
func drawAvatar() (image.Image, error) {
	const text = `= fox 100
back M -96 -96 L -30 -70 Q 0 -78 30 -70 L 96 -96 Q 110 -20 70 26 Q 40 64 0 92 Q -40 64 -70 26 Q -110 -20 -96 -96 Z
fore M -92 -90 L -30 -62 Q 0 -70 30 -62 L 92 -90 Q 102 -20 64 22 L 0 84 L -64 22 Q -102 -20 -92 -90 Z
pale M -84 -10 Q -46 -22 -22 6 L 0 84 L -64 22 Q -78 6 -84 -10 Z
pale M 84 -10 Q 46 -22 22 6 L 0 84 L 64 22 Q 78 6 84 -10 Z
dark M -84 -76 L -46 -56 Q -66 -46 -76 -22 Z
dark M 84 -76 L 46 -56 Q 66 -46 76 -22 Z
tint M 0 -64 L 16 -20 L 0 40 L -16 -20 Z
dark M -14 72 Q 0 62 14 72 L 0 88 Z
dark e -36 0 9 12
dark e 36 0 9 12
glint o -33 -5 3.4
glint o 39 -5 3.4
`
	fox, err := parseShapes(text)
	if err != nil {
		return nil, err
	}
	c := gg.NewContext(512, 512)
	g := gg.NewRadialGradient(256, 232, 20, 256, 256, 380)
	for at, hex := range map[float64]rgb{0: {255, 214, 130}, 0.34: {226, 130, 70}, 0.62: {96, 48, 92}, 1: {22, 24, 56}} {
		g.AddColorStop(at, hex)
	}
	c.SetFillStyle(g)
	c.DrawRectangle(0, 0, 512, 512)
	c.Fill()
	r := rand.New(rand.NewPCG(27, 27))
	for range 40 {
		a, d := r.Float64()*2*math.Pi, 190+r.Float64()*150
		c.SetColor(rgb{255, 226, 170}.alpha(0.2 + 0.5*r.Float64()))
		c.DrawCircle(256+d*math.Cos(a), 256+d*math.Sin(a), 1.5+3*r.Float64())
		c.Fill()
	}
	b := brush{c, fox, func(name string) color.Color {
		return map[string]color.Color{"back": rgb{52, 26, 48}, "fore": rgb{232, 108, 52}, "pale": rgb{255, 240, 214},
			"dark": rgb{44, 24, 44}, "tint": rgb{248, 152, 84}, "glint": white}[name]
	}}
	return c.Image(), b.draw("fox", 256, 262, 1.72)
}
