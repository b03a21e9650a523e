package main

import (
	"image"
	"math"

	"github.com/fogleman/gg"
)

// drawMotif draws a trophy's icon: a light shape on the title's colours.
func drawMotif(t *title, i int) image.Image {
	const side = 224
	c := gg.NewContext(side, side)
	background := hex2(t.colour([]int{ground, near, far, sky, ground, far}[i%6]))
	c.SetColor(mix(background, rgb{}, 0.25))
	c.DrawRectangle(0, 0, side, side)
	c.Fill()
	c.SetColor(background)
	c.DrawCircle(side/2, side/2, side*0.46)
	c.Fill()
	c.SetColor(mix(background, rgb{}, 0.3))
	c.DrawCircle(side/2, side/2, side*0.37)
	c.Fill()
	shape := hex2(t.colour(spark))
	if i%2 == 1 {
		shape = mix(hex2(t.colour(light)), rgb{255, 255, 255}, 0.35)
	}
	c.SetColor(shape)
	m := motif{c, side / 2, side / 2, side * 0.25}
	m.draw(t.Art.Motifs[i])
	return c.Image()
}

// motif is a shape around a middle with a radius.
type motif struct {
	*gg.Context
	x, y, r float64
}

// poly fills a polygon; points are in units of the radius.
func (m motif) poly(points ...float64) {
	for i := 0; i < len(points); i += 2 {
		m.LineTo(m.x+points[i]*m.r, m.y+points[i+1]*m.r)
	}
	m.ClosePath()
	m.Fill()
}

func (m motif) disc(x, y, r float64) {
	m.DrawCircle(m.x+x*m.r, m.y+y*m.r, r*m.r)
	m.Fill()
}

func (m motif) bar(x, y, w, h float64) {
	m.DrawRoundedRectangle(m.x+x*m.r, m.y+y*m.r, w*m.r, h*m.r, 0.06*m.r)
	m.Fill()
}

// star is a star of n points.
func (m motif) star(n int, inner float64) {
	for i := range 2 * n {
		r := m.r
		if i%2 == 1 {
			r *= inner
		}
		a := math.Pi*float64(i)/float64(n) - math.Pi/2
		m.LineTo(m.x+r*math.Cos(a), m.y+r*math.Sin(a))
	}
	m.ClosePath()
	m.Fill()
}

func (m motif) ring(r, width float64) {
	m.SetLineWidth(width * m.r)
	m.DrawCircle(m.x, m.y, r*m.r)
	m.Stroke()
}

