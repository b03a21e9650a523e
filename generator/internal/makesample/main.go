// Makesample writes the sample profile, assets/sample: an invented person's
// trophies in the snapshot's format, with the pictures that go with them.
//
// Run it from the repository's root after a change to its data or drawing:
//
//	go run ./generator/internal/makesample
//
// The same data give the same files, bytes and all. Names, texts and pictures
// are this project's own; the data files say how a title is written down.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"sort"
)

func main() {
	if err := run("assets/sample"); err != nil {
		fmt.Fprintln(os.Stderr, "makesample:", err)
		os.Exit(1)
	}
}

// run replaces the sample profile in dir.
func run(dir string) error {
	files, err := makeSample()
	if err != nil {
		return err
	}
	for _, old := range []string{"titles", "pictures"} {
		if err := os.RemoveAll(filepath.Join(dir, old)); err != nil {
			return err
		}
	}
	names := make([]string, 0, len(files))
	total := 0
	for name, data := range files {
		names = append(names, name)
		total += len(data)
	}
	sort.Strings(names)
	for _, name := range names {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, files[name], 0o644); err != nil {
			return err
		}
	}
	fmt.Printf("%s: %d files, %d bytes\n", dir, len(files), total)
	return nil
}

// makeSample is the sample profile as file contents by slash-separated path.
func makeSample() (map[string][]byte, error) {
	titles, err := loadTitles()
	if err != nil {
		return nil, err
	}
	for _, t := range titles {
		play(t)
	}
	pictures, err := drawPictures(titles)
	if err != nil {
		return nil, err
	}
	files, err := writeSnapshot(titles)
	if err != nil {
		return nil, err
	}
	return files, pictures.addTo(files)
}
