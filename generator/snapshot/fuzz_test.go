package snapshot

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
	"unicode"
	"unicode/utf8"

	"github.com/trophycase/trophycase/generator/psn"
	"github.com/trophycase/trophycase/generator/trophy"
)

// FuzzSlug holds that slugs are safe, are their own slug, and stay apart from
// each other.
func FuzzSlug(f *testing.F) {
	for _, s := range []string{"Title", "古い", "a\u0301", "CON", "..", "\xff", "ﬁ", "ß", "x square", "%2e%2e"} {
		f.Add(s, s, "PS4")
	}
	f.Fuzz(func(t *testing.T, name, other, platform string) {
		s := slugOf(name)
		if s != "" && !validSlug(s) && !strings.HasSuffix(s, "-square") || len([]rune(s)) > slugRunes+6 {
			t.Errorf("%q became %q", name, s)
		}
		if again := slugOf(s); again != s && !strings.HasSuffix(s, "-title") {
			t.Errorf("%q became %q and that %q", name, s, again)
		}
		taken := map[string]bool{}
		for i, n := range []string{name, other, name, strings.ToUpper(name), other, s} {
			e := psn.TrophyTitle{NPCommunicationID: "NPWR0000" + string(rune('0'+i)) + "_00", TrophyTitleName: n, TrophyTitlePlatform: platform}
			slug := newSlug(e, taken)
			if !validSlug(slug) || taken[slugKey(slug)] {
				t.Errorf("%q on %q became %q", n, platform, slug)
			}
			taken[slugKey(slug)] = true
		}
	})
}

// FuzzTitle holds that the file of a title is damaged or can be shown, and that
// what was read is what is written.
func FuzzTitle(f *testing.F) {
	data, err := encodeTitle(record(entry("NPWR00001_00", "x", "PS4", today.Time)))
	must(f, err)
	f.Add(data)
	f.Add(bytes.ReplaceAll(data, []byte("2026-11-20"), []byte("9999-12-31")))
	f.Add(bytes.ReplaceAll(data, []byte(":1,"), []byte(":-9007199254740992,")))
	f.Add(bytes.ReplaceAll(data, []byte(`"001"`), []byte(`"\u202e/../\ud800"`)))
	f.Fuzz(func(t *testing.T, data []byte) {
		files := fstest.MapFS{titleFile("NPWR00001_00"): {Data: data}}
		r, err := readTitle(files, "NPWR00001_00")
		if err != nil {
			if !errors.As(err, new(*DamagedError)) {
				t.Fatalf("the error is %v", err)
			}
			return
		}
		written, err := encodeTitle(r)
		must(t, err)
		files[titleFile("NPWR00001_00")].Data = written
		again, err := readTitle(files, "NPWR00001_00")
		must(t, err)
		if twice, err := encodeTitle(again); err != nil || !bytes.Equal(written, twice) {
			t.Fatalf("%s became %s: %v", written, twice, err)
		}
		list := entry("NPWR00001_00", r.Title.TrophyTitleName, r.Title.TrophyTitlePlatform, r.Title.LastUpdatedDateTime.Time)
		s := &Snapshot{frame: frame{entries: []TitleEntry{{list, "x"}}, profile: &ProfileRecord{AskedOn: today}}}
		s.readTitles(files)
		check(t, s.Model(ModelOptions{}))
	})
}

