package feed

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"

	"github.com/trophycase/trophycase/generator/trophy"
)

func ids(t *testing.T, format string, o Options, list []trophy.Unlock) []string {
	t.Helper()
	f, err := gofeed.NewParser().Parse(bytes.NewReader(writeAs(t, format, o, list)))
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, item := range f.Items {
		ids = append(ids, item.GUID)
	}
	return ids
}

// TestIDsStay changes all that may change about a site, and sees that no reader
// shows an unlock twice.
func TestIDsStay(t *testing.T) {
	renamed := func(list []trophy.Unlock) []trophy.Unlock {
		for i := range list {
			u := &list[i]
			u.TitleName, u.TitleSlug, u.GroupName, u.Trophy.Name, u.Trophy.Detail = "Renamed", "renamed", "Also", "Also renamed", ""
		}
		return list
	}
	changes := map[string]func(*Options, []trophy.Unlock) []trophy.Unlock{
		"language": func(o *Options, list []trophy.Unlock) []trophy.Unlock {
			o.Language, o.Title, o.Words.Secret, o.Words.Grade = "ja", "別", "?", func(trophy.Grade) string { return "銀" }
			return renamed(list)
		},
		"address": func(o *Options, list []trophy.Unlock) []trophy.Unlock {
			o.BaseURL = "https://elsewhere.example/"
			return list
		},
		"prefix": func(o *Options, list []trophy.Unlock) []trophy.Unlock {
			o.BaseURL = "https://me.example/other/"
			return list
		},
		"links": func(o *Options, list []trophy.Unlock) []trophy.Unlock {
			o.Link = func(u trophy.Unlock) string { return fmt.Sprintf("t/%d", u.Trophy.ID) }
			return list
		},
		"fetched anew": func(_ *Options, list []trophy.Unlock) []trophy.Unlock {
			for i := range list {
				list[i].Trophy.EarnedRate += 3
				list[i].Trophy.Rarity = trophy.Common
				list[i].Trophy.Icon, list[i].TitleIcon = trophy.Picture{File: "new.png"}, trophy.Picture{}
				list[i].Trophy.EarnedAt = list[i].Trophy.EarnedAt.In(time.FixedZone("", 3600))
			}
			return list
		},
		"spoilers": func(o *Options, list []trophy.Unlock) []trophy.Unlock {
			o.Spoilers = TellNone
			return list
		},
	}
	for format := range formats {
		before := ids(t, format, options(), unlocks())
		for name, change := range changes {
			o := options()
			list := change(&o, unlocks())
			if after := ids(t, format, o, list); !slices.Equal(after, before) {
				t.Errorf("%s, %s: IDs were %q and are %q", format, name, before, after)
			}
		}
		reversed := unlocks()
		slices.Reverse(reversed)
		if after := ids(t, format, options(), reversed); !slices.Equal(after, before) {
			t.Errorf("%s, order: IDs were %q and are %q", format, before, after)
		}
	}
}

// TestGroupsGrow lets an unlock join others that a reader has seen: it is the same
// item as before, and nothing that was there comes again under another ID.
func TestGroupsGrow(t *testing.T) {
	o := options()
	o.Group = 10 * time.Minute
	var list []trophy.Unlock
	seen := map[string]bool{}
	for i := range 6 {
		u := unlocks()[1]
		u.Trophy.ID, u.Trophy.EarnedAt = i, unlocks()[1].Trophy.EarnedAt.Add(time.Duration(i)*5*time.Minute)
		list = append([]trophy.Unlock{u}, list...)
		entries := o.Entries(list, nil)
		if len(entries) != 1 || !entries[0].At.Equal(u.Trophy.EarnedAt) || !entries[0].Published.Equal(list[len(list)-1].Trophy.EarnedAt) {
			t.Fatalf("entries are %+v", entries)
		}
		seen[entries[0].ID] = true
	}
	if len(seen) != 1 {
		t.Errorf("the group had the IDs %v", seen)
	}
}

// TestOthersIDs sees that somebody else's unlock of the same trophy is another item.
func TestOthersIDs(t *testing.T) {
	other := unlocks()
	for i := range other {
		other[i].Trophy.EarnedAt = other[i].Trophy.EarnedAt.Add(time.Second)
	}
	mine := ids(t, "atom.xml", options(), unlocks())
	for _, id := range ids(t, "atom.xml", options(), other) {
		if slices.Contains(mine, id) {
			t.Errorf("both have %s", id)
		}
	}
}

// TestSizes writes everything for a profile without unlocks, and for one of 100,000.
func TestSizes(t *testing.T) {
	for _, n := range []int{0, 100_000} {
		p := large(n)
		s := trophy.NewStatistics(p, time.UTC, nil)
		if len(s.Unlocks) != n {
			t.Fatalf("%d unlocks", len(s.Unlocks))
		}
		o := options()
		entries := o.Entries(s.Unlocks, nil)
		if len(entries) != min(n, o.Items) {
			t.Errorf("%d entries of %d unlocks", len(entries), n)
		}
		for format, write := range formats {
			var b bytes.Buffer
			if err := write(&b, o, owner, entries); err != nil || b.Len() > 200<<10 {
				t.Errorf("%s of %d unlocks: %d bytes, %v", format, n, b.Len(), err)
			}
		}
		for name, write := range map[string]func(io.Writer) error{
			"unlocks": func(w io.Writer) error { return APIUnlocks(w, apiOptions(), s.Unlocks) },
			"csv":     func(w io.Writer) error { return CSV(w, p) },
			"jsonl":   func(w io.Writer) error { return JSONLines(w, apiOptions(), p) },
			"stats":   func(w io.Writer) error { return APIStats(w, p, s) },
		} {
			if err := write(io.Discard); err != nil {
				t.Errorf("%s of %d unlocks: %v", name, n, err)
			}
		}
		if n > 0 {
			if err := Calendar(io.Discard, o, s); err != nil {
				t.Error(err)
			}
		}
	}
}

// large is a profile with n unlocks, 100 a title.
func large(n int) *trophy.Profile {
	p := &trophy.Profile{Owner: owner}
	at := time.Date(2010, 1, 1, 0, 0, 0, 0, time.UTC)
	for i := 0; i < n; i += 100 {
		g := trophy.Group{ID: "default"}
		for j := range 100 {
			g.Trophies = append(g.Trophies, trophy.Trophy{ID: j, Grade: trophy.Bronze, Name: "Name", Earned: true, EarnedAt: at.Add(time.Duration(i+j) * time.Hour)})
		}
		p.Titles = append(p.Titles, trophy.Title{ID: fmt.Sprintf("NPWR%05d_00", i/100), Slug: fmt.Sprint(i), Name: "Title", Fetched: true, Groups: []trophy.Group{g}, Earned: trophy.Counts{Bronze: 100}})
	}
	return p
}

// BenchmarkEntries makes the items of a feed from 100,000 unlocks, of which many
// make one.
func BenchmarkEntries(b *testing.B) {
	unlocks := large(100_000).Unlocks()
	o := options()
	o.Group = time.Hour
	for b.Loop() {
		o.Entries(unlocks, nil)
	}
}
