package publish

import (
	"cmp"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
)

// A tree lists what a folder holds, by slash-separated path.
type tree struct {
	files map[string]fs.FileInfo // all that are no folders, links unresolved
	dirs  map[string]fs.FileInfo // the folder itself is "."
	empty map[string]bool        // folders that hold nothing
}

// readTree lists dir; one that does not exist is an empty tree.
func readTree(dir string) (*tree, error) {
	t := &tree{
		files: make(map[string]fs.FileInfo),
		dirs:  make(map[string]fs.FileInfo),
		empty: make(map[string]bool),
	}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			if name == dir && errors.Is(err, fs.ErrNotExist) {
				return nil
			}
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, name)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		delete(t.empty, path.Dir(rel))
		if d.IsDir() {
			t.dirs[rel], t.empty[rel] = info, true
		} else {
			t.files[rel] = info
		}
		return nil
	})
	return t, err
}

// regular reports whether path is a plain file of the size.
func (t *tree) regular(path string, size int64) bool {
	info, ok := t.files[path]
	return ok && info.Mode().IsRegular() && info.Size() == size
}

// carry makes to the same file as from, with its modification time.
func carry(from, to string, info fs.FileInfo) error {
	if info.Mode()&fs.ModeSymlink != 0 {
		target, err := os.Readlink(from)
		if err != nil {
			return err
		}
		return os.Symlink(target, to)
	}
	err := os.Link(from, to)
	if err == nil || !info.Mode().IsRegular() {
		return err
	}
	// Some file systems have no hard links, and some systems forbid them for
	// files of other users.
	return copyFile(from, to, info)
}

func copyFile(from, to string, info fs.FileInfo) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, info.Mode().Perm())
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	if err := cmp.Or(err, syncFile(out), out.Close()); err != nil {
		return err
	}
	return os.Chtimes(to, info.ModTime(), info.ModTime())
}
