package card

import (
	"encoding/binary"
	"image"
	"runtime"
	"slices"
	"sync"

	"golang.org/x/image/draw"

	"github.com/trophycase/trophycase/generator/card/text"
	"github.com/trophycase/trophycase/generator/trophy"
)

// A shelf keeps what cards of all colours share. The pictures that were used last,
// as read and as scaled: the cards of a title come one after the other, and the
// avatar is on many.
type shelf struct {
	mu   sync.Mutex
	kept []kept // the one used last is the last

	shapes  sync.Map      // of what has two tones, by keys of their own types
	setters sync.Map      // pools of them by language
	blanks  []*image.RGBA // to draw on again, of any size
}

// kept is a picture by its file and the length of its longer side.
type kept struct {
	file    string
	side    float64 // 0 as it was read
	picture *cover
}

// shelfRoom is how many pictures are kept: those of a few titles.
const shelfRoom = 24

// take is a kept picture, or the one that make makes. Two may make the same one at
// the same time, which does no harm.
func (s *shelf) take(file string, side float64, make func() *cover) *cover {
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

// once is what is kept by a key, or what make makes. Two may make it at the same time,
// which does no harm.
func once[V any](kept *sync.Map, key any, make func() V) V {
	v, ok := kept.Load(key)
	if !ok {
		v, _ = kept.LoadOrStore(key, make())
	}
	return v.(V)
}

// of is the setters of a language, with what they keep.
func (s *shelf) of(fonts *text.Fonts, language string) *sync.Pool {
	pool, _ := s.setters.LoadOrStore(language, &sync.Pool{New: func() any { return text.NewSetter(fonts, language) }})
	return pool.(*sync.Pool)
}

// blank is a picture to draw on, with the pixels of another one.
func (s *shelf) blank(width, height int) *image.RGBA {
	n := 4 * width * height
	s.mu.Lock()
	defer s.mu.Unlock()
	if last := len(s.blanks) - 1; last >= 0 {
		m := s.blanks[last]
		s.blanks = s.blanks[:last]
		if cap(m.Pix) >= n {
			return &image.RGBA{Pix: m.Pix[:n], Stride: 4 * width, Rect: image.Rect(0, 0, width, height)}
		}
	}
	return image.NewRGBA(image.Rect(0, 0, width, height))
}

// free takes a picture back, if there are not enough yet.
func (s *shelf) free(m *image.RGBA) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.blanks) < runtime.GOMAXPROCS(0) {
		s.blanks = append(s.blanks, m)
	}
}

// scaled is a picture with room pixels on its longer side; nil when there is none,
// or none that can be read: the card has a place for that.
func (r *Renderer) scaled(p trophy.Picture, room float64) *cover {
	if p.None() {
		return nil
	}
	return r.shelf.take(p.File, room, func() *cover {
		m := r.shelf.take(p.File, 0, func() *cover { return r.read(p) })
		if m == nil {
			return nil
		}
		return m.fit(room)
	})
}

// cover is a picture as it stands on a card.
type cover struct {
	*image.RGBA
	opaque, photo bool
}

// fit scales a picture to a length of its longer side.
func (m *cover) fit(room float64) *cover {
	size := m.Rect.Size()
	scale := room / float64(max(size.X, size.Y))
	w, h := max(1, int(float64(size.X)*scale+0.5)), max(1, int(float64(size.Y)*scale+0.5))
	if size == image.Pt(w, h) {
		return m
	}
	scaled := &cover{resample(m.RGBA, w, h), m.opaque, m.photo}
	scaled.calm()
	return scaled
}

// calm moves a photograph's colours to the next multiple of three, one step at the
// most, which nobody sees. What it drops is noise of JPEG for the most part, and a
// tenth of a card's bytes.
func (m *cover) calm() {
	if !m.photo {
		return
	}
	pairs := thirds()
	for pix := m.Pix; len(pix) >= 4; pix = pix[4:] {
		v := binary.LittleEndian.Uint32(pix)
		binary.LittleEndian.PutUint32(pix, uint32(pairs[v&0xffff])|uint32(pairs[v>>16])<<16)
	}
}

// thirds is the next multiple of three of each of two values, as a picture has many.
var thirds = sync.OnceValue(func() *[1 << 16]uint16 {
	t := new([1 << 16]uint16)
	for i := range t {
		low, high := (i&255+1)/3*3, (i>>8+1)/3*3
		t[i] = uint16(high<<8 | low)
	}
	return t
})

// read is a picture of the snapshot; nil when there is none that can be read.
func (r *Renderer) read(p trophy.Picture) *cover {
	f, err := r.o.Pictures.Open("pictures/" + p.File)
	if err != nil {
		return nil
	}
	defer f.Close()
	picture, _, err := image.Decode(f)
	if err != nil {
		return nil
	}
	m := &cover{RGBA: image.NewRGBA(image.Rectangle{Max: picture.Bounds().Size()})}
	draw.Draw(m.RGBA, m.Rect, picture, picture.Bounds().Min, draw.Src)
	_, m.photo = picture.(*image.YCbCr)
	m.opaque = m.photo || m.Opaque()
	m.calm()
	return m
}
