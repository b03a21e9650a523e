package main

import (
	"image"
	"math"
	"math/rand/v2"

	"github.com/fogleman/gg"
)

// scene is a cover under the brush. Places across are fractions of its width;
// heights and sizes are fractions of its height, so that wide covers show more
// of the same land.
type scene struct {
	brush
	palette
	r    *rand.Rand
	w, h float64
	// night has a moon and stars for a sun.
	night bool
}

// spot is where a hero stands: its foot, and how much larger than it says.
type spot struct{ x, y, size float64 }

// drawCover draws the scene of a title; each group has its own mood and hero.
func drawCover(t *title, group, width, height int, heroes shapes) (image.Image, error) {
	const scale = 2
	colours, err := t.palette(group)
	if err != nil {
		return nil, err
	}
	c := gg.NewContext(width*scale, height*scale)
	s := scene{
		brush: brush{c, heroes, colours.named}, palette: colours, night: group%len(moods) == 1,
		r: rand.New(rand.NewPCG(uint64(t.drawnAs()), uint64(group))), w: float64(width * scale), h: float64(height * scale),
	}
	s.sky()
	land := scenes[t.Art.Scene]
	if land == nil {
		land = (*scene).road
	}
	at := land(&s)
	name := t.Art.Heroes[group%len(t.Art.Heroes)]
	if hero := heroes[name]; hero != nil {
		k := s.h * hero.size * at.size / 100 / 100
		if err := s.draw(name, at.x*s.w, at.y*s.h, k); err != nil {
			return nil, err
		}
	}
	s.vignette()
	if group%2 == 1 {
		mirror(c)
	}
	return c.Image(), nil
}

// mirror swaps left and right; gradients would not follow a mirrored canvas.
func mirror(c *gg.Context) {
	m := image.NewRGBA(c.Image().Bounds())
	for y := range c.Height() {
		for x := range c.Width() {
			m.Set(c.Width()-1-x, y, c.Image().At(x, y))
		}
	}
	c.DrawImage(m, 0, 0)
}

// polygon fills a form; points are in pixels.
func (s *scene) polygon(c rgb, points ...float64) {
	for i := 0; i < len(points); i += 2 {
		s.LineTo(points[i], points[i+1])
	}
	s.ClosePath()
	s.SetColor(c)
	s.Fill()
}

// sky goes from dark above to light at the horizon, through a rose when the
// light is warm: blue and orange alone would meet in grey.
func (s *scene) sky() {
	middle := mix(s.palette[sky], s.palette[light], 0.5)
	if warm := int(s.palette[light][0]) - int(s.palette[light][2]); warm > 30 {
		middle = mix(middle, rgb{214, 98, 112}, 0.32)
	}
	g := gg.NewLinearGradient(0, 0, 0, s.h)
	g.AddColorStop(0, mix(s.palette[sky], black, 0.2))
	g.AddColorStop(0.3, s.palette[sky])
	g.AddColorStop(0.58, middle)
	g.AddColorStop(0.8, s.palette[light])
	s.SetFillStyle(g)
	s.DrawRectangle(0, 0, s.w, s.h)
	s.Fill()
}

// sun is a disc in a glow; at night it is a crescent under stars.
func (s *scene) sun(x, y, size float64) {
	px, py, r := x*s.w, y*s.h, size*s.h
	if s.night {
		s.stars(70, 0.6)
		s.glow(px, py, r*2.6, 0.4)
		s.crescent(px, py, r*0.8)
		return
	}
	s.glow(px, py, r*3.6, 0.75)
	s.SetColor(s.palette[spark])
	s.DrawCircle(px, py, r)
	s.Fill()
}

// crescent is what one disc leaves of another: the angles are where they meet.
func (s *scene) crescent(px, py, r float64) {
	const tilt, outer, inner = -25.0, 52.4, 82.1
	s.NewSubPath()
	s.DrawArc(px, py, r, gg.Radians(tilt+outer), gg.Radians(tilt+360-outer))
	cx, cy := px+0.5*r*math.Cos(gg.Radians(tilt)), py+0.5*r*math.Sin(gg.Radians(tilt))
	s.DrawArc(cx, cy, 0.8*r, gg.Radians(tilt+360-inner), gg.Radians(tilt+inner))
	s.ClosePath()
	s.SetColor(mix(s.palette[spark], white, 0.4))
	s.Fill()
}

