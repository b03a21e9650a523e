package generator

import (
	"bytes"
	"flag"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"golang.org/x/image/draw"

	"github.com/trophycase/trophycase/generator/config"
)

var update = flag.Bool("update", false, "write the golden pictures")

const ownCards = `
cards:
  own:
    - plain.png?kind=profile
    - german.png?kind=profile&lang=de
    - less.png?kind=profile&hide=latest
    - badge.png?kind=badges/total&lang=ja
    - title.png?kind=title&theme=grove&mode=light&scale=2&title=NPWR90101_00
    - title-social.png?kind=title-social&title=NPWR90101_00
    - social.png?kind=social&theme=gallery&mode=light
    - review.png?kind=review&year=2025
    - recent.png?kind=recent&rows=3&theme=study
    - gone.png?kind=title&title=NPWR99999_00
    - never.png?kind=review&year=1999
`

// TestOwnCards sees that the cards of site.yaml are drawn in their language and
// look, and that those of what the profile does not have are left out and named.
func TestOwnCards(t *testing.T) {
	j := sampleJob(t, ownCards)
	s, err := j.site()
	if err != nil {
		t.Fatal(err)
	}
	drawn := map[string][]byte{}
	list, err := s.artifacts()
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range list {
		if dir := filepath.ToSlash(filepath.Dir(a.Path)); dir != "cards/own" && dir != "cards" && dir != "cards/badges" {
			continue
		}
		var b bytes.Buffer
		if err := a.Write(&b); err != nil {
			t.Fatal(err)
		}
		drawn[a.Path] = b.Bytes()
	}
	for _, own := range j.Config.Cards.Own {
		stray := own.File == "gone.png" || own.File == "never.png"
		if there := drawn["cards/own/"+own.File] != nil; there == stray || slices.Contains(s.strayCards, own.File) != stray {
			t.Errorf("%s is there: %v; left out are %q", own.File, there, s.strayCards)
		}
	}
	for _, tt := range []struct {
		a, b string
		same bool
	}{
		{"cards/profile-dark.png", "cards/own/plain.png", true},
		{"cards/own/german.png", "cards/own/plain.png", false},
		{"cards/own/less.png", "cards/own/plain.png", false},
		{"cards/badges/total-dark.png", "cards/own/badge.png", false},
	} {
		if bytes.Equal(drawn[tt.a], drawn[tt.b]) != tt.same {
			t.Errorf("%s and %s are the same: %v", tt.a, tt.b, !tt.same)
		}
	}
	if got := decoded(t, drawn["cards/own/title.png"]).Bounds().Size(); got != image.Pt(1600, 400) {
		t.Errorf("title.png is %v", got)
	}
}

// TestOwnKinds draws every kind that site.yaml may name.
func TestOwnKinds(t *testing.T) {
	var lines strings.Builder
	for i, kind := range config.CardKinds {
		about := ""
		switch kind {
		case "title", "title-social", "platinum", "platinum-square":
			about = "&title=NPWR90102_00"
		case "review":
			about = "&year=2025"
		}
		fmt.Fprintf(&lines, "    - own%d.png?kind=%s&mode=light%s\n", i, kind, about)
	}
	s, err := sampleJob(t, "cards:\n  own:\n"+lines.String()).site()
	if err != nil {
		t.Fatal(err)
	}
	list, err := s.profileCards()
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, a := range list {
		if !strings.HasPrefix(a.Path, "cards/own/") {
			continue
		}
		n++
		var b bytes.Buffer
		if err := a.Write(&b); err != nil || decoded(t, b.Bytes()).Bounds().Empty() {
			t.Errorf("%s: %v", a.Path, err)
		}
	}
	if n != len(config.CardKinds) {
		t.Errorf("%d of %d kinds were drawn; left out are %q", n, len(config.CardKinds), s.strayCards)
	}
}

// TestThemes compares two cards of each theme, light and dark, with pictures that a
// person has looked at.
func TestThemes(t *testing.T) {
	for name := range themes {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			yaml := "cards:\n  own:\n"
			for _, mode := range []string{"dark", "light"} {
				yaml += fmt.Sprintf("    - profile-%[2]s.png?kind=profile&theme=%[1]s&mode=%[2]s\n    - calendar-%[2]s.png?kind=calendar&theme=%[1]s&mode=%[2]s\n", name, mode)
			}
			s, err := sampleJob(t, yaml).site()
			if err != nil {
				t.Fatal(err)
			}
			list, err := s.profileCards()
			if err != nil {
				t.Fatal(err)
			}
			sheet := image.NewRGBA(image.Rect(0, 0, 1624, 468))
			for _, a := range list {
				if filepath.ToSlash(filepath.Dir(a.Path)) != "cards/own" {
					continue
				}
				var b bytes.Buffer
				if err := a.Write(&b); err != nil {
					t.Fatal(err)
				}
				at := map[string]image.Point{"profile-dark.png": {8, 8}, "calendar-dark.png": {8, 256}, "profile-light.png": {816, 8}, "calendar-light.png": {816, 256}}[filepath.Base(a.Path)]
				m := decoded(t, b.Bytes())
				draw.Draw(sheet, m.Bounds().Add(at), m, image.Point{}, draw.Over)
			}
			compareSheet(t, filepath.Join("testdata", "theme-"+name+".png"), sheet)
		})
	}
}

// compareSheet allows what curves differ by on other processors.
func compareSheet(t *testing.T, file string, got *image.RGBA) {
	t.Helper()
	var b bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, got); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	want, now := decoded(t, data), decoded(t, b.Bytes())
	n := 0
	for y := range got.Rect.Dy() {
		for x := range got.Rect.Dx() {
			if want.At(x, y) != now.At(x, y) {
				n++
			}
		}
	}
	most := got.Rect.Dx() * got.Rect.Dy() / 1000
	if runtime.GOARCH == "amd64" {
		most = 0
	}
	if n > most {
		left := filepath.Join(os.TempDir(), "trophycase-"+filepath.Base(file))
		t.Errorf("%s: %d pixels differ (what was drawn: %s, %v); run go test -update and look at it if that is meant", file, n, left, os.WriteFile(left, b.Bytes(), 0o644))
	}
}

func decoded(t *testing.T, data []byte) image.Image {
	t.Helper()
	m, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return m
}
