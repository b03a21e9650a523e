package workflow

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/trophycase/trophycase/generator/psn"
	"github.com/trophycase/trophycase/generator/psn/psntest"
)

func TestFirstRunWithoutSecret(t *testing.T) {
	t.Parallel()
	g, server := newGitHub(t, psntest.Small(), false)
	g.secrets = map[string]any{}
	o := g.run(siteWorkflow)
	green(t, o)
	has(t, "the log", o.log(), `^::notice::There is no secret PSN_NPSSO yet`)
	has(t, "the summary", o.summary, `invented sample profile`, `\(https://marlowe.github.io/trophies/cards/profile.png\?v=1\)`)
	has(t, "the page", g.shown("index.html"), `invented sample profile`, `https://marlowe.github.io/trophies/`)
	if g.shown("cards/profile.png") == "" {
		t.Error("there is no card")
	}
	if n := len(server.Requests()); n > 0 {
		t.Errorf("PSN got %d requests", n)
	}
	if g.commits("trophy-data") != 0 || len(g.openIssues()) != 0 {
		t.Error("the sample was kept, or an issue opened")
	}
}

func TestPagesAreOff(t *testing.T) {
	t.Parallel()
	long(t)
	g, _ := newGitHub(t, psntest.Small(), false)
	g.noPages = true
	o := g.run(siteWorkflow)
	green(t, o)
	has(t, "the log", o.log(), `^::warning::.*open Settings, Pages, choose GitHub Actions`)
	has(t, "the summary", o.summary, `GitHub Pages is off`)
	if o.results["deploy"] != "skipped" || exists(g.pages) || g.commits("trophy-data") != 1 {
		t.Errorf("jobs are %v, with %d commits", o.results, g.commits("trophy-data"))
	}
}

// TestBackfill runs a large account at the request limit until all is there, and
// then once more.
func TestBackfill(t *testing.T) {
	t.Parallel()
	titles, budget := 14, 14
	if *whole {
		titles, budget = 700, 280
	}
	g, server := newGitHub(t, account(titles), *whole)
	if !*whole {
		g.inputs["max-requests"] = fmt.Sprint(budget)
	}
	requests := 0
	for run := 1; ; run++ {
		o := g.run(siteWorkflow)
		green(t, o)
		n := server.Count()
		requests += n
		server.Forget()
		if n > budget {
			t.Fatalf("run %d made %d requests", run, n)
		}
		if g.commits("trophy-data") != run {
			t.Fatalf("run %d left %d commits", run, g.commits("trophy-data"))
		}
		if strings.Contains(g.kept(), "pictures") || len(caches(g, "pictures")) != 1 {
			t.Errorf("run %d kept pictures in git, or not in the cache: %v", run, caches(g, "pictures"))
		}
		has(t, "the summary", o.summary, `^### Marlowe-Quill: level 12, 15 trophies`, fmt.Sprintf(`^\| requests \| %d of %d \|`, n, budget),
			`^\| new \| 0 unlocks \|`, `^\| files \| \d+ written`, `^\| time \| \d+\.\d seconds`)
		fetched := strings.Count(g.kept(), "titles/NPWR")
		has(t, "the summary", o.summary, fmt.Sprintf(`, %d still to come`, titles-fetched))
		if !exists(filepath.Join(g.pages, "titles", "harbour-1", "index.html")) {
			t.Fatal("the newest title has no page")
		}
		if fetched == titles {
			break
		}
		has(t, "the summary", o.summary, `^\| complete \| in \d+ more builds?, about \d+ minutes`)
		has(t, "the page", g.shown("index.html"), `still being fetched`)
		if run > 9 {
			t.Fatal("the backfill does not end")
		}
	}
	if least := 2*titles + 3; requests < least || requests > least+3*10 {
		t.Errorf("%d titles took %d requests", titles, requests)
	}
	if strings.Contains(g.shown("index.html"), "still being fetched") {
		t.Error("the page says that there is more to come")
	}
	g.nothingChanged(server)
}

