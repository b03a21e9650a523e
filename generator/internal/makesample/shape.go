package main

import (
	_ "embed"
	"fmt"
	"image/color"
	"math"
	"strconv"
	"strings"

	"github.com/fogleman/gg"
)

// The drawings that are written down: see the heads of the files for how.
//
//go:embed data/motifs.txt
var motifText string

//go:embed data/heroes.txt
var heroText string

// shapes are drawings by name.
type shapes map[string]*shape

// shape is a drawing in hundredths of its size around its middle or foot.
type shape struct {
	// size is the part of the picture's height that the shape takes, in percent.
	size  float64
	lines []string
}

// parseShapes reads "= name size" and the lines below it, which are the shape's.
func parseShapes(text string) (shapes, error) {
	all := shapes{}
	var s *shape
	for _, line := range strings.Split(text, "\n") {
		f := strings.Fields(line)
		switch {
		case len(f) == 0 || f[0] == "#":
		case f[0] == "=":
			if len(f) != 3 || all[f[1]] != nil {
				return nil, fmt.Errorf("cannot read %q", line)
			}
			size, err := strconv.ParseFloat(f[2], 64)
			if err != nil {
				return nil, err
			}
			s = &shape{size: size}
			all[f[1]] = s
		case s == nil:
			return nil, fmt.Errorf("no shape before %q", line)
		default:
			s.lines = append(s.lines, line)
		}
	}
	return all, nil
}

// brush draws shapes on a canvas in the colours that their lines name.
type brush struct {
	*gg.Context
	shapes shapes
	colour func(name string) color.Color
}

// draw puts the shape of a name at a place, k pixels to the hundredth.
func (b *brush) draw(name string, x, y, k float64) error {
	s := b.shapes[name]
	if s == nil {
		return fmt.Errorf("there is no shape %q", name)
	}
	for _, line := range s.lines {
		f := strings.Fields(line)
		if f[0] == "use" {
			n, err := floats(f[2:])
			if err != nil || len(n) != 3 {
				return fmt.Errorf("%s: cannot read %q", name, line)
			}
			if err := b.draw(f[1], x+n[0]*k, y+n[1]*k, k*n[2]); err != nil {
				return err
			}
			continue
		}
		if f[0] == "glow" {
			n, err := floats(f[2:])
			if err != nil || len(n) != 3 || f[1] != "o" {
				return fmt.Errorf("%s: cannot read %q", name, line)
			}
			b.glow(x+n[0]*k, y+n[1]*k, n[2]*k, 0.7)
			continue
		}
		b.SetColor(b.colour(f[0]))
		if err := b.line(f[1:], x, y, k); err != nil {
			return fmt.Errorf("%s: %q: %w", name, line, err)
		}
	}
	return nil
}

// glow is a light that fades toward its edge.
func (b *brush) glow(x, y, r, strength float64) {
	c := toRGB(b.colour("glow"))
	g := gg.NewRadialGradient(x, y, 0, x, y, r)
	for _, stop := range [][2]float64{{0, 1}, {0.3, 0.5}, {0.65, 0.14}, {1, 0}} {
		g.AddColorStop(stop[0], c.alpha(strength*stop[1]))
	}
	b.SetFillStyle(g)
	b.DrawCircle(x, y, r)
	b.Fill()
}

// pen is where a line's drawing goes on.
type pen struct {
	*gg.Context
	x, y, k float64
	// width is of the stroke; 0 fills.
	width float64
}

// line draws one line of a shape: letters, each with its numbers.
func (b *brush) line(words []string, x, y, k float64) error {
	p := pen{Context: b.Context, x: x, y: y, k: k}
	for i := 0; i < len(words); {
		letter := words[i]
		end := i + 1
		for end < len(words) && !strings.ContainsAny(words[end][:1], "MLQCZocregasw") {
			end++
		}
		n, err := floats(words[i+1 : end])
		if err != nil {
			return err
		}
		if err := p.step(letter, n); err != nil {
			return err
		}
		i = end
	}
	if p.width > 0 {
		b.Stroke()
	} else {
		b.Fill()
	}
	return nil
}

// arity is how many numbers a letter takes, or a multiple of it for L.
var arity = map[string]int{"M": 2, "L": 2, "Q": 4, "C": 6, "Z": 0, "o": 3, "e": 4, "r": 4, "g": 4, "s": 5, "a": 5, "w": 1}

func (p *pen) step(letter string, n []float64) error {
	want, ok := arity[letter]
	if !ok || len(n) != want && (letter != "L" || len(n)%2 != 0 || len(n) == 0) {
		return fmt.Errorf("%q with %d numbers", letter, len(n))
	}
	px := func(i int) float64 { return p.x + n[i]*p.k }
	py := func(i int) float64 { return p.y + n[i]*p.k }
	switch letter {
	case "M":
		p.MoveTo(px(0), py(1))
	case "L":
		for i := 0; i < len(n); i += 2 {
			p.LineTo(px(i), py(i+1))
		}
	case "Q":
		p.QuadraticTo(px(0), py(1), px(2), py(3))
	case "C":
		p.CubicTo(px(0), py(1), px(2), py(3), px(4), py(5))
	case "Z":
		p.ClosePath()
	case "w":
		p.width = n[0]
		p.SetLineWidth(n[0] * p.k)
		p.SetLineCapRound()
		p.SetLineJoinRound()
	default:
		p.figure(letter, n, px(0), py(1))
	}
	return nil
}

// figure adds a closed form around a place.
func (p *pen) figure(letter string, n []float64, x, y float64) {
	p.NewSubPath()
	switch letter {
	case "o":
		p.DrawCircle(x, y, n[2]*p.k)
	case "e":
		p.DrawEllipse(x, y, n[2]*p.k, n[3]*p.k)
	case "r":
		p.DrawRoundedRectangle(x, y, n[2]*p.k, n[3]*p.k, 0.12*p.k*math.Min(n[2], n[3]))
	case "a":
		p.DrawArc(x, y, n[2]*p.k, gg.Radians(n[3]), gg.Radians(n[4]))
	case "s":
		p.star(x, y, n[2]*p.k, n[3], int(n[4]))
	case "g":
		p.cog(x, y, n[2]*p.k, int(n[3]))
	}
}

// star is a star of so many points; inner is the part of its radius between two.
func (p *pen) star(x, y, r, inner float64, points int) {
	for i := range 2 * points {
		d := r
		if i%2 == 1 {
			d *= inner / 100
		}
		a := math.Pi*float64(i)/float64(points) - math.Pi/2
		p.LineTo(x+d*math.Cos(a), y+d*math.Sin(a))
	}
	p.ClosePath()
}

// cog is a wheel with so many teeth.
func (p *pen) cog(x, y, r float64, teeth int) {
	turn := 2 * math.Pi / float64(teeth)
	for i := range teeth {
		for _, corner := range [][2]float64{{-0.3, 0.78}, {-0.2, 1}, {0.2, 1}, {0.3, 0.78}} {
			a := turn * (float64(i) + corner[0])
			p.LineTo(x+r*corner[1]*math.Cos(a), y+r*corner[1]*math.Sin(a))
		}
	}
	p.ClosePath()
}

func floats(words []string) ([]float64, error) {
	n := make([]float64, len(words))
	for i, w := range words {
		var err error
		if n[i], err = strconv.ParseFloat(w, 64); err != nil {
			return nil, err
		}
	}
	return n, nil
}
