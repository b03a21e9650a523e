package main

import (
	"fmt"
	"image/color"
	"math"
)

// The places of a title's colours.
const (
	sky = iota
	far
	near
	ground
	light
	spark
)

// moods change the colours of the covers of further groups: sky, land, light.
var moods = [][3]struct {
	to   rgb
	part float64
}{
	{},
	{{rgb{9, 13, 44}, 0.62}, {rgb{12, 18, 52}, 0.42}, {rgb{58, 70, 150}, 0.6}},
	{{rgb{214, 96, 110}, 0.5}, {rgb{120, 52, 84}, 0.3}, {rgb{255, 196, 160}, 0.6}},
	{{rgb{38, 120, 140}, 0.5}, {rgb{24, 84, 96}, 0.3}, {rgb{210, 245, 225}, 0.55}},
}

// rgb is an opaque colour.
type rgb [3]uint8

// RGBA implements color.Color.
func (c rgb) RGBA() (r, g, b, a uint32) {
	return uint32(c[0]) * 0x101, uint32(c[1]) * 0x101, uint32(c[2]) * 0x101, 0xffff
}

var white, black = rgb{255, 255, 255}, rgb{6, 8, 14}

func toRGB(c color.Color) rgb {
	r, g, b, _ := c.RGBA()
	return rgb{uint8(r >> 8), uint8(g >> 8), uint8(b >> 8)}
}

// alpha is c, let through by a part.
func (c rgb) alpha(part float64) color.Color {
	return color.NRGBA{c[0], c[1], c[2], uint8(math.Round(255 * part))}
}

// luminance is how bright c is, from 0 to 1, as WCAG reckons it.
func (c rgb) luminance() float64 {
	sum := 0.0
	for i, weight := range [3]float64{0.2126, 0.7152, 0.0722} {
		sum += weight * math.Pow(float64(c[i])/255, 2.2)
	}
	return sum
}

// contrast is the ratio of two colours' brightness, from 1 to 21.
func contrast(a, b rgb) float64 {
	x, y := a.luminance()+0.05, b.luminance()+0.05
	return max(x, y) / min(x, y)
}

// mix is a colour between two.
func mix(a, b rgb, part float64) (c rgb) {
	for i := range c {
		c[i] = uint8(math.Round(float64(a[i])*(1-part) + float64(b[i])*part))
	}
	return c
}

// toward is mix, to be read after a mix.
func (c rgb) toward(other rgb, part float64) rgb { return mix(c, other, part) }

func parseColour(s string) (c rgb, err error) {
	_, err = fmt.Sscanf(s, "#%02x%02x%02x", &c[0], &c[1], &c[2])
	return c, err
}

// palette is a title's colours, in the mood of one of its groups.
type palette [6]rgb

func (t *title) palette(group int) (p palette, err error) {
	if len(t.Art.Colours) != len(p) {
		return p, fmt.Errorf("%d colours", len(t.Art.Colours))
	}
	mood := moods[group%len(moods)]
	for i, s := range t.Art.Colours {
		if p[i], err = parseColour(s); err != nil {
			return p, err
		}
		m := mood[1]
		switch i {
		case sky:
			m = mood[0]
		case light:
			m = mood[2]
		case spark:
			continue
		}
		p[i] = mix(p[i], m.to, m.part)
	}
	return p, nil
}

// named is the colour that a shape calls by name. What a title calls near can
// be too dark to be seen on dark, so that near2 and its like are lifted.
func (p palette) named(name string) color.Color {
	lift := func(c rgb) rgb {
		for range 4 {
			if contrast(c, black) < 3.2 {
				c = mix(c, p[spark], 0.22)
			}
		}
		return c
	}
	switch name {
	case "sky":
		return p[sky]
	case "far":
		return p[far]
	case "far2":
		return lift(p[far])
	case "near":
		return p[near]
	case "near2":
		return lift(p[near])
	case "ground":
		return p[ground]
	case "light", "light2":
		return lift(mix(p[light], p[near], 0.2))
	case "pale":
		return mix(p[spark], white, 0.35)
	case "moss":
		return mix(p[ground], p[far], 0.3)
	case "band":
		return mix(mix(p[light], p[spark], 0.2), rgb{196, 48, 42}, 0.68)
	case "mist":
		return mix(p[light], p[ground], 0.5).alpha(0.42)
	case "beam":
		return p[spark].alpha(0.2)
	case "spark", "glow":
		return p[spark]
	}
	return mix(p[ground], black, 0.62)
}
