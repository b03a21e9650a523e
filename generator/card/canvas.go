package card

import (
	"image"
	"image/color"
	_ "image/jpeg" // the snapshot's pictures are JPEG and PNG
	"math"
	"slices"
	"strings"

	"github.com/fogleman/gg"
	"golang.org/x/image/draw"

	"github.com/trophycase/trophycase/generator/card/text"
	"github.com/trophycase/trophycase/generator/trophy"
)

// The frame of space around what a card shows, and the corner of its edge.
const (
	frame  = 24
	corner = 16
)

// canvas is a card under the brush. Places and sizes are those of the card at its
// normal scale, from the side on which its language begins.
type canvas struct {
	*gg.Context
	*Renderer
	image         *image.RGBA
	setter        *text.Setter
	width, height float64
	zoom          float64 // pixels by unit
	alt           string  // what the card says, for who cannot see it
}

func newCanvas(r *Renderer, setter *text.Setter, width, height, zoom int) *canvas {
	m := r.shelf.blank(width*zoom, height*zoom)
	c := &canvas{Context: gg.NewContextForRGBA(m), Renderer: r, image: m, setter: setter, width: float64(width), height: float64(height), zoom: float64(zoom)}
	c.Scale(c.zoom, c.zoom)
	if r.o.Mirrored {
		c.Translate(c.width, 0)
		c.Scale(-1, 1)
	}
	return c
}

// place is where something stands that is not drawn through the context, whose
// matrix mirrors all else: from the left.
func (c *canvas) place(x, width float64) float64 {
	if c.o.Mirrored {
		return c.width - x - width
	}
	return x
}

// free gives the picture back.
func (c *canvas) free() { c.shelf.free(c.image) }

func (c *canvas) use(token string) { c.SetColor(c.colours[token]) }

// stroke sets the width of lines, which gg does not scale.
func (c *canvas) stroke(width float64) { c.SetLineWidth(width * c.zoom) }

// ground is the card's own background with its hairline. radius is that of its corners, 0 for a whole rectangle.
func (c *canvas) ground(radius float64) {
	if radius == 0 {
		c.flood(c.colours["surface"])
		return
	}
	patch := c.corners(radius, c.zoom)
	side, width, height := patch.Rect.Dx(), c.image.Rect.Dx(), c.image.Rect.Dy()
	edge := side / 2
	// What is between the corners is as the patch is in its middle.
	for y := range height {
		row := c.image.Pix[y*c.image.Stride:][:4*width]
		if y > edge && y < height-edge {
			copy(row, c.image.Pix[(y-1)*c.image.Stride:][:4*width])
			continue
		}
		from := patch.Pix[(min(y, edge)+max(0, y-(height-edge)+1))*patch.Stride:][:4*side]
		copy(row, from[:4*edge+4])
		repeat(row[4*edge : 4*(width-edge)])
		copy(row[4*(width-edge):], from[4*edge+4:])
	}
}

// corners is the smallest ground with corners of a radius, an odd number of pixels wide
// and high.
func (r *Renderer) corners(radius, zoom float64) *image.RGBA {
	type key struct{ radius, zoom float64 }
	return once(&r.rounded, key{radius, zoom}, func() *image.RGBA {
		edge := int(math.Ceil(radius*zoom)) + 1
		side := 2*edge + 1
		c := gg.NewContext(side, side)
		for i, token := range []string{"line", "surface"} {
			inset := float64(i) * zoom
			c.SetColor(r.colours[token])
			c.DrawRoundedRectangle(inset, inset, float64(side)-2*inset, float64(side)-2*inset, radius*zoom-inset)
			c.Fill()
		}
		return c.Image().(*image.RGBA)
	})
}

// flood fills the whole card.
func (c *canvas) flood(k color.RGBA) {
	copy(c.image.Pix, []uint8{k.R, k.G, k.B, k.A})
	repeat(c.image.Pix)
}

// repeat fills pixels with the first of them.
func repeat(pixels []uint8) {
	for n := 4; n < len(pixels); n *= 2 {
		copy(pixels[n:], pixels[:n])
	}
}

// rule is a hairline across.
func (c *canvas) rule(x, y, width float64) {
	c.use("line")
	c.DrawRectangle(x, y, width, 1)
	c.Fill()
}

// line sets text on one line.
func (c *canvas) line(s string, style text.Style, width float64) text.Line {
	return c.setter.Line(s, c.zoomed(style), width*c.zoom)
}

// lines sets text on at most a number of lines.
func (c *canvas) lines(s string, style text.Style, width float64, most int) []text.Line {
	return c.setter.Lines(s, c.zoomed(style), width*c.zoom, most)
}

func (c *canvas) zoomed(style text.Style) text.Style {
	style.Size, style.Least, style.RightToLeft = style.Size*c.zoom, style.Least*c.zoom, c.o.Mirrored
	return style
}

// put draws a line of text.
func (c *canvas) put(line text.Line, token string, x, baseline float64) {
	c.setter.Draw(c.image, line, c.place(x, c.reach(line))*c.zoom, baseline*c.zoom, c.colours[token])
}

// reach is how wide a line is.
func (c *canvas) reach(line text.Line) float64 { return line.Width() / c.zoom }

// write sets text on one line and returns where it ends.
func (c *canvas) write(s string, style text.Style, token string, x, baseline, width float64) float64 {
	line := c.line(s, style, width)
	c.put(line, token, x, baseline)
	return x + c.reach(line)
}

// piece is a text as it is written.
type piece struct {
	text  string
	style text.Style
	token string
}

