package cli

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/trophycase/trophycase/generator/psn"
	"github.com/trophycase/trophycase/generator/psn/psntest"
)

// The scripts run this binary as the program.
func TestMain(m *testing.M) {
	testscript.Main(guarded{m}, map[string]func(){"trophycase": runProgram, "trophycase-panics": panicProgram})
}

func runProgram() {
	files := os.DirFS(os.Getenv("TROPHYCASE_SOURCE"))
	os.Exit(Run(context.Background(), os.Args[1:], System{
		Files: files, Getenv: os.Getenv, Stdout: os.Stdout, Stderr: os.Stderr, Now: func() time.Time {
			return today.Add(time.Duration(atoi(os.Getenv("DAYS"))) * 24 * time.Hour)
		},
	}))
}

var today = time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)

func atoi(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

func TestScripts(t *testing.T) {
	source, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		Setup: func(e *testscript.Env) error {
			server := psntest.New(nil, psntest.Small())
			e.Defer(server.Close)
			e.Values[serverKey{}] = server
			e.Setenv("TROPHYCASE_SOURCE", source)
			e.Setenv("PSN_API_URL", server.APIURL)
			e.Setenv("PSN_AUTH_URL", server.AuthURL)
			e.Setenv("NPSSO", psntest.NPSSO)
			e.Setenv("HTTP_PROXY", elsewhere.URL)
			e.Setenv("HTTPS_PROXY", elsewhere.URL)
			e.Defer(func() { noSecrets(t, e.WorkDir) })
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits, "psn": changePSN, "requests": countRequests, "count": countFiles,
		},
	})
}

type serverKey struct{}

// exits runs the program and sees that it ends with a code: exits CODE ARGS….
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 {
		ts.Fatalf("usage: exits CODE ARGS…")
	}
	err := ts.Exec("trophycase", args[1:]...)
	for _, stream := range []string{"stdout", "stderr"} {
		// Who asks for an account ID is told it.
		if stream == "stdout" && slices.Contains(args, "--lookup") {
			continue
		}
		if found := psntest.Secrets([]byte(ts.ReadFile(stream))); len(found) > 0 {
			ts.Fatalf("%s holds %q", stream, found)
		}
	}
	code := 0
	if err != nil {
		text := err.Error()
		code = atoi(text[strings.LastIndex(text, " ")+1:])
	}
	if code != atoi(args[0]) {
		ts.Fatalf("exit code is %d (%v), want %s", code, err, args[0])
	}
}

// changePSN changes what the stand-in answers: psn dead, psn tells, psn private, psn
// down, psn earn, psn earn-more, psn hide, psn account, psn broken-title, psn limit or
// psn fine.
func changePSN(ts *testscript.TestScript, _ bool, args []string) {
	s := ts.Value(serverKey{}).(*psntest.Server)
	switch args[0] {
	case "fine":
		s.Forget()
		s.KillToken(false)
		s.Edit(func(d *psntest.Data) { d.Private = false })
	case "tells":
		s.TellLife(20 * 24 * time.Hour)
	case "dead":
		s.KillToken(true)
	case "private":
		s.Edit(func(d *psntest.Data) { d.Private = true })
	case "down":
		s.Fault(psntest.Fault{Kind: psntest.Authorize, Reset: true})
	case "blocked":
		s.Fault(psntest.Fault{Kind: psntest.Authorize, Status: 403, Body: psntest.AccessDenied})
	case "limit":
		s.Allow(0, time.Now().Add(time.Hour))
	case "earn":
		s.Edit(func(d *psntest.Data) {
			t := d.Title(psntest.Grouped)
			t.Earned[4].Earned, t.Earned[4].EarnedDateTime = true, &psn.Time{Time: today}
			t.LastUpdatedDateTime.Time = today
			t.Sum()
		})
	case "earn-more":
		s.Edit(func(d *psntest.Data) {
			t := d.Title(psntest.Crowned)
			t.Earned[5].Earned, t.Earned[5].EarnedDateTime = true, &psn.Time{Time: today}
			t.AddGroup(1, "B")
			t.Earned[6].Earned, t.Earned[6].EarnedDateTime = true, &psn.Time{Time: today}
			t.Sum()
			d.Summary.TrophyLevel++
		})
	case "broken-title":
		s.Fault(psntest.Fault{Kind: psntest.Earned, Path: psntest.Grouped, Status: 500})
	case "account":
		s.Edit(func(d *psntest.Data) { d.AccountID = psntest.OtherAccountID })
	case "empty":
		s.Edit(func(d *psntest.Data) {
			d.Titles, d.Summary = nil, psn.TrophySummary{TrophyLevel: 1, TrophyLevelNextPoint: 60, Tier: 1}
		})
	default:
		ts.Fatalf("psn: %q is not known", args[0])
	}
}

// countRequests sees how many API requests came since the last count.
func countRequests(ts *testscript.TestScript, _ bool, args []string) {
	s := ts.Value(serverKey{}).(*psntest.Server)
	if n := s.Count(); n != atoi(args[0]) {
		ts.Fatalf("PSN got %d requests, want %s", n, args[0])
	}
	s.Forget()
}

// countFiles sees how many files of a form there are: count N GLOB.
func countFiles(ts *testscript.TestScript, _ bool, args []string) {
	files, err := filepath.Glob(ts.MkAbs(args[1]))
	ts.Check(err)
	if len(files) != atoi(args[0]) {
		ts.Fatalf("there are %d files %s, want %s", len(files), args[1], args[0])
	}
}
