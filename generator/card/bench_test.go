//go:build unix

package card

import (
	"bytes"
	"fmt"
	"image"
	_ "image/jpeg"
	"io"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/trophycase/trophycase/generator/trophy"
)

// covers is the sample's square covers, which are as large as the snapshot keeps
// them.
func covers(b *testing.B) []trophy.Picture {
	b.Helper()
	entries, err := os.ReadDir("../../assets/sample/pictures")
	if err != nil {
		b.Fatal(err)
	}
	var list []trophy.Picture
	for _, e := range entries {
		f, err := os.Open("../../assets/sample/pictures/" + e.Name())
		if err != nil {
			b.Fatal(err)
		}
		c, _, err := image.DecodeConfig(f)
		f.Close()
		if err == nil && c.Width == 320 && c.Height == 320 {
			list = append(list, trophy.Picture{File: e.Name(), Width: c.Width, Height: c.Height})
		}
	}
	return list
}

// sized counts the bytes of the cards.
type sized struct{ n int }

func (s *sized) Write(p []byte) (int, error) {
	s.n += len(p)
	return len(p), nil
}

func real(b *testing.B) *Renderer {
	return renderer(b, func(o *Options) { o.Pictures = os.DirFS("../../assets/sample") })
}

// spent is the processor's time of this process, which tells more than the clock
// does where others work too.
func spent() time.Duration {
	var m syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &m); err != nil {
		panic(err)
	}
	return time.Duration(m.Utime.Nano() + m.Stime.Nano())
}

// BenchmarkWarm draws each kind of card again and again with one renderer; those of
// titles have another cover each time, as on a site.
func BenchmarkWarm(b *testing.B) {
	p := profile()
	s := trophy.NewStatistics(p, time.UTC, nil)
	pictures := covers(b)
	p.Avatar = pictures[0]
	o := p.Owner
	titles := make([]trophy.Title, len(pictures))
	for i := range titles {
		titles[i] = *title(fmt.Sprintf("Tidewright %d", i))
		titles[i].Icon = pictures[i]
	}
	kinds := map[string]func(r *Renderer, w io.Writer, i int) error{
		"social":   func(r *Renderer, w io.Writer, i int) error { return r.TitleSocial(w, o, &titles[i%len(titles)]) },
		"title":    func(r *Renderer, w io.Writer, i int) error { return r.Title(w, o, &titles[i%len(titles)], 1) },
		"profile":  func(r *Renderer, w io.Writer, _ int) error { return r.Profile(w, p, s, 1) },
		"preview":  func(r *Renderer, w io.Writer, _ int) error { return r.Social(w, p, s) },
		"recent":   func(r *Renderer, w io.Writer, _ int) error { return r.Recent(w, p, s, 1) },
		"calendar": func(r *Renderer, w io.Writer, _ int) error { return r.Calendar(w, p, s, 1) },
		"square": func(r *Renderer, w io.Writer, i int) error {
			return r.PlatinumSquare(w, o, trophy.Crowning{Unlock: trophy.Unlock{TitleLine: &trophy.TitleLine{TitleName: titles[i%len(titles)].Name, TitleIcon: pictures[i%len(titles)]}, Trophy: &trophy.Trophy{}}, Number: i})
		},
		"badge": func(r *Renderer, w io.Writer, _ int) error { return r.Badge(w, r.Badges(p, s)[0], 28, 1) },
	}
	for _, name := range strings.Fields("social title square profile preview recent calendar badge") {
		b.Run(name, func(b *testing.B) {
			r, w := real(b), new(sized)
			n, start := 0, spent()
			for ; b.Loop(); n++ {
				if err := kinds[name](r, w, n); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(w.n)/float64(n), "B/card")
			b.ReportMetric(float64(spent()-start)/float64(n), "cpu-ns/card")
		})
	}
}

// BenchmarkCold draws one badge with all that comes before: fonts, colours.
func BenchmarkCold(b *testing.B) {
	p := profile()
	s := trophy.NewStatistics(p, time.UTC, nil)
	for b.Loop() {
		r := real(b)
		if err := r.Badge(io.Discard, r.Badges(p, s)[0], 28, 1); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkEncode is the PNG of a finished card alone.
func BenchmarkEncode(b *testing.B) {
	m := title("Tidewright")
	m.Icon = covers(b)[3]
	var file bytes.Buffer
	if err := real(b).TitleSocial(&file, owner, m); err != nil {
		b.Fatal(err)
	}
	decoded, _, err := image.Decode(&file)
	if err != nil {
		b.Fatal(err)
	}
	picture := image.NewRGBA(decoded.Bounds())
	for y := range picture.Rect.Dy() {
		for x := range picture.Rect.Dx() {
			picture.Set(x, y, decoded.At(x, y))
		}
	}
	for b.Loop() {
		if err := encode(io.Discard, picture, ""); err != nil {
			b.Fatal(err)
		}
	}
}
