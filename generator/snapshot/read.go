package snapshot

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"reflect"
	"runtime"
	"slices"
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
	// Damaged is the files that could not be read, sorted. What they are about is
	// not shown, or comes from another file.
	Damaged []string
}

// frame is all but the titles' own files.
type frame struct {
	head    Head
	profile *ProfileRecord
	entries []TitleEntry
	history []DayRecord
	changes []ChangeRecord
	damaged []string // the files of these that could not be read
}

// Read reads a snapshot. The error is a [*VersionError] for that of a newer
// program, [ErrEmpty] for a folder without one, and a [*DamagedError] when the
// person that it is about is lost.
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
	if f.profile == nil && slices.Contains(f.damaged, profileFile) {
		return nil, &DamagedError{profileFile, errors.New("nothing in it can be used")}
	}
	if f.profile == nil {
		return nil, ErrEmpty
	}
	return &Snapshot{frame: f, pictures: readPictures(fsys), Damaged: f.damaged}, nil
}

func readFrame(fsys fs.FS) (frame, error) {
	var f frame
	// First of all, as a newer program may have sums of another form.
	var newer Head
	if data, err := fs.ReadFile(fsys, headFile); err == nil && json.Unmarshal(data, &newer) == nil && newer.Version > Version {
		return f, &VersionError{newer.Version, Version}
	}
	if err := f.read(fsys, headFile, &f.head); err != nil {
		return f, err
	}
	if err := f.read(fsys, profileFile, &f.profile); err != nil {
		return f, err
	}
	if err := f.read(fsys, titlesFile, &f.entries); err != nil {
		return f, err
	}
	if f.entries == nil {
		var err error
		if f.entries, err = recoverTitles(fsys); err != nil {
			return f, err
		}
	}
	listed := len(f.entries)
	if f.entries = sound(f.entries); len(f.entries) < listed {
		f.damaged = append(f.damaged, titlesFile)
	}
	f.history = readLines(&f, fsys, historyFile, func(d DayRecord) bool { return !d.On.IsZero() })
	slices.SortStableFunc(f.history, func(a, b DayRecord) int { return a.On.Compare(b.On.Time) })
	f.changes = readLines(&f, fsys, changesFile, func(c ChangeRecord) bool { return !c.At.IsZero() && !c.empty() })
	return f, nil
}

// read reads one of the files that everything hangs on. One that is missing or
// damaged leaves what it was to be read into as it is.
func (f *frame) read(fsys fs.FS, name string, into any) error {
	err := readJSON(fsys, name, into)
	if errors.As(err, new(*DamagedError)) {
		reflect.ValueOf(into).Elem().SetZero()
		f.damaged = append(f.damaged, name)
		return nil
	}
	if notExist(err) {
		return nil
	}
	return err
}

// sound leaves out the entries of the title list that cannot be shown: whose ID or
// slug is none, or another title's. They come again with PSN's next answer.
func sound(entries []TitleEntry) []TitleEntry {
	seen := map[string]bool{}
	return slices.DeleteFunc(entries, func(t TitleEntry) bool {
		id, slug := t.NPCommunicationID, slugKey(t.Slug)
		if !ValidID(id) || !validSlug(t.Slug) || seen[id] || seen[slug] {
			return true
		}
		seen[id], seen[slug] = true, true
		return false
	})
}

func readJSON(fsys fs.FS, name string, into any) error {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return fmt.Errorf("snapshot: %w", err)
	}
	if data, err = unseal(data); err == nil {
		err = json.Unmarshal(data, into)
	}
	if err != nil {
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

// readLines reads a file of one record a line. A line that cannot be read or is not
// good is left out: the last one may be half-written by other programs, and no other
// line depends on it.
func readLines[T any](f *frame, fsys fs.FS, name string, good func(T) bool) []T {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil
	}
	var list []T
	lost := false
	for line := range bytes.Lines(data) {
		var v T
		if readLine(line, &v) == nil && good(v) {
			list = append(list, v)
		} else {
			lost = true
		}
	}
	if lost {
		f.damaged = append(f.damaged, name)
	}
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
