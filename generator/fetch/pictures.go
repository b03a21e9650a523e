package fetch

import (
	"errors"
	"sync"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"github.com/trophycase/trophycase/generator/psn"
)

const (
	// atOnce is how many pictures are fetched at the same time.
	atOnce = 6
	// maxPictures bounds one run; the next one goes on.
	maxPictures = 6000
	// maxBroken is how many failures in a row end the fetching of pictures.
	maxBroken = 20
)

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
		if _, ok := r.store.Picture(w.url); !ok && len(list) < maxPictures {
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

func (r *run) download(list []wanted) error {
	var (
		group  errgroup.Group
		mu     sync.Mutex
		done   int
		broken atomic.Int32
	)
	group.SetLimit(atOnce)
	for _, w := range list {
		if broken.Load() >= maxBroken || r.ctx.Err() != nil {
			break
		}
		group.Go(func() error {
			err := r.picture(w)
			mu.Lock()
			defer mu.Unlock()
			done++
			r.Progress("Pictures", done, len(list), "")
			switch {
			case err == nil:
				r.report.Pictures++
				broken.Store(0)
			case errors.As(err, new(*storeError)):
				return err
			default:
				r.Log.Debug("picture failed", "error", err)
				r.report.PicturesFailed++
				broken.Add(1)
			}
			return nil
		})
	}
	return errors.Join(group.Wait(), r.ctx.Err())
}

// A storeError is one of the disk, which no other picture would be spared.
type storeError struct{ error }

func (r *run) picture(w wanted) error {
	data, err := r.client.Picture(r.ctx, w.url)
	if err != nil {
		return err
	}
	p, err := shrink(data, w.box)
	if err != nil {
		return err
	}
	if err := r.store.PutPicture(w.url, p.data, p.ext, p.width, p.height); err != nil {
		return &storeError{err}
	}
	return nil
}
