package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/gofrs/flock"
)

// A place is the folder to publish to, and the names that we use beside it.
type place struct {
	dir     string // absolute, without symbolic links
	parent  string
	staging string // the new site while it is built; after an exchange, the old one
	aside   string // the old site between two renames
	lock    string
}

// locate resolves dir. A dir that does not exist is fine; its parent is
// created.
func locate(dir string) (place, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return place{}, err
	}
	real, err := resolve(abs)
	if err != nil {
		return place{}, fmt.Errorf("publishing to %q: %w", dir, err)
	}
	parent, base := filepath.Dir(real), filepath.Base(real)
	if parent == real {
		return place{}, fmt.Errorf("publishing to %q: this is the root of a disk; choose a folder of its own", dir)
	}
	if holdsWorkingDir(real) {
		return place{}, fmt.Errorf("publishing to %q: the command runs inside this folder; choose another one", dir)
	}
	hidden := filepath.Join(parent, "."+strings.TrimLeft(base, "."))
	return place{
		dir: real, parent: parent,
		staging: hidden + ".staging", aside: hidden + ".old", lock: hidden + ".lock",
	}, nil
}

// resolve follows symbolic links to the folder itself, which may be missing,
// and makes sure that its parent exists.
func resolve(abs string) (string, error) {
	info, err := os.Stat(abs)
	if err == nil && !info.IsDir() {
		return "", errors.New("this is a file, not a folder")
	}
	if err == nil {
		return filepath.EvalSymlinks(abs)
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return "", err
	}
	// A link to a folder that a dead process left between two renames.
	if target, err := os.Readlink(abs); err == nil {
		if !filepath.IsAbs(target) {
			target = filepath.Join(filepath.Dir(abs), target)
		}
		return resolve(target)
	}
	if err := os.MkdirAll(filepath.Dir(abs), 0o777); err != nil {
		return "", err
	}
	parent, err := filepath.EvalSymlinks(filepath.Dir(abs))
	return filepath.Join(parent, filepath.Base(abs)), err
}

// holdsWorkingDir reports whether the process works in dir or below it: a
// swap would leave it, and the shell that started it, in the removed folder.
func holdsWorkingDir(dir string) bool {
	wd, err := os.Getwd()
	if err != nil {
		return false
	}
	if real, err := filepath.EvalSymlinks(wd); err == nil {
		wd = real
	}
	rel, err := filepath.Rel(dir, wd)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// acquire takes the lock for this place, or returns ErrBusy. The lock file
// stays: removing it would let a third process lock another file of its name.
func (p place) acquire() (unlock func(), err error) {
	l := flock.New(p.lock)
	ok, err := l.TryLock()
	if err != nil {
		return nil, p.explain("locking the folder", err)
	}
	if !ok {
		return nil, fmt.Errorf("publishing to %q: %w", p.dir, ErrBusy)
	}
	return func() { _ = l.Unlock() }, nil
}

// explain says in words what is wrong if the place can't be written to.
func (p place) explain(doing string, err error) error {
	if errors.Is(err, fs.ErrPermission) || isReadOnly(err) {
		return fmt.Errorf("publishing to %q: the folder around it, %q, can't be written to: %w", p.dir, p.parent, err)
	}
	return fmt.Errorf("%s: %w", doing, err)
}

// Repair puts dir right after a process that died while it published: the
// old or the new site is back in place, and what was left beside it is
// removed. It does nothing where nothing is wrong. The error is [ErrBusy]
// while a [Run] works on dir.
func Repair(dir string) error {
	p, err := locate(dir)
	if err != nil {
		return err
	}
	unlock, err := p.acquire()
	if err != nil {
		return err
	}
	defer unlock()
	return p.repair()
}

// repair is Repair under the lock. Where the folder is missing but the old
// one stands aside, a process died between two renames: the old site returns.
func (p place) repair() error {
	_, err := os.Lstat(p.dir)
	if errors.Is(err, fs.ErrNotExist) {
		err = os.Rename(p.aside, p.dir)
		if errors.Is(err, fs.ErrNotExist) {
			err = nil
		}
	}
	if err != nil {
		return fmt.Errorf("repairing %q: %w", p.dir, err)
	}
	for _, left := range []string{p.staging, p.aside} {
		if err := removeAll(left); err != nil {
			return fmt.Errorf("removing what a stopped build left: %w", err)
		}
	}
	return nil
}

// removeAll is os.RemoveAll, also for folders that may not be written to, as
// a foreign one may be.
func removeAll(name string) error {
	// A disk that can't be written to refuses to remove even what is not there.
	if _, err := os.Lstat(name); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	err := os.RemoveAll(name)
	if !errors.Is(err, fs.ErrPermission) {
		return err
	}
	_ = filepath.WalkDir(name, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() {
			_ = os.Chmod(path, 0o700)
		}
		return nil
	})
	return os.RemoveAll(name)
}
