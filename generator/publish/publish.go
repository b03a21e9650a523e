// Package publish turns artifacts into a folder, all or nothing.
//
// # Promises
//
// At every moment the folder is the whole old site or the whole new one, also
// after kill -9 or on a full disk. [Run] builds the new site in a staging
// folder beside the old one and then swaps the two. Linux swaps in one step;
// elsewhere two renames do it, and what a dead process leaves between them is
// repaired by the next [Run] or by [Repair].
//
// A file whose artifact did not change keeps its bytes and its modification
// time. A build that changes nothing writes nothing.
//
// # What is ours
//
// A manifest inside the folder, .trophycase.json, names the files we wrote.
// Files that it names and that no artifact makes any more are removed. All
// other files are foreign: they are carried over untouched and reported, and
// one that stands where an artifact belongs stops the build.
package publish

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
)

// An Artifact is one file of the site.
type Artifact struct {
	// Path is relative to the site's root and slash-separated. Run refuses
	// all but a fixed set of safe forms, see the error's text.
	Path string
	// Digest stands for all that the bytes depend on. An artifact with the
	// digest of the last build is not written again. With "" it always is.
	Digest string
	// Write writes the bytes. It may be called from any goroutine, at the
	// same time as the Write of other artifacts.
	Write func(io.Writer) error

	turn int // among the artifacts as they were given
}

// Options adjusts a [Run]; the zero value is fine.
type Options struct {
	// Workers is how many artifacts are written at the same time; 0 means
	// one for each processor.
	Workers int
	// Progress is called when an artifact is done, never twice at once.
	// Artifacts that did not change are done at the start. May be nil.
	Progress func(done, total int)
	// Inputs stands for all that the artifacts were made from, for [Current] to
	// recognise; "" if that is not known.
	Inputs string

	twoRenames bool // swap as on systems that have no exchange
}

// A Report counts what a [Run] did.
type Report struct {
	Written   int      // files that are new or have new bytes
	Unchanged int      // files that kept their bytes and modification time
	Removed   int      // files of the last build that no artifact makes now
	Rendered  int      // calls of Artifact.Write
	Bytes     int64    // of all files of the site
	Foreign   []string // files that are not ours, sorted; without .gitignore and .git
}

// ErrBusy says that another process is publishing to the same folder.
var ErrBusy = errors.New("another build is publishing to this folder")

// A ForeignError names files that are not ours and stand where the site needs
// its own. Nothing was changed.
type ForeignError struct {
	Dir   string
	Paths []string // relative to Dir, sorted
}

func (e *ForeignError) Error() string {
	const most = 5
	var names []string
	for _, p := range e.Paths[:min(most, len(e.Paths))] {
		names = append(names, fmt.Sprintf("%q", p))
	}
	if rest := len(e.Paths) - most; rest > 0 {
		names = append(names, fmt.Sprintf("%d more", rest))
	}
	return fmt.Sprintf("%q has files that this program did not write where the site needs its own: %s; "+
		"move or delete them, or publish to another folder", e.Dir, strings.Join(names, ", "))
}

// Run makes dir hold exactly the artifacts, which it writes in their order, and the
// foreign files that it held before. A missing dir is created. On an error, also that of ctx, dir
// is what it was. The error is [ErrBusy] while another Run works on dir and a
// [*ForeignError] if foreign files are in the way.
func Run(ctx context.Context, dir string, artifacts []Artifact, o Options) (Report, error) {
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	artifacts = slices.Clone(artifacts)
	for i := range artifacts {
		artifacts[i].turn = i
	}
	slices.SortFunc(artifacts, func(a, b Artifact) int { return strings.Compare(a.Path, b.Path) })
	if err := checkPaths(artifacts); err != nil {
		return Report{}, err
	}
	p, err := locate(dir)
	if err != nil {
		return Report{}, err
	}
	unlock, err := p.acquire()
	if err != nil {
		return Report{}, err
	}
	defer unlock()
	if err := p.repair(); err != nil {
		return Report{}, err
	}
	report, err := p.run(ctx, artifacts, o)
	if err != nil {
		// The staging folder is all that there is to undo; where even this
		// fails, the next run tries again and says so.
		_ = removeAll(p.staging)
		return Report{}, err
	}
	return report, nil
}

// run publishes under the lock, starting from a repaired place.
func (p place) run(ctx context.Context, artifacts []Artifact, o Options) (Report, error) {
	b, err := p.plan(artifacts)
	if err != nil {
		return Report{}, err
	}
	if b.current() {
		b.report.Unchanged, b.report.Bytes = len(artifacts), b.size()
		if o.Progress != nil {
			o.Progress(len(artifacts), len(artifacts))
		}
		return b.report, ctx.Err()
	}
	if err := b.stage(ctx, o); err != nil {
		return Report{}, err
	}
	b.report.Bytes = b.size()
	if b.report.Written+b.report.Removed == 0 && bytes.Equal(b.encoded(b.old.inputs), b.old.raw) {
		return b.report, removeAll(p.staging)
	}
	if err := b.finish(o.Inputs); err != nil {
		return Report{}, err
	}
	if err := ctx.Err(); err != nil {
		return Report{}, err
	}
	return b.report, b.swap(o.twoRenames)
}
