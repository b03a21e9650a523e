// Package card draws trophy cards: PNG pictures with a summary of a profile or a
// title, for READMEs, forum signatures and link previews.
//
// A card has its own ground and a hairline edge, so that it stands on white and
// on black. Equal models and options give equal bytes.
package card

import (
	"fmt"
	"image/color"
	"io"
	"io/fs"
	"slices"
	"sync"
	"time"

	"github.com/trophycase/trophycase/generator/card/text"
)

// Options says how cards look and where their parts come from.
type Options struct {
	// Fonts has the fonts, in Folder and at the paths of Extra.
	Fonts  fs.FS
	Folder string
	Extra  []string
	// Spare gives the paths of fonts that are looked through if no other font has a
	// character of Text. May be nil.
	Spare func() []string
	Text  map[rune]bool
	// Pictures has the folder pictures of the snapshot.
	Pictures fs.FS
	// Colours is "#rrggbb" by token: ground, raised, line, ink, soft, faint and
	// the metals.
	Colours  map[string]string
	Language string // BCP 47, of names
	Words    Words
	// Mirrored cards run from right to left, as their language does.
	Mirrored bool
	Location *time.Location
	// Address stands small in a corner, if it is not "".
	Address string
	// Rows is how many lines a card with a list has at the most, 0 for five.
	Rows int
	// Hide is the parts that cards of the profile leave out: latest, completion,
	// points.
	Hide []string
}

func (o *Options) hides(part string) bool { return slices.Contains(o.Hide, part) }

// A Renderer draws cards. It is safe for concurrent use.
type Renderer struct {
	o       Options
	colours map[string]color.RGBA
	fonts   *text.Fonts
	words   Words
	setters *sync.Pool
	rounded sync.Map // grounds, by the radius of their corners
	shelf   *shelf
}

// New looks at the fonts, which are read when a card needs them. The error names a
// font or a colour that cannot be read.
func New(o Options) (*Renderer, error) {
	fonts, err := text.Load(o.Fonts, o.Folder, o.Extra)
	if err != nil {
		return nil, err
	}
	if o.Spare != nil {
		fonts.Find(o.Fonts, o.Spare, o.Text)
	}
	return newRenderer(o, fonts, new(shelf))
}

func newRenderer(o Options, fonts *text.Fonts, shelf *shelf) (*Renderer, error) {
	if o.Location == nil {
		o.Location = time.UTC
	}
	r := &Renderer{o: o, colours: map[string]color.RGBA{}, words: o.Words, fonts: fonts, shelf: shelf, setters: shelf.of(fonts, o.Language)}
	for token, hex := range o.Colours {
		var c [3]uint8
		if n, err := fmt.Sscanf(hex, "#%02x%02x%02x", &c[0], &c[1], &c[2]); n != 3 || err != nil {
			return nil, fmt.Errorf("card: %q is not a colour", hex)
		}
		r.colours[token] = color.RGBA{c[0], c[1], c[2], 255}
	}
	return r, nil
}

// FontsSum is the hash of the fonts, on which the bytes of cards depend.
func (r *Renderer) FontsSum() string { return r.fonts.Sum() }

// Missing is the characters that cards were to show and that no font has.
func (r *Renderer) Missing() []rune { return r.fonts.Missing() }

// Lacks says that Text has characters that no font has.
func (r *Renderer) Lacks() bool { return r.fonts.Lacks() }

// With is a Renderer of the same cards with other options. The fonts stay.
func (r *Renderer) With(change func(*Options)) (*Renderer, error) {
	o := r.o
	change(&o)
	return newRenderer(o, r.fonts, r.shelf)
}

// In is a Renderer of the same cards in other colours.
func (r *Renderer) In(colours map[string]string) (*Renderer, error) {
	return r.With(func(o *Options) { o.Colours = colours })
}

// size is a card's: width and height in units, pixels by unit, the radius of its
// corners, and whether the bytes of its file matter most.
type size struct {
	width, height, zoom int
	radius              float64
	small               bool
}

// draw makes a card of a size and writes it as PNG.
func (r *Renderer) draw(w io.Writer, size size, paint func(*canvas)) error {
	setter := r.setters.Get().(*text.Setter)
	defer r.setters.Put(setter)
	c := newCanvas(r, setter, size.width, size.height, size.zoom)
	defer c.free()
	c.ground(size.radius)
	paint(c)
	if err := setter.Err(); err != nil {
		return err
	}
	return encode(w, artwork{c.image, size.radius == 0, size.small, c.alt})
}
