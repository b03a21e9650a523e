package snapshot

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
)

// ErrEmpty says that nothing was fetched into the snapshot yet.
var ErrEmpty = errors.New("the snapshot is empty: nothing has been fetched yet")

// A Snapshot is what was read from a snapshot's folder.
type Snapshot struct {
	frame
	titles   map[string]*TitleRecord
	pictures map[string]PictureRecord
	// Damaged is the files that could not be read, sorted. The titles that they
	// are about are shown as not fetched yet.
	Damaged []string
}

// frame is all but the titles' own files.
type frame struct {
	head    Head
	profile *ProfileRecord
	entries []TitleEntry
	history []DayRecord
	changes []ChangeRecord
}

// Read reads a snapshot. The error is a [*VersionError] for that of a newer
// program, [ErrEmpty] for a folder without one, and a [*DamagedError] when it
// cannot even be told what the folder holds.
func Read(fsys fs.FS) (*Snapshot, error) {
	f, err := readFrame(fsys)
	if err != nil {
		return nil, err
	}
	if f.profile == nil {
		return nil, ErrEmpty
	}
	s := &Snapshot{frame: f, pictures: readPictures(fsys)}
	s.readTitles(fsys)
	return s, nil
}

func readFrame(fsys fs.FS) (frame, error) {
	var f frame
	if err := readJSON(fsys, headFile, &f.head); err != nil && !notExist(err) {
		return f, err
	}
	if f.head.Version > Version {
		return f, &VersionError{f.head.Version, Version}
	}
	profile := new(ProfileRecord)
	switch err := readJSON(fsys, profileFile, profile); {
	case err == nil:
		f.profile = profile
	case !notExist(err) && !errors.As(err, new(*DamagedError)):
		return f, err
	}
	if err := readJSON(fsys, titlesFile, &f.entries); err != nil {
		if f.entries, err = recoverTitles(fsys); err != nil {
			return f, err
		}
	}
	f.entries = sound(f.entries)
	f.history = slices.DeleteFunc(readLines[DayRecord](fsys, historyFile), func(d DayRecord) bool { return d.On.IsZero() })
	slices.SortStableFunc(f.history, func(a, b DayRecord) int { return a.On.Compare(b.On.Time) })
	f.changes = slices.DeleteFunc(readLines[ChangeRecord](fsys, changesFile), func(c ChangeRecord) bool { return c.At.IsZero() || c.empty() })
	return f, nil
}

// sound leaves out the entries that cannot be shown: whose ID or slug is none, or
// another title's.
func sound(entries []TitleEntry) []TitleEntry {
	ids, slugs := map[string]bool{}, map[string]bool{}
	return slices.DeleteFunc(entries, func(t TitleEntry) bool {
		key := slugKey(t.Slug)
		if !ValidID(t.NPCommunicationID) || !validSlug(t.Slug) || ids[t.NPCommunicationID] || slugs[key] {
			return true
		}
		ids[t.NPCommunicationID], slugs[key] = true, true
		return false
	})
}

func readJSON(fsys fs.FS, name string, into any) error {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return fmt.Errorf("snapshot: %w", err)
	}
	if err := json.Unmarshal(data, into); err != nil {
		return &DamagedError{name, err}
	}
	return nil
}

// recoverTitles makes a title list from the titles' own files when the list is
// lost, so that no title's address changes.
func recoverTitles(fsys fs.FS) ([]TitleEntry, error) {
	files, err := fs.ReadDir(fsys, titlesDir)
	if notExist(err) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("snapshot: %w", err)
	}
	var entries []TitleEntry
	for _, file := range files {
		id, ok := idOfFile(file.Name())
		if !ok {
			continue
		}
		if r, err := readTitle(fsys, id); err == nil && r.Slug != "" {
			entries = append(entries, TitleEntry{r.Title, r.Slug})
		}
	}
	slices.SortStableFunc(entries, func(a, b TitleEntry) int {
		return b.LastUpdatedDateTime.Compare(a.LastUpdatedDateTime.Time)
	})
	return entries, nil
}

// readLines reads a file of one record a line. A line that cannot be read is left
// out: the last one may be half-written by other programs, and no other line
// depends on it.
func readLines[T any](fsys fs.FS, name string) []T {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil
	}
	var list []T
	for line := range bytes.Lines(data) {
		var v T
		if json.Unmarshal(line, &v) == nil {
			list = append(list, v)
		}
	}
	return list
}

// readTitles reads the titles' files with all processors.
func (s *Snapshot) readTitles(fsys fs.FS) {
	records := make([]*TitleRecord, len(s.entries))
	damaged := make([]bool, len(s.entries))
	each(len(s.entries), func(i int) {
		r, err := readTitle(fsys, s.entries[i].NPCommunicationID)
		records[i] = r
		damaged[i] = errors.As(err, new(*DamagedError))
	})
	s.titles = make(map[string]*TitleRecord, len(records))
	for i, r := range records {
		id := s.entries[i].NPCommunicationID
		if r != nil {
			s.titles[id] = r
		}
		if damaged[i] {
			s.Damaged = append(s.Damaged, titleFile(id))
		}
	}
	slices.Sort(s.Damaged)
}

// each calls do for 0 to n-1, on all processors.
func each(n int, do func(i int)) {
	var next atomic.Int64
	var wait sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		wait.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				do(i)
			}
		})
	}
	wait.Wait()
}
