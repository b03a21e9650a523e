package snapshot

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/trophycase/trophycase/generator/trophy"
)

// ErrEmpty says that nothing was fetched into the snapshot yet.
var ErrEmpty = errors.New("the snapshot is empty: nothing has been fetched yet")

// A Snapshot is what was read from a snapshot's folder.
type Snapshot struct {
	frame
	groups   map[string][]trophy.Group // of the titles that are fetched, by ID
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
}

// Read reads a snapshot. The error is a [*VersionError] for that of a newer
// program, [ErrEmpty] for a folder without one, and a [*DamagedError] when it
// cannot even be told what the folder holds.
func Read(fsys fs.FS) (*Snapshot, error) {
	s, err := ReadFrame(fsys)
	if err != nil {
		return nil, err
	}
	s.readTitles(fsys)
	return s, nil
}

// ReadFrame reads a snapshot without the titles' own files: its model has the
// person, the level and the title list, and no trophies.
func ReadFrame(fsys fs.FS) (*Snapshot, error) {
	f, err := readFrame(fsys)
	if err != nil {
		return nil, err
	}
	if f.profile == nil {
		return nil, ErrEmpty
	}
	return &Snapshot{frame: f, pictures: readPictures(fsys)}, nil
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
	f.entries = slices.DeleteFunc(f.entries, func(t TitleEntry) bool {
		return !ValidID(t.NPCommunicationID) || !validSlug(t.Slug)
	})
	f.history = readHistory(fsys)
	return f, nil
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

// validSlug keeps out of paths what newSlug never makes.
func validSlug(s string) bool {
	return s != "" && len(s) <= 4*slugBytes && !strings.ContainsAny(s, `/\.:*?"<>|%`) &&
		!strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r == '�' })
}

// readHistory reads the days. A line that cannot be read is left out: the last
// one may be half-written by other programs, and no other day depends on it.
func readHistory(fsys fs.FS) []DayRecord {
	data, err := fs.ReadFile(fsys, historyFile)
	if err != nil {
		return nil
	}
	var list []DayRecord
	for line := range bytes.Lines(data) {
		var d DayRecord
		if json.Unmarshal(line, &d) == nil && !d.On.IsZero() {
			list = append(list, d)
		}
	}
	slices.SortStableFunc(list, func(a, b DayRecord) int { return a.On.Compare(b.On.Time) })
	return list
}

// readTitles reads the titles' files with all processors. What a file holds is
// turned into the model at once, so that no more than one record for each processor
// is in memory.
func (s *Snapshot) readTitles(fsys fs.FS) {
	groups := make([][]trophy.Group, len(s.entries))
	damaged := make([]bool, len(s.entries))
	each(len(s.entries), func(i int) {
		r, err := readTitle(fsys, s.entries[i].NPCommunicationID)
		if err == nil {
			groups[i] = s.modelGroups(r)
		}
		damaged[i] = errors.As(err, new(*DamagedError))
	})
	s.groups = make(map[string][]trophy.Group, len(groups))
	for i, list := range groups {
		id := s.entries[i].NPCommunicationID
		if list != nil {
			s.groups[id] = list
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
