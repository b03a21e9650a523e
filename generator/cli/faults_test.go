package cli

import (
	"context"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/trophycase/trophycase/generator/psn"
	"github.com/trophycase/trophycase/generator/psn/psntest"
)

// faultKinds is what can go wrong with a request, and the words that the user
// must find.
var faultKinds = []struct {
	name  string
	fault psntest.Fault
	says  string
}{
	{"401 for good", psntest.Fault{Status: 401, Body: `{"error":{"code":1,"message":"Invalid token"}}`}, "PSN_NPSSO"},
	{"403 JSON", psntest.Fault{Status: 403, Body: `{"error":{"code":2240526,"message":"Not permitted by access control"}}`}, "private"},
	{"403 page", psntest.Fault{Status: 403, Body: psntest.AccessDenied}, "refuse this address"},
	{"404", psntest.Fault{Status: 404, Body: `{"error":{"code":2240525,"message":"Resource not found"}}`}, "knows no such thing"},
	{"429 for long", psntest.Fault{Status: 429, Body: `{}`, Header: http.Header{"Retry-After": {"9000"}}}, "limit is reached"},
	{"429 once", psntest.Fault{Status: 429, Body: `{}`, Times: 1, Header: http.Header{"Retry-After": {"0"}}}, ""},
	{"500 for good", psntest.Fault{Status: 500}, "out of order"},
	{"503 once", psntest.Fault{Status: 503, Body: "<html>", Times: 1}, ""},
	{"reset for good", psntest.Fault{Reset: true}, "no answer"},
	{"reset in the body once", psntest.Fault{Status: 200, Body: `{"trophy`, Length: 900, Reset: true, Times: 1}, ""},
	{"truncated", psntest.Fault{Status: 200, Body: `{"trophies":[{"tro`}, "cannot be used"},
	{"wrong types", psntest.Fault{Status: 200, Body: `{"trophyLevel":{},"trophyTitles":5,"trophies":true,"trophyGroups":"x","onlineId":[]}`}, "cannot be used"},
	{"page for JSON", psntest.Fault{Status: 200, Body: "<html>"}, "not JSON"},
	{"null", psntest.Fault{Status: 200, Body: `null`}, "not JSON"},
	{"nothing in it", psntest.Fault{Status: 200, Body: `{}`}, ""},
	{"redirect to elsewhere", psntest.Fault{Status: 302, Header: http.Header{"Location": {"http://127.0.0.1:9/"}}}, "302"},
}

// TestFaults lets each fault hit each kind of request of a build that follows a
// good one: the site stays whole, the user is told, PSN is not stormed, the
// snapshot loses nothing, and the next build is a good one.
func TestFaults(t *testing.T) {
	good := firstBuild(t)
	for _, kind := range []string{psntest.Summary, psntest.Titles, psntest.ProfileKind, psntest.Earned, psntest.Groups} {
		for _, f := range faultKinds {
			t.Run(kind+"/"+f.name, func(t *testing.T) {
				t.Parallel()
				testFault(t, good, kind, f.fault, f.says)
			})
		}
	}
}

// faultRun is a person's folder and PSN.
type faultRun struct {
	t      *testing.T
	server *psntest.Server
	dir    string
	now    time.Time
}

func (r *faultRun) build() (int, string) {
	return r.run("build", "--out", filepath.Join(r.dir, "public"), "--base-url", "https://me.example/")
}

func (r *faultRun) writeSettings(yaml string) {
	r.t.Helper()
	if err := os.WriteFile(filepath.Join(r.dir, "site.yaml"), []byte(yaml), 0o644); err != nil {
		r.t.Fatal(err)
	}
}

