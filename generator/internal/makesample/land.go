package main

import (
	"math"

	"github.com/fogleman/gg"
)

// scenes draw the land of a cover and say where its hero stands.
var scenes = map[string]func(*scene) spot{
	"mountains": (*scene).mountains,
	"sea":       (*scene).sea,
	"city":      (*scene).city,
	"forest":    (*scene).forest,
	"space":     (*scene).space,
	"desert":    (*scene).desert,
	"cave":      (*scene).cave,
	"ice":       (*scene).ice,
	"garden":    (*scene).garden,
	"road":      (*scene).road,
	"library":   (*scene).library,
}

// side is a place left or right of the middle.
func (s *scene) side(distance float64) float64 {
	if s.r.IntN(2) == 0 {
		return 0.5 - distance
	}
	return 0.5 + distance
}

func (s *scene) mountains() spot {
	x := s.side(0.16 + 0.1*s.r.Float64())
	s.sun(x, 0.24+0.1*s.r.Float64(), 0.085)
	s.clouds(4, 0.1, 0.3)
	p := s.palette
	s.hills(mix(p[far], p[light], 0.45), 0.62, 0.22, 0.2, s.noise(2.2, 5))
	for i := range 4 {
		px := s.w * (float64(i) + 0.1 + 0.8*s.r.Float64()) / 4
		s.peak(px, 0.78*s.h, s.h*(0.3+0.2*s.r.Float64()), mix(p[far], p[light], 0.12*float64(i%2)))
	}
	s.hills(mix(p[near], p[light], 0.12), 0.82, 0.12, 0.3, s.noise(0.9, 4))
	front := s.noise(0.6, 3)
	for i := range 26 {
		fx := (float64(i) + s.r.Float64()) / 26
		s.fir(fx*s.w, s.h*(0.93-0.1*front(fx)), s.h*(0.06+0.05*s.r.Float64()), mix(p[ground], p[near], 0.35))
	}
	s.hills(p[ground], 0.92, 0.1, 0.06, front)
	return spot{0.5 + 0.3*(0.5-x), 0.9, 1}
}

// peak is a mountain with a lit and a shaded side and snow on its top.
func (s *scene) peak(x, base, height float64, c rgb) {
	half := height * (0.72 + 0.2*s.r.Float64())
	top := base - height
	s.polygon(mix(c, s.palette[light], 0.22), x, top, x-half, base, x+half*0.15, base, x-half*0.04, base-height*0.3, x+half*0.07, base-height*0.58)
	s.polygon(mix(c, black, 0.2), x, top, x+half, base, x+half*0.15, base, x-half*0.04, base-height*0.3, x+half*0.07, base-height*0.58)
	cap, lit := height*0.28, mix(s.palette[spark], white, 0.7)
	s.polygon(lit, x, top, x-half*0.28, top+cap, x-half*0.15, top+cap*0.82, x-half*0.04, top+cap*1.2, x+half*0.05, top+cap*0.9)
	s.polygon(mix(lit, c, 0.35), x, top, x+half*0.28, top+cap, x+half*0.17, top+cap*0.8, x+half*0.1, top+cap*1.1, x+half*0.05, top+cap*0.9)
}

func (s *scene) sea() spot {
	x, horizon := s.side(0.2+0.06*s.r.Float64()), 0.58+0.06*s.r.Float64()
	s.sun(x, horizon-0.1-0.08*s.r.Float64(), 0.12)
	s.clouds(6, 0.1, 0.3)
	p := s.palette
	s.hills(mix(p[far], p[light], 0.5), horizon+0.02, 0.09, 0.1, s.noise(0.8, 4))
	g := gg.NewLinearGradient(0, horizon*s.h, 0, s.h)
	g.AddColorStop(0, mix(p[far], p[light], 0.35))
	g.AddColorStop(0.4, p[far])
	g.AddColorStop(1, mix(p[ground], black, 0.1))
	s.SetFillStyle(g)
	s.DrawRectangle(0, horizon*s.h, s.w, s.h)
	s.Fill()
	for i := range 22 {
		d := float64(i) / 22
		y := horizon + (1-horizon)*d*d + 0.01
		length := s.h * (0.05 + 0.2*d) * (0.4 + s.r.Float64())
		s.SetColor(p[spark].alpha(0.6 * (1 - d)))
		s.DrawRoundedRectangle(x*s.w-length/2+s.h*0.1*d*(s.r.Float64()-0.5), y*s.h, length, s.h*(0.005+0.006*d), s.h*0.003)
		s.Fill()
	}
	for i := range 3 {
		base := 0.8 + 0.1*float64(i)
		wave := s.noise(1.6-0.3*float64(i), 2)
		s.hills(mix(p[far], p[ground], 0.3+0.35*float64(i)).toward(p[spark], 0.04), base, 0.035, 0, wave)
	}
	return spot{0.5 + 0.25*(0.5-x), 0.8, 1}
}

