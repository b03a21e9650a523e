package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/trophycase/trophycase/generator/psn/psntest"
	"github.com/trophycase/trophycase/generator/snapshot"
	"github.com/trophycase/trophycase/generator/trophy"
)

// TestFaults lets each fault hit each kind of request of a fetch that follows a
// good build: it ends, the user is told what to do, PSN is not stormed, no other
// host is asked, the snapshot has all that it had, and the next fetch gets the
// rest.
func TestFaults(t *testing.T) {
	good := firstBuild(t)
	before := model(t, good)
	for _, kind := range requestKinds {
		for _, f := range faults {
			t.Run(kind+"/"+f.name, func(t *testing.T) {
				t.Parallel()
				r := newFaultRun(t, good, kind)
				r.copy(good, "snapshot")
				code, out := r.suffer(kind, f, "fetch")
				r.checkTold(kind, f, code, out)
				r.checkRequests(kind)
				keeps(t, before, model(t, r.dir))
				if !f.whole {
					r.recovers(kind, "fetch")
				}
			})
		}
	}
}

// TestFaultsAndSite builds the site too, for a fault of each sort, and sees that
// it is whole.
func TestFaultsAndSite(t *testing.T) {
	good := firstBuild(t)
	kinds := []string{psntest.Titles, psntest.Earned, psntest.Trophies}
	n := 0
	for _, f := range faults {
		if !f.rendered {
			continue
		}
		kind := kinds[n%len(kinds)]
		n++
		t.Run(kind+"/"+f.name, func(t *testing.T) {
			t.Parallel()
			r := newFaultRun(t, good, kind)
			r.copy(good, ".")
			code, out := r.suffer(kind, f, "build")
			if code != ExitDone && code != ExitStale {
				t.Errorf("exit code is %d: %s", code, out)
			}
			r.checkSite()
			if was, is := names(t, good), names(t, r.dir); !slices.Equal(was, is) {
				t.Errorf("beside the site there was %v and is %v", was, is)
			}
		})
	}
}

// faultRun is a person's folder, PSN, a host that is not PSN's, and a clock that
// passes only where the program waits.
type faultRun struct {
	t       *testing.T
	server  *psntest.Server
	dir     string
	account string
	other   string
	asked   atomic.Int64 // how often the other host was
	timeout time.Duration

	mu  sync.Mutex
	now time.Time
}

func (r *faultRun) Now() time.Time {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.now
}

func (r *faultRun) sleep(ctx context.Context, d time.Duration) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.now = r.now.Add(max(0, d))
	return ctx.Err()
}

// newFaultRun is PSN as it was at the good build, with news that lead to a
// request of every kind.
func newFaultRun(t *testing.T, good, kind string) *faultRun {
	data := psntest.Small()
	data.Add(psntest.Make("NPWR90005_00", "PS5", "Latecomer", today.Add(-time.Hour), "BB", "B"), 1)
	for i := range data.Titles {
		data.Titles[i].TrophySetVersion = "01.02"
	}
	r := &faultRun{t: t, server: psntest.New(t, data), dir: t.TempDir(), now: today.Add(25 * time.Hour), account: "me"}
	if kind == psntest.Search {
		r.account = data.Profile.OnlineID
	}
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { r.asked.Add(1) }))
	t.Cleanup(other.Close)
	r.other = other.URL
	r.writeSettings("account: " + r.account + "\n")
	return r
}

// copy takes over what the good build left in a folder. PSN is at another address
// since; a file that is changed by that is one without a sum, as a person's is.
func (r *faultRun) copy(good, folder string) {
	r.t.Helper()
	address, sum := regexp.MustCompile(`http://127\.0\.0\.1:[0-9]+/api`), regexp.MustCompile(`,\n\{?"sum": "[0-9a-f]+"\}?`)
	err := filepath.WalkDir(filepath.Join(good, folder), func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		to := filepath.Join(r.dir, strings.TrimPrefix(name, good))
		if d.IsDir() {
			return os.MkdirAll(to, 0o755)
		}
		data, err := os.ReadFile(name)
		if err == nil && filepath.Ext(name) == ".json" && address.Match(data) {
			data = sum.ReplaceAll(data, nil)
			data = address.ReplaceAll(data, []byte(r.server.APIURL))
		}
		return errors.Join(err, os.WriteFile(to, data, 0o644))
	})
	if err != nil {
		r.t.Fatal(err)
	}
}

func (r *faultRun) build() (int, string) { return r.run("build") }

func (r *faultRun) writeSettings(yaml string) {
	r.t.Helper()
	if err := os.WriteFile(filepath.Join(r.dir, "site.yaml"), []byte(yaml), 0o644); err != nil {
		r.t.Fatal(err)
	}
}

