package text

import (
	"image"
	"image/color"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/go-text/typesetting/font"
)

func setter(t testing.TB, language string) *Setter {
	t.Helper()
	f, err := Load(os.DirFS("../../.."), "assets/fonts", nil)
	if err != nil {
		t.Fatal(err)
	}
	return NewSetter(f, language)
}

// number is the place of a face among the fonts.
func (s *Setter) number(face *font.Face) int { return slices.Index(s.faces, face) }

func TestFits(t *testing.T) {
	s := setter(t, "en")
	tests := []struct {
		name  string
		text  string
		style Style
		width float64
		cut   bool
		same  bool // the width is that without a bound
	}{
		{"fits", "Tidewright", Style{Size: 20}, 400, false, true},
		{"shrinks", "Tidewright", Style{Size: 40, Least: 10}, 120, false, false},
		{"is cut", "Tidewright of the Outer Farmlands", Style{Size: 40}, 120, true, false},
		{"shrinks and is cut", strings.Repeat("Tidewright ", 40), Style{Size: 40, Least: 30}, 200, true, false},
		{"Japanese is cut", strings.Repeat("灯台", 200), Style{Size: 20}, 200, true, false},
		{"Arabic is cut", strings.Repeat("منارة ", 60), Style{Size: 20}, 200, true, false},
		{"no room", "Tidewright", Style{Size: 20}, 5, true, false},
		{"nothing", "", Style{Size: 20}, 5, false, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			line := s.Line(tt.text, tt.style, tt.width)
			if line.Width() > tt.width || line.Cut != tt.cut {
				t.Errorf("is %.1f wide and cut: %v", line.Width(), line.Cut)
			}
			if free := s.Line(tt.text, tt.style, 1e6); (free.Width() == line.Width()) != tt.same {
				t.Errorf("is %.1f wide, without a bound %.1f", line.Width(), free.Width())
			}
		})
	}
}

func TestLines(t *testing.T) {
	s := setter(t, "en")
	text := "The Complete and Unabridged Grand Touring Championship of the Outer Farmlands"
	for most := 1; most <= 6; most++ {
		lines := s.Lines(text, Style{Size: 20}, 220, most)
		if len(lines) > most {
			t.Errorf("%d lines, at most %d are allowed", len(lines), most)
		}
		for _, line := range lines {
			if line.Width() > 220 {
				t.Errorf("a line is %.1f wide", line.Width())
			}
		}
		if last := lines[len(lines)-1]; last.Cut != (most < 4) {
			t.Errorf("with %d lines the last is cut: %v", most, last.Cut)
		}
	}
}

// TestShaping sees what drawing rune by rune would get wrong.
func TestShaping(t *testing.T) {
	s := setter(t, "en")
	width := func(text string) float64 { return s.Line(text, Style{Size: 64}, 1e6).Width() }
	if width("AV") >= width("A")+width("V") {
		t.Error("there is no kerning")
	}
	if joined, apart := width("بب"), 2*width("ب"); joined >= apart {
		t.Errorf("Arabic letters are not joined: %.1f and %.1f", joined, apart)
	}
	if width("e\u0301") != width("é") {
		t.Error("a combining accent takes room")
	}
	if width("👩\u200d🚀") > 1.7*width("👩") {
		t.Error("a joined emoji is drawn as two")
	}
	if len(s.fonts.Missing()) != 0 {
		t.Errorf("missing: %q", string(s.fonts.Missing()))
	}
}

// TestOrder sees that in mixed text the parts stand from right to left.
func TestOrder(t *testing.T) {
	s := setter(t, "en")
	line := s.Line("منارة abc", Style{Size: 20}, 1e6)
	if len(line.runs) < 2 || line.runs[0].Runes.Offset == 0 {
		t.Errorf("the first run from the left begins at rune %d", line.runs[0].Runes.Offset)
	}
}

func TestHan(t *testing.T) {
	japanese, chinese := setter(t, "ja"), setter(t, "zh-hans")
	font := func(s *Setter, text string) int {
		return s.number(s.Line(text, Style{Size: 20}, 1e6).runs[0].Face)
	}
	if font(japanese, "直") == font(chinese, "直") {
		t.Error("Japanese and Chinese have the same Han characters")
	}
	if a, b := font(japanese, "雾"), font(japanese, "雾中行者"); a != b {
		t.Error("one name is drawn from several fonts")
	}
}

func TestMissing(t *testing.T) {
	s := setter(t, "en")
	s.Line("ᚑ\u200b\ufe0f", Style{Size: 20}, 100)
	if got := string(s.fonts.Missing()); got != "ᚑ" {
		t.Errorf("missing: %q", got)
	}
}

