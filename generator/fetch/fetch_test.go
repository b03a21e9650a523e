package fetch_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/trophycase/trophycase/generator/fetch"
	"github.com/trophycase/trophycase/generator/psn"
	"github.com/trophycase/trophycase/generator/psn/psntest"
	"github.com/trophycase/trophycase/generator/snapshot"
)

var day = time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)

// account is a person's PSN, snapshot and clock.
type account struct {
	t      *testing.T
	server *psntest.Server
	dir    string
	now    time.Time
	max    int
	change func(*fetch.Options)
}

func newAccount(t *testing.T, data *psntest.Data) *account {
	t.Helper()
	return &account{t: t, server: psntest.New(t, data), dir: t.TempDir(), now: day, max: 280}
}

// run is one build's fetch; the log of requests starts anew.
func (a *account) run(ctx context.Context) (fetch.Report, error) {
	a.t.Helper()
	c, err := psn.New(psn.Options{
		APIURL: a.server.APIURL, AuthURL: a.server.AuthURL, NPSSO: psntest.NPSSO, Language: "en-us", MaxRequests: a.max,
		Timeout: 2 * time.Second,
		Sleep:   func(context.Context, time.Duration) error { return nil },
	})
	if err != nil {
		a.t.Fatal(err)
	}
	s, err := snapshot.Open(a.dir)
	if err != nil {
		a.t.Fatal(err)
	}
	defer s.Close()
	o := fetch.Options{Account: "me", Language: "en-us", Icons: "all", Refresh: 5, MaxRequests: a.max, Now: a.now}
	if a.change != nil {
		a.change(&o)
	}
	return fetch.Run(ctx, c, s, o)
}

func (a *account) must() fetch.Report {
	a.t.Helper()
	a.server.Forget()
	report, err := a.run(a.t.Context())
	if err != nil {
		a.t.Fatal(err)
	}
	a.now = a.now.Add(time.Hour)
	return report
}

func (a *account) edit(id string, change func(*psntest.Title)) {
	a.server.Edit(func(d *psntest.Data) { change(d.Title(id)) })
}

// files is the snapshot's text by name.
func (a *account) files() map[string]string {
	a.t.Helper()
	files := map[string]string{}
	err := fs.WalkDir(os.DirFS(a.dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasPrefix(name, "pictures/") {
			return err
		}
		data, err := os.ReadFile(filepath.Join(a.dir, name))
		files[name] = string(data)
		return err
	})
	if err != nil {
		a.t.Fatal(err)
	}
	return files
}

func (a *account) title(id string) *snapshot.TitleRecord {
	a.t.Helper()
	s, err := snapshot.Open(a.dir)
	if err != nil {
		a.t.Fatal(err)
	}
	defer s.Close()
	r, err := s.Title(id)
	if err != nil {
		a.t.Fatal(err)
	}
	return r
}

// earn marks one more trophy of a title as earned.
func earn(t *psntest.Title, n int, at time.Time) {
	t.Earned[n].Earned, t.Earned[n].EarnedDateTime = true, &psn.Time{Time: at}
	t.LastUpdatedDateTime = psn.Time{Time: at}
	t.Sum()
}

