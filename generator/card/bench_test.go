//go:build unix

package card

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	_ "image/jpeg"
	"io"
	"maps"
	"os"
	"runtime"
	"slices"
	"sync"
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

// A sitting is all kinds of cards of a profile and of titles with a cover each, as on
// a site.
type sitting struct {
	profile    *trophy.Profile
	statistics *trophy.Statistics
	titles     []trophy.Title
}

func sit(b *testing.B) *sitting {
	p, pictures := profile(), covers(b)
	p.Avatar = pictures[0]
	s := &sitting{profile: p, statistics: trophy.NewStatistics(p, time.UTC, nil)}
	for i, picture := range pictures {
		m := title(fmt.Sprintf("Tidewright %d", i))
		m.Icon = picture
		s.titles = append(s.titles, *m)
	}
	return s
}

func (s *sitting) title(r *Renderer, w io.Writer, i int) error {
	return r.Title(w, s.profile.Owner, &s.titles[i%len(s.titles)], 1)
}

func (s *sitting) social(r *Renderer, w io.Writer, i int) error {
	return r.TitleSocial(w, s.profile.Owner, &s.titles[i%len(s.titles)])
}

// each calls run with every kind of card; i is the number of the card to draw.
func (s *sitting) each(b *testing.B, run func(name string, draw func(r *Renderer, w io.Writer, i int) error)) {
	run("title", s.title)
	run("social", s.social)
	run("social-again", func(r *Renderer, w io.Writer, _ int) error { return s.social(r, w, 0) }) // the cover is kept
	run("profile", func(r *Renderer, w io.Writer, _ int) error { return r.Profile(w, s.profile, s.statistics, 1) })
	run("preview", func(r *Renderer, w io.Writer, _ int) error { return r.Social(w, s.profile, s.statistics) })
	names := slices.Sorted(maps.Keys(kinds(real(b), s.profile)))
	for _, name := range names {
		run(name, func(r *Renderer, w io.Writer, _ int) error { return kinds(r, s.profile)[name](w) })
	}
}

// measure draws cards and reports their bytes and the processor's time.
func measure(b *testing.B, draw func(w io.Writer, i int) error) {
	w := new(sized)
	n, start := 0, spent()
	for ; b.Loop(); n++ {
		if err := draw(w, n); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(w.n)/float64(n), "B/card")
	b.ReportMetric(float64(spent()-start)/float64(n), "cpu-ns/card")
}

// BenchmarkWarm draws each kind of card again and again with one renderer.
func BenchmarkWarm(b *testing.B) {
	s := sit(b)
	s.each(b, func(name string, draw func(*Renderer, io.Writer, int) error) {
		b.Run(name, func(b *testing.B) {
			r := real(b)
			measure(b, func(w io.Writer, i int) error { return draw(r, w, i) })
		})
	})
}

// BenchmarkCold draws each kind with all that comes before: fonts, colours.
func BenchmarkCold(b *testing.B) {
	s := sit(b)
	s.each(b, func(name string, draw func(*Renderer, io.Writer, int) error) {
		b.Run(name, func(b *testing.B) {
			measure(b, func(w io.Writer, i int) error { return draw(real(b), w, i) })
		})
	})
}

// BenchmarkTitles draws the card and the link preview of 1,000 titles on all
// processors, as a build does.
func BenchmarkTitles(b *testing.B) {
	const titles = 1000
	s, r := sit(b), real(b)
	for b.Loop() {
		next := make(chan int)
		var work sync.WaitGroup
		for range runtime.GOMAXPROCS(0) {
			work.Go(func() {
				for i := range next {
					if err := errors.Join(s.title(r, io.Discard, i), s.social(r, io.Discard, i)); err != nil {
						b.Error(err)
					}
				}
			})
		}
		for i := range titles {
			next <- i
		}
		close(next)
		work.Wait()
	}
	b.ReportMetric(2*titles*float64(b.N)/b.Elapsed().Seconds(), "cards/s")
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
		if err := encode(io.Discard, artwork{image: picture, opaque: true}); err != nil {
			b.Fatal(err)
		}
	}
}