// nothingChanged runs once more: two requests, and not a commit.
func (g *github) nothingChanged(server *psntest.Server) {
	g.t.Helper()
	before, programs := g.commits("trophy-data"), len(caches(g, "X64"))
	server.Forget()
	o := g.run(siteWorkflow)
	green(g.t, o)
	if n := server.Count(); n != 2 {
		g.t.Errorf("a run without news made %d requests", n)
	}
	if n := server.Count(psntest.PictureKind); n != 0 {
		g.t.Errorf("a run without news fetched %d pictures", n)
	}
	if g.commits("trophy-data") != before || len(caches(g, "X64")) != programs {
		g.t.Error("a run without news made a commit, or compiled the program again")
	}
	has(g.t, "the summary", o.summary, `0 fetched, \d+ reused, 0 still to come`)
}

func caches(g *github, of string) []string {
	names, err := filepath.Glob(filepath.Join(g.caches, "*"+of+"*"))
	must(g.t, err)
	return names
}

func TestNewUnlock(t *testing.T) {
	t.Parallel()
	long(t)
	g, server := newGitHub(t, account(3), false)
	green(t, g.run(siteWorkflow))
	// Pictures may vanish from the cache at any time.
	must(t, os.RemoveAll(g.caches))
	must(t, os.MkdirAll(g.caches, 0o755))
	server.Edit(func(d *psntest.Data) {
		at := psn.Time{Time: time.Now().Add(-time.Hour)}
		title := d.Title("NPWR00002_00")
		title.Earned[4].Earned, title.Earned[4].EarnedDateTime, title.LastUpdatedDateTime = true, &at, at
		title.Sum()
	})
	server.Forget()
	o := g.run(siteWorkflow)
	green(t, o)
	has(t, "the summary", o.summary, `^\| new \| 1 unlock: 1 silver \|`)
	if o.outputs["build"]["state"] != "current" || o.outputs["build"]["level"] != "12" || o.outputs["build"]["platinums"] != "1" {
		t.Errorf("outputs are %v", o.outputs["build"])
	}
	if g.commits("trophy-data") != 2 || server.Count(psntest.PictureKind) == 0 {
		t.Errorf("%d commits, %d pictures", g.commits("trophy-data"), server.Count(psntest.PictureKind))
	}
}

func TestPSNLimit(t *testing.T) {
	t.Parallel()
	long(t)
	g, server := newGitHub(t, account(8), false)
	server.Allow(9, time.Now().Add(time.Hour))
	o := g.run(siteWorkflow)
	green(t, o)
	if o.outputs["build"]["state"] != "partial" || g.commits("trophy-data") != 1 {
		t.Errorf("outputs are %v, with %d commits", o.outputs["build"], g.commits("trophy-data"))
	}
	server.Forget()
	o = g.run(siteWorkflow)
	green(t, o)
	if o.outputs["build"]["state"] != "current" || server.Count() != 2+2*5 {
		t.Errorf("outputs are %v after %d requests", o.outputs["build"], server.Count())
	}
}

