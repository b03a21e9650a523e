package card

import (
	"image"
	"image/color"
	"testing"
)

func filled(w, h int, at func(x, y int) color.RGBA) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			m.SetRGBA(x, y, at(x, y))
		}
	}
	return m
}

// TestResampleKeepsFlatColours scales pictures of one colour up and down: every value
// has to come out as it went in, at the edges too.
func TestResampleKeepsFlatColours(t *testing.T) {
	for v := range 256 {
		for _, want := range []color.RGBA{{uint8(v), uint8(255 - v), 128, 255}, {0, uint8(v / 2), uint8(v), uint8(v)}} {
			for _, size := range []image.Point{{5, 3}, {23, 40}, {1, 1}} {
				m := resample(filled(13, 17, func(int, int) color.RGBA { return want }), size.X, size.Y)
				for y := range size.Y {
					for x := range size.X {
						if got := m.RGBAAt(x, y); distant(got, want) > (255-int(want.A)+254)/255 {
							t.Fatalf("%v at %v became %v at %d, %d", want, size, got, x, y)
						}
					}
				}
			}
		}
	}
}

func distant(a, b color.RGBA) int {
	n := 0
	for _, pair := range [][2]uint8{{a.R, b.R}, {a.G, b.G}, {a.B, b.B}, {a.A, b.A}} {
		n = max(n, abs(int(pair[0])-int(pair[1])))
	}
	return n
}

func abs(n int) int { return max(n, -n) }

// TestResampleInLinearLight scales fine stripes of black and white away: half of the
// light is a value of 188, not 128.
func TestResampleInLinearLight(t *testing.T) {
	stripes := filled(64, 64, func(x, y int) color.RGBA {
		v := uint8(255 * (x % 2))
		return color.RGBA{v, v, v, 255}
	})
	m := resample(stripes, 16, 64)
	for x := 2; x < 14; x++ {
		if got := m.RGBAAt(x, 32); distant(got, color.RGBA{188, 188, 188, 255}) > 4 {
			t.Errorf("column %d is %v", x, got)
		}
	}
}

// TestResampleKeepsShapes scales a square on a ground: its middle and its place stay,
// what lies around it does not ring by more than the kernel does, and a hole stays one.
func TestResampleKeepsShapes(t *testing.T) {
	ink, hole := color.RGBA{200, 40, 90, 255}, color.RGBA{}
	square := filled(90, 60, func(x, y int) color.RGBA {
		if x >= 30 && x < 60 && y >= 15 && y < 45 {
			return ink
		}
		return hole
	})
	for _, size := range []image.Point{{30, 20}, {45, 30}, {180, 120}} {
		m := resample(square, size.X, size.Y)
		if got := m.RGBAAt(size.X/2, size.Y/2); got != ink {
			t.Errorf("%v: the middle is %v", size, got)
		}
		for _, corner := range []image.Point{{0, 0}, {size.X - 1, size.Y - 1}, {size.X / 10, size.Y / 2}} {
			if got := m.RGBAAt(corner.X, corner.Y); got != hole {
				t.Errorf("%v: at %v is %v", size, corner, got)
			}
		}
		for y := range size.Y {
			for x := range size.X {
				c := m.RGBAAt(x, y)
				if c.R > c.A || c.G > c.A || c.B > c.A {
					t.Fatalf("%v: %v at %d, %d is no colour", size, c, x, y)
				}
			}
		}
	}
}

// TestLight goes from each value to its light and back.
func TestLight(t *testing.T) {
	for v, l := range lightOf {
		if got := valueOf[l>>2]; int(got) != v {
			t.Errorf("%d came back as %d", v, got)
		}
	}
}

func BenchmarkResample(b *testing.B) {
	m := filled(320, 320, func(x, y int) color.RGBA { return color.RGBA{uint8(x), uint8(y), uint8(x * y), 255} })
	for b.Loop() {
		resample(m, 152, 152)
	}
}
