package main

import (
	"math"

	"github.com/fogleman/gg"
)

func (s *scene) city() spot {
	x := s.side(0.18)
	s.sun(x, 0.24+0.08*s.r.Float64(), 0.1)
	s.clouds(4, 0.08, 0.3)
	p := s.palette
	s.houses(mix(p[far], p[light], 0.55), 0.5, 0.16, 0)
	s.houses(mix(p[far], p[light], 0.12), 0.6, 0.14, 0.3)
	s.houses(mix(p[near], p[ground], 0.25), 0.74, 0.1, 0.42)
	g := gg.NewLinearGradient(0, 0.84*s.h, 0, s.h)
	g.AddColorStop(0, mix(p[ground], p[near], 0.2))
	g.AddColorStop(1, mix(p[ground], black, 0.45))
	s.SetFillStyle(g)
	s.DrawRectangle(0, 0.86*s.h, s.w, s.h)
	s.Fill()
	return spot{0.5 + 0.3*(0.5-x), 0.92, 1}
}

// houses is a skyline; lit is the part of its windows with a light.
func (s *scene) houses(c rgb, top, spread, lit float64) {
	for x := -0.03 * s.h; x < s.w; {
		w := s.h * (0.08 + 0.09*s.r.Float64())
		y := s.h * (top + spread*(s.r.Float64()*2-1))
		s.SetColor(c)
		s.DrawRectangle(x, y, w+1, s.h)
		switch s.r.IntN(4) {
		case 0:
			s.MoveTo(x, y)
			s.LineTo(x+w/2, y-w*0.55)
			s.LineTo(x+w, y)
			s.ClosePath()
		case 1:
			s.DrawRectangle(x+w*0.6, y-w*0.6, w*0.06, w*0.6)
			s.DrawRectangle(x+w*0.15, y-w*0.16, w*0.3, w*0.2)
		case 2:
			s.DrawRectangle(x+w*0.2, y-w*0.2, w*0.6, w*0.3)
		}
		s.Fill()
		s.SetColor(black.alpha(0.12))
		s.DrawRectangle(x+w*0.68, y, w*0.32, s.h)
		s.Fill()
		s.windows(x, y, w, lit)
		x += w + s.h*0.004
	}
}

func (s *scene) windows(x, y, w, lit float64) {
	step := s.h * 0.03
	n := max(1, int(w/step)-1)
	margin := (w - step*float64(n)) / 2
	s.SetColor(s.palette[spark].alpha(0.85))
	for wy := y + step*0.7; wy < s.h*0.9; wy += step * 1.25 {
		for i := range n {
			if s.r.Float64() < lit*0.7 {
				s.DrawRectangle(x+margin+step*(float64(i)+0.26), wy, step*0.48, step*0.68)
			}
		}
	}
	s.Fill()
}

func (s *scene) forest() spot {
	s.sun(0.5+0.1*(s.r.Float64()-0.5), 0.36, 0.13)
	p := s.palette
	for layer := range 4 {
		d := float64(layer) / 3
		c := mix(mix(p[far], p[light], 0.55), mix(p[near], p[ground], 0.6), d)
		n := 26 - 5*layer
		base := 0.66 + 0.085*float64(layer)
		line := s.noise(0.7, 3)
		for i := range int(float64(n) * s.w / s.h) {
			fx := (float64(i) + s.r.Float64()) / (float64(n) * s.w / s.h)
			clear := 0.55 + 0.9*math.Abs(fx-0.5)*d + 0.25*(1-d)
			s.fir(fx*s.w, s.h*(base-0.05*line(fx)+0.02), s.h*(0.2+0.1*d)*(0.6+0.5*s.r.Float64())*clear, c)
		}
		s.hills(c, base, 0.05, 0.5*(1-d), line)
	}
	s.hills(mix(p[ground], black, 0.15), 0.97, 0.05, 0, s.noise(0.6, 3))
	for i := range 2 {
		s.fir(s.w*(0.04+0.92*float64(i)), s.h*1.06, s.h*(0.66+0.16*s.r.Float64()), mix(p[ground], black, 0.3))
	}
	return spot{0.5, 0.91, 1}
}

