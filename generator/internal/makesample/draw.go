package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"maps"
	"slices"
	"strings"
	"sync"

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
	motifs, err := parseShapes(motifText)
	if err != nil {
		return nil, err
	}
	heroes, err := parseShapes(heroText)
	if err != nil {
		return nil, err
	}
	avatar, err := drawAvatar()
	if err != nil {
		return nil, err
	}
	if err := p.add(avatarURL, avatar, 256, 256); err != nil {
		return nil, err
	}
	return p, p.addTitles(titles, motifs, heroes)
}

// addTitles draws the titles at the same time, each with its own random numbers.
func (p *pictures) addTitles(titles []*title, motifs, heroes shapes) error {
	parts, errs := make([]*pictures, len(titles)), make([]error, len(titles))
	var wait sync.WaitGroup
	for i, t := range titles {
		if t.Hidden {
			continue
		}
		parts[i] = &pictures{files: map[string][]byte{}, index: map[string]entry{}}
		wait.Go(func() {
			if err := parts[i].addTitle(t, motifs, heroes); err != nil {
				errs[i] = fmt.Errorf("%s: %w", t.Name, err)
			}
		})
	}
	wait.Wait()
	for _, part := range parts {
		if part != nil {
			maps.Copy(p.files, part.files)
			maps.Copy(p.index, part.index)
		}
	}
	return errors.Join(errs...)
}

// addTitle draws a title's pictures; of one without a cover, every second icon
// is left out too.
func (p *pictures) addTitle(t *title, motifs, heroes shapes) error {
	width, height := 320, 320
	if t.legacy() {
		height = 176
	}
	for i, g := range t.groups {
		if t.NoCover {
			continue
		}
		m, err := drawCover(t, i, width, height, heroes)
		if err != nil {
			return err
		}
		if err := p.add(t.coverURL(g.id), m, width, height); err != nil {
			return err
		}
	}
	for i := range t.Art.Motifs {
		if t.NoCover && i%2 == 1 {
			continue
		}
		m, err := drawMotif(t, i, motifs)
		if err != nil {
			return err
		}
		if err := p.add(t.motifURL(i), m, 128, 128); err != nil {
			return err
		}
	}
	return nil
}

func (p *pictures) add(url string, m image.Image, width, height int) error {
	small := image.NewRGBA(image.Rect(0, 0, width, height))
	draw.BiLinear.Scale(small, small.Bounds(), m, m.Bounds(), draw.Src, nil)
	var b bytes.Buffer
	ext := ".png"
	var err error
	if small.Opaque() {
		ext = ".jpg"
		err = jpeg.Encode(&b, small, &jpeg.Options{Quality: 85})
	} else {
		err = png.Encode(&b, small)
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