func TestRequests(t *testing.T) {
	a := newAccount(t, psntest.Small())
	// Summary, list and profile; two for each title, four for that with groups.
	steps := []struct {
		name    string
		change  func()
		want    int
		fetched int
	}{
		{"first run", nil, 3 + 2 + 2 + 4, 3},
		{"nothing changed", nil, 2, 0},
		{"the next day", func() { a.now = a.now.Add(24 * time.Hour) }, 3, 0},
		{"one title changed", func() {
			a.edit(psntest.Old, func(t *psntest.Title) { earn(t, 2, a.now) })
		}, 2 + 1, 1},
		{"one title with groups changed", func() {
			a.edit(psntest.Grouped, func(t *psntest.Title) { earn(t, 3, a.now) })
		}, 2 + 2, 1},
		{"new trophy set version", func() {
			a.edit(psntest.Crowned, func(t *psntest.Title) { t.TrophySetVersion = "01.01" })
		}, 2 + 2, 1},
		{"a set grows without version and date", func() {
			a.edit(psntest.Grouped, func(t *psntest.Title) { t.AddGroup(2, "BB"); t.TrophyGroupCount = 3; t.Sum() })
		}, 2 + 4, 1},
		{"renamed", func() {
			a.edit(psntest.Crowned, func(t *psntest.Title) { t.TrophyTitleName = "Ashes of Veldt Complete" })
		}, 2 + 1, 1},
		{"another icon", func() {
			a.edit(psntest.Crowned, func(t *psntest.Title) { t.TrophyTitleIconURL = psntest.Picture(psntest.Old + ".png") })
		}, 2 + 1, 1},
		{"progress falls without a date", func() {
			a.edit(psntest.Old, func(t *psntest.Title) { t.Progress-- })
		}, 2 + 1, 1},
		{"language changed", func() {
			a.change = func(o *fetch.Options) { o.Language = "ja-jp" }
		}, 2 + 1 + 1 + 2, 3},
		{"full", func() {
			a.now = a.now.Add(24 * time.Hour)
			a.change = func(o *fetch.Options) { o.Language, o.Full = "ja-jp", true }
		}, 3 + 2 + 2 + 4, 3},
		{"rates a month later", func() {
			a.now = a.now.Add(31 * 24 * time.Hour)
			a.change = func(o *fetch.Options) { o.Language, o.Refresh = "ja-jp", 2 }
		}, 3 + 1 + 2, 0},
		{"title left out", func() {
			a.change = func(o *fetch.Options) { o.Language, o.Refresh, o.LeaveOut = "ja-jp", 0, []string{psntest.Old} }
		}, 2, 0},
	}
	for _, step := range steps {
		if step.change != nil {
			step.change()
		}
		report := a.must()
		if n := a.server.Count(); n != step.want || report.Requests != n {
			t.Errorf("%s: made %d requests and reported %d, want %d", step.name, n, report.Requests, step.want)
		}
		if report.Fetched != step.fetched || len(report.Failed) > 0 || report.Pending > 0 {
			t.Errorf("%s: report is %+v, want %d fetched", step.name, report, step.fetched)
		}
	}
	if _, ok := a.files()["titles/"+psntest.Old+".json"]; ok {
		t.Error("the title that is left out is still in the snapshot")
	}
}

func TestBudgetIsResumed(t *testing.T) {
	data := psntest.Small()
	for i := range 30 {
		id := "NPWR8" + string(rune('0'+i/10)) + string(rune('0'+i%10)) + "00_00"
		data.Add(psntest.Make(id, "PS4", "Filler "+id, day.Add(-time.Duration(i)*time.Hour), "BB"), 1)
	}
	a := newAccount(t, data)
	a.max = 20
	asked := map[string]int{}
	var order []string // the titles as they were asked for
	for build := 1; ; build++ {
		report := a.must()
		if n := a.server.Count(); n > 20 {
			t.Fatalf("build %d made %d requests, the budget is 20", build, n)
		}
		for _, r := range a.server.Requests() {
			if r.Kind == psntest.Earned {
				asked[r.Path]++
				order = append(order, regexp.MustCompile(`NPWR[0-9]+_[0-9]+`).FindString(r.Path))
			}
		}
		if report.Pending == 0 {
			if build != 4 {
				t.Errorf("was complete after %d builds, want 4", build)
			}
			break
		}
		if report.BuildsLeft == 0 || report.TimeLeft == 0 || build > 9 {
			t.Fatalf("build %d: report is %+v", build, report)
		}
	}
	if len(order) != 33 || order[0] != "NPWR80000_00" || order[7] != "NPWR80700_00" || order[30] != psntest.Grouped || order[32] != psntest.Old {
		t.Errorf("the newest activity did not come first: %q", order)
	}
	if len(asked) != 33 {
		t.Errorf("asked about %d titles, want 33", len(asked))
	}
	for path, n := range asked {
		if n != 1 {
			t.Errorf("%s was asked %d times", path, n)
		}
	}
}

