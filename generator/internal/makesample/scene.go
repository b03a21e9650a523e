package main

import (
	"math"
	"math/rand/v2"

	"github.com/fogleman/gg"
)

// scene is a cover under the brush; places are fractions of its width and
// height.
type scene struct {
	*gg.Context
	t    *title
	r    *rand.Rand
	w, h float64
}

func (s *scene) colour(i int) rgb { return hex2(s.t.colour(i)) }

func (s *scene) use(i int) { s.SetColor(s.colour(i)) }

func (s *scene) sky() {
	g := gg.NewLinearGradient(0, 0, 0, s.h)
	g.AddColorStop(0, mix(s.colour(sky), rgb{}, 0.25))
	g.AddColorStop(0.75, mix(s.colour(sky), s.colour(light), 0.45))
	g.AddColorStop(1, s.colour(light))
	s.SetFillStyle(g)
	s.DrawRectangle(0, 0, s.w, s.h)
	s.Fill()
}

// sun is a disc with a glow.
func (s *scene) sun(x, y, size float64) {
	c := s.colour(spark)
	for i := 5; i > 0; i-- {
		s.SetRGBA255(int(c[0]), int(c[1]), int(c[2]), 18)
		s.DrawCircle(x*s.w, y*s.h, size*s.h*(1+0.28*float64(i)))
		s.Fill()
	}
	s.SetColor(c)
	s.DrawCircle(x*s.w, y*s.h, size*s.h)
	s.Fill()
}

// ridge is a line of peaks across the picture, and all below it.
func (s *scene) ridge(colour int, base, height float64, peaks int) {
	s.MoveTo(0, s.h)
	s.LineTo(0, (base-height*s.r.Float64())*s.h)
	for i := 1; i <= 2*peaks; i++ {
		y := base - height*s.r.Float64()*0.35
		if i%2 == 1 {
			y = base - height*(0.5+0.5*s.r.Float64())
		}
		s.LineTo(s.w*(float64(i)+0.4*s.r.Float64()-0.2)/float64(2*peaks), y*s.h)
	}
	s.LineTo(s.w, s.h)
	s.ClosePath()
	s.use(colour)
	s.Fill()
}

// fill covers everything below a height.
func (s *scene) fill(colour int, top float64) {
	s.use(colour)
	s.DrawRectangle(0, top*s.h, s.w, s.h)
	s.Fill()
}

func (s *scene) waves() {
	for i := range 6 {
		part := float64(i) / 5
		y := (0.58 + 0.075*float64(i)) * s.h
		s.MoveTo(0, s.h)
		for x := 0.0; x <= s.w; x += 4 {
			s.LineTo(x, y+math.Sin(x/s.w*math.Pi*(5+part*3)+float64(i)*1.7)*s.h*0.013*(1+part))
		}
		s.LineTo(s.w, s.h)
		s.ClosePath()
		s.SetColor(mix(s.colour(far), s.colour(ground), part))
		s.Fill()
	}
}

func (s *scene) ship() {
	x, y, k := 0.5*s.w, 0.66*s.h, s.h*0.22
	s.use(ground)
	s.MoveTo(x-k*0.6, y)
	s.LineTo(x+k*0.65, y)
	s.LineTo(x+k*0.42, y+k*0.28)
	s.LineTo(x-k*0.42, y+k*0.28)
	s.ClosePath()
	s.Fill()
	s.DrawRectangle(x-k*0.02, y-k*1.1, k*0.05, k*1.1)
	s.Fill()
	s.use(near)
	s.MoveTo(x+k*0.06, y-k*1.05)
	s.QuadraticTo(x+k*0.6, y-k*0.5, x+k*0.5, y-k*0.08)
	s.LineTo(x+k*0.06, y-k*0.08)
	s.ClosePath()
	s.MoveTo(x-k*0.05, y-k*0.85)
	s.LineTo(x-k*0.42, y-k*0.08)
	s.LineTo(x-k*0.05, y-k*0.08)
	s.ClosePath()
	s.Fill()
}