// TestDeadSignIn lets the NPSSO end, and renews it.
func TestDeadSignIn(t *testing.T) {
	t.Parallel()
	g, server := newGitHub(t, account(3), false)
	green(t, g.run(siteWorkflow))
	// Somebody else's issue that looks like ours is not ours.
	writeIssues(g.issues, []issue{{Number: 1, Title: "Hello", Body: "<!-- trophycase: sign-in -->", Open: true}})
	server.KillToken(true)
	for range 2 {
		server.Forget()
		o := g.run(siteWorkflow)
		if o.results["build"] != "success" || o.results["deploy"] != "success" || o.results["tell"] != "failure" {
			t.Fatalf("jobs are %v:\n%s", o.results, o.log())
		}
		has(t, "the log", o.log(), `^::error::PSN does not accept the NPSSO \(login_required\)`,
			`^::error::The site was built from the last good answers of PSN. PSN does not accept the NPSSO .* put the new value into PSN_NPSSO`)
		has(t, "the summary", o.summary, `Built from the last good snapshot:.*does not accept the NPSSO`)
		has(t, "the page", g.shown("index.html"), `Marlowe-Quill`, `sign-in to PlayStation Network has ended`)
		if server.Count() != 0 || server.Count(psntest.Authorize) != 1 {
			t.Errorf("PSN got %d requests and %d sign-ins", server.Count(), server.Count(psntest.Authorize))
		}
		// The first of them notes it for the pages.
		if g.commits("trophy-data") != 2 {
			t.Errorf("there are %d commits", g.commits("trophy-data"))
		}
		if list := g.openIssues(); len(list) != 2 || !strings.Contains(list[1].Body, "does not accept") || !strings.Contains(list[1].Body, "ssocookie") ||
			!strings.Contains(list[1].Body, "(https://github.example/marlowe/trophies/settings/secrets/actions)") || !strings.Contains(list[1].Body, "@marlowe") {
			t.Errorf("issues are %+v", list)
		}
	}
	server.KillToken(false)
	green(t, g.run(siteWorkflow))
	if list := readIssues(g.issues); len(list) != 2 || list[1].Open || !list[0].Open || len(list[1].Comments) != 1 {
		t.Errorf("issues are %+v", list)
	}
	if strings.Contains(g.shown("index.html"), "has ended") {
		t.Error("the page still says that the sign-in has ended")
	}
	green(t, g.run(siteWorkflow))
	if list := readIssues(g.issues); len(list[1].Comments) != 1 {
		t.Errorf("a closed issue was closed again: %+v", list)
	}
}

func TestSignInEnds(t *testing.T) {
	t.Parallel()
	long(t)
	g, server := newGitHub(t, account(2), false)
	server.TellLife(6*24*time.Hour + time.Minute)
	o := g.run(siteWorkflow)
	green(t, o)
	has(t, "the log", o.log(), `^::warning::The NPSSO stops working in [56] days`)
	has(t, "the summary", o.summary, `^\*\*The NPSSO stops working in [56] days`)
	green(t, g.run(siteWorkflow))
	if list := g.openIssues(); len(list) != 1 || !strings.Contains(list[0].Body, "stops working on or about 20") {
		t.Errorf("issues are %+v", list)
	}
	if n := server.Count(psntest.Cookie); n != 1 {
		t.Errorf("PSN was asked %d times when the NPSSO ends", n)
	}
	// With issues switched off there is no reminder, and no failure.
	must(t, os.Remove(g.issues))
	g.env = append(g.env, "TEST_ISSUES_OFF=1")
	green(t, g.run(siteWorkflow))
	if len(g.openIssues()) != 0 {
		t.Error("an issue was opened")
	}
}

func TestSecretRemoved(t *testing.T) {
	t.Parallel()
	long(t)
	g, _ := newGitHub(t, account(2), false)
	green(t, g.run(siteWorkflow))
	g.secrets = map[string]any{}
	o := g.run(siteWorkflow)
	if o.results["deploy"] != "success" || o.results["tell"] != "failure" {
		t.Errorf("jobs are %v", o.results)
	}
	has(t, "the page", g.shown("index.html"), `Marlowe-Quill`)
	if list := g.openIssues(); len(list) != 1 || !strings.Contains(list[0].Body, "PSN_NPSSO is missing") {
		t.Errorf("issues are %+v", list)
	}
}