func (s *scene) space() spot {
	p := s.palette
	for range 5 {
		x, y, r := s.r.Float64()*s.w, s.r.Float64()*s.h, s.h*(0.25+0.25*s.r.Float64())
		g := gg.NewRadialGradient(x, y, 0, x, y, r)
		g.AddColorStop(0, p[far].alpha(0.3))
		g.AddColorStop(1, p[far].alpha(0))
		s.SetFillStyle(g)
		s.DrawRectangle(0, 0, s.w, s.h)
		s.Fill()
	}
	s.stars(150, 1)
	x := s.side(0.24)
	s.planet(x*s.w, 0.3*s.h, s.h*(0.15+0.05*s.r.Float64()))
	s.hills(mix(p[near], p[ground], 0.35), 0.86, 0.1, 0.25, s.noise(0.4, 4))
	s.hills(mix(p[ground], black, 0.2), 0.95, 0.07, 0.1, s.noise(0.7, 4))
	return spot{0.5 + 0.3*(0.5-x), 0.88, 1}
}

// planet has bands, a shadow, and a ring that passes behind it.
func (s *scene) planet(x, y, r float64) {
	ring := func(from, to float64) {
		s.Push()
		s.RotateAbout(-0.34, x, y)
		for _, w := range []struct{ radius, width, alpha float64 }{{1.55, 0.1, 0.85}, {1.8, 0.07, 0.5}} {
			s.SetLineWidth(r * w.width)
			s.SetColor(s.palette[spark].alpha(w.alpha))
			s.DrawEllipticalArc(x, y, r*w.radius, r*w.radius*0.27, from, to)
			s.Stroke()
		}
		s.Pop()
	}
	s.glow(x, y, r*2, 0.22)
	ring(math.Pi, 2*math.Pi)
	s.DrawCircle(x, y, r)
	s.Clip()
	for i := range 9 {
		s.SetColor(mix(s.palette[near], s.palette[far], []float64{0, 0.6, 0.25, 1, 0.4}[i%5]))
		s.DrawRectangle(x-r, y-r+float64(i)*r*0.25, 2*r, r*0.26)
		s.Fill()
	}
	g := gg.NewRadialGradient(x-r*0.5, y-r*0.5, r*0.3, x-r*0.4, y-r*0.4, r*1.7)
	g.AddColorStop(0, black.alpha(0))
	g.AddColorStop(1, black.alpha(0.85))
	s.SetFillStyle(g)
	s.DrawRectangle(x-r, y-r, 2*r, 2*r)
	s.Fill()
	s.ResetClip()
	ring(0, math.Pi)
}

// cave is teeth of stone around a light.
func (s *scene) cave() spot {
	p := s.palette
	s.SetColor(mix(p[ground], p[near], 0.3))
	s.DrawRectangle(0, 0, s.w, s.h)
	s.Fill()
	g := gg.NewRadialGradient(s.w/2, s.h*0.5, 0, s.w/2, s.h*0.5, s.h*0.56)
	g.AddColorStop(0, mix(p[light], white, 0.25))
	g.AddColorStop(0.35, p[light].alpha(0.8))
	g.AddColorStop(1, p[near].alpha(0))
	s.SetFillStyle(g)
	s.DrawRectangle(0, 0, s.w, s.h)
	s.Fill()
	for layer, c := range []rgb{mix(p[near], p[light], 0.12), mix(p[near], p[ground], 0.6), mix(p[ground], black, 0.2)} {
		s.teeth(c, 9-layer, 0.5+0.25*float64(layer))
	}
	s.hills(mix(p[ground], black, 0.25), 0.96, 0.1, 0, s.noise(0.8, 4))
	for range 22 {
		s.SetColor(p[spark].alpha(0.2 + 0.6*s.r.Float64()))
		s.DrawCircle(s.r.Float64()*s.w, s.h*(0.2+0.6*s.r.Float64()), s.h*(0.002+0.004*s.r.Float64()))
		s.Fill()
	}
	return spot{0.5, 0.88, 1}
}

