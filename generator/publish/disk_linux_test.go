package publish

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// mountSmall mounts a memory disk of one megabyte, which takes root or a sudo that
// asks for no password. Where all checks are run it must be possible.
func mountSmall(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := asRoot("mount", "-t", "tmpfs", "-o", "size=1m,mode=777", "tmpfs", dir); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatalf("no disk can be mounted, so this is not checked: %v", err)
		}
		t.Skipf("mounting needs root: %v", err)
	}
	t.Cleanup(func() {
		if err := asRoot("umount", dir); err != nil {
			t.Error(err)
		}
	})
	return dir
}

func asRoot(name string, args ...string) error {
	c := exec.Command(name, args...)
	if os.Getuid() != 0 {
		c = exec.Command("sudo", append([]string{"-n", name}, args...)...)
	}
	if out, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	return nil
}

func TestFullDisk(t *testing.T) {
	disk := mountSmall(t)
	dir := filepath.Join(disk, "public")
	run(t, dir, site("a=1", "b=2"))
	big := "c=" + strings.Repeat("x", 700<<10)
	bigger := "d=" + strings.Repeat("y", 700<<10)
	_, err := Run(context.Background(), dir, site("a=3", big, bigger), Options{})
	if !errors.Is(err, unix.ENOSPC) {
		t.Errorf("got %v, want ENOSPC", err)
	}
	wantFiles(t, dir, "a=1", "b=2")
	wantAlone(t, dir)
	run(t, dir, site("a=3", "c=4"))
	wantFiles(t, dir, "a=3", "c=4")
}

func TestReadOnlyDisk(t *testing.T) {
	disk := mountSmall(t)
	dir := filepath.Join(disk, "public")
	run(t, dir, site("a=1"))
	remount := func(mode string) {
		if err := asRoot("mount", "-o", "remount,"+mode, disk); err != nil {
			t.Fatal(err)
		}
	}
	remount("ro")
	_, err := Run(context.Background(), dir, site("a=2"), Options{})
	if err == nil || !strings.Contains(err.Error(), "can't be written") {
		t.Errorf("got %v", err)
	}
	wantFiles(t, dir, "a=1")
	remount("rw")
	run(t, dir, site("a=2"))
	wantFiles(t, dir, "a=2")
}

func TestMountPoint(t *testing.T) {
	disk := mountSmall(t)
	_, err := Run(context.Background(), disk, site("a=1"), Options{})
	if err == nil || !strings.Contains(err.Error(), "mount point") {
		t.Errorf("got %v", err)
	}
	if len(files(t, disk)) != 0 {
		t.Error("files were written")
	}
}

// TestCopiesWhereLinksFail publishes over a foreign file on another disk's
// rules: what can't be linked is copied with its time.
func TestCopiesWhereLinksFail(t *testing.T) {
	from, to := filepath.Join(t.TempDir(), "from"), filepath.Join(mountSmall(t), "to")
	if err := os.WriteFile(from, []byte("text"), 0o640); err != nil {
		t.Fatal(err)
	}
	past := age(t, filepath.Dir(from))
	info, err := os.Lstat(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := carry(from, to, info); err != nil {
		t.Fatal(err)
	}
	got, err := os.Stat(to)
	if err != nil || !got.ModTime().Equal(past) || got.Mode() != info.Mode() {
		t.Errorf("got %v %v, %v", got.ModTime(), got.Mode(), err)
	}
}