func (r *faultRun) run(command string, args ...string) (int, string) {
	r.t.Helper()
	out := &output{}
	env := map[string]string{"PSN_NPSSO": psntest.NPSSO, "PSN_API_URL": r.server.APIURL, "PSN_AUTH_URL": r.server.AuthURL}
	args = append([]string{command, "--verbose", "--config", filepath.Join(r.dir, "site.yaml"), "--snapshot", filepath.Join(r.dir, "snapshot")}, args...)
	code := Run(r.t.Context(), args, System{
		Files: os.DirFS("../.."), Getenv: func(name string) string { return env[name] }, Stdout: out, Stderr: out,
		Now: func() time.Time { return r.now }, Sleep: func(context.Context, time.Duration) error { return nil },
	})
	r.now = r.now.Add(25 * time.Hour)
	return code, out.String()
}

// firstBuild is a folder with a good build in it.
func firstBuild(t *testing.T) string {
	r := &faultRun{t: t, server: psntest.New(t, psntest.Small()), dir: t.TempDir(), now: today}
	if err := os.WriteFile(filepath.Join(r.dir, "site.yaml"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if code, out := r.build(); code != ExitDone {
		t.Fatalf("the first build ended with %d: %s", code, out)
	}
	return r.dir
}

func testFault(t *testing.T, good, kind string, fault psntest.Fault, says string) {
	r := &faultRun{t: t, server: psntest.New(t, psntest.Small()), dir: t.TempDir(), now: today.Add(25 * time.Hour)}
	if err := os.CopyFS(r.dir, os.DirFS(good)); err != nil {
		t.Fatal(err)
	}
	before := snapshotTitles(t, r.dir)
	r.server.Edit(func(d *psntest.Data) {
		for i := range d.Titles {
			d.Titles[i].TrophySetVersion = "01.02"
			d.Titles[i].LastUpdatedDateTime = psn.Time{Time: today}
		}
	})
	r.server.Forget()
	fault.Kind = kind
	r.server.Fault(fault)
	code, out := r.build()
	if code != ExitDone && code != ExitStale {
		t.Errorf("exit code is %d: %s", code, out)
	}
	if !strings.Contains(out, says) {
		t.Errorf("the user is not told %q: %s", says, out)
	}
	if fault.Times == 1 && code != ExitDone {
		t.Errorf("a fault that passed ended the build with %d: %s", code, out)
	}
	if n := r.server.Count(); n > 40 {
		t.Errorf("PSN got %d requests", n)
	}
	if n := r.server.Count(psntest.Authorize); n > 1 {
		t.Errorf("signed in %d times", n)
	}
	noSecrets(t, r.dir, out)
	r.checkSite()
	if after := snapshotTitles(t, r.dir); len(after) < len(before) {
		t.Errorf("the snapshot had %d titles and has %d", len(before), len(after))
	}
	r.server.Forget()
	if code, out = r.build(); code != ExitDone {
		t.Errorf("after the fault a build ended with %d: %s", code, out)
	}
	if strings.Contains(out, "still to come") && !strings.Contains(out, "0 still to come") {
		t.Errorf("after the fault not everything came: %s", out)
	}
}

// checkSite sees that every page is there and whole.
func (r *faultRun) checkSite() {
	r.t.Helper()
	pages, err := filepath.Glob(filepath.Join(r.dir, "public", "titles", "*", "index.html"))
	if err != nil || len(pages) != 3 {
		r.t.Errorf("there are %d title pages, want 3 (%v)", len(pages), err)
	}
	for _, name := range append(pages, filepath.Join(r.dir, "public", "index.html")) {
		data, err := os.ReadFile(name)
		if err != nil || !strings.HasSuffix(string(data), "</html>\n") {
			r.t.Errorf("%s is not whole: %v", name, err)
		}
	}
	home, err := os.ReadFile(filepath.Join(r.dir, "public", "index.html"))
	if err != nil || !strings.Contains(string(home), "Marlowe-Quill") || !strings.Contains(string(home), ">12<") {
		r.t.Errorf("the front page lost the owner or the level: %v", err)
	}
}

func snapshotTitles(t *testing.T, dir string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "snapshot", "titles", "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	return files
}
