package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/fogleman/gg"
	"golang.org/x/image/draw"
)

// pictures is the sample's pictures, and the index of the addresses they stand
// for.
type pictures struct {
	files map[string][]byte
	index map[string]entry
}

type entry struct {
	File   string `json:"file"`
	Width  int    `json:"width"`
	Height int    `json:"height"`
}

// drawPictures draws a cover for each title and group, and an icon for each of
// its motifs. Everything is drawn large and scaled down, which smooths edges.
func drawPictures(titles []*title) (*pictures, error) {
	p := &pictures{files: map[string][]byte{}, index: map[string]entry{}}
	if err := p.add(avatarURL, drawAvatar(), 256, 256); err != nil {
		return nil, err
	}
	for _, t := range titles {
		if t.Hidden {
			continue
		}
		width, height := 320, 320
		if t.legacy() {
			height = 176
		}
		if !t.NoCover {
			for i, g := range t.groups {
				if err := p.add(t.coverURL(g.id), drawCover(t, i, width, height), width, height); err != nil {
					return nil, err
				}
			}
		}
		for i := range t.Art.Motifs {
			if t.NoCover && i%2 == 1 {
				continue
			}
			if err := p.add(t.motifURL(i), drawMotif(t, i), 112, 112); err != nil {
				return nil, err
			}
		}
	}
	return p, nil
}

func (p *pictures) add(url string, m image.Image, width, height int) error {
	small := image.NewRGBA(image.Rect(0, 0, width, height))
	draw.CatmullRom.Scale(small, small.Bounds(), m, m.Bounds(), draw.Src, nil)
	var b bytes.Buffer
	ext := ".png"
	var err error
	if small.Opaque() && width > 128 {
		ext = ".jpg"
		err = jpeg.Encode(&b, small, &jpeg.Options{Quality: 82})
	} else {
		err = (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, small)
	}
	if err != nil {
		return err
	}
	sum := sha256.Sum256(b.Bytes())
	name := hex.EncodeToString(sum[:10]) + ext
	p.files[name] = b.Bytes()
	p.index[url] = entry{name, width, height}
	return nil
}

// addTo puts the pictures and their index among the files of the sample.
func (p *pictures) addTo(files map[string][]byte) error {
	var b strings.Builder
	b.WriteString("{")
	for i, url := range slices.Sorted(maps.Keys(p.index)) {
		if i > 0 {
			b.WriteString(",")
		}
		line, err := json.Marshal(p.index[url])
		if err != nil {
			return err
		}
		fmt.Fprintf(&b, "\n%q: %s", url, line)
	}
	b.WriteString("\n}\n")
	files["pictures/index.json"] = []byte(b.String())
	for name, data := range p.files {
		files["pictures/"+name] = data
	}
	return nil
}

const avatarURL = "https://psn-rsc.prod.dl.playstation.net/psn-rsc/avatar/SAMPLE/lantern_xl.png"

// address is where PSN would keep a picture of a title.
func (t *title) address(part string) string {
	sum := sha256.Sum256([]byte(t.npID() + part))
	h := hex.EncodeToString(sum[:])
	if t.modern() {
		return fmt.Sprintf("https://psnobj.prod.dl.playstation.net/psnobj/%s/%s-%s-%s-%s-%s.png",
			t.npID(), h[:8], h[8:12], h[12:16], h[16:20], h[20:32])
	}
	return fmt.Sprintf("https://image.api.playstation.com/trophy/np/%s_00_%s/%s.PNG", t.npID(), strings.ToUpper(h[:16]), strings.ToUpper(h[:40]))
}

func (t *title) coverURL(group string) string { return t.address("cover" + group) }
func (t *title) motifURL(i int) string        { return t.address(fmt.Sprintf("motif%d", i)) }

func (t *title) colour(i int) string { return t.Art.Colours[i%len(t.Art.Colours)] }

// The places of a title's colours.
const (
	sky = iota
	far
	near
	ground
	light
	spark
)

