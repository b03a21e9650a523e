// Package snapshot keeps PSN's answers in a folder, and reads them back as the
// model.
//
// # The folder
//
// snapshot.json says what it is and whose, profile.json holds the person and the
// level, titles.json the title list, titles/ID.json what is known of one title,
// history.jsonl level and counts by day, changes.jsonl what the last fetches
// brought, and pictures/ the scaled pictures with an index by URL. All but the pictures is text with one title or trophy a line,
// made to be kept in a public git branch: neither a token nor an account ID nor
// anything that the site would not show is in it.
//
// # Promises
//
// Every file is replaced as a whole, so that a process that is killed leaves the
// old bytes or the new ones. A file whose bytes would not change is not touched.
// Each ends with a sum over its bytes, or each of its lines does, so that a damaged one
// is known: what it held comes again with the next fetch, that of a title alone. The
// days of the history that are damaged are left out.
package snapshot

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/gofrs/flock"
)

const (
	headFile     = "snapshot.json"
	profileFile  = "profile.json"
	titlesFile   = "titles.json"
	titlesDir    = "titles"
	historyFile  = "history.jsonl"
	picturesDir  = "pictures"
	picturesFile = "pictures/index.json"
	lockFile     = ".lock"
	ignoreFile   = ".gitignore"
	ignored      = "/pictures/\n/.lock\n*.tmp\n"
)

// ErrLocked says that another process has the snapshot open for writing.
var ErrLocked = errors.New("another build is using this snapshot")

// A VersionError says that the snapshot was written by a newer program.
type VersionError struct{ Got, Known int }

func (e *VersionError) Error() string {
	return fmt.Sprintf("the snapshot has format %d and this program knows up to %d", e.Got, e.Known)
}

// An OtherAccountError says that the snapshot is not of the account that is
// signed in.
type OtherAccountError struct{ Dir string }

func (e *OtherAccountError) Error() string {
	return fmt.Sprintf("the snapshot in %q is of another account", e.Dir)
}

// A DamagedError says that a file of the snapshot cannot be read. The file of a
// title is fetched again by the next build.
type DamagedError struct {
	File string
	Err  error
}

func (e *DamagedError) Error() string {
	return fmt.Sprintf("the snapshot's %s is damaged: %v", e.File, e.Err)
}

func (e *DamagedError) Unwrap() error { return e.Err }

// A Store is a snapshot that is open for writing. It is not safe for use from
// several goroutines at once, but for Picture and PutPicture.
type Store struct {
	dir     string
	lock    *flock.Flock
	head    Head
	profile *ProfileRecord
	titles  []TitleEntry
	slugs   map[string]string // by the titles' IDs
	history []DayRecord
	changes []ChangeRecord
	damaged []string
	changed bool

	pictures pictures
}

// Open opens the snapshot in dir, which is made if it is missing, for writing.
// The error is [ErrLocked] while another process has it open, and a
// [*VersionError] for the snapshot of a newer program. A damaged file is none: see
// Store.Damaged.
func Open(dir string) (*Store, error) {
	if err := os.MkdirAll(filepath.Join(dir, titlesDir), 0o755); err != nil {
		return nil, fmt.Errorf("snapshot: %w", err)
	}
	lock := flock.New(filepath.Join(dir, lockFile))
	ok, err := lock.TryLock()
	if err != nil {
		return nil, fmt.Errorf("snapshot: %w", err)
	}
	if !ok {
		return nil, ErrLocked
	}
	s := &Store{dir: dir, lock: lock}
	if err := s.load(); err != nil {
		lock.Close()
		return nil, err
	}
	return s, nil
}

// Close ends the writing. The Store must not be used any more.
func (s *Store) Close() error {
	err := s.SavePictures()
	return errors.Join(err, s.lock.Close())
}

// Damaged is the files that could not be read when the snapshot was opened, those of
// titles aside. They are written anew from what is known otherwise.
func (s *Store) Damaged() []string { return slices.Clone(s.damaged) }

// Changed says whether anything was written since Open, pictures aside.
func (s *Store) Changed() bool { return s.changed }

func (s *Store) load() error {
	s.sweep()
	fsys := os.DirFS(s.dir)
	r, err := readFrame(fsys)
	if err != nil {
		return err
	}
	s.head, s.profile, s.history, s.changes, s.damaged = r.head, r.profile, r.history, r.changes, r.damaged
	s.setTitles(r.entries)
	s.pictures.index = readPictures(fsys)
	if err := s.write(ignoreFile, []byte(ignored)); err != nil {
		return err
	}
	if s.head.Version != 0 {
		return nil
	}
	return s.SetHead(Head{})
}

// sweep removes what a killed process has not finished.
func (s *Store) sweep() {
	for _, pattern := range []string{"*.tmp", titlesDir + "/*.tmp", picturesDir + "/*.tmp"} {
		names, _ := filepath.Glob(filepath.Join(s.dir, filepath.FromSlash(pattern)))
		for _, name := range names {
			// What stays is swept by the next build; it is in nobody's way.
			_ = os.Remove(name)
		}
	}
}

// Head is what the snapshot is.
func (s *Store) Head() Head { return s.head }

// SetHead replaces the head; the version is this program's.
func (s *Store) SetHead(h Head) error {
	h.Version = Version
	data, err := json.MarshalIndent(h, "", "  ")
	if err != nil {
		return fmt.Errorf("snapshot: %w", err)
	}
	s.head = h
	return s.write(headFile, s.sealed(append(data, '\n')))
}

