package card

import (
	"image"
	"slices"
	"sync"

	"golang.org/x/image/draw"

	"github.com/trophycase/trophycase/generator/trophy"
)

// A shelf keeps the pictures that were used last, as read and as scaled: the cards
// of a title come one after the other, and the avatar is on many.
type shelf struct {
	mu   sync.Mutex
	kept []kept // the one used last is the last

	blanks  sync.Pool                      // of pictures to draw on again, of any size
	scalers map[[2]image.Point]draw.Scaler // by the size to come to and the one to come from
}

// kept is a picture by its file and the length of its longer side.
type kept struct {
	file    string
	side    float64 // 0 as it was read
	picture image.Image
}

// shelfRoom is how many pictures are kept: a few titles' worth for each processor.
const shelfRoom = 24

// take is a kept picture, or the one that make makes. Two may make the same one at
// the same time, which does no harm.
func (s *shelf) take(file string, side float64, make func() image.Image) image.Image {
	s.mu.Lock()
	i := slices.IndexFunc(s.kept, func(k kept) bool { return k.file == file && k.side == side })
	if i >= 0 {
		k := s.kept[i]
		s.kept = append(slices.Delete(s.kept, i, i+1), k)
		s.mu.Unlock()
		return k.picture
	}
	s.mu.Unlock()
	k := kept{file, side, make()}
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.kept) >= shelfRoom {
		s.kept = slices.Delete(s.kept, 0, 1)
	}
	s.kept = append(s.kept, k)
	return k.picture
}

// blank is a picture to draw on, with the pixels of another one.
func (s *shelf) blank(width, height int) *image.RGBA {
	n := 4 * width * height
	m, ok := s.blanks.Get().(*image.RGBA)
	if !ok || cap(m.Pix) < n {
		return image.NewRGBA(image.Rect(0, 0, width, height))
	}
	return &image.RGBA{Pix: m.Pix[:n], Stride: 4 * width, Rect: image.Rect(0, 0, width, height)}
}

// scaled is a picture with room pixels on its longer side; nil when there is none,
// or none that can be read: the card has a place for that.
func (r *Renderer) scaled(p trophy.Picture, room float64) *image.RGBA {
	if p.None() {
		return nil
	}
	m, _ := r.shelf.take(p.File, room, func() image.Image {
		m := r.shelf.take(p.File, 0, func() image.Image { return r.picture(p) })
		if m == nil {
			return (*image.RGBA)(nil)
		}
		return r.shelf.fit(m, room)
	}).(*image.RGBA)
	return m
}

// fit scales a picture to a length of its longer side.
func (s *shelf) fit(m image.Image, room float64) *image.RGBA {
	size := m.Bounds().Size()
	scale := room / float64(max(size.X, size.Y))
	w, h := int(float64(size.X)*scale+0.5), int(float64(size.Y)*scale+0.5)
	scaled := image.NewRGBA(image.Rect(0, 0, w, h))
	if size == scaled.Rect.Size() {
		draw.Draw(scaled, scaled.Rect, m, m.Bounds().Min, draw.Src)
	} else {
		s.scaler(image.Pt(w, h), size).Scale(scaled, scaled.Rect, m, m.Bounds(), draw.Src, nil)
	}
	if _, ok := m.(*image.YCbCr); ok {
		calm(scaled)
	}
	return scaled
}

// scaler is kept for each pair of sizes, with its weights and its buffers: most
// pictures have one of two sizes.
func (s *shelf) scaler(to, from image.Point) draw.Scaler {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.scalers == nil {
		s.scalers = map[[2]image.Point]draw.Scaler{}
	}
	pair := [2]image.Point{to, from}
	if s.scalers[pair] == nil {
		s.scalers[pair] = draw.CatmullRom.NewScaler(to.X, to.Y, from.X, from.Y)
	}
	return s.scalers[pair]
}

// calm drops the finest steps of a photograph's colours, one in 128 of red and
// green and one in 64 of blue, which nobody sees. They are noise of JPEG for the
// most part, and a tenth of a card's bytes.
func calm(m *image.RGBA) {
	for i := 0; i < len(m.Pix); i += 4 {
		p := m.Pix[i : i+3 : i+3]
		p[0], p[1], p[2] = p[0]&^1, p[1]&^1, p[2]&^3|p[2]>>6
	}
}

// picture reads a picture of the snapshot; nil when there is none, or none that
// can be read: the card has a place for that.
func (r *Renderer) picture(p trophy.Picture) image.Image {
	if p.None() {
		return nil
	}
	f, err := r.o.Pictures.Open("pictures/" + p.File)
	if err != nil {
		return nil
	}
	defer f.Close()
	m, _, err := image.Decode(f)
	if err != nil {
		return nil
	}
	return m
}