func (r *faultRun) run(command string, more ...string) (int, string) {
	r.t.Helper()
	out := &output{}
	env := map[string]string{"PSN_NPSSO": psntest.NPSSO, "PSN_API_URL": r.server.APIURL, "PSN_AUTH_URL": r.server.AuthURL}
	args := append([]string{command, "--verbose", "--config", filepath.Join(r.dir, "site.yaml"), "--snapshot", filepath.Join(r.dir, "snapshot")}, more...)
	if command == "build" {
		args = append(args, "--out", filepath.Join(r.dir, "public"), "--base-url", "https://me.example/")
	}
	// Far above what a run takes: one that hangs fails.
	ctx, cancel := context.WithTimeout(r.t.Context(), 4*time.Minute)
	defer cancel()
	code := Run(ctx, args, System{
		Files: os.DirFS("../.."), Getenv: func(name string) string { return env[name] }, Stdout: out, Stderr: out,
		Now: r.Now, Sleep: r.sleep, Timeout: r.timeout,
	})
	if ctx.Err() != nil {
		r.t.Error("the run did not end by itself")
	}
	return code, out.String()
}

// suffer is a run with a fault.
func (r *faultRun) suffer(kind string, f fault, command string) (int, string) {
	hit := f.make(r.Now(), r.other)
	hit.Kind = kind
	r.server.Fault(hit)
	r.timeout = f.timeout
	start := r.Now()
	code, out := r.run(command)
	r.timeout = 0
	if waited := r.Now().Sub(start); waited > 15*time.Minute {
		r.t.Errorf("the run waited for %s", waited)
	}
	noSecrets(r.t, r.dir, out)
	return code, out
}

// felt is what the user must read when a kind of request fails by a fault, nothing
// if that kind cannot fail by it: a redirect has no body, a picture is no JSON.
func felt(kind string, f fault) []string {
	hit := f.make(today, "")
	switch {
	case f.says == "":
		return nil
	case kind == psntest.PictureKind && hit.Change == nil:
		return []string{"pictures could not be fetched"}
	case kind == psntest.PictureKind, kind == psntest.Authorize && hit.Change != nil:
		return nil
	case kind == psntest.Authorize, kind == psntest.Token:
		return []string{"sign-in: ", "PSN_NPSSO"}
	}
	return []string{f.says}
}

// checkTold sees that the user knows what happened and what to do.
func (r *faultRun) checkTold(kind string, f fault, code int, out string) {
	r.t.Helper()
	signIn := kind == psntest.Authorize || kind == psntest.Token
	if says := felt(kind, f); says != nil && !slices.ContainsFunc(says, func(s string) bool { return strings.Contains(out, s) }) {
		r.t.Errorf("the user is not told %q: %s", says, out)
	}
	if f.whole && !signIn && kind != psntest.PictureKind && (code != ExitDone || strings.Contains(out, "warning:")) {
		r.t.Errorf("a fault that passes ended the run with %d: %s", code, out)
	}
	if code == ExitDone {
		return
	}
	_, told, ok := strings.Cut(out, "error: ")
	what, todo, _ := strings.Cut(told, "\n")
	if !ok || what == "" || strings.TrimSpace(todo) == "" {
		r.t.Errorf("the run ended with %d and without a word on what to do: %s", code, out)
	}
}

// checkRequests sees that PSN is not stormed and nobody else is asked.
func (r *faultRun) checkRequests(kind string) {
	r.t.Helper()
	times := map[string]int{}
	for _, q := range r.server.Requests() {
		key := q.Path + "?" + q.Query.Encode()
		if times[key]++; times[key] > 5 {
			r.t.Errorf("%s was asked for %d times", key, times[key])
		}
		if q.Token && (q.Kind == psntest.PictureKind || q.Kind == psntest.Authorize) {
			r.t.Errorf("the token was sent to %s", q.Path)
		}
	}
	if n := r.server.Count(); n > 100 {
		r.t.Errorf("PSN got %d requests", n)
	}
	if n := r.server.Count(psntest.Authorize); n > 2 || n > 1 && kind != psntest.Token && kind != psntest.Authorize && r.server.Count(psntest.Token) < 2 {
		r.t.Errorf("signed in %d times", n)
	}
	if n := r.asked.Load(); n > 0 {
		r.t.Errorf("another host was asked %d times", n)
	}
}

