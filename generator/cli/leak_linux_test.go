package cli

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/trophycase/trophycase/generator/psn/psntest"
)

// TestNoFileStaysOpen builds, fails to build, renders and serves again and again in
// one process, and looks at what it has open.
func TestNoFileStaysOpen(t *testing.T) {
	work := func() {
		server := psntest.New(nil, psntest.Small())
		defer server.Close()
		r := &faultRun{t: t, server: server, dir: t.TempDir(), now: today}
		r.writeSettings("")
		r.build()
		server.Fault(psntest.Fault{Kind: psntest.Titles, Status: 200, Body: `{"trophyTitles":[{"`, Length: 900, Reset: true})
		r.build()
		server.KillToken(true)
		r.build()
		r.run("render", "--out", filepath.Join(r.dir, "public"))
		r.run("check")
		s := newServer(filepath.Join(r.dir, "public"), "127.0.0.1:8080", "")
		for _, path := range []string{"/", "/none", "/titles/", "/cards", "/..%2f"} {
			ask(s, "GET", path, "127.0.0.1:8080")
		}
	}
	work() // what the process keeps for its whole life is opened once
	before := openFiles(t)
	for range 3 {
		work()
	}
	eventually(t, "all files are closed again", func() bool { return len(openFiles(t)) <= len(before) })
	if t.Failed() {
		t.Logf("before %q, after %q", before, openFiles(t))
	}
}

// openFiles is what the process has open, the runtime's own things aside.
func openFiles(t *testing.T) []string {
	t.Helper()
	entries, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, e := range entries {
		name, err := os.Readlink("/proc/self/fd/" + e.Name())
		if err == nil && !strings.HasPrefix(name, "anon_inode:") && !strings.HasPrefix(name, "/proc/") {
			list = append(list, name)
		}
	}
	slices.Sort(list)
	return list
}
