package fetch

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/trophycase/trophycase/generator/psn"
	"github.com/trophycase/trophycase/generator/snapshot"
)

const (
	// atOnce is how many pictures are fetched at the same time.
	atOnce = 6
	// decodedAtOnce is how many are in memory at the same time.
	decodedAtOnce = 2
	// refusedFor is how long a picture that cannot be shown is not asked for
	// again, unless its address changes.
	refusedFor = 30 * 24 * time.Hour
	// maxBroken is how many failures in a row end the fetching of pictures.
	maxBroken = 20
)

// pictureBounds is how many pictures one run fetches, their bytes, and how long it
// takes for that; the next run goes on.
type pictureBounds struct {
	number int
	bytes  int64
	time   time.Duration
}

// What a profile of a hundred titles takes, several times.
var usualBounds = pictureBounds{number: 6000, bytes: 1 << 30, time: 15 * time.Minute}

// The longest side that pages and cards show a picture at, twice for dense
// screens, in pixels.
const (
	avatarBox = 256
	coverBox  = 320
	trophyBox = 128
)

// wanted is a picture to be had, and the box that it is scaled down to.
type wanted struct {
	url string
	box int
}

// fetchPictures fetches the pictures that the snapshot lacks, those of the
// newest titles first. One that cannot be had is tried again by the next run.
func (r *run) fetchPictures() error {
	all := r.pictures()
	used := make(map[string]bool, len(all))
	var list []wanted
	for _, w := range all {
		if used[w.url] || w.url == "" {
			continue
		}
		used[w.url] = true
		p, ok := r.store.Picture(w.url)
		refused := !r.Full && r.Now.Sub(p.RefusedOn.Time) < refusedFor
		if !ok && !refused && len(list) < r.bounds.number {
			list = append(list, w)
		}
	}
	if err := r.download(list); err != nil {
		return err
	}
	if r.report.Pending > 0 || len(r.report.Failed) > 0 {
		return r.store.SavePictures()
	}
	return r.store.KeepPictures(used)
}

// pictures is all that pages and cards may show, the most wanted first.
func (r *run) pictures() []wanted {
	p := r.store.Profile()
	if p == nil || r.Icons == "none" {
		return nil
	}
	list := avatars(p.Profile.Avatars)
	entries := r.store.Titles()
	for _, e := range entries {
		list = append(list, wanted{e.TrophyTitleIconURL, coverBox})
	}
	for _, e := range entries {
		t, err := r.store.Title(e.NPCommunicationID)
		if err != nil {
			continue
		}
		for _, g := range t.Groups {
			list = append(list, wanted{g.TrophyGroupIconURL, coverBox})
		}
		if r.Icons == "titles" {
			continue
		}
		for _, trophy := range t.Trophies {
			list = append(list, wanted{trophy.TrophyIconURL, trophyBox}, wanted{trophy.TrophyRewardImageURL, trophyBox})
		}
	}
	return list
}

// avatars is the largest size of the avatar.
func avatars(list []psn.Avatar) []wanted {
	for _, size := range []string{"xl", "l", "m", "s"} {
		for _, a := range list {
			if a.Size == size && a.URL != "" {
				return []wanted{{a.URL, avatarBox}}
			}
		}
	}
	return nil
}

// A downloader fetches pictures, several at once.
type downloader struct {
	*run
	ctx      context.Context
	decoding chan struct{}
	broken   atomic.Int32 // failures in a row
	bytes    atomic.Int64

	mu   sync.Mutex
	done int
}

func (r *run) download(list []wanted) error {
	ctx, cancel := context.WithTimeout(r.ctx, r.bounds.time)
	defer cancel()
	d := &downloader{run: r, ctx: ctx, decoding: make(chan struct{}, decodedAtOnce)}
	var group errgroup.Group
	group.SetLimit(atOnce)
	for _, w := range list {
		if d.broken.Load() >= maxBroken || d.bytes.Load() >= r.bounds.bytes || ctx.Err() != nil {
			break
		}
		group.Go(func() error { return d.note(d.picture(w), w, len(list)) })
	}
	return errors.Join(group.Wait(), r.ctx.Err())
}

// note counts how a picture went. Its error ends the run.
func (d *downloader) note(err error, w wanted, total int) error {
	if err != nil && d.ctx.Err() != nil {
		return nil
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.done++
	d.Progress("Pictures", d.done, total, "")
	switch {
	case err == nil:
		d.report.Pictures++
		d.broken.Store(0)
	case errors.As(err, new(*storeError)):
		return err
	default:
		d.Log.Debug("picture failed", "error", err)
		d.report.PicturesFailed++
		d.broken.Add(1)
		if final(err) {
			d.store.RefusePicture(w.url, snapshot.DayOf(d.Now))
		}
	}
	return nil
}

// final says that the same picture would fail again tomorrow.
func final(err error) bool {
	return !errors.As(err, new(*psn.NetworkError)) && !errors.As(err, new(*psn.RateLimitError)) && !errors.As(err, new(*psn.EdgeError))
}

// A storeError is one of the disk, which no other picture would be spared.
type storeError struct{ error }

func (d *downloader) picture(w wanted) error {
	data, err := d.client.Picture(d.ctx, w.url)
	if err != nil {
		return err
	}
	d.bytes.Add(int64(len(data)))
	d.decoding <- struct{}{}
	p, err := shrink(data, w.box)
	<-d.decoding
	if err != nil {
		return err
	}
	if err := d.store.PutPicture(w.url, p.data, p.ext, p.width, p.height); err != nil {
		return &storeError{err}
	}
	return nil
}