// TestReadsFontsWhenNeeded sees that only the fonts of a text's script are parsed, and
// that a font which turns out to be broken then is an error by name.
func TestReadsFontsWhenNeeded(t *testing.T) {
	fonts := fstest.MapFS{}
	for name, keep := range map[string]int{"10-inter.ttf": 100, "20-noto-sans-arabic.ttf": 100, "21-noto-sans-hebrew.ttf": 30} {
		data, err := os.ReadFile("../../../assets/fonts/" + name)
		if err != nil {
			t.Fatal(err)
		}
		fonts["main/"+name] = &fstest.MapFile{Data: data[:len(data)*keep/100]}
	}
	f, err := Load(fonts, "main", nil)
	if err != nil {
		t.Fatal(err)
	}
	s := NewSetter(f, "en")
	for _, tt := range []struct {
		text, err string
		read      int
	}{{"Tidewright", "", 1}, {"منارة", "", 2}, {"מגדל", "main/21-noto-sans-hebrew.ttf", 2}} {
		s.Line(tt.text, Style{Size: 20, Bold: true}, 1e6)
		read := len(slices.DeleteFunc(slices.Clone(s.faces), func(f *font.Face) bool { return f == nil }))
		if err := s.Err(); read != tt.read || (err == nil) != (tt.err == "") || err != nil && !strings.Contains(err.Error(), tt.err) {
			t.Errorf("%q: %d fonts read, want %d; error is %v, want %q in it", tt.text, read, tt.read, err, tt.err)
		}
	}
	if _, err := Load(fonts, "main", []string{"main/21-noto-sans-hebrew.ttf"}); err == nil || !strings.Contains(err.Error(), "21-noto-sans-hebrew.ttf") {
		t.Errorf("an owner's font that is broken: error is %v", err)
	}
}

// TestFind sees that of the spare fonts only those with a missing character are
// taken, and that none is looked through without need.
func TestFind(t *testing.T) {
	root := os.DirFS("../../..")
	fonts := fstest.MapFS{"bad.ttf": {Data: []byte("no font")}}
	for _, name := range []string{"main/10-inter.ttf", "21-noto-sans-hebrew.ttf", "22-noto-sans-thai.ttf"} {
		data, err := fs.ReadFile(root, "assets/fonts/"+path.Base(name))
		if err != nil {
			t.Fatal(err)
		}
		fonts[name] = &fstest.MapFile{Data: data}
	}
	spare := func() []string {
		return []string{"bad.ttf", "none.ttf", "21-noto-sans-hebrew.ttf", "22-noto-sans-thai.ttf"}
	}
	for _, tt := range []struct {
		text, missing string
		more          int
	}{{"Tidewright", "", 0}, {"ร้าน", "", 1}, {"ร้าน מגדל", "", 2}, {"ร้าน ᚑ", "ᚑ", 1}} {
		f, err := Load(fonts, "main", nil)
		if err != nil {
			t.Fatal(err)
		}
		before, sum := len(f.list), f.Sum()
		text := map[rune]bool{}
		for _, r := range tt.text {
			text[r] = true
		}
		f.Find(fonts, func() []string {
			if tt.more == 0 {
				t.Errorf("%q: the spare fonts are looked through", tt.text)
			}
			return spare()
		}, text)
		NewSetter(f, "en").Line(tt.text, Style{Size: 20}, 1e6)
		if got := string(f.Missing()); got != tt.missing || len(f.list)-before != tt.more || (f.Sum() == sum) != (tt.more == 0) {
			t.Errorf("%q: %d fonts more, want %d; missing are %q", tt.text, len(f.list)-before, tt.more, got)
		}
	}
}

func FuzzLine(f *testing.F) {
	for _, text := range []string{"Tidewright", "灯台", "منارة abc", "👩\u200d🚀", "\u202e", "a\u0301\u0302", "\xff", "ﷺ"} {
		f.Add(text, 120.0)
	}
	s := setter(f, "en")
	f.Fuzz(func(t *testing.T, text string, width float64) {
		if !(width >= 0 && width < 2000) {
			t.Skip()
		}
		dst := image.NewRGBA(image.Rect(0, 0, 64, 64))
		for _, line := range s.Lines(text, Style{Size: 18, Least: 12}, width, 2) {
			if line.Width() > width+0.01 {
				t.Errorf("%q is %.2f wide in a box of %.2f", text, line.Width(), width)
			}
			for _, run := range line.runs {
				for _, g := range run.Glyphs {
					if g.GlyphID == 0 {
						t.Errorf("%q is drawn with the box for no glyph", text)
					}
				}
			}
			s.Draw(dst, line, 2, 20, color.White)
		}
	})
}
