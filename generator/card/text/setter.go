package text

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/shaping"
	"github.com/rivo/uniseg"
	"golang.org/x/image/math/fixed"
	"golang.org/x/text/unicode/bidi"
	"golang.org/x/text/unicode/norm"
)

// Style is how text looks.
type Style struct {
	Size float64 // of the em square, in pixels
	Bold bool
	// Least is the size down to which text may shrink to fit; 0 means that it
	// may not.
	Least float64
	// RightToLeft is for text among such: with a letter of a script that runs so, it
	// does, also if it begins with another.
	RightToLeft bool
}

// A Setter sets text. It is not safe for concurrent use: each worker has one.
type Setter struct {
	fonts    *Fonts
	faces    []*font.Face // those that were needed
	err      error        // of a font that could not be read
	language language.Language
	shaper   shaping.HarfbuzzShaper
	segments shaping.Segmenter
	masks    map[maskKey]mask
	lines    map[lineKey]Line // those that were set last
}

// A lineKey is a text as it is set on one line.
type lineKey struct {
	text  string
	style Style
}

// NewSetter makes a Setter for names in a language, which decides how the
// characters that Chinese, Japanese and Korean share are drawn.
func NewSetter(f *Fonts, lang string) *Setter {
	return &Setter{fonts: f, faces: make([]*font.Face, len(f.list)), language: language.NewLanguage(lang), masks: map[maskKey]mask{}, lines: map[lineKey]Line{}}
}

// Err is the error of a font that a text needed and that could not be read.
func (s *Setter) Err() error { return s.err }

// face is a font of the list, or the first one if it cannot be read: that one can.
func (s *Setter) face(i int) *font.Face {
	if s.faces[i] == nil {
		f, err := s.fonts.list[i].read()
		if err != nil {
			s.err = fmt.Errorf("fonts: %w", err)
			return s.face(0)
		}
		s.faces[i] = font.NewFace(f)
	}
	return s.faces[i]
}

// A Line is text that was set, ready to be drawn.
type Line struct {
	runs  []shaping.Output // from left to right
	width float64
	// Cut says that the text ends in an ellipsis because it was too long.
	Cut bool
}

// Width is how far the line reaches, in pixels.
func (l Line) Width() float64 { return l.width }

// Line sets text on one line no wider than width: it shrinks as far as the style
// lets it and is then cut at the end of a character as people see them.
func (s *Setter) Line(text string, style Style, width float64) Line {
	text = tidy(text)
	line := s.set(text, style)
	if line.width <= width {
		return line
	}
	if style.Least > 0 && style.Least < style.Size {
		// The shaper scales by whole pixels.
		style.Size = max(style.Least, math.Floor(style.Size*width/line.width))
		if line = s.set(text, style); line.width <= width {
			return line
		}
	}
	return s.cut(text, style, width)
}

// tidy is text on one line, and no more of it than any card has room for.
func tidy(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if len(text) > 4000 {
		text = strings.ToValidUTF8(text[:4000], "")
	}
	return text
}

// Lines sets text on as many lines as it needs, at most the number given; the
// last one is cut if it has to be.
func (s *Setter) Lines(text string, style Style, width float64, most int) []Line {
	one := style
	one.Least = 0
	text = tidy(text)
	first := s.set(text, one)
	if most <= 1 || first.width <= width {
		return []Line{s.Line(text, style, width)}
	}
	var lines []Line
	for rest := text; rest != ""; {
		if len(lines) == most-1 {
			return append(lines, s.Line(rest, one, width))
		}
		var head string
		head, rest = s.split(rest, one, width)
		lines = append(lines, s.Line(head, one, width))
	}
	return lines
}

// split takes as much of text as fits a line: whole words, or at least one
// character.
func (s *Setter) split(text string, style Style, width float64) (head, rest string) {
	fits := 0
	state := -1
	at := 0
	for tail := text; tail != ""; {
		var segment string
		segment, tail, _, state = uniseg.FirstLineSegmentInString(tail, state)
		if s.set(strings.TrimSpace(text[:at+len(segment)]), style).width > width {
			break
		}
		at += len(segment)
		fits = at
	}
	if fits == 0 {
		fits = s.longest(text, style, width, "")
	}
	return strings.TrimSpace(text[:fits]), strings.TrimSpace(text[fits:])
}

const ellipsis = "…"

// cut ends text in an ellipsis so that it fits.
func (s *Setter) cut(text string, style Style, width float64) Line {
	n := s.longest(text, style, width, ellipsis)
	line := s.set(strings.TrimRight(text[:n], " .,:;–—-")+ellipsis, style)
	if line.width > width {
		return Line{Cut: true}
	}
	line.Cut = true
	return line
}

// longest is the bytes of the longest beginning of text that fits with end after
// it, cut between characters as people see them.
func (s *Setter) longest(text string, style Style, width float64, end string) int {
	var ends []int
	for g := uniseg.NewGraphemes(text); g.Next(); {
		_, to := g.Positions()
		ends = append(ends, to)
	}
	n, _ := slices.BinarySearchFunc(ends, width, func(to int, width float64) int {
		if s.set(text[:to]+end, style).width > width {
			return 1
		}
		return -1
	})
	switch {
	case n > 0:
		return ends[n-1]
	case end == "" && len(ends) > 0:
		return ends[0]
	}
	return 0
}

