package publish

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// mountSmall mounts a memory disk of one megabyte.
func mountSmall(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := unix.Mount("tmpfs", dir, "tmpfs", 0, "size=1m"); err != nil {
		t.Skipf("mounting needs root: %v", err)
	}
	t.Cleanup(func() {
		if err := unix.Unmount(dir, 0); err != nil {
			t.Error(err)
		}
	})
	return dir
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
	remount := func(flags uintptr) {
		if err := unix.Mount("tmpfs", disk, "tmpfs", unix.MS_REMOUNT|flags, "size=1m"); err != nil {
			t.Skip(err)
		}
	}
	remount(unix.MS_RDONLY)
	_, err := Run(context.Background(), dir, site("a=2"), Options{})
	if err == nil || !strings.Contains(err.Error(), "can't be written") {
		t.Errorf("got %v", err)
	}
	wantFiles(t, dir, "a=1")
	remount(0)
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
