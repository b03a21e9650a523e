package fetch

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"

	"golang.org/x/image/draw"
)

// maxSide and maxPixels bound a picture before it is decoded: a small file can
// claim to be a huge picture. Decoding takes up to 16 bytes a pixel.
const (
	maxSide   = 4096
	maxPixels = 2048 * 2048
)

// A shrunk picture is what is kept of one of PSN's.
type shrunk struct {
	data          []byte
	ext           string
	width, height int
}

// shrink decodes a PNG, JPEG or GIF, scales it down to fit a square box and
// encodes it anew: what else was in the file is gone.
func shrink(data []byte, box int) (shrunk, error) {
	m, err := decode(data)
	if err != nil {
		return shrunk{}, fmt.Errorf("picture: %w", err)
	}
	size := m.Bounds().Size()
	scale := min(1, float64(box)/float64(max(size.X, size.Y)))
	w, h := max(1, int(float64(size.X)*scale+0.5)), max(1, int(float64(size.Y)*scale+0.5))
	scaled := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.CatmullRom.Scale(scaled, scaled.Bounds(), m, m.Bounds(), draw.Src, nil)
	var b bytes.Buffer
	if scaled.Opaque() {
		err = jpeg.Encode(&b, scaled, &jpeg.Options{Quality: 85})
		return shrunk{b.Bytes(), ".jpg", w, h}, err
	}
	err = (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, scaled)
	return shrunk{b.Bytes(), ".png", w, h}, err
}

// decode reads a picture after its size was checked.
func decode(data []byte) (image.Image, error) {
	readers := []struct {
		magic  string
		config func([]byte) (image.Config, error)
		decode func([]byte) (image.Image, error)
	}{
		{"\x89PNG\r\n\x1a\n",
			func(b []byte) (image.Config, error) { return png.DecodeConfig(bytes.NewReader(b)) },
			func(b []byte) (image.Image, error) { return png.Decode(bytes.NewReader(b)) }},
		{"\xff\xd8",
			func(b []byte) (image.Config, error) { return jpeg.DecodeConfig(bytes.NewReader(b)) },
			func(b []byte) (image.Image, error) { return jpeg.Decode(bytes.NewReader(b)) }},
		{"GIF8",
			func(b []byte) (image.Config, error) { return gif.DecodeConfig(bytes.NewReader(b)) },
			func(b []byte) (image.Image, error) { return gif.Decode(bytes.NewReader(b)) }},
	}
	for _, r := range readers {
		if !bytes.HasPrefix(data, []byte(r.magic)) {
			continue
		}
		c, err := r.config(data)
		if err != nil {
			return nil, err
		}
		if c.Width < 1 || c.Height < 1 || c.Width > maxSide || c.Height > maxSide {
			return nil, fmt.Errorf("it is %d×%d pixels; a side has %d at most", c.Width, c.Height, maxSide)
		}
		if c.Width*c.Height > maxPixels {
			return nil, fmt.Errorf("it is %d×%d pixels; %d are the most in all", c.Width, c.Height, maxPixels)
		}
		m, err := r.decode(data)
		if err != nil {
			return nil, err
		}
		if m.Bounds().Empty() {
			return nil, errors.New("it has no pixels")
		}
		return m, nil
	}
	return nil, errors.New("it is neither PNG, JPEG nor GIF")
}
