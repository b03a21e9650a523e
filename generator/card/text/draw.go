package text

import (
	"image"
	"image/color"
	"image/draw"
	"math"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// steps is how many places between two pixels a glyph can stand at.
const steps = 4

// A maskKey is a glyph at a size and a place between pixels.
type maskKey struct {
	font *font.Font
	gid  font.GID
	size fixed.Int26_6
	step uint8
}

// A mask is what a glyph covers; origin is where its dot is in it.
type mask struct {
	alpha  *image.Alpha
	origin image.Point
}

// Draw draws a line with its left end and its baseline at a point.
func (s *Setter) Draw(dst *image.RGBA, line Line, x, baseline float64, c color.Color) {
	source := image.NewUniform(c)
	for _, run := range line.runs {
		for _, g := range run.Glyphs {
			left := x + float64(g.XOffset)/64
			top := baseline - float64(g.YOffset)/64
			s.glyph(dst, source, maskKey{run.Face.Font, g.GlyphID, run.Size, 0}, run.Face, left, top)
			x += float64(g.Advance) / 64
		}
	}
}

func (s *Setter) glyph(dst *image.RGBA, source *image.Uniform, key maskKey, face *font.Face, x, y float64) {
	whole := math.Floor(x)
	key.step = uint8((x - whole) * steps)
	m, ok := s.masks[key]
	if !ok {
		m = rasterize(key, face)
		// A card has few glyphs; many cards have many, with a kilobyte or two each.
		if len(s.masks) > 4_000 {
			clear(s.masks)
		}
		s.masks[key] = m
	}
	if m.alpha == nil {
		return
	}
	at := image.Pt(int(whole), int(math.Round(y))).Sub(m.origin)
	draw.DrawMask(dst, m.alpha.Bounds().Add(at), source, image.Point{}, m.alpha, image.Point{}, draw.Over)
}

// rasterize draws a glyph's outline into a mask.
func rasterize(key maskKey, face *font.Face) mask {
	outline, ok := face.GlyphDataOutline(key.gid)
	if !ok || len(outline.Segments) == 0 {
		return mask{}
	}
	scale := float32(key.size) / 64 / float32(face.Upem())
	shift := float32(key.step) / steps
	box := bounds(outline, scale, shift)
	if box.Empty() || box.Dx() > 4096 || box.Dy() > 4096 {
		return mask{}
	}
	r := vector.NewRasterizer(box.Dx(), box.Dy())
	point := func(p opentype.SegmentPoint) (x, y float32) {
		return p.X*scale + shift - float32(box.Min.X), -p.Y*scale - float32(box.Min.Y)
	}
	for _, seg := range outline.Segments {
		ax, ay := point(seg.Args[0])
		bx, by := point(seg.Args[1])
		cx, cy := point(seg.Args[2])
		switch seg.Op {
		case opentype.SegmentOpMoveTo:
			r.ClosePath()
			r.MoveTo(ax, ay)
		case opentype.SegmentOpLineTo:
			r.LineTo(ax, ay)
		case opentype.SegmentOpQuadTo:
			r.QuadTo(ax, ay, bx, by)
		case opentype.SegmentOpCubeTo:
			r.CubeTo(ax, ay, bx, by, cx, cy)
		}
	}
	r.ClosePath()
	alpha := image.NewAlpha(image.Rect(0, 0, box.Dx(), box.Dy()))
	r.Draw(alpha, alpha.Bounds(), image.Opaque, image.Point{})
	return mask{alpha, image.Pt(-box.Min.X, -box.Min.Y)}
}

// bounds is the pixels that an outline can touch.
func bounds(outline font.GlyphOutline, scale, shift float32) image.Rectangle {
	minX, minY := float32(math.Inf(1)), float32(math.Inf(1))
	maxX, maxY := float32(math.Inf(-1)), float32(math.Inf(-1))
	for _, seg := range outline.Segments {
		for _, p := range seg.ArgsSlice() {
			x, y := p.X*scale+shift, -p.Y*scale
			minX, maxX = min(minX, x), max(maxX, x)
			minY, maxY = min(minY, y), max(maxY, y)
		}
	}
	floor := func(v float32) int { return int(math.Floor(float64(v))) }
	return image.Rect(floor(minX), floor(minY), floor(maxX)+1, floor(maxY)+1)
}