// set is text on one line. Labels, numbers and a title's name are on many cards, so
// that those set last are kept.
func (s *Setter) set(text string, style Style) Line {
	style.Least = 0
	key := lineKey{text, style}
	line, ok := s.lines[key]
	if !ok {
		line = s.shape(text, style)
		if len(s.lines) >= 500 {
			clear(s.lines)
		}
		s.lines[key] = line
	}
	return line
}

// shape shapes text on one line.
func (s *Setter) shape(text string, style Style) Line {
	if text == "" {
		return Line{}
	}
	runes := s.drawable(strings.Map(noControl, text), style.Bold)
	input := shaping.Input{
		Text: runes, RunEnd: len(runes), Direction: direction(text, style.RightToLeft), Face: s.face(0),
		Size: fixed.Int26_6(style.Size*64 + 0.5), Language: s.language,
	}
	chooser := &chooser{s, style.Bold, s.hanFace(runes)}
	var outputs []shaping.Output
	for _, in := range s.segments.Split(input, chooser) {
		outputs = append(outputs, s.shaper.Shape(in))
	}
	line := Line{runs: visualOrder(outputs, input.Direction)}
	for _, run := range line.runs {
		line.width += float64(run.Advance) / 64
	}
	return line
}

// mark stands for a character that no font has, and for what is none: all fonts
// have it, and a box would look like a mistake of ours.
const mark = '?'

// drawable is a text of characters that some font has. A ligature or the like that
// none has is taken apart; what is missing then is noted.
func (s *Setter) drawable(text string, bold bool) []rune {
	runes := make([]rune, 0, len(text))
	for _, r := range text {
		switch {
		case r == unicode.ReplacementChar:
			runes = append(runes, mark)
		case ignorable(r) || s.find(r, bold, nil) != nil:
			runes = append(runes, r)
		default:
			runes = append(runes, s.apart(r, bold)...)
		}
	}
	return runes
}

// apart is the characters that a missing one is made of, or the mark.
func (s *Setter) apart(r rune, bold bool) []rune {
	parts := []rune(norm.NFKC.String(string(r)))
	if slices.ContainsFunc(parts, func(p rune) bool { return s.find(p, bold, nil) == nil }) {
		s.fonts.miss(r)
		return []rune{mark}
	}
	return parts
}

func noControl(r rune) rune {
	if unicode.IsControl(r) {
		return -1
	}
	return r
}

// visualOrder puts the runs of a line, which come as they are read, into the
// order from left to right: those against the line's direction are turned among
// themselves, and all of them when the line runs from right to left.
func visualOrder(runs []shaping.Output, line di.Direction) []shaping.Output {
	for i := 0; i < len(runs); {
		j := i + 1
		for j < len(runs) && runs[j].Direction == runs[i].Direction {
			j++
		}
		if runs[i].Direction != line {
			slices.Reverse(runs[i:j])
		}
		i = j
	}
	if line == di.DirectionRTL {
		slices.Reverse(runs)
	}
	return runs
}

// direction is that of the first letter with one, or from right to left if that is
// preferred and a letter runs so.
func direction(text string, rightToLeft bool) di.Direction {
	for _, r := range text {
		p, _ := bidi.LookupRune(r)
		switch p.Class() {
		case bidi.R, bidi.AL:
			return di.DirectionRTL
		case bidi.L:
			if !rightToLeft {
				return di.DirectionLTR
			}
		}
	}
	return di.DirectionLTR
}

// find is the first face that has a character, the preferred one before others.
func (s *Setter) find(r rune, bold bool, preferred *font.Face) *font.Face {
	if preferred != nil {
		if _, ok := preferred.NominalGlyph(r); ok {
			return preferred
		}
	}
	for i := range s.faces {
		face := s.face(i)
		if _, ok := face.NominalGlyph(r); !ok {
			continue
		}
		if bold && i+1 < len(s.faces) && s.fonts.list[i+1].bold {
			if _, ok := s.face(i + 1).NominalGlyph(r); ok {
				return s.face(i + 1)
			}
		}
		return face
	}
	return nil
}

// hanFace is a font that has all Han characters of a text, so that one name is
// not drawn in two styles: that of the language before others.
func (s *Setter) hanFace(text []rune) *font.Face {
	if !slices.ContainsFunc(text, isHan) {
		return nil
	}
	var best *font.Face
	for i, l := range s.fonts.list {
		if l.han == "" || !hasHan(s.face(i), text) {
			continue
		}
		if strings.HasPrefix(string(s.language), l.han) {
			return s.face(i)
		}
		if best == nil {
			best = s.face(i)
		}
	}
	return best
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }

func hasHan(face *font.Face, text []rune) bool {
	return !slices.ContainsFunc(text, func(r rune) bool {
		_, ok := face.NominalGlyph(r)
		return isHan(r) && !ok
	})
}

// chooser chooses the font of each character for the segmenter.
type chooser struct {
	*Setter
	bold bool
	han  *font.Face
}

// ResolveFace implements shaping.Fontmap.
func (c *chooser) ResolveFace(r rune) *font.Face {
	var preferred *font.Face
	if isHan(r) {
		preferred = c.han
	}
	if face := c.find(r, c.bold, preferred); face != nil {
		return face
	}
	return c.face(0)
}

func sortRunes(list []rune) { slices.Sort(list) }