func TestPSNDown(t *testing.T) {
	t.Parallel()
	g, server := newGitHub(t, account(3), false)
	down := psntest.Fault{Kind: psntest.Authorize, Reset: true}
	server.Fault(down)
	o := g.run(siteWorkflow)
	if o.results["build"] != "failure" || o.results["deploy"] != "skipped" || exists(g.pages) {
		t.Errorf("a first run without PSN: jobs are %v", o.results)
	}
	has(t, "the log", o.log(), `^::error::sign-in: no answer from PSN.*status.playstation.com`)
	if g.commits("trophy-data") != 0 {
		t.Error("a snapshot without anything in it was kept")
	}
	server.Forget()
	green(t, g.run(siteWorkflow))
	server.Forget()
	server.Fault(down)
	o = g.run(siteWorkflow)
	if o.results["build"] != "success" || o.results["deploy"] != "success" || o.results["tell"] != "failure" || len(g.openIssues()) != 0 {
		t.Errorf("a later run without PSN: jobs are %v, issues %v", o.results, g.openIssues())
	}
	has(t, "the log", o.log(), `^::error::The site was built from the last good answers of PSN. sign-in: no answer`)
	has(t, "the page", g.shown("index.html"), `Marlowe-Quill`, `Not up to date`)
	if server.Count() != 0 {
		t.Errorf("PSN got %d requests", server.Count())
	}
}

// TestBrokenHalfWay lets PSN fail in the middle of a first fetch.
func TestBrokenHalfWay(t *testing.T) {
	t.Parallel()
	long(t)
	g, server := newGitHub(t, account(9), false)
	server.Fault(psntest.Fault{Kind: psntest.Earned, Skip: 4, Status: http.StatusForbidden, Body: psntest.AccessDenied})
	o := g.run(siteWorkflow)
	if o.results["deploy"] != "success" || o.results["tell"] != "failure" {
		t.Errorf("jobs are %v", o.results)
	}
	if n := strings.Count(g.kept(), "titles/NPWR"); n != 4 {
		t.Errorf("%d titles were kept, want 4", n)
	}
	server.Forget()
	green(t, g.run(siteWorkflow))
	if n := server.Count(psntest.Earned); n != 5 {
		t.Errorf("%d titles were fetched, want the other 5", n)
	}
}

// TestCancelled kills the program in the middle of its fetch.
func TestCancelled(t *testing.T) {
	t.Parallel()
	g, server := newGitHub(t, account(9), false)
	server.Fault(psntest.Fault{Kind: psntest.Earned, Skip: 4, Delay: time.Hour})
	g.during = func() bool {
		for server.Count(psntest.Earned) < 5 {
			time.Sleep(5 * time.Millisecond)
		}
		return true
	}
	o := g.run(siteWorkflow)
	if o.results["build"] != "cancelled" || o.results["deploy"] != "skipped" || o.results["tell"] != "skipped" || exists(g.pages) {
		t.Errorf("jobs are %v", o.results)
	}
	if n := strings.Count(g.kept(), "titles/NPWR"); n != 4 {
		t.Errorf("%d titles were kept, want 4:\n%s", n, g.kept())
	}
	server.Forget()
	green(t, g.run(siteWorkflow))
	if n := server.Count(psntest.Earned); n != 5 {
		t.Errorf("%d titles were fetched, want the other 5", n)
	}
}

// TestBranchMoves lets somebody else commit to the branch during a build.
func TestBranchMoves(t *testing.T) {
	t.Parallel()
	long(t)
	g, server := newGitHub(t, account(2), false)
	green(t, g.run(siteWorkflow))
	server.Edit(func(d *psntest.Data) { d.Profile.AboutMe = "Another text" })
	g.change("site.yaml", func(old string) string { return old + "\n# a reason to run\n" })
	server.Edit(func(d *psntest.Data) { d.Add(psntest.Make("NPWR00009_00", "PS4", "Late", time.Now(), "BB"), 1) })
	var theirs string
	g.during = func() bool {
		tip := strings.TrimSpace(g.git("--git-dir", g.origin, "rev-parse", "trophy-data"))
		theirs = strings.TrimSpace(g.git("--git-dir", g.origin, "commit-tree", "-p", tip, "-m", "By hand", tip+"^{tree}"))
		g.git("--git-dir", g.origin, "update-ref", "refs/heads/trophy-data", theirs)
		return false
	}
	o := g.run(siteWorkflow)
	green(t, o)
	has(t, "the log", o.log(), `^::warning::The branch trophy-data was changed from elsewhere`)
	if tip := strings.TrimSpace(g.git("--git-dir", g.origin, "rev-parse", "trophy-data")); tip != theirs {
		t.Error("somebody's commit was replaced")
	}
	green(t, g.run(siteWorkflow))
	if n := strings.Count(g.kept(), "titles/NPWR"); n != 3 {
		t.Errorf("%d titles were kept, want 3", n)
	}
}