func (s *scene) desert() spot {
	x := s.side(0.2)
	s.sun(x, 0.3+0.08*s.r.Float64(), 0.12)
	s.clouds(3, 0.1, 0.25)
	p := s.palette
	s.mesas(mix(p[far], p[light], 0.5))
	for i := range 4 {
		d := float64(i) / 3
		c := mix(mix(p[far], p[light], 0.22), mix(p[ground], p[near], 0.3*(1-d)), d)
		s.dune(0.66+0.1*float64(i), 0.12-0.01*float64(i), c)
	}
	return spot{0.5 + 0.3*(0.5-x), 0.86, 1}
}

// mesas are flat mountains on the horizon.
func (s *scene) mesas(c rgb) {
	for range 4 {
		x, w, top := s.r.Float64()*s.w, s.h*(0.1+0.12*s.r.Float64()), s.h*(0.46+0.08*s.r.Float64())
		s.polygon(c, x-w, 0.7*s.h, x-w*0.7, top, x+w*0.6, top, x+w, 0.7*s.h)
		s.polygon(mix(c, black, 0.1), x+w*0.15, 0.7*s.h, x+w*0.25, top, x+w*0.6, top, x+w, 0.7*s.h)
	}
}

// dune is a wave of sand with a sharp crest, dark on its far side.
func (s *scene) dune(base, height float64, c rgb) {
	n := s.noise(0.45, 1)
	line := func(x float64) float64 { return 1 - math.Abs(2*n(x)-1) }
	s.hills(mix(c, black, 0.14), base, height, 0, line)
	s.hills(c, base+0.012, height, 0.1, func(x float64) float64 { return line(x - 0.05) })
}

// ice has northern lights over floes and still water.
func (s *scene) ice() spot {
	p := s.palette
	s.stars(80, 0.6)
	for i := range 3 {
		s.aurora(0.3+0.09*float64(i), 0.26, 0.4-0.1*float64(i))
	}
	s.bergs(mix(p[far], p[light], 0.45), 0.64, 0.16, 6)
	s.bergs(mix(p[near], p[far], 0.35), 0.69, 0.2, 4)
	g := gg.NewLinearGradient(0, 0.68*s.h, 0, s.h)
	g.AddColorStop(0, mix(p[far], p[light], 0.35))
	g.AddColorStop(0.5, mix(p[far], p[ground], 0.4))
	g.AddColorStop(1, p[ground])
	s.SetFillStyle(g)
	s.DrawRectangle(0, 0.68*s.h, s.w, s.h)
	s.Fill()
	for i := range 9 {
		d := math.Pow(float64(i)/8, 1.4)
		x, y, w := s.r.Float64()*s.w, s.h*(0.71+0.24*d), s.h*(0.06+0.16*d)
		s.polygon(mix(p[light], p[far], 0.5), x-w, y, x-w*0.5, y+w*0.2, x+w*0.6, y+w*0.18, x+w, y)
		s.polygon(mix(p[light], white, 0.6), x-w, y, x-w*0.4, y-w*0.12, x+w*0.5, y-w*0.1, x+w, y, x+w*0.4, y+w*0.08, x-w*0.5, y+w*0.1)
	}
	return spot{0.5, 0.86, 1}
}

// aurora is a curtain of light.
func (s *scene) aurora(base, height, strength float64) {
	line := s.noise(0.5, 2)
	c := mix(s.palette[near], rgb{90, 240, 190}, 0.45)
	for x := 0.0; x < s.w; x += 4 {
		y := (base + 0.16*(line(x/s.w)-0.5)) * s.h
		g := gg.NewLinearGradient(0, y-height*s.h, 0, y)
		g.AddColorStop(0, c.alpha(0))
		g.AddColorStop(0.85, c.alpha(strength*(0.55+0.45*math.Sin(x/s.h*21))))
		g.AddColorStop(1, c.alpha(0))
		s.SetFillStyle(g)
		s.DrawRectangle(x, y-height*s.h, 4, height*s.h)
		s.Fill()
	}
}

func (s *scene) bergs(c rgb, base, height float64, n int) {
	for i := range n {
		x := s.w * (float64(i) + s.r.Float64()) / float64(n)
		h, w := s.h*height*(0.6+0.6*s.r.Float64()), s.h*(0.1+0.08*s.r.Float64())
		y := base * s.h
		s.polygon(mix(c, white, 0.35), x-w, y+9, x-w*0.6, y-h*0.6, x-w*0.1, y-h, x+w*0.1, y-h*0.4, x-w*0.05, y+9)
		s.polygon(mix(c, black, 0.12), x-w*0.1, y-h, x+w*0.5, y-h*0.5, x+w, y+9, x-w*0.05, y+9, x+w*0.1, y-h*0.4)
	}
}

