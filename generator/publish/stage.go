package publish

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"
)

// stage builds the new site in the staging folder, all but the manifest and
// the foreign files.
func (b *build) stage(ctx context.Context, o Options) error {
	if err := b.makeFolders(); err != nil {
		return b.explain("making the staging folder", err)
	}
	var toRender []int
	for i, keep := range b.keep {
		if !keep {
			toRender = append(toRender, i)
			continue
		}
		if err := b.takeOver(b.artifacts[i].Path); err != nil {
			return fmt.Errorf("keeping %q: %w", b.artifacts[i].Path, err)
		}
	}
	b.report.Unchanged = len(b.artifacts) - len(toRender)
	slices.SortFunc(toRender, func(i, j int) int { return cmp.Compare(b.artifacts[i].turn, b.artifacts[j].turn) })
	return b.render(ctx, toRender, o)
}

// makeFolders creates the staging folder and those that files go into, so
// that the workers need not.
func (b *build) makeFolders() error {
	needed := make(map[string]bool)
	need := func(dir string) {
		for ; dir != "." && !needed[dir]; dir = path.Dir(dir) {
			needed[dir] = true
		}
	}
	for _, a := range b.artifacts {
		need(path.Dir(a.Path))
	}
	for _, f := range b.foreign {
		need(path.Dir(f))
	}
	for dir := range b.tree.empty {
		need(dir)
	}
	if err := os.Mkdir(b.staging, 0o777); err != nil {
		return err
	}
	// Sorted, so that a folder comes before those in it.
	for _, dir := range slices.Sorted(maps.Keys(needed)) {
		if err := os.Mkdir(b.in(b.staging, dir), 0o777); err != nil {
			return err
		}
	}
	return nil
}

// takeOver carries a file of the old site into the new one.
func (b *build) takeOver(path string) error {
	return carry(b.in(b.dir, path), b.in(b.staging, path), b.tree.files[path])
}

// render writes the artifacts of the given numbers with a pool of workers.
func (b *build) render(ctx context.Context, numbers []int, o Options) error {
	c := counter{build: b, done: b.report.Unchanged, progress: o.Progress}
	c.tell()
	buffers := sync.Pool{New: func() any { return new(bytes.Buffer) }}
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(o.Workers)
	for _, i := range numbers {
		g.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			buf := buffers.Get().(*bytes.Buffer)
			defer buffers.Put(buf)
			buf.Reset()
			outcome, err := b.renderOne(i, buf)
			if err != nil {
				return fmt.Errorf("writing %q: %w", b.artifacts[i].Path, err)
			}
			c.add(b.artifacts[i].Path, outcome)
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	return b.conflict(c.blocked)
}

// A counter puts what the workers did into the build's report.
type counter struct {
	mu       sync.Mutex
	build    *build
	done     int
	blocked  []string
	progress func(done, total int)
}

func (c *counter) add(path string, o outcome) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.build.report.Rendered++
	switch o {
	case fresh:
		c.build.report.Written++
	case same:
		c.build.report.Unchanged++
	case blocked:
		c.blocked = append(c.blocked, path)
	}
	c.done++
	c.tell()
}

func (c *counter) tell() {
	if c.progress != nil {
		c.progress(c.done, len(c.build.artifacts))
	}
}

// An outcome says what became of a rendered artifact.
type outcome int

const (
	fresh   outcome = iota // its file is new or has new bytes
	same                   // the old file has the same bytes and stays
	blocked                // a foreign file with other bytes is in the way
)

// renderOne renders artifact i into the empty buf and places it in the
// staging folder.
func (b *build) renderOne(i int, buf *bytes.Buffer) (outcome, error) {
	a := b.artifacts[i]
	s := newSink(b.in(b.staging, a.Path), buf)
	if err := a.Write(s); err != nil {
		return fresh, cmp.Or(err, s.drop())
	}
	b.entries[i] = entry{Digest: a.Digest, Size: s.size, SHA256: s.sum()}
	if b.tree.regular(a.Path, s.size) && b.hashes(a.Path, s.sum()) {
		return same, cmp.Or(s.drop(), b.takeOver(a.Path))
	}
	if b.adopt[a.Path] {
		return blocked, s.drop()
	}
	return fresh, s.keep()
}

func writeNew(name string, data []byte) error {
	f, err := create(name)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return cmp.Or(err, syncFile(f), f.Close())
}

// finish completes the staging folder: foreign files, manifest, the modes of
// folders that were there before, and all of it on the disk.
func (b *build) finish(inputs string) error {
	for _, f := range b.foreign {
		if err := b.takeOver(f); err != nil {
			return fmt.Errorf("carrying over %q: %w", f, err)
		}
	}
	if err := writeNew(b.in(b.staging, manifestName), b.encoded(inputs)); err != nil {
		return fmt.Errorf("writing the manifest: %w", err)
	}
	for dir, info := range b.tree.dirs {
		if err := sameMode(b.in(b.staging, dir), info); err != nil {
			return err
		}
	}
	if err := syncAll(b.staging); err != nil {
		return fmt.Errorf("bringing the new site to the disk: %w", err)
	}
	return nil
}

// sameMode gives the folder, if it exists, the permissions of the old one.
func sameMode(dir string, old fs.FileInfo) error {
	info, err := os.Lstat(dir)
	if err != nil || !info.IsDir() || info.Mode() == old.Mode() {
		return nil
	}
	return os.Chmod(dir, old.Mode()&(fs.ModePerm|fs.ModeSetgid|fs.ModeSticky))
}