// TestLargeBackfill fetches an account whose list has two pages: nothing is asked
// twice but what each run begins with, and the forecast of the first run holds.
func TestLargeBackfill(t *testing.T) {
	const titles = 63
	data := psntest.Small()
	for i := range psn.PageSize {
		id := fmt.Sprintf("NPWR%05d_00", i)
		data.Add(psntest.Make(id, "PS4", "Filler "+id, day.Add(-time.Duration(i)*time.Hour), "B"), 1)
		// What is hidden is in the list and not asked about.
		data.Title(id).HiddenFlag = i >= titles-3
	}
	a := newAccount(t, data)
	a.max = 60
	a.change = func(o *fetch.Options) { o.Icons = "none" }
	asked, requests, builds := map[string]int{}, 0, 0
	for left := 1; left > 0; builds++ {
		report := a.must()
		if builds > 0 && report.BuildsLeft != left-1 {
			t.Errorf("build %d: %d more builds are forecast, after %d before it", builds+1, report.BuildsLeft, left)
		}
		left = report.BuildsLeft
		requests += report.Requests
		for _, r := range a.server.Requests() {
			if r.Kind == psntest.Earned || r.Kind == psntest.Trophies {
				asked[r.Path]++
			}
		}
	}
	for path, n := range asked {
		if n != 1 {
			t.Errorf("%s was asked %d times", path, n)
		}
	}
	// Each run: the summary and the list's two pages; the first one the profile too.
	// Each title: two, and the one with groups four.
	if want := 3*builds + 1 + 2*titles + 2; requests != want || builds != 3 {
		t.Errorf("%d requests in %d builds, want %d in 3", requests, builds, want)
	}
	if a.must(); a.server.Count() != 3 {
		t.Errorf("with nothing changed %d requests were made, want 3", a.server.Count())
	}
}

func TestKilledRunIsContinued(t *testing.T) {
	for n := range 11 {
		a := newAccount(t, psntest.Small())
		a.change = func(o *fetch.Options) { o.Icons = "none" }
		ctx, cancel := context.WithCancel(t.Context())
		a.server.Fault(psntest.Fault{Skip: n + 2, Times: 1, Delay: time.Minute})
		time.AfterFunc(100*time.Millisecond, cancel)
		if _, err := a.run(ctx); err == nil {
			t.Fatalf("the run was not cancelled at request %d", n)
		}
		done := a.server.Count(psntest.Earned)
		report := a.must()
		if report.Fetched+report.Reused != 3 || report.Pending > 0 {
			t.Errorf("after a kill at request %d: %+v", n, report)
		}
		if report.Reused < done-1 {
			t.Errorf("after a kill at request %d only %d of %d titles were reused", n, report.Reused, done)
		}
	}
}

func TestDoubts(t *testing.T) {
	tests := []struct {
		name  string
		spoil func(*psntest.Data)
		kept  func(map[string]string) bool // the old state stays
		said  string
	}{
		{"ghost", func(d *psntest.Data) {
			g := d.Title(psntest.Crowned)
			g.TrophyTitleName, g.TrophyTitleIconURL, g.TrophySetVersion = "", "", ""
			g.DefinedTrophies, g.Progress = psn.TrophyCounts{}, 0
		}, func(f map[string]string) bool { return strings.Contains(f["titles.json"], "Ashes of Veldt") }, "Ashes of Veldt"},
		{"shorter list", func(d *psntest.Data) {
			d.Titles = d.Titles[:1]
		}, func(f map[string]string) bool { return f["titles/"+psntest.Old+".json"] != "" }, "missing"},
		{"falling summary", func(d *psntest.Data) {
			d.Summary.TrophyPoint, d.Summary.TrophyLevel = 30, 1
		}, func(f map[string]string) bool { return strings.Contains(f["profile.json"], `"trophyPoint": 885`) }, "level 1"},
		{"zero rates", func(d *psntest.Data) {
			c := d.Title(psntest.Crowned)
			for i := range c.Earned {
				c.Earned[i].TrophyEarnedRate = 0
			}
			c.LastUpdatedDateTime.Time = c.LastUpdatedDateTime.Add(time.Hour)
		}, func(f map[string]string) bool {
			return strings.Contains(f["titles/"+psntest.Crowned+".json"], `"trophyEarnedRate":10`)
		}, "rates"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := newAccount(t, psntest.Small())
			a.must()
			a.server.Edit(tt.spoil)
			report := a.must()
			if !tt.kept(a.files()) {
				t.Error("the old state did not stay")
			}
			if len(report.Doubts) != 1 || !strings.Contains(report.Doubts[0], tt.said) {
				t.Errorf("doubts are %q", report.Doubts)
			}
			a.edit(psntest.Crowned, func(c *psntest.Title) {
				if c == nil {
					return
				}
				c.LastUpdatedDateTime.Time = c.LastUpdatedDateTime.Add(time.Hour)
			})
			report = a.must()
			if tt.kept(a.files()) || len(report.Doubts) != 0 {
				t.Errorf("a second answer was not believed: %q", report.Doubts)
			}
		})
	}
}