// TestHistoryIsBounded lets the branch reach its number of commits.
func TestHistoryIsBounded(t *testing.T) {
	t.Parallel()
	long(t)
	g, server := newGitHub(t, account(3), false)
	const limit = 2
	g.change(".github/actions/keep/action.yml", func(old string) string {
		text := strings.Replace(old, "MOST_COMMITS: '500'", fmt.Sprintf("MOST_COMMITS: '%d'", limit), 1)
		if text == old {
			t.Fatal("the action has no bound")
		}
		return text
	})
	most := 0
	for i := range 5 {
		server.Edit(func(d *psntest.Data) {
			at := psn.Time{Time: time.Now()}
			title := d.Title("NPWR00001_00")
			title.TrophySetVersion, title.LastUpdatedDateTime = fmt.Sprintf("01.%02d", i), at
		})
		green(t, g.run(siteWorkflow))
		most = max(most, g.commits("trophy-data"))
		if n := strings.Count(g.kept(), "titles/NPWR"); n != 3 {
			t.Fatalf("%d titles were kept, want 3", n)
		}
	}
	if most != limit+1 || g.commits("trophy-data") > limit+1 {
		t.Errorf("the branch had up to %d commits, and has %d", most, g.commits("trophy-data"))
	}
	has(t, "the history", g.git("--git-dir", g.origin, "log", "--format=%s", "trophy-data"), `^What PSN answered before 20`)
	g.nothingChanged(server)
}

// TestMistakeInSettings leaves the site as it is, and says where the mistake is.
func TestMistakeInSettings(t *testing.T) {
	t.Parallel()
	long(t)
	g, _ := newGitHub(t, account(2), false)
	g.change("site.yaml", func(string) string { return "title: Mine\nbase_url: https://trophies.example/\n" })
	green(t, g.run(siteWorkflow))
	before := g.shown("index.html")
	has(t, "the page", before, `https://trophies.example/`)
	if strings.Contains(before, "marlowe.github.io") {
		t.Error("the address of Pages won over that of site.yaml")
	}
	g.change("site.yaml", func(string) string { return "title: Mine\nbase: x\n" })
	o := g.run(siteWorkflow)
	if o.results["build"] != "failure" || o.results["deploy"] != "skipped" || o.results["tell"] != "success" {
		t.Errorf("jobs are %v", o.results)
	}
	has(t, "the log", o.log(), `^::error file=site.yaml,line=2::unknown key "base"`)
	if g.shown("index.html") != before || len(g.openIssues()) != 0 {
		t.Error("the site changed, or an issue was opened")
	}
}

// TestPartialFolder sees that a site with a file missing is not handed over.
func TestPartialFolder(t *testing.T) {
	t.Parallel()
	long(t)
	g, _ := newGitHub(t, account(2), false)
	g.change(".github/actions/build/action.yml", func(old string) string {
		return strings.Replace(old, `        found=$(find`, "        rm \"$SITE/404.html\"\n        found=$(find", 1)
	})
	o := g.run(siteWorkflow)
	if o.results["build"] != "failure" || o.results["deploy"] != "skipped" || exists(g.artifact()) {
		t.Errorf("jobs are %v", o.results)
	}
	has(t, "the log", o.log(), `^::error::The site in .* is not whole`)
	if g.commits("trophy-data") != 1 {
		t.Error("what was fetched was not kept")
	}
}