func (s *scene) garden() spot {
	x := s.side(0.22)
	s.sun(x, 0.24+0.06*s.r.Float64(), 0.1)
	s.clouds(5, 0.12, 0.3)
	p := s.palette
	s.hills(mix(p[far], p[light], 0.4), 0.66, 0.12, 0.2, s.noise(0.8, 3))
	s.hills(mix(mix(p[far], p[ground], 0.6), p[light], 0.15), 0.72, 0.09, 0.2, s.noise(0.6, 2))
	s.hills(mix(p[ground], p[light], 0.12), 0.78, 0.06, 0, s.noise(0.5, 2))
	for i := range 90 {
		d := float64(i) / 90
		s.flower(s.r.Float64()*s.w, s.h*(0.78+0.1*d), s.h*(0.007+0.008*d), []int{near, spark, light}[i%3])
	}
	return spot{0.5 + 0.3*(0.5-x), 0.87, 1}.after(s.meadow)
}

// after lets the hero stand in front of what is drawn now.
func (at spot) after(draw func()) spot {
	draw()
	return at
}

// meadow is the flowers nearest to the eye.
func (s *scene) meadow() {
	p := s.palette
	s.hills(mix(p[ground], black, 0.2), 0.96, 0.05, 0, s.noise(0.5, 2))
	for i := range int(34 * s.w / s.h) {
		x, edge := s.r.Float64(), 0.0
		edge = math.Abs(2*x - 1)
		px, top, size := x*s.w, s.h*(0.96-0.12*edge*s.r.Float64()), s.h*(0.016+0.014*edge)
		s.SetLineWidth(size * 0.22)
		s.SetColor(mix(p[ground], black, 0.35))
		s.MoveTo(px, s.h)
		s.LineTo(px, top)
		s.Stroke()
		s.flower(px, top, size, []int{near, spark, near, light}[i%4])
	}
}

func (s *scene) flower(px, py, size float64, colour int) {
	s.SetColor(s.palette[colour])
	turn := s.r.Float64()
	for k := range 5 {
		a := (float64(k) + turn) * 2 * math.Pi / 5
		s.DrawCircle(px+math.Cos(a)*size*0.8, py+math.Sin(a)*size*0.8, size*0.62)
	}
	s.Fill()
	centre := mix(s.palette[spark], rgb{240, 170, 60}, 0.5)
	if colour == spark {
		centre = mix(s.palette[near], black, 0.1)
	}
	s.SetColor(centre)
	s.DrawCircle(px, py, size*0.5)
	s.Fill()
}

// road leads through fields to the horizon.
func (s *scene) road() spot {
	x := 0.5 + 0.2*(s.r.Float64()-0.5)
	s.sun(x, 0.42, 0.14)
	s.clouds(5, 0.08, 0.25)
	p := s.palette
	s.hills(mix(p[far], p[light], 0.4), 0.58, 0.12, 0.1, s.noise(0.9, 4))
	s.hills(p[far], 0.61, 0.06, 0.2, s.noise(1.4, 3))
	for i := range 14 {
		a, b := 0.5+(float64(i)-7)*0.045, 0.5+(float64(i)-7)*0.42
		c := mix(p[near], p[far], 0.28*float64(i%2))
		s.polygon(c, a*s.w, 0.6*s.h, (a+0.046)*s.w, 0.6*s.h, (b+0.43)*s.w, s.h, b*s.w, s.h)
	}
	s.polygon(p[ground], s.w*0.485, s.h*0.6, s.w*0.515, s.h*0.6, s.w*0.94, s.h, s.w*0.06, s.h)
	edge := mix(p[light], white, 0.3)
	s.polygon(edge, s.w*0.487, s.h*0.6, s.w*0.489, s.h*0.6, s.w*0.13, s.h, s.w*0.1, s.h)
	s.polygon(edge, s.w*0.513, s.h*0.6, s.w*0.511, s.h*0.6, s.w*0.87, s.h, s.w*0.9, s.h)
	for i := range 6 {
		d, e := math.Pow(float64(i)/6, 1.8), math.Pow((float64(i)+0.45)/6, 1.8)
		s.polygon(p[spark], s.w*(0.5-0.001-0.014*d), s.h*(0.6+0.4*d), s.w*(0.5+0.001+0.014*d), s.h*(0.6+0.4*d),
			s.w*(0.5+0.001+0.014*e), s.h*(0.6+0.4*e), s.w*(0.5-0.001-0.014*e), s.h*(0.6+0.4*e))
	}
	return spot{0.5, 0.88, 1}
}