func (s *scene) stars(n int, depth float64) {
	for range n {
		s.SetColor(mix(s.palette[spark], white, 0.4).alpha(0.35 + 0.6*s.r.Float64()))
		s.DrawCircle(s.r.Float64()*s.w, s.r.Float64()*s.h*depth, s.h*(0.0012+0.0035*s.r.Float64()*s.r.Float64()))
		s.Fill()
	}
}

// clouds are long and flat, each of a few layers.
func (s *scene) clouds(n int, top, depth float64) {
	for range n {
		x, y := s.r.Float64()*s.w, (top+depth*s.r.Float64())*s.h
		s.SetColor(mix(s.palette[light], white, 0.4).alpha(0.16 + 0.14*s.r.Float64()))
		for i := range 3 {
			length, high := s.h*(0.12+0.16*s.r.Float64()), s.h*0.012*(1+0.5*float64(i))
			s.DrawEllipse(x+s.h*0.12*(s.r.Float64()-0.5), y-float64(i)*s.h*0.009, length*(1-0.22*float64(i)), high)
		}
		s.Fill()
	}
}

// noise is a random line from 0 to 1 over places from 0 to 1.
func (s *scene) noise(waves float64, octaves int) func(x float64) float64 {
	var phase []float64
	for range octaves {
		phase = append(phase, s.r.Float64()*2*math.Pi)
	}
	waves *= s.w / s.h
	return func(x float64) float64 {
		sum, amp, total, f := 0.0, 1.0, 0.0, waves
		for _, p := range phase {
			sum += amp * math.Sin(2*math.Pi*f*x+p)
			total += amp
			amp, f = amp*0.46, f*2.17
		}
		return 0.5 + 0.5*sum/total
	}
}

// hills fills all below base - height*line; the land fades into haze below.
func (s *scene) hills(c rgb, base, height, haze float64, line func(x float64) float64) {
	s.MoveTo(-2, s.h+2)
	for x := -2.0; x <= s.w+4; x += 3 {
		s.LineTo(x, (base-height*line(x/s.w))*s.h)
	}
	s.LineTo(s.w+2, s.h+2)
	s.ClosePath()
	g := gg.NewLinearGradient(0, (base-height)*s.h, 0, math.Min(1, base+0.16)*s.h)
	g.AddColorStop(0, c)
	g.AddColorStop(1, mix(c, s.palette[light], haze))
	s.SetFillStyle(g)
	s.Fill()
}

// fir is a tree with a darker side.
func (s *scene) fir(px, py, height float64, c rgb) {
	w := height * 0.2
	s.SetColor(mix(c, black, 0.35))
	s.DrawRectangle(px-w*0.12, py-height*0.14, w*0.24, height*0.16)
	s.Fill()
	for side, shade := range []rgb{c, mix(c, black, 0.16)} {
		d := float64(1 - 2*side)
		s.MoveTo(px, py-height)
		for k := range 3 {
			y := py - height*(0.66-0.27*float64(k))
			s.LineTo(px-d*w*(0.62+0.3*float64(k)), y)
			s.LineTo(px-d*w*(0.3+0.2*float64(k)), y)
		}
		s.LineTo(px, py-height*0.12)
		s.ClosePath()
		s.SetColor(shade)
		s.Fill()
	}
}

// vignette darkens the corners a little.
func (s *scene) vignette() {
	r := math.Hypot(s.w, s.h) / 2
	g := gg.NewRadialGradient(s.w/2, s.h*0.48, r*0.62, s.w/2, s.h*0.48, r*1.06)
	g.AddColorStop(0, black.alpha(0))
	g.AddColorStop(1, black.alpha(0.34))
	s.SetFillStyle(g)
	s.DrawRectangle(0, 0, s.w, s.h)
	s.Fill()
}
