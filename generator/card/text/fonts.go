// Package text sets text on cards: shaping, direction, fallback between fonts,
// fitting into a width, and drawing.
//
// Shaping is HarfBuzz's, by go-text/typesetting; this package chooses fonts,
// makes text fit, and keeps the masks of glyphs that were drawn before.
package text

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"runtime"
	"strings"
	"sync"
	"unicode"

	"github.com/go-text/typesetting/font"
	"golang.org/x/sync/errgroup"
)

// Fonts is a list of fonts in the order in which they are tried. It is safe for
// concurrent use.
type Fonts struct {
	list []loaded
	sum  string

	mu      sync.Mutex
	missing map[rune]bool
}

type loaded struct {
	font *font.Font
	bold bool
	han  string // the language that its Han characters are drawn for, or ""
}

// Load reads the fonts of a folder in the order of their names, and after them
// the extra files. A name with "-bold" is the bold cut of the font before it.
func Load(fsys fs.FS, folder string, extra []string) (*Fonts, error) {
	entries, err := fs.ReadDir(fsys, folder)
	if err != nil {
		return nil, fmt.Errorf("fonts: %w", err)
	}
	var names []string
	for _, e := range entries {
		if ext := strings.ToLower(path.Ext(e.Name())); ext == ".ttf" || ext == ".otf" {
			names = append(names, path.Join(folder, e.Name()))
		}
	}
	names = append(names, extra...)
	if len(names) == 0 {
		return nil, fmt.Errorf("fonts: there is none in %s", folder)
	}
	f := &Fonts{missing: map[rune]bool{}, list: make([]loaded, len(names))}
	sums := make([][sha256.Size]byte, len(names))
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, name := range names {
		group.Go(func() (err error) {
			f.list[i], sums[i], err = load(fsys, name)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	h := sha256.New()
	for _, sum := range sums {
		h.Write(sum[:])
	}
	f.sum = hex.EncodeToString(h.Sum(nil)[:16])
	return f, nil
}

// load reads a font, and hashes it.
func load(fsys fs.FS, name string) (loaded, [sha256.Size]byte, error) {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return loaded{}, [sha256.Size]byte{}, fmt.Errorf("fonts: %w", err)
	}
	face, err := font.ParseTTF(bytes.NewReader(data))
	if err != nil {
		return loaded{}, [sha256.Size]byte{}, fmt.Errorf("fonts: %s: %w", name, err)
	}
	return loaded{face.Font, strings.Contains(name, "-bold"), hanLanguage(name)}, sha256.Sum256(data), nil
}

// hanLanguage tells by a file's name whose Han characters a font has.
func hanLanguage(name string) string {
	for part, language := range map[string]string{"-jp.": "ja", "-kr.": "ko", "-sc.": "zh-hans", "-tc.": "zh-hant"} {
		if strings.Contains(name, part) {
			return language
		}
	}
	return ""
}

// Sum is the hash of all fonts.
func (f *Fonts) Sum() string { return f.sum }

// Missing is the characters that were to be drawn and that no font has, sorted.
func (f *Fonts) Missing() []rune {
	f.mu.Lock()
	defer f.mu.Unlock()
	var list []rune
	for r := range f.missing {
		list = append(list, r)
	}
	sortRunes(list)
	return list
}

func (f *Fonts) miss(r rune) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.missing[r] = true
}

// ignorable says that a character is not to be seen, so that no font needs it.
func ignorable(r rune) bool {
	return unicode.In(r, unicode.Cf, unicode.Cc, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point) ||
		r >= 0xe0020 && r <= 0xe007f
}
