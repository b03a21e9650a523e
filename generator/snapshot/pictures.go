package snapshot

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"bytes"
)

// maxSide is above the sides of all pictures that are kept, in pixels.
const maxSide = 4096

// pictures is the index of the pictures by URL.
type pictures struct {
	mu      sync.Mutex
	index   map[string]PictureRecord
	changed bool
}

// readPictures reads the index. One that cannot be read is empty: the pictures
// are fetched again, and so is one whose file is gone.
func readPictures(fsys fs.FS) map[string]PictureRecord {
	index := map[string]PictureRecord{}
	data, err := fs.ReadFile(fsys, picturesFile)
	if err != nil || json.Unmarshal(data, &index) != nil {
		return map[string]PictureRecord{}
	}
	files := map[string]bool{}
	// Without a folder no picture is there.
	entries, _ := fs.ReadDir(fsys, picturesDir)
	for _, e := range entries {
		files[e.Name()] = true
	}
	maps.DeleteFunc(index, func(_ string, p PictureRecord) bool { return !p.sound() || p.File != "" && !files[p.File] })
	return index
}

// sound says that a record is of a picture, or of none.
func (p PictureRecord) sound() bool {
	if p.File == "" {
		return !p.RefusedOn.IsZero() && p.Width == 0 && p.Height == 0
	}
	return pictureName(p.File) && p.Width > 0 && p.Height > 0 && p.Width <= maxSide && p.Height <= maxSide
}

// pictureName says that a name has the form that PutPicture gives.
func pictureName(name string) bool {
	if len(name) != 24 || name[20:] != ".png" && name[20:] != ".jpg" {
		return false
	}
	_, err := hex.DecodeString(name[:20])
	return err == nil
}

// Picture is the picture that a URL led to. It is safe for concurrent use.
func (s *Store) Picture(url string) (PictureRecord, bool) {
	s.pictures.mu.Lock()
	defer s.pictures.mu.Unlock()
	p, ok := s.pictures.index[url]
	if !ok || p.File == "" {
		return p, false
	}
	_, err := os.Stat(filepath.Join(s.dir, picturesDir, p.File))
	return p, err == nil
}

// PutPicture keeps a picture under a name made from its bytes; ext is ".png" or
// ".jpg". The index is written by SavePictures and Close. It is safe for
// concurrent use.
func (s *Store) PutPicture(url string, data []byte, ext string, width, height int) error {
	sum := sha256.Sum256(data)
	p := PictureRecord{File: hex.EncodeToString(sum[:10]) + ext, Width: width, Height: height}
	if !pictureName(p.File) {
		return fmt.Errorf("snapshot: %q is no ending of a picture", ext)
	}
	path := filepath.Join(s.dir, picturesDir, p.File)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return fmt.Errorf("snapshot: %w", err)
	}
	if _, err := os.Stat(path); err != nil {
		if err := replace(path, data); err != nil {
			return fmt.Errorf("snapshot: %w", err)
		}
	}
	s.pictures.mu.Lock()
	defer s.pictures.mu.Unlock()
	s.pictures.index[url], s.pictures.changed = p, true
	return nil
}

// RefusePicture notes that a URL led to nothing that can be shown. It is safe for
// concurrent use.
func (s *Store) RefusePicture(url string, on Day) {
	s.pictures.mu.Lock()
	defer s.pictures.mu.Unlock()
	s.pictures.index[url], s.pictures.changed = PictureRecord{RefusedOn: on}, true
}

// KeepPictures forgets the pictures of all other URLs and removes their files.
func (s *Store) KeepPictures(urls map[string]bool) error {
	s.pictures.mu.Lock()
	used := map[string]bool{filepath.Base(picturesFile): true}
	for url, p := range s.pictures.index {
		if urls[url] {
			used[p.File] = true
			continue
		}
		delete(s.pictures.index, url)
		s.pictures.changed = true
	}
	s.pictures.mu.Unlock()
	if err := s.SavePictures(); err != nil {
		return err
	}
	entries, err := os.ReadDir(filepath.Join(s.dir, picturesDir))
	if notExist(err) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("snapshot: %w", err)
	}
	for _, e := range entries {
		if used[e.Name()] || !pictureName(e.Name()) {
			continue
		}
		if err := os.Remove(filepath.Join(s.dir, picturesDir, e.Name())); err != nil {
			return fmt.Errorf("snapshot: %w", err)
		}
	}
	return nil
}

// SavePictures writes the index of the pictures.
func (s *Store) SavePictures() error {
	s.pictures.mu.Lock()
	defer s.pictures.mu.Unlock()
	if !s.pictures.changed {
		return nil
	}
	data, err := encodeIndex(s.pictures.index)
	if err != nil {
		return err
	}
	if err := s.write(picturesFile, data); err != nil {
		return err
	}
	s.pictures.changed = false
	return nil
}

// encodeIndex writes one picture a line, by URL.
func encodeIndex(index map[string]PictureRecord) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString("{")
	for i, url := range slices.Sorted(maps.Keys(index)) {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('\n')
		if err := encode(&b, url); err != nil {
			return nil, err
		}
		b.WriteString(": ")
		if err := encode(&b, index[url]); err != nil {
			return nil, err
		}
	}
	b.WriteString("\n}\n")
	return b.Bytes(), nil
}
