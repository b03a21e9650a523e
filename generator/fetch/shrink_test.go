package fetch

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"testing"
)

func encoded(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// claiming is a PNG whose header says another size.
func claiming(t testing.TB, width, height uint32) []byte {
	data := encoded(t, image.NewGray(image.Rect(0, 0, 1, 1)))
	binary.BigEndian.PutUint32(data[16:], width)
	binary.BigEndian.PutUint32(data[20:], height)
	return data
}

func animation(t testing.TB, width, height int) []byte {
	t.Helper()
	var b bytes.Buffer
	frame := image.NewPaletted(image.Rect(0, 0, width, height), color.Palette{color.Black, color.White})
	if err := gif.EncodeAll(&b, &gif.GIF{Image: []*image.Paletted{frame, frame}, Delay: []int{1, 1}}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func photo(t testing.TB, width, height int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewRGBA(image.Rect(0, 0, width, height)), nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// cmyk is a JPEG of 8×8 pixels for print, in four colours.
func cmyk() []byte {
	var b bytes.Buffer
	marker := func(code byte, data ...byte) {
		b.Write([]byte{0xff, code})
		b.Write(binary.BigEndian.AppendUint16(nil, uint16(len(data)+2)))
		b.Write(data)
	}
	b.Write([]byte{0xff, 0xd8})
	marker(0xee, append([]byte("Adobe"), 0, 100, 0, 0, 0, 0, 0)...)
	marker(0xdb, append([]byte{0}, bytes.Repeat([]byte{1}, 64)...)...)
	marker(0xc0, 8, 0, 8, 0, 8, 4, 'C', 0x11, 0, 'M', 0x11, 0, 'Y', 0x11, 0, 'K', 0x11, 0)
	// One code of one bit in each table, for "no difference" and "end of block".
	one := append([]byte{1}, make([]byte, 16)...)
	marker(0xc4, append([]byte{0}, one...)...)
	marker(0xc4, append([]byte{0x10}, one...)...)
	marker(0xda, 4, 'C', 0, 'M', 0, 'Y', 0, 'K', 0, 0, 63, 0)
	b.Write([]byte{0, 0xff, 0xd9}) // two bits for each colour
	return b.Bytes()
}

func TestShrink(t *testing.T) {
	clear := image.NewNRGBA(image.Rect(0, 0, 512, 512))
	clear.Set(5, 5, color.NRGBA{200, 10, 10, 128})
	opaque := image.NewGray(image.Rect(0, 0, 640, 352))
	deep := image.NewRGBA64(image.Rect(0, 0, 20, 10))
	tests := []struct {
		name          string
		data          []byte
		ext           string // "" for an error
		width, height int
	}{
		{"see-through", encoded(t, clear), ".png", 320, 320},
		{"wide", encoded(t, opaque), ".jpg", 320, 176},
		{"16 bits, small", encoded(t, deep), ".png", 20, 10},
		{"animated", animation(t, 30, 30), ".jpg", 30, 30},
		{"photo", photo(t, 33, 17), ".jpg", 33, 17},
		{"CMYK", cmyk(), ".jpg", 8, 8},
		{"one row", encoded(t, image.NewGray(image.Rect(0, 0, maxSide, 1))), ".jpg", 320, 1},
		{"as many pixels as may be", encoded(t, image.NewGray(image.Rect(0, 0, 2048, 2048))), ".jpg", 320, 320},
		{"too many pixels", claiming(t, 2049, 2048), "", 0, 0},
		{"100,000 × 1", claiming(t, 100_000, 1), "", 0, 0},
		{"bomb", claiming(t, 1<<30, 1<<30), "", 0, 0},
		{"no width", claiming(t, 0, 5), "", 0, 0},
		{"truncated", encoded(t, clear)[:60], "", 0, 0},
		{"truncated photo", photo(t, 33, 17)[:300], "", 0, 0},
		{"broken", append(encoded(t, clear)[:300], bytes.Repeat([]byte{0xa5}, 400)...), "", 0, 0},
		{"SVG", []byte("<svg/>"), "", 0, 0},
		{"SVG after a PNG's first bytes", []byte("\x89PNG\r\n\x1a\n<svg onload='canary()'/>"), "", 0, 0},
		{"HTML", []byte("<!doctype html>"), "", 0, 0},
		{"nothing", nil, "", 0, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p, err := shrink(tt.data, 320)
			if (err == nil) != (tt.ext != "") {
				t.Fatalf("error is %v", err)
			}
			if err == nil && (p.ext != tt.ext || p.width != tt.width || p.height != tt.height) {
				t.Errorf("got %s of %d×%d, want %s of %d×%d", p.ext, p.width, p.height, tt.ext, tt.width, tt.height)
			}
		})
	}
}

// FuzzShrink holds that what is kept is a whole picture of the size and the form
// that it is said to have, and fits its box.
func FuzzShrink(f *testing.F) {
	f.Add(encoded(f, image.NewGray(image.Rect(0, 0, 9, 3))))
	f.Add(encoded(f, image.NewNRGBA64(image.Rect(0, 0, 40, 70))))
	f.Add(animation(f, 30, 20))
	f.Add(photo(f, 33, 17))
	f.Add(cmyk())
	f.Add([]byte("\xff\xd8\xff"))
	f.Add([]byte("GIF89a"))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := shrink(data, 32)
		if err != nil {
			return
		}
		c, format, err := image.DecodeConfig(bytes.NewReader(p.data))
		ends := map[string]string{"png": ".png", "jpeg": ".jpg"}
		if err != nil || c.Width != p.width || c.Height != p.height || ends[format] != p.ext || p.width > 32 || p.height > 32 {
			t.Errorf("became %d×%d in %d bytes of %s, read as %d×%d of %s: %v", p.width, p.height, len(p.data), p.ext, c.Width, c.Height, format, err)
		}
	})
}
