package snapshot

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/trophycase/trophycase/generator/psn"
)

// ids is the form of every npCommunicationId; nothing else becomes a file name.
var ids = regexp.MustCompile(`^[A-Z]{4}[0-9]{5}_[0-9]{2}$`)

// ValidID says that an npCommunicationId has PSN's form.
func ValidID(id string) bool { return ids.MatchString(id) }

// Titles is the title list as last believed, in PSN's order.
func (s *Store) Titles() []TitleEntry { return slices.Clone(s.titles) }

// PutTitles replaces the title list. A title that is new gets its slug; one that
// was there keeps it, whatever its name is now.
func (s *Store) PutTitles(list []psn.TrophyTitle) error {
	slugs, taken := map[string]string{}, map[string]bool{}
	for _, t := range s.titles {
		slugs[t.NPCommunicationID], taken[slugKey(t.Slug)] = t.Slug, true
	}
	entries, listed := make([]TitleEntry, 0, len(list)), map[string]bool{}
	// The oldest title gets the plain slug, as it would have in earlier builds.
	for _, t := range slices.Backward(list) {
		if !ValidID(t.NPCommunicationID) {
			return fmt.Errorf("snapshot: %q is not a title's ID", t.NPCommunicationID)
		}
		slug, ok := slugs[t.NPCommunicationID]
		if !ok {
			slug = s.lostSlug(t.NPCommunicationID, taken)
			if slug == "" {
				slug = newSlug(t, taken)
			}
			slugs[t.NPCommunicationID], taken[slugKey(slug)] = slug, true
		}
		entries, listed[t.NPCommunicationID] = append(entries, TitleEntry{t, slug}), true
	}
	slices.Reverse(entries)
	if err := s.forgetChanges(listed); err != nil {
		return err
	}
	data, err := lines(entries)
	if err != nil {
		return err
	}
	s.setTitles(entries)
	return s.write(titlesFile, s.sealed(data))
}

// lostSlug is what the file of a title remembers that the list has lost, or "".
func (s *Store) lostSlug(id string, taken map[string]bool) string {
	r, err := s.Title(id)
	if err != nil || !validSlug(r.Slug) || taken[slugKey(r.Slug)] {
		return ""
	}
	return r.Slug
}

func (s *Store) setTitles(entries []TitleEntry) {
	s.titles, s.slugs = entries, make(map[string]string, len(entries))
	for _, t := range entries {
		s.slugs[t.NPCommunicationID] = t.Slug
	}
}

// lines is a JSON array with one element a line.
func lines[T any](list []T) ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('[')
	for i, v := range list {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('\n')
		if err := encode(&b, v); err != nil {
			return nil, err
		}
	}
	if len(list) > 0 {
		b.WriteByte('\n')
	}
	b.WriteString("]\n")
	return b.Bytes(), nil
}

// encode appends v as one line of JSON; names stay readable in a diff.
func encode(b *bytes.Buffer, v any) error {
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return fmt.Errorf("snapshot: %w", err)
	}
	b.Truncate(b.Len() - 1)
	return nil
}

func titleFile(id string) string { return titlesDir + "/" + id + ".json" }

// Title is what is known of a title. The error is fs.ErrNotExist for one that
// was never fetched and a [*DamagedError] for one whose file cannot be read;
// both are to be fetched.
func (s *Store) Title(id string) (*TitleRecord, error) {
	if !ValidID(id) {
		return nil, fmt.Errorf("snapshot: %q is not a title's ID", id)
	}
	return readTitle(os.DirFS(s.dir), id)
}

func readTitle(fsys fs.FS, id string) (*TitleRecord, error) {
	r := new(TitleRecord)
	if err := readJSON(fsys, titleFile(id), r); err != nil {
		return nil, err
	}
	if r.Title.NPCommunicationID != id {
		return nil, &DamagedError{titleFile(id), fmt.Errorf("it is about %q", r.Title.NPCommunicationID)}
	}
	return r, nil
}

// PutTitle replaces what is known of a title, and goes on with the history of
// its earned rates.
func (s *Store) PutTitle(r *TitleRecord) error {
	id := r.Title.NPCommunicationID
	if !ValidID(id) {
		return fmt.Errorf("snapshot: %q is not a title's ID", id)
	}
	var before []RateRecord
	if old, err := s.Title(id); err == nil {
		before = old.Rates
	}
	kept := *r
	if slug, ok := s.slugs[id]; ok {
		kept.Slug = slug
	}
	kept.Rates = continueRates(before, r.Earned, r.RatesOn)
	data, err := encodeTitle(&kept)
	if err != nil {
		return err
	}
	return s.write(titleFile(id), s.sealed(data))
}

// encodeTitle writes each group, trophy and earning on a line of its own.
func encodeTitle(r *TitleRecord) ([]byte, error) {
	var b bytes.Buffer
	parts := []struct {
		name  string
		value any
	}{
		{"title", r.Title}, {"slug", r.Slug}, {"language", r.Language}, {"ratesOn", r.RatesOn},
		{"groups", r.Groups}, {"earnedGroups", r.EarnedGroups},
		{"trophies", r.Trophies}, {"earned", r.Earned}, {"rates", r.Rates},
	}
	b.WriteString("{\n")
	for i, p := range parts {
		fmt.Fprintf(&b, "%q: ", p.name)
		if err := encodePart(&b, p.value); err != nil {
			return nil, err
		}
		if i < len(parts)-1 {
			b.WriteByte(',')
		}
		b.WriteByte('\n')
	}
	b.WriteString("}\n")
	return b.Bytes(), nil
}

func encodePart(b *bytes.Buffer, v any) error {
	switch v := v.(type) {
	case []psn.TrophyGroup:
		return encodeLines(b, v)
	case []psn.EarnedGroup:
		return encodeLines(b, v)
	case []psn.Trophy:
		return encodeLines(b, v)
	case []psn.EarnedTrophy:
		return encodeLines(b, v)
	case []RateRecord:
		return encodeLines(b, v)
	}
	return encode(b, v)
}

func encodeLines[T any](b *bytes.Buffer, list []T) error {
	data, err := lines(list)
	b.Write(bytes.TrimSuffix(data, []byte("\n")))
	return err
}

// RemoveTitle forgets a title that is not to be shown any more.
func (s *Store) RemoveTitle(id string) error {
	if !ValidID(id) {
		return fmt.Errorf("snapshot: %q is not a title's ID", id)
	}
	err := os.Remove(filepath.Join(s.dir, filepath.FromSlash(titleFile(id))))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("snapshot: %w", err)
	}
	s.changed = true
	return nil
}

// Fetched is the IDs of the titles that have a file, sorted.
func (s *Store) Fetched() ([]string, error) {
	entries, err := os.ReadDir(filepath.Join(s.dir, titlesDir))
	if err != nil {
		return nil, fmt.Errorf("snapshot: %w", err)
	}
	var list []string
	for _, e := range entries {
		if id, ok := idOfFile(e.Name()); ok {
			list = append(list, id)
		}
	}
	return list, nil
}

func idOfFile(name string) (string, bool) {
	id, ok := strings.CutSuffix(name, ".json")
	return id, ok && ValidID(id)
}
