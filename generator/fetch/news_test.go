package fetch_test

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/trophycase/trophycase/generator/fetch"
	"github.com/trophycase/trophycase/generator/psn/psntest"
)

// changes is the record of news, without the sums of its lines.
func (a *account) changes() string {
	return regexp.MustCompile(`,"sum":"[0-9a-f]{16}"`).ReplaceAllString(a.files()["changes.jsonl"], "")
}

// TestChanges goes through what can happen to a profile, and sees what is recorded
// as new. A fetch without news leaves the record as it is, to the byte.
func TestChanges(t *testing.T) {
	a := newAccount(t, psntest.Small())
	level := func() {
		a.server.Edit(func(d *psntest.Data) { d.Summary.TrophyLevel += 1; d.Summary.TrophyPoint += 15 })
	}
	played := psntest.Make("NPWR90077_00", "PS5", "New one", day, "BBB")
	steps := []struct {
		name            string
		change          func()
		unlocks, titles int
		want            string // the new line, "" for none
	}{
		{"first run", nil, 0, 0, ""},
		{"nothing changed", nil, 0, 0, ""},
		{"two trophies", func() {
			a.edit(psntest.Grouped, func(t *psntest.Title) { earn(t, 3, a.now); earn(t, 4, a.now) })
		}, 2, 0, `{"at":"2026-11-20T11:00:00Z","unlocks":[{"titleId":"NPWR90001_00","trophyId":3},{"titleId":"NPWR90001_00","trophyId":4}]}`},
		{"nothing changed again", nil, 0, 0, ""},
		{"one of long ago", func() {
			a.edit(psntest.Old, func(t *psntest.Title) { earn(t, 2, a.now.AddDate(-9, 0, 0)) })
		}, 1, 0, `{"at":"2026-11-20T13:00:00Z","unlocks":[{"titleId":"NPWR90003_00","trophyId":2}]}`},
		{"one without a time", func() {
			a.edit(psntest.Grouped, func(t *psntest.Title) {
				earn(t, 5, a.now)
				t.Earned[5].EarnedDateTime = nil
			})
		}, 0, 0, ""},
		{"a level", func() { level() }, 0, 0, `{"at":"2026-11-20T15:00:00Z","levelBefore":12,"levelAfter":13}`},
		{"a new title, played", func() {
			a.server.Edit(func(d *psntest.Data) {
				d.Add(played, 0)
				earn(d.Title("NPWR90077_00"), 0, a.now)
				earn(d.Title("NPWR90077_00"), 1, day.AddDate(-1, 0, 0))
				d.Titles = append(d.Titles[len(d.Titles)-1:], d.Titles[:len(d.Titles)-1]...)
			})
		}, 1, 1, `{"at":"2026-11-20T16:00:00Z","titles":["NPWR90077_00"],"unlocks":[{"titleId":"NPWR90077_00","trophyId":0}]}`},
		{"rates drift", func() {
			a.edit(psntest.Grouped, func(t *psntest.Title) { t.TrophySetVersion = "01.09" })
		}, 0, 0, ""},
	}
	before := ""
	for _, step := range steps {
		if step.change != nil {
			step.change()
		}
		report := a.must()
		now := a.changes()
		if report.NewUnlocks != step.unlocks || report.NewTitles != step.titles {
			t.Errorf("%s: %d new unlocks and %d new titles", step.name, report.NewUnlocks, report.NewTitles)
		}
		want := before
		if step.want != "" {
			want += step.want + "\n"
		}
		if now != want {
			t.Errorf("%s: the record is\n%swant\n%s", step.name, now, want)
		}
		before = now
	}
	a.change = func(o *fetch.Options) { o.LeaveOut = []string{"NPWR90077_00"} }
	a.must()
	if now := a.changes(); strings.Contains(now, "NPWR90077_00") || strings.Count(now, "\n") != 3 {
		t.Errorf("a title that is left out is still in the record:\n%s", now)
	}
}

// TestBackfillIsNoNews fetches a profile in several runs: what was there before
// the first is not new in the others.
func TestBackfillIsNoNews(t *testing.T) {
	a := newAccount(t, psntest.Small())
	a.edit(psntest.Old, func(t *psntest.Title) {
		earn(t, 2, day.Add(-30*time.Hour))
		t.LastUpdatedDateTime.Time = day.AddDate(-1, 0, 0)
	})
	a.max = 8
	for range 4 {
		if report := a.must(); report.NewUnlocks+report.NewTitles != 0 {
			t.Errorf("reported %+v", report)
		}
	}
	if got := a.changes(); got != "" {
		t.Errorf("the record is %s", got)
	}
}

// TestKilledRunLosesNoNews takes away all that a run wrote after the record of its
// changes, as a kill at that moment does.
func TestKilledRunLosesNoNews(t *testing.T) {
	a := newAccount(t, psntest.Small())
	a.must()
	old := a.files()
	a.edit(psntest.Grouped, func(t *psntest.Title) { earn(t, 3, a.now) })
	a.server.Edit(func(d *psntest.Data) { d.Summary.TrophyLevel++ })
	a.must()
	recorded := a.changes()
	for _, name := range []string{"titles.json", "profile.json", "titles/" + psntest.Grouped + ".json"} {
		if err := os.WriteFile(filepath.Join(a.dir, name), []byte(old[name]), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	a.must()
	if got := a.changes(); got != recorded || !strings.Contains(got, `"levelAfter":13,"unlocks"`) {
		t.Errorf("the record was\n%sand is\n%s", recorded, got)
	}
	if maps.Equal(old, a.files()) {
		t.Error("the run was not repeated")
	}
}