func TestGoodAnswerSettlesDoubt(t *testing.T) {
	a := newAccount(t, psntest.Small())
	a.must()
	for range 3 {
		a.server.Edit(func(d *psntest.Data) { d.Summary.TrophyPoint -= 100 })
		if report := a.must(); len(report.Doubts) != 1 {
			t.Fatalf("doubts are %q", report.Doubts)
		}
		a.server.Edit(func(d *psntest.Data) { d.Summary.TrophyPoint += 100 })
		if report := a.must(); len(report.Doubts) != 0 {
			t.Fatalf("doubts are %q", report.Doubts)
		}
	}
	if !strings.Contains(a.files()["profile.json"], `"trophyPoint": 885`) || strings.Contains(a.files()["profile.json"], "doubts") {
		t.Error("the doubt stayed")
	}
}

func TestTitleFails(t *testing.T) {
	faults := map[string]psntest.Fault{
		"404":      {Status: 404, Body: `{"error":{"code":2240525,"message":"Resource not found"}}`},
		"500":      {Status: 500},
		"bad JSON": {Status: 200, Body: `{"trophies":[{"trophyId":{}}]}`},
		"empty":    {Status: 200, Body: `{"trophies":[]}`},
		"null":     {Status: 200, Body: `{"trophies":null}`},
		"private":  {Status: 403, Body: `{"error":{"code":2240526,"message":"Not permitted by access control"}}`},
	}
	for name, fault := range faults {
		t.Run(name, func(t *testing.T) {
			a := newAccount(t, psntest.Small())
			a.must()
			before := a.title(psntest.Crowned)
			for _, id := range []string{psntest.Crowned, psntest.Old} {
				a.edit(id, func(t *psntest.Title) { t.LastUpdatedDateTime.Time = a.now })
			}
			a.server.Forget()
			fault.Kind, fault.Path = psntest.Earned, psntest.Crowned
			a.server.Fault(fault)
			report, err := a.run(t.Context())
			if err != nil {
				t.Fatalf("the run ended: %v", err)
			}
			if len(report.Failed) != 1 || report.Failed[0].Name != "Ashes of Veldt™" || report.Fetched != 1 {
				t.Errorf("report is %+v", report)
			}
			if after := a.title(psntest.Crowned); after.Title != before.Title || len(after.Earned) != 6 {
				t.Errorf("the last good state is gone: %+v", after.Title)
			}
			a.now = a.now.Add(time.Hour)
			if report := a.must(); report.Fetched != 1 {
				t.Errorf("the title was not tried again: %+v", report)
			}
		})
	}
}

