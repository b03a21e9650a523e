package text

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden file")

// TestScripts compares how a name in each script is set with what was read and found
// right, and is what HarfBuzz's hb-shape makes of these fonts: glyphs from left to
// right with their font, place and advance. A glyph 0 is the box that stands for none.
func TestScripts(t *testing.T) {
	names := []struct{ script, name string }{
		{"Latin", "Tidewright™ AVATAR ﬁn"}, {"diacritics", "Źródło ĝöñ Ậ e\u0323\u0301"}, {"Cyrillic", "Ёжик Їжак"}, {"Greek", "Κῆπος ἄστρων"},
		{"Japanese", "星を継ぐ庭師 ｶﾞ が"}, {"Korean", "고요한 우체국"}, {"Simplified Chinese", "雾中行者"}, {"Traditional Chinese", "夜市奇譚"},
		{"Arabic", "منارة الرمل"}, {"joined Arabic", "البلاتينية فائقة"}, {"Arabic and Latin", "منارة Sand 2: الرمل"}, {"Hebrew", "מִגְדַּלּוֹר 7"}, {"Thai", "ร้านซ่อมดวงดาว กั้"}, {"Devanagari", "क्षितिज"},
		{"symbols", "™®© ★Ⅱ½ ＡＢ～"}, {"emoji", "🏆👩\u200d🚀🐌"},
	}
	s := setter(t, "ja")
	var b strings.Builder
	for _, n := range names {
		line := s.Line(n.name, Style{Size: 32}, 1e6)
		fmt.Fprintf(&b, "%s: %q, %.2f wide\n", n.script, n.name, line.Width())
		for _, run := range line.runs {
			fmt.Fprintf(&b, "  font %d, %v:", s.number(run.Face), run.Direction)
			for _, g := range run.Glyphs {
				if g.GlyphID == 0 {
					t.Errorf("%s: a character of %q is set as the box for none", n.script, n.name)
				}
				fmt.Fprintf(&b, " %d+%.2f", g.GlyphID, float64(g.Advance)/64)
				if g.XOffset != 0 || g.YOffset != 0 {
					fmt.Fprintf(&b, "(%.2f,%.2f)", float64(g.XOffset)/64, float64(g.YOffset)/64)
				}
			}
			b.WriteByte('\n')
		}
	}
	if missing := s.fonts.Missing(); len(missing) > 0 {
		t.Errorf("no font has %q", string(missing))
	}
	const file = "testdata/scripts.txt"
	if *update {
		if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	got, wanted := strings.Split(b.String(), "\n"), strings.Split(string(want), "\n")
	for i := range max(len(got), len(wanted)) {
		if i >= len(got) || i >= len(wanted) || got[i] != wanted[i] {
			t.Fatalf("line %d is\n%q, want\n%q; run go test -update if that is meant", i+1, at(got, i), at(wanted, i))
		}
	}
}

func at(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return ""
}