// Claim says that the snapshot is of the account with that ID. The first claim
// marks the snapshot by a salted hash; afterwards another account's is refused
// with an [*OtherAccountError].
func (s *Store) Claim(accountID string) error {
	h := s.head
	if h.Sample {
		return &OtherAccountError{s.dir}
	}
	if h.Account == "" {
		if err := salt(&h); err != nil {
			return err
		}
		h.Account = hash(h.Salt, "account", accountID)
		return s.SetHead(h)
	}
	if h.Account != hash(h.Salt, "account", accountID) {
		return &OtherAccountError{s.dir}
	}
	return nil
}

// SeeToken says what is known of an NPSSO that works: in use since today, if it
// is a new one.
func (s *Store) SeeToken(npsso string, today time.Time) (TokenRecord, error) {
	h := s.head
	if err := salt(&h); err != nil {
		return TokenRecord{}, err
	}
	sum := hash(h.Salt, "npsso", npsso)
	if h.Token != nil && h.Token.Hash == sum {
		return *h.Token, nil
	}
	h.Token = &TokenRecord{Hash: sum, FirstSeen: DayOf(today)}
	return *h.Token, s.SetHead(h)
}

// TokenEnds keeps what PSN told about the end of the NPSSO seen last.
func (s *Store) TokenEnds(at time.Time) error {
	h := s.head
	if h.Token == nil {
		return nil
	}
	t := *h.Token
	t.Ends, h.Token = DayOf(at), &t
	return s.SetHead(h)
}

func salt(h *Head) error {
	if h.Salt != "" {
		return nil
	}
	b := make([]byte, 16)
	if _, err := rand.Read(b); err != nil {
		return fmt.Errorf("snapshot: %w", err)
	}
	h.Salt = hex.EncodeToString(b)
	return nil
}

// hash recognises a value without giving it away. An account ID has few enough
// values to try them all, so the hash is made slow.
func hash(salt, use, value string) string {
	sum := sha256.Sum256([]byte(salt + "\x00" + use + "\x00" + value))
	for range 200_000 {
		sum = sha256.Sum256(sum[:])
	}
	return hex.EncodeToString(sum[:16])
}

// Profile is the person and the level, or nil before the first answer.
func (s *Store) Profile() *ProfileRecord {
	if s.profile == nil {
		return nil
	}
	p := *s.profile
	return &p
}

// PutProfile replaces the person and the level. The account ID is dropped.
func (s *Store) PutProfile(p *ProfileRecord) error {
	kept := *p
	kept.Summary.AccountID = ""
	if len(kept.Doubts) == 0 {
		kept.Doubts = nil
	}
	data, err := json.MarshalIndent(&kept, "", "  ")
	if err != nil {
		return fmt.Errorf("snapshot: %w", err)
	}
	s.profile = &kept
	return s.write(profileFile, s.sealed(append(data, '\n')))
}

// AddDay records the state of a day; the last record of a day holds. A day that
// differs from the one before in nothing is not recorded.
func (s *Store) AddDay(d DayRecord) error {
	list := s.history
	if n := len(list); n > 0 && !list[n-1].On.Before(d.On.Time) {
		list = list[:n-1]
	}
	n := len(list)
	if n > 0 && list[n-1].sameAs(d) {
		if len(list) == len(s.history) && !slices.Contains(s.damaged, historyFile) {
			return nil
		}
	} else {
		list = append(list[:n:n], d)
	}
	data, err := recordLines(s, list)
	if err != nil {
		return err
	}
	s.history = list
	return s.write(historyFile, data)
}

// recordLines is a file of one record a line, each with its sum.
func recordLines[T any](s *Store, list []T) ([]byte, error) {
	var file, line bytes.Buffer
	for _, v := range list {
		line.Reset()
		if err := encode(&line, v); err != nil {
			return nil, err
		}
		data := line.Bytes()
		if !s.head.Sample {
			data = sealLine(data)
		}
		file.Write(append(data, '\n'))
	}
	return file.Bytes(), nil
}

func (d DayRecord) sameAs(o DayRecord) bool {
	return d.Level == o.Level && d.Points == o.Points && d.Earned == o.Earned
}

// sealed is a file with its sum. The sample is made by hand and has none.
func (s *Store) sealed(data []byte) []byte {
	if s.head.Sample {
		return data
	}
	return seal(data)
}

// write replaces a file of the snapshot, if its bytes change.
func (s *Store) write(name string, data []byte) error {
	path := filepath.Join(s.dir, filepath.FromSlash(name))
	if old, err := os.ReadFile(path); err == nil && bytes.Equal(old, data) {
		return nil
	}
	if err := replace(path, data); err != nil {
		return fmt.Errorf("snapshot: %w", err)
	}
	if !strings.HasPrefix(name, picturesDir) && name != ignoreFile {
		s.changed = true
	}
	return nil
}

// replace writes a file so that a killed process leaves the old or the new one.
func replace(path string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*.tmp")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(data)
	err = errors.Join(err, f.Chmod(0o644), f.Sync(), f.Close())
	if err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

// DayOf is the day of a time in UTC.
func DayOf(t time.Time) Day { return Day{t.UTC().Truncate(24 * time.Hour)} }

// MarshalJSON writes "2006-01-02", and "" for the zero Day.
func (d Day) MarshalJSON() ([]byte, error) {
	if d.IsZero() {
		return []byte(`""`), nil
	}
	return []byte(d.Format(`"2006-01-02"`)), nil
}

// UnmarshalJSON reads what MarshalJSON writes.
func (d *Day) UnmarshalJSON(b []byte) error {
	if string(b) == `""` || string(b) == "null" {
		*d = Day{}
		return nil
	}
	t, err := time.Parse(`"2006-01-02"`, string(b))
	if err != nil {
		return fmt.Errorf("not a day: %.40q", b)
	}
	d.Time = t
	return nil
}

// notExist says that a file is missing, which a new snapshot's are.
func notExist(err error) bool { return errors.Is(err, fs.ErrNotExist) }
