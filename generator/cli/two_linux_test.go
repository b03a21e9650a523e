package cli

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/trophycase/trophycase/generator/psn/psntest"
)

// TestTwoBuilds starts a build while another one fetches, and one while another one
// renders: the second is refused, and the first one ends as if it had been alone.
func TestTwoBuilds(t *testing.T) {
	b := newKilledBuilds(t)
	refused := func(says string) {
		t.Helper()
		out, err := b.command("trophycase", "build").CombinedOutput()
		if err == nil || !strings.Contains(string(out), says) || !strings.Contains(string(out), "Wait until it has ended") {
			t.Errorf("the second build: %v: %s", err, out)
		}
		b.check()
	}
	stopped := func(command, until string, there func() bool, says string) {
		t.Helper()
		var out bytes.Buffer
		first := b.start(command, &out)
		eventually(t, until, there)
		if err := first.Process.Signal(syscall.SIGSTOP); err != nil {
			t.Fatal(err)
		}
		refused(says)
		if err := first.Process.Signal(syscall.SIGCONT); err != nil {
			t.Fatal(err)
		}
		if err := first.Wait(); err != nil {
			t.Errorf("the first one: %v: %s", err, &out)
		}
		b.complete()
	}

	b.enter(0)
	b.server.Forget()
	b.server.Fault(psntest.Fault{Kind: psntest.Titles, Delay: time.Second, Times: 1})
	stopped("build", "the first one fetches", func() bool { return b.server.Count(psntest.Titles) > 0 }, "another build is using this snapshot")

	b.enter(1)
	stopped("build", "the first one renders", func() bool {
		for range 1000 { // it does so for less than a second
			if _, err := os.Stat(filepath.Join(b.dir, ".public.staging")); err == nil {
				return true
			}
			time.Sleep(time.Millisecond)
		}
		return false
	}, "another build is publishing to this folder")
}

// start starts a command, which the end of the test ends.
func (b *killedBuilds) start(command string, out *bytes.Buffer) *exec.Cmd {
	b.t.Helper()
	c := b.command("trophycase", command)
	c.Stdout, c.Stderr = out, out
	if err := c.Start(); err != nil {
		b.t.Fatal(err)
	}
	b.t.Cleanup(func() {
		_ = c.Process.Kill()
		_ = c.Wait()
	})
	return c
}