// blocks is a skyline with lit windows.
func (s *scene) blocks(colour int, top, spread float64) {
	for x := -10.0; x < s.w; {
		w := s.w * (0.06 + 0.07*s.r.Float64())
		y := s.h * (top + spread*(s.r.Float64()-0.5)*2)
		s.use(colour)
		s.DrawRectangle(x, y, w, s.h)
		s.Fill()
		s.SetColor(mix(s.colour(colour), s.colour(spark), 0.75))
		for wy := y + 14; wy < s.h*0.9; wy += 22 {
			for wx := x + 8; wx < x+w-12; wx += 16 {
				if s.r.IntN(3) == 0 {
					s.DrawRectangle(wx, wy, 7, 10)
				}
			}
		}
		s.Fill()
		x += w + s.w*0.008
	}
}

func (s *scene) trees(colour int, base, height float64, n int) {
	s.use(colour)
	for i := range n {
		x := s.w * (float64(i) + 0.2 + 0.6*s.r.Float64()) / float64(n)
		h := s.h * height * (0.6 + 0.4*s.r.Float64())
		w := h * 0.3
		for k := range 3 {
			top := base*s.h - h*(1-0.24*float64(k))
			s.MoveTo(x, top)
			s.LineTo(x+w*(0.5+0.25*float64(k)), top+h*0.42)
			s.LineTo(x-w*(0.5+0.25*float64(k)), top+h*0.42)
			s.ClosePath()
			s.Fill()
		}
		s.DrawRectangle(x-w*0.1, base*s.h-h*0.2, w*0.2, h*0.4)
		s.Fill()
	}
}

func (s *scene) stars(n int) {
	s.use(spark)
	for range n {
		s.DrawCircle(s.r.Float64()*s.w, s.r.Float64()*s.h*0.9, 0.6+2.2*s.r.Float64())
		s.Fill()
	}
}

func (s *scene) planet(x, y, size float64) {
	r := size * s.h
	s.Push()
	s.DrawCircle(x*s.w, y*s.h, r)
	s.Clip()
	for i := range 9 {
		s.SetColor(mix(s.colour(near), s.colour(far), float64(i%3)/2))
		s.DrawRectangle(x*s.w-r, y*s.h-r+float64(i)*r*0.25, 2*r, r*0.26)
		s.Fill()
	}
	s.SetRGBA(0, 0, 0, 0.35)
	s.DrawCircle(x*s.w+r*0.45, y*s.h+r*0.3, r*1.1)
	s.Fill()
	s.ResetClip()
	s.Pop()
	s.Push()
	s.RotateAbout(-0.35, x*s.w, y*s.h)
	s.SetColor(s.colour(spark))
	s.SetLineWidth(r * 0.07)
	s.DrawEllipticalArc(x*s.w, y*s.h, r*1.65, r*0.42, -0.55, math.Pi+0.55)
	s.Stroke()
	s.Pop()
}

func (s *scene) dunes() {
	for i := range 4 {
		y := (0.58 + 0.12*float64(i)) * s.h
		shift := s.r.Float64() * 6
		s.MoveTo(0, s.h)
		for x := 0.0; x <= s.w; x += 4 {
			s.LineTo(x, y-math.Abs(math.Sin(x/s.w*math.Pi*1.3+shift))*s.h*0.13)
		}
		s.LineTo(s.w, s.h)
		s.ClosePath()
		s.SetColor(mix(s.colour(far), s.colour(ground), float64(i)/3))
		s.Fill()
	}
}