func TestRunEnds(t *testing.T) {
	tests := []struct {
		name  string
		spoil func(*psntest.Server)
		want  any
		most  int
	}{
		{"dead token", func(s *psntest.Server) { s.KillToken(true) }, new(*psn.TokenError), 0},
		{"private", func(s *psntest.Server) { s.Edit(func(d *psntest.Data) { d.Private = true }) }, new(*psn.PrivateError), 1},
		{"edge", func(s *psntest.Server) {
			s.Fault(psntest.Fault{Kind: psntest.Earned, Status: 403, Body: psntest.AccessDenied})
		}, new(*psn.EdgeError), 3},
		{"network down", func(s *psntest.Server) {
			s.Fault(psntest.Fault{Kind: psntest.Titles, Reset: true})
		}, new(*psn.NetworkError), 6},
		{"PSN out of order", func(s *psntest.Server) {
			s.Fault(psntest.Fault{Kind: psntest.Earned, Status: 503})
		}, new(*psn.NetworkError), 2 + 3*4},
		{"limit at once", func(s *psntest.Server) { s.Allow(0, time.Now().Add(time.Hour)) }, new(*psn.RateLimitError), 1},
		{"no account ID", func(s *psntest.Server) {
			s.Fault(psntest.Fault{Kind: psntest.Summary, Status: 200, Body: `{"trophyLevel":5}`})
		}, new(*psn.AnswerError), 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := newAccount(t, psntest.Small())
			a.must()
			before := a.files()
			a.server.Forget()
			for _, id := range []string{psntest.Crowned, psntest.Old, psntest.Grouped} {
				a.edit(id, func(t *psntest.Title) { t.LastUpdatedDateTime.Time = a.now })
			}
			tt.spoil(a.server)
			_, err := a.run(t.Context())
			if !errors.As(err, tt.want) {
				t.Fatalf("error is %v, want %T", err, tt.want)
			}
			if n := a.server.Count(); n > tt.most {
				t.Errorf("made %d requests, want at most %d", n, tt.most)
			}
			after := a.files()
			for name, text := range before {
				if strings.HasPrefix(name, "titles/") && after[name] != text {
					t.Errorf("%s changed", name)
				}
			}
			if !strings.Contains(after["profile.json"], `"trouble"`) {
				t.Error("the site's readers are not told")
			}
			a.server.Edit(func(d *psntest.Data) { d.Private = false })
			a.server.KillToken(false)
			a.now = a.now.Add(time.Hour)
			if report := a.must(); report.Pending != 0 {
				t.Errorf("the next run did not complete: %+v", report)
			}
			if strings.Contains(a.files()["profile.json"], `"trouble"`) {
				t.Error("the trouble stayed")
			}
		})
	}
}

func TestLimitInTheMiddle(t *testing.T) {
	a := newAccount(t, psntest.Small())
	until := time.Now().Add(time.Hour).Truncate(time.Second)
	a.server.Allow(7, until)
	report, err := a.run(t.Context())
	if err != nil || !report.Limited.Equal(until) || report.Fetched != 1 || report.Pending != 2 {
		t.Errorf("report is %+v, %v", report, err)
	}
	if report := a.must(); report.Fetched != 2 || report.Pending != 0 {
		t.Errorf("the next run did not go on: %+v", report)
	}
}

func TestNothingSecretOnDisk(t *testing.T) {
	a := newAccount(t, psntest.Small())
	a.must()
	for name, text := range a.files() {
		if found := psntest.Secrets([]byte(name + "\n" + text)); len(found) > 0 {
			t.Errorf("%s holds %q", name, found)
		}
		for _, canary := range []string{"Canary", psntest.Hidden} {
			if strings.Contains(text, canary) || strings.Contains(name, canary) {
				t.Errorf("%s holds %q", name, canary)
			}
		}
	}
	a.change = func(o *fetch.Options) { o.Hidden = true }
	if a.must(); a.files()["titles/"+psntest.Hidden+".json"] == "" {
		t.Error("the hidden title was asked for and is not there")
	}
	a.change = nil
	a.must()
	for name, text := range a.files() {
		if strings.Contains(text, psntest.Hidden) || strings.Contains(name, psntest.Hidden) {
			t.Errorf("%s still holds the hidden title", name)
		}
	}
}

func TestOtherAccount(t *testing.T) {
	a := newAccount(t, psntest.Small())
	a.must()
	before := a.files()
	a.server.Edit(func(d *psntest.Data) { d.AccountID = "42" })
	if _, err := a.run(t.Context()); !errors.As(err, new(*snapshot.OtherAccountError)) {
		t.Fatalf("error is %v", err)
	}
	for name, text := range a.files() {
		if before[name] != text {
			t.Errorf("%s changed", name)
		}
	}
}

