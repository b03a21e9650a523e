package card

import (
	"image"
	"math"
)

// resample scales a picture to a size by the kernel of Catmull and Rom, in linear
// light: between the values of sRGB, thin bright lines would come out too dark. All
// sums are of whole numbers, so that every machine makes the same bytes of them.
func resample(m *image.RGBA, width, height int) *image.RGBA {
	across, down := kernel(m.Rect.Dx(), width), kernel(m.Rect.Dy(), height)
	to := image.NewRGBA(image.Rect(0, 0, width, height))
	source, sums := make([]light, m.Rect.Dx()), make([]light, width)
	// The rows that the next one is made of, each in its place by its number.
	rows := make([][]light, longest(down))
	for i := range rows {
		rows[i] = make([]light, width)
	}
	next := 0
	for y, k := range down {
		for ; next < k.from+len(k.weights); next++ {
			lit(source, m.Pix[next*m.Stride:])
			squeeze(rows[next%len(rows)], source, across)
		}
		clear(sums)
		for i, weight := range k.weights {
			for x, l := range rows[(k.from+i)%len(rows)] {
				sums[x].rg += l.rg * weight
				sums[x].ba += l.ba * weight
			}
		}
		dim(to.Pix[y*to.Stride:], sums)
	}
	return to
}

// light is a pixel in linear light, from 0 to 65535 and multiplied by its alpha: red
// and green, blue and alpha share a number, as one product then does for both.
type light struct{ rg, ba int64 }

func both(high, low int) int64 { return int64(high)<<32 + int64(low) }

// apart is the two halves of a sum of products with weights.
func apart(sum int64) (high, low int) {
	l := int32(sum)
	return whole(int((sum - int64(l)) >> 32)), whole(int(l))
}

// whole takes the scale of the weights from a sum.
func whole(sum int) int { return min(max((sum+weightOne/2)/weightOne, 0), 65535) }

// weightOne is what the weights of a tap add up to. With it, a sum of products stays
// within 31 bits.
const weightOne = 1 << 14

// A tap is the pixels that one is made of, from the first, and their weights.
type tap struct {
	from    int
	weights []int64
}

func longest(taps []tap) (n int) {
	for _, t := range taps {
		n = max(n, len(t.weights))
	}
	return n
}

// kernel is the taps that turn a number of pixels into another.
func kernel(from, to int) []tap {
	scale := float64(from) / float64(to)
	wide := max(scale, 1)
	taps := make([]tap, to)
	for i := range taps {
		centre := (float64(i)+0.5)*scale - 0.5
		first, last := max(0, int(math.Ceil(centre-2*wide))), min(from-1, int(math.Floor(centre+2*wide)))
		shares, sum := make([]float64, last-first+1), 0.0
		for k := range shares {
			shares[k] = catmullRom(math.Abs(float64(first+k)-centre) / wide)
			sum += shares[k]
		}
		taps[i] = tap{first, weigh(shares, sum)}
	}
	return taps
}

// weigh turns shares of a sum into weights; what rounding leaves goes to the middle.
func weigh(shares []float64, sum float64) []int64 {
	weights, rest := make([]int64, len(shares)), int64(weightOne)
	for i, share := range shares {
		weights[i] = int64(math.Round(share / sum * weightOne))
		rest -= weights[i]
	}
	weights[len(weights)/2] += rest
	return weights
}

func catmullRom(t float64) float64 {
	switch {
	case t < 1:
		return (1.5*t-2.5)*t*t + 1
	case t < 2:
		return ((-0.5*t+2.5)*t-4)*t + 2
	}
	return 0
}

// squeeze scales a row.
func squeeze(to, from []light, taps []tap) {
	for x, t := range taps {
		var sum light
		part := from[t.from:][:len(t.weights)]
		for i, weight := range t.weights {
			sum.rg += part[i].rg * weight
			sum.ba += part[i].ba * weight
		}
		r, g := apart(sum.rg)
		b, a := apart(sum.ba)
		to[x] = light{both(r, g), both(b, a)}
	}
}

// lightOf is the light of each value of sRGB, valueOf the value of each light
// without its last two bits: IEC 61966-2-1.
var (
	lightOf = func() (t [256]int) {
		for v := range t {
			s := float64(v) / 255
			if s <= 0.04045 {
				s /= 12.92
			} else {
				s = math.Pow((s+0.055)/1.055, 2.4)
			}
			t[v] = int(math.Round(s * 65535))
		}
		return t
	}()
	valueOf = func() (t [1 << 14]uint8) {
		v := 0
		for l := range t {
			for v < 255 && 2*(4*l+2) >= lightOf[v]+lightOf[v+1] {
				v++
			}
			t[l] = uint8(v)
		}
		return t
	}()
)

// lit turns pixels into light.
func lit(to []light, pixels []uint8) {
	for x := range to {
		p := pixels[4*x : 4*x+4 : 4*x+4]
		a := int(p[3])
		if a == 255 {
			to[x] = light{both(lightOf[p[0]], lightOf[p[1]]), both(lightOf[p[2]], 65535)}
			continue
		}
		var l [3]int
		for i := range l {
			if a > 0 {
				l[i] = lightOf[min(255, int(p[i])*255/a)] * a / 255
			}
		}
		to[x] = light{both(l[0], l[1]), both(l[2], a*257)}
	}
}

// dim turns sums of light back into pixels.
func dim(pixels []uint8, sums []light) {
	for x, sum := range sums {
		r, g := apart(sum.rg)
		b, a := apart(sum.ba)
		p := pixels[4*x : 4*x+4 : 4*x+4]
		if a == 65535 {
			p[0], p[1], p[2], p[3] = valueOf[r>>2], valueOf[g>>2], valueOf[b>>2], 255
			continue
		}
		for i, l := range [...]int{r, g, b} {
			if a > 0 {
				p[i] = uint8(int(valueOf[int64(min(l, a))*65535/int64(a)>>2]) * a / 65535)
			}
		}
		p[3] = uint8(a / 257)
	}
}
