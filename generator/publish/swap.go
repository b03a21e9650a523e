package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// swap puts the staged site in place and removes the old one.
func (b *build) swap(twoRenames bool) error {
	if err := b.replace(twoRenames); err != nil {
		if isBusy(err) {
			return fmt.Errorf("replacing %q: it is a mount point or in use; publish to a folder inside it: %w", b.dir, err)
		}
		return fmt.Errorf("replacing %q: %w", b.dir, err)
	}
	// The new site stands. What can't be removed now, the next run removes
	// or complains about.
	_ = syncFolder(b.parent)
	for _, left := range []string{b.staging, b.aside} {
		b.rescue(left)
		_ = removeAll(left)
	}
	return nil
}

// replace swaps in one step where the system can, else by two renames.
func (p place) replace(twoRenames bool) error {
	_, err := os.Lstat(p.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return os.Rename(p.staging, p.dir)
	}
	if err != nil {
		return err
	}
	if !twoRenames {
		err := exchange(p.staging, p.dir)
		if !errors.Is(err, errors.ErrUnsupported) {
			return err
		}
	}
	if err := os.Rename(p.dir, p.aside); err != nil {
		return err
	}
	if err := os.Rename(p.staging, p.dir); err != nil {
		return errors.Join(err, os.Rename(p.aside, p.dir))
	}
	return nil
}

// rescue moves the files that somebody put into the old site while the new
// one was built over into the new one.
func (b *build) rescue(old string) {
	t, err := readTree(old)
	if err != nil {
		return
	}
	for path := range t.files {
		if _, known := b.tree.files[path]; known {
			continue
		}
		to := b.in(b.dir, path)
		if _, err := os.Lstat(to); errors.Is(err, fs.ErrNotExist) {
			_ = os.MkdirAll(filepath.Dir(to), 0o777)
			_ = os.Rename(b.in(old, path), to)
		}
	}
}