func TestOnlineID(t *testing.T) {
	a := newAccount(t, psntest.Small())
	a.change = func(o *fetch.Options) { o.Account = "marlowe-quill" }
	if report := a.must(); report.Fetched != 3 {
		t.Errorf("report is %+v", report)
	}
	a.change = func(o *fetch.Options) { o.Account = "nobody" }
	if _, err := a.run(t.Context()); !errors.As(err, new(*psn.NotFoundError)) {
		t.Errorf("error is %v", err)
	}
}

func TestEmptyAccount(t *testing.T) {
	data := psntest.Small()
	data.Titles, data.Summary = nil, psn.TrophySummary{TrophyLevel: 1, TrophyLevelNextPoint: 60, Tier: 1}
	a := newAccount(t, data)
	if report := a.must(); report.Fetched != 0 || report.Pending != 0 {
		t.Errorf("report is %+v", report)
	}
}

func TestPictures(t *testing.T) {
	a := newAccount(t, psntest.Small())
	a.server.Edit(func(d *psntest.Data) {
		d.Pictures[psntest.Old+".png"] = []byte("<svg xmlns='http://www.w3.org/2000/svg'/>")
		d.Title(psntest.Crowned).Trophies[0].TrophyIconURL = "https://evil.example/x.png"
	})
	report := a.must()
	// An avatar and two covers; the trophies share them.
	if report.Pictures != 3 || report.PicturesFailed != 2 {
		t.Errorf("report is %+v", report)
	}
	asks := func(what string, want int) {
		t.Helper()
		a.must()
		if n := a.server.Count(psntest.PictureKind); n != want {
			t.Errorf("%s: asked for %d pictures, want %d", what, n, want)
		}
	}
	asks("nothing changed", 0)
	a.server.Edit(func(d *psntest.Data) {
		d.Pictures["new.png"] = psntest.Icon(320, 176)
		d.Title(psntest.Old).TrophyTitleIconURL = psntest.Picture("new.png")
	})
	asks("the address of a bad picture changed", 1)
	if files, err := filepath.Glob(filepath.Join(a.dir, "pictures", "*.jpg")); err != nil || len(files) != 2 {
		t.Errorf("three equal covers and an avatar are %d files, %v", len(files), err)
	}
	a.now = a.now.Add(31 * 24 * time.Hour)
	asks("a month later, for the old address that trophies still name", 1)
	a.change = func(o *fetch.Options) { o.Icons = "none" }
	a.must()
	files, err := filepath.Glob(filepath.Join(a.dir, "pictures", "*.jpg"))
	if err != nil || len(files) != 0 {
		t.Errorf("%d unused pictures stayed", len(files))
	}
}

func TestHistory(t *testing.T) {
	a := newAccount(t, psntest.Small())
	a.must()
	a.now = a.now.Add(24 * time.Hour)
	a.must()
	a.now = a.now.Add(24 * time.Hour)
	a.server.Edit(func(d *psntest.Data) { d.Summary.TrophyPoint += 15; d.Summary.EarnedTrophies.Bronze++ })
	report := a.must()
	if n := strings.Count(a.files()["history.jsonl"], "\n"); n != 2 {
		t.Errorf("the history has %d days, want the two on which something was new", n)
	}
	if report.LevelBefore != 12 || report.LevelAfter != 12 {
		t.Errorf("report is %+v", report)
	}
}

func TestEstimate(t *testing.T) {
	var titles []psn.TrophyTitle
	for _, title := range psntest.Small().Titles {
		titles = append(titles, title.TrophyTitle)
	}
	n, d := fetch.Estimate(titles, 300, 15*time.Minute)
	if n != 3+4+2+2+2 || d != 0 {
		t.Errorf("estimate is %d requests in %v", n, d)
	}
	if n, d = fetch.Estimate(make([]psn.TrophyTitle, 500), 300, 15*time.Minute); n != 1003 || d != 45*time.Minute {
		t.Errorf("estimate is %d requests in %v", n, d)
	}
}
