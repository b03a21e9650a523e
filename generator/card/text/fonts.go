// Package text sets text on cards: shaping, direction, fallback between fonts,
// fitting into a width, and drawing.
//
// Shaping is HarfBuzz's, by go-text/typesetting; this package chooses fonts,
// makes text fit, and keeps the masks of glyphs that were drawn before.
package text

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"maps"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	"golang.org/x/sync/errgroup"
	"golang.org/x/text/unicode/norm"
)

// Fonts is a list of fonts in the order in which they are tried. It is safe for
// concurrent use.
type Fonts struct {
	list []listed
	sum  string

	lacks bool // a character that Find was to find

	mu      sync.Mutex
	missing map[rune]bool
}

// A listed font is read when a text first needs it: most profiles are in one script,
// and fonts of Chinese, Japanese and Korean take long.
type listed struct {
	bold bool
	han  string // the language that its Han characters are drawn for, or ""
	read func() (*font.Font, error)
}

// Load lists the fonts of a folder in the order of their names, and after them
// the extra files, which it reads, as it does the first. A name with "-bold" is the bold cut of the font before it.
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
	lists, sums := make([][]listed, len(names)), make([]string, len(names))
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, name := range names {
		group.Go(func() (err error) {
			lists[i], sums[i], err = open(fsys, name)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, fmt.Errorf("fonts: %w", err)
	}
	f := &Fonts{missing: map[rune]bool{}}
	for i, list := range lists {
		f.add(list, sums[i])
	}
	return f, f.check(slices.Concat(lists[len(names)-len(extra):]...))
}

// check reads the first font, which every text needs, and the owner's, the last.
func (f *Fonts) check(owned []listed) error {
	for _, l := range append(owned, f.list[0]) {
		if _, err := l.read(); err != nil {
			return fmt.Errorf("fonts: %w", err)
		}
	}
	return nil
}

// open lists the fonts of a file, one or several. Its sum tells whether a file of ours
// or of the owner has changed, and no more.
func open(fsys fs.FS, name string) (list []listed, sum string, err error) {
	file, err := fsys.Open(name)
	if err != nil {
		return nil, "", err
	}
	defer file.Close()
	check := crc32.New(crc32.MakeTable(crc32.Castagnoli))
	size, err := io.Copy(check, file)
	if err != nil {
		return nil, "", err
	}
	loaders, err := fontsOf(file)
	if err != nil {
		return nil, "", fmt.Errorf("%s: %w", name, err)
	}
	for i := range loaders {
		list = append(list, listed{strings.Contains(name, "-bold"), hanLanguage(name), sync.OnceValues(func() (*font.Font, error) {
			return parse(fsys, name, i)
		})})
	}
	return list, fmt.Sprintf("%x-%x", check.Sum32(), size), nil
}

// fontsOf are the fonts of a file that was opened. That of every file system here can
// be read at any place.
func fontsOf(file fs.File) ([]*opentype.Loader, error) {
	resource, ok := file.(opentype.Resource)
	if !ok {
		return nil, errors.ErrUnsupported
	}
	return opentype.NewLoaders(resource)
}

// parse reads one of a file's fonts.
func parse(fsys fs.FS, name string, i int) (f *font.Font, err error) {
	// go-text believes what a file says of itself.
	defer func() {
		if recover() != nil {
			f, err = nil, fmt.Errorf("%s: it is damaged", name)
		}
	}()
	file, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	loaders, err := fontsOf(file)
	if err == nil && i >= len(loaders) {
		err = fs.ErrNotExist // any more
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if f, err = font.NewFont(loaders[i]); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return f, nil
}

func (f *Fonts) add(list []listed, sum string) {
	f.list = append(f.list, list...)
	all := sha256.Sum256([]byte(f.sum + sum))
	f.sum = hex.EncodeToString(all[:16])
}

// Find adds those of some spare fonts that have characters of a text which no other
// font has, in the order given. Files that cannot be read are passed over: they are
// not the owner's. It must be called before anything is set.
func (f *Fonts) Find(fsys fs.FS, spare func() []string, text map[rune]bool) {
	missing := map[rune]bool{}
	for r := range text {
		if !ignorable(r) && r != unicode.ReplacementChar && !has(f.list, r) && !has(f.list, []rune(norm.NFKC.String(string(r)))...) {
			missing[r] = true
		}
	}
	if len(missing) == 0 {
		return
	}
	defer func() { f.lacks = len(missing) > 0 }()
	for _, name := range spare() {
		list, sum, err := open(fsys, name)
		if err != nil {
			continue
		}
		before := len(missing)
		maps.DeleteFunc(missing, func(r rune, _ bool) bool { return has(list, r) })
		if len(missing) < before {
			f.add(list, sum)
		}
		if len(missing) == 0 {
			return
		}
	}
}

// Lacks says that Find did not find all.
func (f *Fonts) Lacks() bool { return f.lacks }

// has says that each of some characters is in some font.
func has(list []listed, characters ...rune) bool {
	return !slices.ContainsFunc(characters, func(r rune) bool {
		return !slices.ContainsFunc(list, func(l listed) bool {
			f, err := l.read()
			if err != nil {
				return false
			}
			_, ok := f.NominalGlyph(r)
			return ok
		})
	})
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
