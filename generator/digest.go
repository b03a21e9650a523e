package generator

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"io/fs"
	"runtime"

	"golang.org/x/sync/errgroup"

	"github.com/trophycase/trophycase/generator/feed"
	"github.com/trophycase/trophycase/generator/trophy"
)

// A sum is the hash of values that artifacts follow from.
type sum string

// digest is the hash of parts, which cannot run into each other.
func digest(first string, parts ...sum) string {
	h := sha256.New()
	write(h, first)
	for _, p := range parts {
		write(h, string(p))
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

func write(h hash.Hash, s string) { fmt.Fprintf(h, "%d:%s", len(s), s) }

// sumOf is the hash of values as JSON: the very values that a renderer gets.
func sumOf(values ...any) (sum, error) {
	h := sha256.New()
	enc := json.NewEncoder(h)
	for _, v := range values {
		if err := enc.Encode(v); err != nil {
			return "", fmt.Errorf("digest: %w", err)
		}
	}
	return sum(hex.EncodeToString(h.Sum(nil)[:16])), nil
}

// sums is what the artifacts of a site follow from: how they are made (options,
// templates, fonts) and what they show (parts of the model).
type sums struct {
	pages, cards, feeds     sum
	profile, owner, entries sum
	titles                  []sum          // by the profile's order
	notes                   map[string]sum // by title ID
	content                 sum
}

// title is what the page and the card of a title show. The owner is on both.
func (s *sums) title(i int) sum { return sum(digest(string(s.owner), s.titles[i])) }

// sumModel hashes the model. Each title is hashed once, on all processors: the
// profile's sum follows from those of its titles.
func (s *sums) sumModel(p *trophy.Profile, entries []feed.Entry) error {
	s.titles = make([]sum, len(p.Titles))
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i := range p.Titles {
		group.Go(func() (err error) {
			s.titles[i], err = sumOf(&p.Titles[i])
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	frame := *p
	frame.Titles = nil
	var err error
	if s.profile, err = sumOf(frame, s.titles); err != nil {
		return err
	}
	if s.owner, err = sumOf(p.Owner); err != nil {
		return err
	}
	s.entries, err = sumOf(p.Owner, entries)
	return err
}

// sumFiles hashes the files of a folder.
func sumFiles(fsys fs.FS, folder string) (sum, error) {
	h := sha256.New()
	err := fs.WalkDir(fsys, folder, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(fsys, name)
		write(h, name)
		write(h, string(data))
		return err
	})
	return sum(hex.EncodeToString(h.Sum(nil)[:16])), err
}