// drawCover draws the scene of a title; each group has its own moment of it.
func drawCover(t *title, group, width, height int) image.Image {
	const scale = 2
	c := gg.NewContext(width*scale, height*scale)
	r := rand.New(rand.NewPCG(uint64(t.ID), uint64(group)))
	s := scene{Context: c, t: t, r: r, w: float64(width * scale), h: float64(height * scale)}
	s.sky()
	switch t.Art.Scene {
	case "mountains":
		s.sun(0.7, 0.3, 0.12)
		s.ridge(far, 0.62, 0.26, 9)
		s.ridge(near, 0.78, 0.2, 7)
		s.ridge(ground, 0.92, 0.08, 12)
	case "sea":
		s.sun(0.5, 0.55, 0.2)
		s.waves()
		s.ship()
	case "city":
		s.sun(0.25, 0.28, 0.1)
		s.blocks(far, 0.45, 0.2)
		s.blocks(near, 0.65, 0.14)
		s.fill(ground, 0.92)
	case "forest":
		s.sun(0.5, 0.35, 0.16)
		s.trees(far, 0.75, 0.45, 15)
		s.trees(near, 0.9, 0.55, 9)
		s.fill(ground, 0.9)
	case "space":
		s.stars(90)
		s.planet(0.62, 0.55, 0.3)
	case "desert":
		s.sun(0.3, 0.32, 0.14)
		s.dunes()
	case "cave":
		s.cave()
	case "ice":
		s.stars(30)
		s.shards()
	case "garden":
		s.sun(0.75, 0.25, 0.11)
		s.ridge(far, 0.7, 0.1, 4)
		s.flowers()
	default:
		s.sun(0.5, 0.42, 0.2)
		s.road()
	}
	s.frame()
	return c.Image()
}

// drawAvatar is a lantern in the night.
func drawAvatar() image.Image {
	c := gg.NewContext(512, 512)
	g := gg.NewLinearGradient(0, 0, 0, 512)
	g.AddColorStop(0, hex2("#16243d"))
	g.AddColorStop(1, hex2("#3d2b4f"))
	c.SetFillStyle(g)
	c.DrawRectangle(0, 0, 512, 512)
	c.Fill()
	for i := range 7 {
		c.SetRGBA(1, 0.78, 0.35, 0.05)
		c.DrawCircle(256, 285, 215-float64(i)*22)
		c.Fill()
	}
	c.SetHexColor("#0d1420")
	c.DrawRoundedRectangle(168, 150, 176, 34, 14)
	c.DrawRoundedRectangle(158, 380, 196, 38, 16)
	c.Fill()
	c.SetLineWidth(16)
	c.DrawArc(256, 152, 58, math.Pi, 2*math.Pi)
	c.Stroke()
	c.SetHexColor("#ffd27a")
	c.DrawRoundedRectangle(184, 184, 144, 196, 30)
	c.Fill()
	c.SetHexColor("#fff3d0")
	c.DrawEllipse(256, 308, 30, 56)
	c.Fill()
	c.SetHexColor("#e2822f")
	c.DrawEllipse(256, 328, 15, 30)
	c.Fill()
	c.SetHexColor("#0d1420")
	for _, x := range []float64{184, 250, 316} {
		c.DrawRectangle(x, 184, 12, 196)
	}
	c.Fill()
	return c.Image()
}

func hex2(s string) (c rgb) {
	fmt.Sscanf(s, "#%02x%02x%02x", &c[0], &c[1], &c[2])
	return c
}

// rgb is an opaque colour.
type rgb [3]uint8

// RGBA implements color.Color.
func (c rgb) RGBA() (r, g, b, a uint32) {
	return uint32(c[0]) * 0x101, uint32(c[1]) * 0x101, uint32(c[2]) * 0x101, 0xffff
}

// mix is a colour between two.
func mix(a, b rgb, part float64) (c rgb) {
	for i := range c {
		c[i] = uint8(math.Round(float64(a[i])*(1-part) + float64(b[i])*part))
	}
	return c
}