// figure writes the pieces of a number, such as 7 and /12, which stand from left to
// right in every script, and returns where it ends.
func (c *canvas) figure(x, baseline, gap, width float64, pieces ...piece) float64 {
	if c.o.Mirrored {
		slices.Reverse(pieces)
	}
	x -= gap
	for _, p := range pieces {
		x = c.write(p.text, p.style, p.token, x+gap, baseline, width)
	}
	return x
}

// join is several texts on one line. On a mirrored card marks of direction keep a
// number after a name in another script from joining that name.
func (c *canvas) join(parts ...string) string {
	if c.o.Mirrored {
		return strings.Join(parts, "  \u200f·\u200f  ")
	}
	return strings.Join(parts, "  ·  ")
}

// centre sets text around a place.
func (c *canvas) centre(s string, style text.Style, token string, x, baseline, width float64) {
	line := c.line(s, style, width)
	c.put(line, token, math.Round(x-c.reach(line)/2), baseline)
}

// right sets text that ends at a place, and returns where it begins.
func (c *canvas) right(s string, style text.Style, token string, x, baseline, width float64) float64 {
	line := c.line(s, style, width)
	c.put(line, token, math.Round(x-c.reach(line)), baseline)
	return x - c.reach(line)
}

// box shows a picture in a box with round corners: whole if it is wide, filling
// the box else. Without a picture the first letter of a name stands in.
func (c *canvas) box(p trophy.Picture, name string, x, y, side, radius float64) {
	room := side * c.zoom
	m := c.scaled(p, room)
	if m == nil || !m.opaque || m.Rect.Dx() != m.Rect.Dy() {
		c.use("raised")
		c.DrawRoundedRectangle(x, y, side, side, radius)
		c.Fill()
	}
	if m == nil {
		c.centre(trophy.Initial(name), text.Style{Size: side * 0.42, Bold: true}, "faint", x+side/2, y+side*0.65, side)
		return
	}
	w, h := m.Rect.Dx(), m.Rect.Dy()
	if w != h {
		// A wide cover lies on its own colour, softened, as on a shelf.
		c.blend(average(m.RGBA), x, y, side, radius)
		radius = 4
	}
	at := image.Pt(int(c.place(x, side)*c.zoom+(room-float64(w))/2), int(y*c.zoom+(room-float64(h))/2))
	c.paste(m, at, radius*c.zoom)
}

// paste draws a picture with round corners. Only they need a mask.
func (c *canvas) paste(m *cover, at image.Point, radius float64) {
	w, h := m.Rect.Dx(), m.Rect.Dy()
	edge := min(int(math.Ceil(radius)), w/2, h/2)
	mask := c.roundMask(2*edge, radius)
	for _, corner := range []image.Point{{0, 0}, {w - edge, 0}, {0, h - edge}, {w - edge, h - edge}} {
		part := image.Rectangle{corner, corner.Add(image.Pt(edge, edge))}
		draw.DrawMask(c.image, part.Add(at), m.RGBA, part.Min, mask, image.Pt(min(corner.X, edge), min(corner.Y, edge)), draw.Over)
	}
	c.copy(m, image.Rect(edge, 0, w-edge, edge), at)
	c.copy(m, image.Rect(0, edge, w, h-edge), at)
	c.copy(m, image.Rect(edge, h-edge, w-edge, h), at)
}

// copy draws a part of a picture.
func (c *canvas) copy(m *cover, part image.Rectangle, at image.Point) {
	op := draw.Over
	if m.opaque {
		op = draw.Src
	}
	draw.Draw(c.image, part.Add(at), m.RGBA, part.Min, op)
}

// blend lays a colour thinly over a box.
func (c *canvas) blend(k color.RGBA, x, y, side, radius float64) {
	c.SetRGBA255(int(k.R), int(k.G), int(k.B), 70)
	c.DrawRoundedRectangle(x, y, side, side, radius)
	c.Fill()
}

func average(m *image.RGBA) color.RGBA {
	var r, g, b, n uint64
	for i := 0; i < len(m.Pix); i += 4 * 37 {
		r, g, b, n = r+uint64(m.Pix[i]), g+uint64(m.Pix[i+1]), b+uint64(m.Pix[i+2]), n+1
	}
	if n == 0 {
		return color.RGBA{}
	}
	return color.RGBA{uint8(r / n), uint8(g / n), uint8(b / n), 255}
}

// roundMask is the mask of a square with round corners.
func (r *Renderer) roundMask(side int, radius float64) *image.Alpha {
	type size struct {
		side   int
		radius float64
	}
	return once(&r.shelf.shapes, size{side, radius}, func() *image.Alpha {
		c := gg.NewContext(side, side)
		c.DrawRoundedRectangle(0, 0, float64(side), float64(side), radius)
		c.Fill()
		return c.AsMask()
	})
}

// bar is progress from 0 to 100.
func (c *canvas) bar(x, y, width, height float64, progress int) {
	c.use("raised")
	c.DrawRoundedRectangle(x, y, width, height, height/2)
	c.Fill()
	if progress <= 0 {
		return
	}
	c.use("soft")
	if progress >= 100 {
		c.use("platinum")
	}
	c.DrawRoundedRectangle(x, y, max(height, width*float64(min(progress, 100))/100), height, height/2)
	c.Fill()
}

// ring is progress around a circle, from the top.
func (c *canvas) ring(x, y, radius, width float64, progress int, token string) {
	c.stroke(width)
	c.SetLineCapRound()
	c.use("raised")
	c.DrawCircle(x, y, radius)
	c.Stroke()
	if progress <= 0 {
		return
	}
	c.use(token)
	c.DrawArc(x, y, radius, -math.Pi/2, -math.Pi/2+2*math.Pi*float64(min(progress, 100))/100)
	c.Stroke()
}
