package card

import (
	"bytes"
	"encoding/binary"
	"image"
	"io"
	"math"

	"github.com/trophycase/trophycase/generator/trophy"
)

// Icon draws the site's icon, a cup on a plate, in a square of size pixels. whole
// fills the square, with room for a circle to be cut from it; else its corners are
// round.
func (r *Renderer) Icon(w io.Writer, size int, whole bool) error {
	c := newCanvas(r, nil, size, size, 1)
	c.icon(whole)
	return encode(w, artwork{image: c.image, opaque: whole})
}

func (c *canvas) icon(whole bool) {
	side, share := c.width, 0.75
	clear(c.image.Pix)
	c.use("surface")
	if whole {
		share = 0.56
		c.DrawRectangle(0, 0, side, side)
	} else {
		c.DrawRoundedRectangle(0, 0, side, side, math.Round(side*7/32))
	}
	c.Fill()
	at := math.Round(side * (1 - share) / 2)
	c.cup(trophy.Gold, at, at, side-2*at)
}

// Favicon writes favicon.ico: the icon at 16, 32 and 48 pixels.
func (r *Renderer) Favicon(w io.Writer) error {
	var images []*image.RGBA
	for _, size := range []int{16, 32, 48} {
		c := newCanvas(r, nil, size, size, 1)
		c.icon(false)
		images = append(images, c.image)
	}
	return encodeICO(w, images)
}

// encodeICO writes pictures as one icon file, each as PNG.
func encodeICO(w io.Writer, images []*image.RGBA) error {
	var index, data bytes.Buffer
	index.Write([]byte{0, 0, 1, 0, byte(len(images)), 0})
	at := 6 + 16*len(images)
	for _, m := range images {
		from := data.Len()
		if err := encode(&data, artwork{image: m}); err != nil {
			return err
		}
		side := byte(m.Rect.Dx())
		index.Write([]byte{side, side, 0, 0, 1, 0, 32, 0})
		index.Write(binary.LittleEndian.AppendUint32(nil, uint32(data.Len()-from)))
		index.Write(binary.LittleEndian.AppendUint32(nil, uint32(at+from)))
	}
	if _, err := w.Write(index.Bytes()); err != nil {
		return err
	}
	_, err := w.Write(data.Bytes())
	return err
}
