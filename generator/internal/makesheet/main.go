// Makesheet lays the cards of a built site out on one picture, to be looked at as
// a whole: docs/cards.png is made by it.
//
//	go run . build --sample
//	go run ./generator/internal/makesheet public docs/cards.png
package main

import (
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"

	"golang.org/x/image/draw"
)

// A place is where a card stands on the sheet, and how much smaller it is.
type place struct {
	file string
	x, y int
	part int // 1 for its own size, 2 for half of it, and so on
}

// The sheet's left half is white, its right half black, as the pages are on which
// cards stand.
const (
	width  = 1720
	height = 1740
	half   = width / 2
)

// places is the same cards on both halves, light and dark, and below them those
// that have one look.
func places() []place {
	var list []place
	for x, look := range map[int]string{0: "-light", half: "-dark"} {
		list = append(list,
			place{"cards/profile" + look + ".png", x + 30, 30, 1},
			place{"cards/compact" + look + ".png", x + 30, 290, 1},
			place{"cards/signature-468x60" + look + ".png", x + 30, 430, 1},
			place{"cards/signature-500x100" + look + ".png", x + 30, 510, 1},
			place{"cards/milestone" + look + ".png", x + 450, 290, 2},
			place{"cards/calendar" + look + ".png", x + 30, 630, 1},
			place{"cards/recent" + look + ".png", x + 30, 846, 2},
			place{"cards/rarest" + look + ".png", x + 440, 846, 2},
		)
		for i, name := range []string{"level", "platinums", "total", "completion"} {
			list = append(list, place{"cards/badges/" + name + "-large" + look + ".png", x + 560, 400 + 50*i, 1})
		}
	}
	return append(list,
		place{"cards/titles/tidewright.png", 30, 1060, 1}, place{"cards/titles/星を継ぐ庭師-gardener-of-inherited-stars.png", 30, 1276, 1},
		place{"cards/social/puddle-knights.png", 30, 1492, 3}, place{"cards/pages/stats.png", 446, 1492, 3},
		place{"cards/platinum/hollow-choir.png", half + 30, 1060, 3}, place{"cards/social.png", half + 30, 1284, 3},
		place{"cards/years/2025.png", half + 446, 1060, 3}, place{"cards/platinum/hollow-choir-square.png", half + 30, 1508, 5},
		place{"cards/platinum/borrowed-weather-square.png", half + 250, 1508, 5},
	)
}

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: makesheet SITE FILE.png")
		os.Exit(2)
	}
	if err := write(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "makesheet:", err)
		os.Exit(1)
	}
}

func write(site, file string) error {
	sheet := image.NewRGBA(image.Rect(0, 0, width, height))
	draw.Draw(sheet, image.Rect(0, 0, half, height), image.White, image.Point{}, draw.Src)
	draw.Draw(sheet, image.Rect(half, 0, width, height), image.NewUniform(color.Black), image.Point{}, draw.Src)
	for _, p := range places() {
		f, err := os.Open(filepath.Join(site, p.file))
		if err != nil {
			return err
		}
		m, err := png.Decode(f)
		f.Close()
		if err != nil {
			return fmt.Errorf("%s: %w", p.file, err)
		}
		at := image.Rect(p.x, p.y, p.x+m.Bounds().Dx()/p.part, p.y+m.Bounds().Dy()/p.part)
		draw.CatmullRom.Scale(sheet, at, m, m.Bounds(), draw.Over, nil)
	}
	out, err := os.Create(file)
	if err != nil {
		return err
	}
	defer out.Close()
	e := png.Encoder{CompressionLevel: png.BestCompression}
	if err := e.Encode(out, sheet); err != nil {
		return err
	}
	return out.Close()
}