// FuzzSnapshot holds that a folder is refused with an error of a known kind or
// can be shown, that opening it for writing takes nothing away, and that the
// model does not change by that.
func FuzzSnapshot(f *testing.F) {
	dir := f.TempDir()
	s := fill(f, dir, 2)
	must(f, s.AddDay(DayRecord{On: today, Level: 12, Points: 900}))
	must(f, s.PutPicture("u", []byte("x"), ".png", 8, 8))
	must(f, s.Close())
	read := func(name string) []byte {
		data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		must(f, err)
		return data
	}
	head, profile, titles, history, index := read(headFile), read(profileFile), read(titlesFile), read(historyFile), read(picturesFile)
	title := read(titleFile("NPWR00000_00"))
	f.Add(head, profile, titles, history, index)
	f.Add([]byte(`{"version":99}`), []byte("{"), titles[:40], []byte("\x00\n{}"), []byte("[]"))
	f.Add(head, []byte("null"), []byte("null"), history[:9], []byte(`{"u":{"file":"../../x","width":-1}}`))
	f.Fuzz(func(t *testing.T, head, profile, titles, history, index []byte) {
		dir := t.TempDir()
		must(t, os.MkdirAll(filepath.Join(dir, titlesDir), 0o755))
		must(t, os.MkdirAll(filepath.Join(dir, picturesDir), 0o755))
		for name, data := range map[string][]byte{
			headFile: head, profileFile: profile, titlesFile: titles, historyFile: history, picturesFile: index, titleFile("NPWR00000_00"): title,
		} {
			must(t, os.WriteFile(filepath.Join(dir, filepath.FromSlash(name)), data, 0o644))
		}
		read, err := Read(os.DirFS(dir))
		if err != nil {
			if !errors.As(err, new(*DamagedError)) && !errors.As(err, new(*VersionError)) && !errors.Is(err, ErrEmpty) {
				t.Fatalf("the error is %v", err)
			}
			return
		}
		model := read.Model(ModelOptions{})
		check(t, model)
		store, err := Open(dir)
		must(t, err)
		must(t, store.PutProfile(store.Profile()))
		var list []psn.TrophyTitle
		for _, e := range store.Titles() {
			list = append(list, e.TrophyTitle)
		}
		must(t, store.PutTitles(list))
		must(t, store.Close())
		again, err := Read(os.DirFS(dir))
		must(t, err)
		if after := again.Model(ModelOptions{}); !same(model, after) {
			t.Fatalf("%+v became %+v", model, after)
		}
	})
}

func same(a, b *trophy.Profile) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && bytes.Equal(x, y)
}

// check holds what pages, cards and feeds rely on.
func check(t *testing.T, p *trophy.Profile) {
	t.Helper()
	checkTexts(t, reflect.ValueOf(p).Elem(), "profile")
	last := lastTrophy(p.Time)
	slugs := map[string]bool{}
	for _, title := range p.Titles {
		if !validSlug(title.Slug) || slugs[slugKey(title.Slug)] || title.Name == "" || !whole(title.Progress) {
			t.Errorf("title is %+v", title)
		}
		slugs[slugKey(title.Slug)] = true
		ids, numbers := map[string]bool{}, map[int]bool{}
		for _, g := range title.Groups {
			if ids[g.ID] || !whole(g.Progress) || strings.ContainsAny(g.ID, " \t\n\"'<>/") {
				t.Errorf("group is %+v", g)
			}
			ids[g.ID] = true
			for _, m := range g.Trophies {
				if numbers[m.ID] || m.Name == "" || m.Grade == 0 || m.Rarity > trophy.Common || !(m.EarnedRate >= 0 && m.EarnedRate <= 100) {
					t.Errorf("trophy is %+v", m)
				}
				numbers[m.ID] = true
				if at := m.EarnedAt; !at.IsZero() && (at.Before(firstTrophy) || at.After(last) || !m.Earned) {
					t.Errorf("earned at %s", at)
				}
			}
		}
	}
}

func whole(percent int) bool { return percent >= 0 && percent <= 100 }

// checkTexts visits every string of a value: no character of control, none that
// turns the text around it, nothing endless.
func checkTexts(t *testing.T, v reflect.Value, where string) {
	t.Helper()
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				checkTexts(t, v.Field(i), where+"."+v.Type().Field(i).Name)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			checkTexts(t, v.Index(i), where)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			checkTexts(t, v.Elem(), where)
		}
	case reflect.String:
		s := v.String()
		bad := func(r rune) bool {
			return r != '\n' && unicode.IsControl(r) || r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069'
		}
		if !utf8.ValidString(s) || strings.ContainsFunc(s, bad) || utf8.RuneCountInString(s) > textRunes+1 {
			t.Errorf("%s is %.200q", where, s)
		}
	}
}