// teeth hang from above and stand below, longer toward the edges.
func (s *scene) teeth(c rgb, n int, reach float64) {
	s.SetColor(c)
	count := int(float64(n) * s.w / s.h)
	for i := range count {
		fx := (float64(i) + 0.2 + 0.6*s.r.Float64()) / float64(count)
		edge := math.Pow(math.Abs(2*fx-1), 1.4)
		w := s.w / float64(count) * 0.8
		for _, from := range []float64{0, s.h} {
			length := s.h * (0.1 + 0.42*edge*reach + 0.1*s.r.Float64())
			if from > 0 {
				length = -0.6 * length
			}
			s.MoveTo(fx*s.w-w, from-length*0.05)
			s.QuadraticTo(fx*s.w-w*0.12, from+length*0.3, fx*s.w+w*0.1*(s.r.Float64()-0.5), from+length)
			s.QuadraticTo(fx*s.w+w*0.12, from+length*0.3, fx*s.w+w, from-length*0.05)
			s.ClosePath()
			s.Fill()
		}
	}
}

// library is shelves that run to an open door.
func (s *scene) library() spot {
	p := s.palette
	s.SetColor(mix(p[ground], p[near], 0.25))
	s.DrawRectangle(0, 0, s.w, s.h)
	s.Fill()
	mx, my := s.w/2, s.h*0.5
	s.glow(mx, my, s.h*0.62, 0.85)
	s.polygon(mix(p[ground], p[light], 0.3), mx-s.h*0.09, my+s.h*0.2, mx+s.h*0.09, my+s.h*0.2, mx+s.h*0.36, s.h, mx-s.h*0.36, s.h)
	s.SetColor(mix(p[spark], white, 0.3))
	s.DrawRoundedRectangle(mx-s.h*0.085, my-s.h*0.14, s.h*0.17, s.h*0.34, s.h*0.085)
	s.Fill()
	s.SetColor(mix(p[spark], white, 0.3))
	s.DrawRectangle(mx-s.h*0.085, my, s.h*0.17, s.h*0.2)
	s.Fill()
	for _, side := range []float64{-1, 1} {
		s.shelves(side)
	}
	return spot{0.5, 0.84, 0.72}
}

// shelves is a wall of books in perspective.
func (s *scene) shelves(side float64) {
	p := s.palette
	spines := []rgb{p[far], p[near], mix(p[light], p[ground], 0.35), mix(p[far], p[spark], 0.3), mix(p[near], rgb{150, 50, 50}, 0.4), mix(p[near], rgb{40, 90, 90}, 0.5)}
	mx, my := s.w/2, s.h*0.5
	place := func(depth, height float64) (float64, float64) {
		k := s.h * (0.12 + 0.42*depth*s.w/s.h)
		return mx + side*k, my + height*k*1.75
	}
	for d := 0.0; d < 1.1; {
		next := d + 0.008 + 0.03*d*(0.6+0.8*s.r.Float64())
		for shelf := range 8 {
			low := -1 + 0.25*float64(shelf+1)
			high := low - 0.21*(0.72+0.28*s.r.Float64())
			c := mix(spines[s.r.IntN(len(spines))], black, 0.5-0.42*(1-d)*(1-d))
			x1, y1 := place(d, low)
			x2, y2 := place(next, low)
			x3, y3 := place(next, high)
			x4, y4 := place(d, high)
			s.polygon(c, x1, y1, x2, y2, x3, y3, x4, y4)
		}
		d = next
	}
	for shelf := range 9 {
		height := -1 + 0.25*float64(shelf)
		x1, y1 := place(0, height)
		x2, y2 := place(1.1, height)
		s.polygon(mix(p[ground], black, 0.35), x1, y1, x2, y2, x2, y2+s.h*0.02, x1, y1+s.h*0.004)
	}
}