// cave is teeth of stone around a light.
func (s *scene) cave() {
	s.SetColor(mix(s.colour(ground), s.colour(near), 0.4))
	s.DrawRectangle(0, 0, s.w, s.h)
	s.Fill()
	c := s.colour(light)
	for i := range 8 {
		s.SetRGBA255(int(c[0]), int(c[1]), int(c[2]), 36)
		s.DrawEllipse(s.w*0.5, s.h*0.62, s.w*(0.42-0.045*float64(i)), s.h*(0.46-0.05*float64(i)))
		s.Fill()
	}
	for i := range 12 {
		x := s.w * (float64(i) + 0.5) / 12
		w, edge := s.w*0.06, math.Abs(float64(i)-5.5)/5.5
		s.use(ground)
		length := s.h * (0.12 + 0.3*edge + 0.12*s.r.Float64())
		s.MoveTo(x-w, 0)
		s.LineTo(x+w, 0)
		s.LineTo(x, length)
		s.ClosePath()
		length = s.h * (0.05 + 0.22*edge + 0.1*s.r.Float64())
		s.MoveTo(x-w, s.h)
		s.LineTo(x+w, s.h)
		s.LineTo(x, s.h-length)
		s.ClosePath()
		s.Fill()
	}
	s.use(spark)
	s.crystal(s.w*0.5, s.h*0.62, s.h*0.17)
}

func (s *scene) crystal(x, y, r float64) {
	s.MoveTo(x, y-r)
	s.LineTo(x+r*0.55, y-r*0.25)
	s.LineTo(x+r*0.38, y+r*0.75)
	s.LineTo(x-r*0.38, y+r*0.75)
	s.LineTo(x-r*0.55, y-r*0.25)
	s.ClosePath()
	s.Fill()
}

func (s *scene) shards() {
	for layer, colour := range []int{far, near, ground} {
		for i := range 7 {
			x := s.w * (float64(i) + s.r.Float64()) / 7
			h := s.h * (0.62 - 0.14*float64(layer)) * (0.5 + 0.5*s.r.Float64())
			w := s.w * 0.07
			lean := (s.r.Float64() - 0.5) * w * 2
			s.SetColor(mix(s.colour(colour), s.colour(spark), 0.12*float64(i%3)))
			s.MoveTo(x-w, s.h)
			s.LineTo(x+lean, s.h-h)
			s.LineTo(x+w, s.h)
			s.ClosePath()
			s.Fill()
		}
	}
}

func (s *scene) flowers() {
	s.fill(ground, 0.68)
	for i := range 46 {
		y := 0.7 + 0.29*float64(i)/46
		size := s.h * (0.012 + 0.05*(y-0.66))
		x := s.r.Float64() * s.w
		s.SetColor(mix(s.colour(ground), rgb{}, 0.3))
		s.DrawRectangle(x-size*0.12, y*s.h, size*0.24, size*2.2)
		s.Fill()
		s.use([]int{near, spark, light}[i%3])
		for k := range 6 {
			a := float64(k) * math.Pi / 3
			s.DrawCircle(x+math.Cos(a)*size*0.8, y*s.h+math.Sin(a)*size*0.8, size*0.55)
		}
		s.Fill()
		s.use(spark)
		s.DrawCircle(x, y*s.h, size*0.5)
		s.Fill()
	}
}

// road leads to the horizon.
func (s *scene) road() {
	s.ridge(far, 0.6, 0.12, 6)
	s.fill(near, 0.58)
	s.use(ground)
	s.MoveTo(s.w*0.47, s.h*0.58)
	s.LineTo(s.w*0.53, s.h*0.58)
	s.LineTo(s.w*0.95, s.h)
	s.LineTo(s.w*0.05, s.h)
	s.ClosePath()
	s.Fill()
	s.use(spark)
	for i := range 6 {
		y, k := 0.6+0.4*math.Pow(float64(i)/6, 1.6), 0.02+0.05*float64(i)/6
		s.MoveTo(s.w*(0.5-k*0.16), s.h*y)
		s.LineTo(s.w*(0.5+k*0.16), s.h*y)
		s.LineTo(s.w*(0.5+k*0.3), s.h*(y+k))
		s.LineTo(s.w*(0.5-k*0.3), s.h*(y+k))
		s.ClosePath()
		s.Fill()
	}
}

// frame darkens the edges a little, as a print does.
func (s *scene) frame() {
	for i := range 10 {
		s.SetRGBA(0, 0, 0, 0.02)
		s.SetLineWidth(float64(4 * (10 - i)))
		s.DrawRectangle(0, 0, s.w, s.h)
		s.Stroke()
	}
}
