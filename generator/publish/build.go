package publish

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// A build is one Run's comparison of what is with what shall be.
type build struct {
	place
	artifacts []Artifact
	keep      []bool  // by artifact: the file on disk is right already
	entries   []entry // by artifact: of the new manifest; filled in as files are rendered
	old       manifest
	tree      *tree
	foreign   []string        // files that are not ours, sorted
	adopt     map[string]bool // foreign files that an artifact may have if it writes the same bytes
	report    Report
}

// plan reads the old site and decides which artifacts must be rendered.
func (p place) plan(artifacts []Artifact) (*build, error) {
	old, err := readManifest(p.dir)
	if err != nil {
		return nil, fmt.Errorf("reading the manifest of the last build: %w", err)
	}
	t, err := readTree(p.dir)
	if err != nil {
		return nil, fmt.Errorf("reading the old site: %w", err)
	}
	b := &build{
		place: p, artifacts: artifacts, old: old, tree: t,
		keep: make([]bool, len(artifacts)), entries: make([]entry, len(artifacts)),
		adopt: make(map[string]bool),
	}
	if err := b.findForeign(); err != nil {
		return nil, err
	}
	for i, a := range artifacts {
		e, ok := old.files[a.Path]
		if ok && a.Digest != "" && a.Digest == e.Digest && b.intact(a.Path, e) {
			b.keep[i], b.entries[i] = true, e
		}
	}
	wanted := b.wanted()
	for path := range old.files {
		if _, there := t.files[path]; there && !wanted[path] {
			b.report.Removed++
		}
	}
	return b, nil
}

func (b *build) wanted() map[string]bool {
	wanted := make(map[string]bool, len(b.artifacts))
	for _, a := range b.artifacts {
		wanted[a.Path] = true
	}
	return wanted
}

// findForeign lists the files that are not ours and refuses those that are in
// the way.
func (b *build) findForeign() error {
	wanted := b.wanted()
	isForeign := make(map[string]bool)
	holds := make(map[string]bool) // folders with foreign files somewhere below
	for _, f := range slices.Sorted(maps.Keys(b.tree.files)) {
		_, ours := b.old.files[f]
		if ours || f == manifestName || b.old.damaged && wanted[f] {
			continue
		}
		isForeign[f] = true
		for d := path.Dir(f); d != "."; d = path.Dir(d) {
			holds[d] = true
		}
		if wanted[f] {
			b.adopt[f] = true
			continue
		}
		b.foreign = append(b.foreign, f)
		if !expected(f) {
			b.report.Foreign = append(b.report.Foreign, f)
		}
	}
	return b.conflict(b.inTheWay(isForeign, holds))
}

// inTheWay lists the foreign files, and folders that hold some or are empty,
// that stand where an artifact or its folder belongs. A plain file at an
// artifact's own path is not among them: it may have the right bytes.
func (b *build) inTheWay(isForeign, holds map[string]bool) []string {
	var paths []string
	for _, a := range b.artifacts {
		if isForeign[a.Path] && !b.tree.files[a.Path].Mode().IsRegular() || holds[a.Path] || b.tree.empty[a.Path] {
			paths = append(paths, a.Path)
		}
		for d := path.Dir(a.Path); d != "."; d = path.Dir(d) {
			if isForeign[d] {
				paths = append(paths, d)
			}
		}
	}
	return paths
}

// expected reports whether a foreign file belongs into a folder that git knows,
// and need not be named.
func expected(path string) bool {
	return path == ".gitignore" || path == ".git" || strings.HasPrefix(path, ".git/")
}

// conflict is the error for foreign files in the way, nil if there are none.
func (b *build) conflict(paths []string) error {
	if len(paths) == 0 {
		return nil
	}
	slices.Sort(paths)
	return &ForeignError{Dir: b.dir, Paths: slices.Compact(paths)}
}

// intact reports whether the file on disk still has the bytes that we wrote.
// A file that is older than the manifest has not been touched since: the
// manifest is written last. A younger one is read.
func (b *build) intact(path string, e entry) bool {
	if !b.tree.regular(path, e.Size) {
		return false
	}
	if !b.tree.files[path].ModTime().After(b.old.time) {
		return true
	}
	return b.hashes(path, e.SHA256)
}

// hashes reports whether the file on disk has the hash.
func (b *build) hashes(path, sum string) bool {
	f, err := os.Open(b.in(b.dir, path))
	if err != nil {
		return false
	}
	defer f.Close()
	h := sha256.New()
	_, err = io.Copy(h, f)
	return err == nil && hex.EncodeToString(h.Sum(nil)) == sum
}

// current reports whether the folder is the new site already. That other inputs
// gave the same site is no reason to write anything.
func (b *build) current() bool {
	return b.old.raw != nil && b.report.Removed == 0 && len(b.adopt) == 0 &&
		!slices.Contains(b.keep, false) && bytes.Equal(b.encoded(b.old.inputs), b.old.raw)
}

func (b *build) encoded(inputs string) []byte {
	return encodeManifest(b.artifacts, b.entries, inputs)
}

// size is the bytes of all files.
func (b *build) size() (n int64) {
	for _, e := range b.entries {
		n += e.Size
	}
	return n
}

// in joins a slash-separated path to a folder.
func (b *build) in(folder, path string) string {
	return filepath.Join(folder, filepath.FromSlash(path))
}
