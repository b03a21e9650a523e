package cli

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/trophycase/trophycase/generator/psn/psntest"
)

// elsewhere is every host but the stand-in: the tests and the programs that they
// start have it as their proxy. It must never be asked for anything.
var elsewhere *httptest.Server

// guarded runs the tests, and then sees that nobody was asked but the stand-in and
// that no goroutine is left.
type guarded struct{ *testing.M }

func (g guarded) Run() int {
	var asked atomic.Value
	elsewhere = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		dump, _ := httputil.DumpRequest(r, true)
		asked.Store(string(dump))
		http.Error(w, "elsewhere", http.StatusBadGateway)
	}))
	for _, name := range []string{"HTTP_PROXY", "HTTPS_PROXY"} {
		if err := os.Setenv(name, elsewhere.URL); err != nil {
			panic(err)
		}
	}
	code := g.M.Run()
	elsewhere.Close()
	if dump := asked.Load(); dump != nil {
		fmt.Fprintf(os.Stderr, "FAIL: another host was asked: %s\n", dump)
		return 1
	}
	if err := goleak.Find(); err != nil && code == 0 {
		fmt.Fprintln(os.Stderr, "FAIL:", err)
		return 1
	}
	return code
}

// noSecrets looks for secrets, in any form, in all files that a run left in its
// folder and in what it printed.
func noSecrets(t *testing.T, dir string, printed ...string) {
	t.Helper()
	for _, text := range printed {
		if found := psntest.Secrets([]byte(text)); len(found) > 0 {
			t.Errorf("what was printed holds %q: %s", found, text)
		}
	}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		if found := psntest.Secrets(append([]byte(name+"\n"), data...)); len(found) > 0 {
			t.Errorf("%s holds %q", name, found)
		}
		if bytes.Contains(data, []byte("Canary Hidden")) {
			t.Errorf("%s holds the hidden title", name)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// panicProgram is the program with a mistake that ends it after it has signed in:
// when it waits, or when it renders.
func panicProgram() {
	broken := func(context.Context, time.Duration) error { panic("on purpose") }
	files := os.DirFS(os.Getenv("TROPHYCASE_SOURCE"))
	if os.Getenv("PANIC") == "render" {
		files = brokenFiles{files}
	}
	os.Exit(Run(context.Background(), os.Args[1:], System{
		Files: files, Getenv: os.Getenv, Stdout: os.Stdout, Stderr: os.Stderr,
		Now: func() time.Time { return today }, Sleep: broken,
	}))
}

type brokenFiles struct{ fs.FS }

func (f brokenFiles) Open(name string) (fs.File, error) {
	if strings.HasPrefix(name, "templates") {
		panic("on purpose")
	}
	return f.FS.Open(name)
}

// TestPanicTellsNoSecret lets the program break at its worst moments, and has Go
// print all that it can about it.
func TestPanicTellsNoSecret(t *testing.T) {
	for _, where := range []string{"request", "render"} {
		t.Run(where, func(t *testing.T) {
			b := newProcess(t, psntest.Small())
			if where == "request" {
				b.server.Fault(psntest.Fault{Kind: psntest.Earned, Status: http.StatusServiceUnavailable})
			}
			c := b.command("trophycase-panics", "build", "--verbose")
			c.Env = append(c.Env, "GOTRACEBACK=system", "PANIC="+where)
			out, err := c.CombinedOutput()
			if err == nil || !bytes.Contains(out, []byte("goroutine ")) || !bytes.Contains(out, []byte("on purpose")) {
				t.Fatalf("it did not break: %v\n%s", err, out)
			}
			noSecrets(t, b.dir, string(out))
		})
	}
}

// TestSecretAtTheWrongPlace gives the NPSSO where no secret belongs: what the
// program says about that must not repeat it.
func TestSecretAtTheWrongPlace(t *testing.T) {
	for _, args := range [][]string{
		{"build", psntest.NPSSO}, {psntest.NPSSO}, {"build", "--npsso", psntest.NPSSO}, {"build", "--npsso=" + psntest.NPSSO},
		{"build", "--max-requests", psntest.NPSSO}, {"build", "--base-url", "https://me.example/" + psntest.NPSSO},
		{"build", "--base-url", psntest.NPSSO}, {"build", "--config", psntest.NPSSO}, {"check", "--lookup", psntest.NPSSO},
		{"serve", "--sample", "--address", psntest.NPSSO}, {"render", "--snapshot", psntest.NPSSO},
	} {
		b := newProcess(t, psntest.Small())
		out, err := b.command("trophycase", args...).CombinedOutput()
		if err == nil {
			t.Errorf("%.20q: it was taken", args)
		}
		if found := psntest.Secrets(out); len(found) > 0 {
			t.Errorf("%.20q: %s", args, out)
		}
	}
}

// TestArguments sees that the system's list of processes tells no secret.
func TestArguments(t *testing.T) {
	if _, err := os.Stat("/proc/self/cmdline"); err != nil {
		t.Skip("there is no /proc on this system")
	}
	b := newProcess(t, psntest.Small())
	b.server.Fault(psntest.Fault{Kind: psntest.Summary, Delay: time.Minute})
	c := b.command("trophycase", "build", "--verbose")
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() {
		_ = c.Process.Kill()
		_ = c.Wait()
	}()
	eventually(t, "the program has signed in", func() bool { return b.server.Count(psntest.Summary) > 0 })
	for _, name := range []string{"cmdline", "comm", "status"} {
		data, err := os.ReadFile(fmt.Sprintf("/proc/%d/%s", c.Process.Pid, name))
		if err != nil {
			t.Fatal(err)
		}
		if found := psntest.Secrets(data); len(found) > 0 {
			t.Errorf("%s holds %q", name, found)
		}
	}
}

// process is a folder in which the program runs as a process of its own, and its
// PSN.
type process struct {
	t      testing.TB
	server *psntest.Server
	dir    string
}

func newProcess(t *testing.T, data *psntest.Data) *process {
	return &process{t: t, server: psntest.New(t, data), dir: t.TempDir()}
}

// command is this test's binary, which is the program under the names that
// TestMain knows.
func (p *process) command(name string, args ...string) *exec.Cmd {
	p.t.Helper()
	program, err := exec.LookPath(name)
	if err != nil {
		p.t.Fatal(err)
	}
	source, err := filepath.Abs("../..")
	if err != nil {
		p.t.Fatal(err)
	}
	c := exec.Command(program, args...)
	c.Dir = p.dir
	c.Env = append(os.Environ(), "TROPHYCASE_SOURCE="+source, "PSN_NPSSO="+psntest.NPSSO,
		"PSN_API_URL="+p.server.APIURL, "PSN_AUTH_URL="+p.server.AuthURL)
	return c
}
