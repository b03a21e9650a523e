package fetch

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"log/slog"
	"testing"
	"time"

	"github.com/trophycase/trophycase/generator/psn"
	"github.com/trophycase/trophycase/generator/psn/psntest"
	"github.com/trophycase/trophycase/generator/snapshot"
)

var pictureDay = time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)

// gallery is a run over pictures that a server has.
func gallery(t *testing.T, pictures map[string][]byte, bounds pictureBounds) (*run, []wanted, *psntest.Server) {
	t.Helper()
	server := psntest.New(t, &psntest.Data{Pictures: pictures})
	client, err := psn.New(psn.Options{APIURL: server.APIURL, AuthURL: server.AuthURL, Sleep: func(context.Context, time.Duration) error { return nil }})
	if err != nil {
		t.Fatal(err)
	}
	store, err := snapshot.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	var list []wanted
	for name := range pictures {
		list = append(list, wanted{server.APIURL + "/pictures/" + name, trophyBox})
	}
	return &run{
		Options: Options{Now: pictureDay, Log: slog.New(slog.DiscardHandler), Progress: func(string, int, int, string) {}},
		ctx:     t.Context(), client: client, store: store, bounds: bounds,
	}, list, server
}

// TestBadPictures lets each sort of bad picture come: none is kept, each is
// remembered, and the good one among them is there.
func TestBadPictures(t *testing.T) {
	clear := image.NewNRGBA(image.Rect(0, 0, 200, 200))
	clear.Set(5, 5, color.NRGBA{200, 10, 10, 128})
	good := encoded(t, clear)
	pictures := map[string][]byte{
		"good": good, "svg": []byte("<svg onload='canary()'/>"), "html": []byte("<!doctype html><script>canary()</script>"), "empty": {},
		"wide": claiming(t, 100_000, 1), "bomb": claiming(t, 1<<30, 1<<30), "large": claiming(t, 4000, 4000),
		"truncated": good[:len(good)/2], "broken": append(good[:100:100], bytes.Repeat([]byte{7}, 300)...),
		"ico": []byte("\x00\x00\x01\x00"), "webp": []byte("RIFF\x00\x00\x00\x00WEBPVP8 "), "nine megabytes": append(good[:len(good):len(good)], make([]byte, 9<<20)...),
	}
	r, list, server := gallery(t, pictures, usualBounds)
	list = append(list, wanted{"https://evil.example/x.png", 9}, wanted{"file:///etc/passwd", 9}, wanted{"javascript:canary()", 9},
		wanted{"http://user@127.0.0.1/x.png", 9}, wanted{"//127.0.0.1/x.png", 9}, wanted{"https://evil.example\\.playstation.com/", 9}, wanted{"\x00", 9},
		wanted{server.APIURL + "/pictures/none.png", 9})
	if err := r.download(list); err != nil {
		t.Fatal(err)
	}
	if r.report.Pictures != 1 || r.report.PicturesFailed != len(list)-1 {
		t.Errorf("%d came and %d failed of %d", r.report.Pictures, r.report.PicturesFailed, len(list))
	}
	for _, w := range list {
		p, ok := r.store.Picture(w.url)
		if isGood := w.url == server.APIURL+"/pictures/good"; ok != isGood || p.RefusedOn.IsZero() != isGood {
			t.Errorf("%.60q is %+v, %v", w.url, p, ok)
		}
	}
}

// TestPictureBounds sees that a run ends at each of its bounds, and that what it
// leaves is not taken for bad.
func TestPictureBounds(t *testing.T) {
	pictures := map[string][]byte{}
	for i := range 40 {
		pictures[fmt.Sprintf("%d.png", i)] = psntest.Icon(30+i, 40)
	}
	size := int64(len(pictures["0.png"]))
	r, list, _ := gallery(t, pictures, pictureBounds{number: 100, bytes: 5 * size, time: time.Minute})
	if err := r.download(list); err != nil || r.report.Pictures < 2 || r.report.Pictures > 5+atOnce {
		t.Errorf("of five pictures' bytes came %d: %v", r.report.Pictures, err)
	}
	r, list, server := gallery(t, pictures, pictureBounds{number: 100, bytes: 1 << 30, time: 50 * time.Millisecond})
	server.Fault(psntest.Fault{Kind: psntest.PictureKind, Delay: time.Minute})
	if err := r.download(list); err != nil || r.report.Pictures+r.report.PicturesFailed != 0 {
		t.Errorf("of a slow server came %d, %d failed: %v", r.report.Pictures, r.report.PicturesFailed, err)
	}
	for _, w := range list {
		if p, _ := r.store.Picture(w.url); !p.RefusedOn.IsZero() {
			t.Errorf("%s was slow and is taken for bad", w.url)
		}
	}
	if n := server.Count(psntest.PictureKind); n > atOnce {
		t.Errorf("a slow server was asked %d times", n)
	}
}
