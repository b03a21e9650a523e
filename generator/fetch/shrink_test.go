package fetch

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/gif"
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

func TestShrink(t *testing.T) {
	clear := image.NewNRGBA(image.Rect(0, 0, 512, 512))
	clear.Set(5, 5, color.NRGBA{200, 10, 10, 128})
	opaque := image.NewGray(image.Rect(0, 0, 640, 352))
	deep := image.NewRGBA64(image.Rect(0, 0, 20, 10))
	var animated bytes.Buffer
	frame := image.NewPaletted(image.Rect(0, 0, 30, 30), color.Palette{color.Black, color.White})
	if err := gif.EncodeAll(&animated, &gif.GIF{Image: []*image.Paletted{frame, frame}, Delay: []int{1, 1}}); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name          string
		data          []byte
		ext           string // "" for an error
		width, height int
	}{
		{"see-through", encoded(t, clear), ".png", 320, 320},
		{"wide", encoded(t, opaque), ".jpg", 320, 176},
		{"16 bits, small", encoded(t, deep), ".png", 20, 10},
		{"animated", animated.Bytes(), ".jpg", 30, 30},
		{"100,000 × 1", claiming(t, 100_000, 1), "", 0, 0},
		{"bomb", claiming(t, 1<<30, 1<<30), "", 0, 0},
		{"no width", claiming(t, 0, 5), "", 0, 0},
		{"truncated", encoded(t, clear)[:60], "", 0, 0},
		{"SVG", []byte("<svg/>"), "", 0, 0},
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

func FuzzShrink(f *testing.F) {
	f.Add(encoded(f, image.NewGray(image.Rect(0, 0, 9, 3))))
	f.Add([]byte("\xff\xd8\xff"))
	f.Add([]byte("GIF89a"))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := shrink(data, 32)
		if err == nil && (p.width > 32 || p.height > 32 || len(p.data) == 0) {
			t.Errorf("became %d×%d in %d bytes", p.width, p.height, len(p.data))
		}
	})
}