func (m motif) draw(name string) {
	switch name {
	case "star":
		m.star(5, 0.45)
	case "sun":
		m.star(12, 0.72)
	case "peak":
		m.poly(-1, 0.8, -0.3, -0.7, 0.05, -0.1, 0.35, -0.5, 1, 0.8)
	case "tower":
		m.poly(-0.5, 0.95, -0.38, -0.4, -0.55, -0.4, -0.55, -0.9, -0.25, -0.9, -0.25, -0.7, -0.12, -0.7, -0.12, -0.9,
			0.12, -0.9, 0.12, -0.7, 0.25, -0.7, 0.25, -0.9, 0.55, -0.9, 0.55, -0.4, 0.38, -0.4, 0.5, 0.95)
	case "tree":
		m.poly(0, -1, 0.7, 0.1, 0.35, 0.1, 0.8, 0.65, -0.8, 0.65, -0.35, 0.1, -0.7, 0.1)
		m.bar(-0.12, 0.6, 0.24, 0.4)
	case "key":
		m.ring(0.38, 0.2)
		m.bar(0.4, -0.1, 0.7, 0.2)
		m.bar(0.85, 0, 0.16, 0.4)
		m.bar(0.6, 0, 0.14, 0.3)
	case "sword":
		m.Push()
		m.RotateAbout(math.Pi/4, m.x, m.y)
		m.poly(0, -1.15, 0.14, -0.9, 0.14, 0.4, -0.14, 0.4, -0.14, -0.9)
		m.bar(-0.45, 0.4, 0.9, 0.16)
		m.bar(-0.1, 0.5, 0.2, 0.5)
		m.Pop()
	case "shield":
		m.poly(-0.8, -0.85, 0.8, -0.85, 0.75, 0.15, 0.45, 0.65, 0, 1, -0.45, 0.65, -0.75, 0.15)
	case "gem":
		m.poly(-0.55, -0.7, 0.55, -0.7, 1, -0.2, 0, 0.95, -1, -0.2)
	case "flame":
		m.MoveTo(m.x, m.y-m.r*1.05)
		m.CubicTo(m.x+m.r*0.25, m.y-m.r*0.3, m.x+m.r*0.85, m.y-m.r*0.1, m.x+m.r*0.6, m.y+m.r*0.55)
		m.CubicTo(m.x+m.r*0.4, m.y+m.r*1.1, m.x-m.r*0.5, m.y+m.r*1.1, m.x-m.r*0.65, m.y+m.r*0.45)
		m.CubicTo(m.x-m.r*0.75, m.y-m.r*0.1, m.x-m.r*0.2, m.y-m.r*0.3, m.x, m.y-m.r*1.05)
		m.Fill()
	case "drop":
		m.MoveTo(m.x, m.y-m.r)
		m.CubicTo(m.x+m.r*0.3, m.y-m.r*0.4, m.x+m.r*0.7, m.y, m.x+m.r*0.62, m.y+m.r*0.4)
		m.CubicTo(m.x+m.r*0.5, m.y+m.r*1.1, m.x-m.r*0.5, m.y+m.r*1.1, m.x-m.r*0.62, m.y+m.r*0.4)
		m.CubicTo(m.x-m.r*0.7, m.y, m.x-m.r*0.3, m.y-m.r*0.4, m.x, m.y-m.r)
		m.Fill()
	case "bolt":
		m.poly(0.15, -1, -0.6, 0.15, -0.08, 0.15, -0.25, 1, 0.6, -0.25, 0.08, -0.25, 0.4, -1)
	case "wheel":
		m.ring(0.8, 0.18)
		m.ring(0.25, 0.16)
		for i := range 6 {
			a := float64(i) * math.Pi / 3
			m.SetLineWidth(m.r * 0.12)
			m.DrawLine(m.x+0.3*m.r*math.Cos(a), m.y+0.3*m.r*math.Sin(a), m.x+0.75*m.r*math.Cos(a), m.y+0.75*m.r*math.Sin(a))
			m.Stroke()
		}
	case "crown":
		m.poly(-0.9, 0.6, -0.95, -0.5, -0.45, 0, 0, -0.75, 0.45, 0, 0.95, -0.5, 0.9, 0.6)
		m.bar(-0.9, 0.68, 1.8, 0.2)
	case "heart":
		m.disc(-0.4, -0.25, 0.48)
		m.disc(0.4, -0.25, 0.48)
		m.poly(-0.85, -0.05, 0, 0.95, 0.85, -0.05, 0, -0.35)
	case "book":
		m.poly(-0.95, -0.65, -0.1, -0.5, -0.1, 0.75, -0.95, 0.6)
		m.poly(0.95, -0.65, 0.1, -0.5, 0.1, 0.75, 0.95, 0.6)
	case "note":
		m.disc(-0.45, 0.6, 0.32)
		m.disc(0.5, 0.4, 0.32)
		m.bar(-0.28, -0.75, 0.16, 1.4)
		m.bar(0.67, -0.95, 0.16, 1.4)
		m.poly(-0.28, -0.8, 0.83, -1, 0.83, -0.65, -0.28, -0.45)
	case "moon":
		m.DrawArc(m.x, m.y, m.r, math.Pi*0.35, math.Pi*1.65)
		m.QuadraticTo(m.x-m.r*0.45, m.y, m.x+m.r*math.Cos(math.Pi*0.35), m.y+m.r*math.Sin(math.Pi*0.35))
		m.Fill()
	case "wave":
		for i := range 3 {
			y := m.y + (float64(i)-1)*m.r*0.55
			m.SetLineWidth(m.r * 0.2)
			m.MoveTo(m.x-m.r, y)
			m.CubicTo(m.x-m.r*0.5, y-m.r*0.5, m.x-m.r*0.2, y+m.r*0.5, m.x+m.r*0.2, y)
			m.QuadraticTo(m.x+m.r*0.6, y-m.r*0.4, m.x+m.r, y)
			m.Stroke()
		}
	case "eye":
		m.MoveTo(m.x-m.r*1.05, m.y)
		m.QuadraticTo(m.x, m.y-m.r*1.1, m.x+m.r*1.05, m.y)
		m.QuadraticTo(m.x, m.y+m.r*1.1, m.x-m.r*1.05, m.y)
		m.SetLineWidth(m.r * 0.16)
		m.Stroke()
		m.disc(0, 0, 0.32)
	default:
		m.ring(0.75, 0.25)
		m.disc(0, 0, 0.3)
	}
}