// recovers sees that without the fault the next runs get everything: two, where
// an answer must come again to be believed.
func (r *faultRun) recovers(kind, command string) {
	r.t.Helper()
	r.server.Forget()
	r.now = r.now.Add(25 * time.Hour)
	if kind == psntest.PictureKind {
		r.now = r.now.Add(31 * 24 * time.Hour)
	}
	code, out := r.run(command)
	if code != ExitDone || strings.Contains(out, "warning:") {
		r.t.Errorf("after the fault a run ended with %d: %s", code, out)
	}
	after := model(r.t, r.dir)
	if len(after.Titles) != 4 || after.Pending() > 0 {
		r.t.Errorf("after the fault there are %d titles, %d of them to come: %s", len(after.Titles), after.Pending(), out)
	}
	for _, title := range after.Titles {
		if title.Icon.None() {
			r.t.Errorf("after the fault %q has no picture: %s", title.Name, out)
		}
	}
}

// firstBuild is a folder with a good build in it.
func firstBuild(t *testing.T) string {
	r := &faultRun{t: t, server: psntest.New(t, psntest.Small()), dir: t.TempDir(), now: today}
	if err := os.WriteFile(filepath.Join(r.dir, "site.yaml"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if code, out := r.run("build"); code != ExitDone {
		t.Fatalf("the first build ended with %d: %s", code, out)
	}
	return r.dir
}

func model(t *testing.T, dir string) *trophy.Profile {
	t.Helper()
	s, err := snapshot.Read(os.DirFS(filepath.Join(dir, "snapshot")))
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Damaged) > 0 {
		t.Errorf("the snapshot is damaged: %v", s.Damaged)
	}
	return s.Model(snapshot.ModelOptions{})
}

// keeps sees that a profile has all that it had.
func keeps(t *testing.T, before, after *trophy.Profile) {
	t.Helper()
	if after.OnlineID != before.OnlineID || after.Avatar != before.Avatar || after.Level.Number < before.Level.Number ||
		after.Level.Points < before.Level.Points || after.Earned.Total() < before.Earned.Total() {
		t.Errorf("the profile was %+v and is %+v, %+v", before.Owner, after.Owner, after.Level)
	}
	titles := map[string]trophy.Title{}
	for _, title := range after.Titles {
		titles[title.ID] = title
	}
	for _, b := range before.Titles {
		a := titles[b.ID]
		if a.Name != b.Name || a.Slug != b.Slug || a.Icon != b.Icon || a.Progress < b.Progress || a.Earned.Total() < b.Earned.Total() ||
			a.Defined != b.Defined || a.UpdatedAt.Before(b.UpdatedAt) || !a.Fetched || len(a.Groups) != len(b.Groups) {
			t.Errorf("the title was %+v and is %+v", b, a)
			continue
		}
		for i, group := range b.Groups {
			if a.Groups[i].Name != group.Name || a.Groups[i].Progress < group.Progress || len(a.Groups[i].Trophies) != len(group.Trophies) {
				t.Errorf("the group was %+v and is %+v", group, a.Groups[i])
				continue
			}
			for j, was := range group.Trophies {
				if is := a.Groups[i].Trophies[j]; fmt.Sprint(is.ID, is.Name, is.Detail, is.Icon, is.Earned, is.EarnedAt, is.Grade) !=
					fmt.Sprint(was.ID, was.Name, was.Detail, was.Icon, was.Earned, was.EarnedAt, was.Grade) || is.EarnedRate <= 0 && was.EarnedRate > 0 {
					t.Errorf("the trophy was %+v and is %+v", was, is)
				}
			}
		}
	}
}

func names(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, e := range entries {
		list = append(list, e.Name())
	}
	return list
}

// checkSite sees that every page is there and every file whole.
func (r *faultRun) checkSite() {
	r.t.Helper()
	ends := map[string]string{".html": "</html>\n", ".png": "IEND\xaeB`\x82", ".ics": "END:VCALENDAR\r\n"}
	pages, years := 0, 0
	err := fs.WalkDir(os.DirFS(filepath.Join(r.dir, "public")), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || d.Name() == ".nojekyll" {
			return err
		}
		if ok, _ := path.Match("titles/*/index.html", name); ok {
			pages++
		}
		if ok, _ := path.Match("unlocks/*/index.html", name); ok {
			years++
		}
		data, err := os.ReadFile(filepath.Join(r.dir, "public", filepath.FromSlash(name)))
		end := ends[path.Ext(name)]
		if len(data) == 0 || !strings.HasPrefix(name, "assets/") && !strings.HasSuffix(string(data), end) || path.Ext(name) == ".json" && !json.Valid(data) {
			r.t.Errorf("%s is not whole", name)
		}
		return err
	})
	if err != nil || pages < 3 || pages > 4 || years > 4 {
		r.t.Errorf("there are %d title pages, want 3 or 4, and pages of %d years: %v", pages, years, err)
	}
	home, err := os.ReadFile(filepath.Join(r.dir, "public", "index.html"))
	if err != nil || !strings.Contains(string(home), "Marlowe-Quill") || !strings.Contains(string(home), ">12<") {
		r.t.Errorf("the front page lost the owner or the level: %v", err)
	}
}
