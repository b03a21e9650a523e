package cli

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// asRoot mounts and unmounts, which takes root or a sudo that asks for no password.
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

// onSmallDisk moves the builds to a memory disk that holds a site or two. Where all
// checks are run this must be possible.
func (b *killedBuilds) onSmallDisk() {
	b.t.Helper()
	disk := b.t.TempDir()
	if err := asRoot("mount", "-t", "tmpfs", "-o", "size=24m,mode=777", "tmpfs", disk); err != nil {
		if os.Getenv("CI") != "" {
			b.t.Fatalf("no disk can be mounted, so this is not checked: %v", err)
		}
		b.t.Skipf("mounting needs root: %v", err)
	}
	b.t.Cleanup(func() {
		if err := asRoot("umount", disk); err != nil {
			b.t.Error(err)
		}
	})
	if err := os.CopyFS(disk, os.DirFS(b.dir)); err != nil {
		b.t.Fatal(err)
	}
	b.dir = disk
}

// TestFullDisk lets the disk become full at every part of a build: the site stays
// whole and the snapshot keeps what it has, the user is told, and when there is room
// again everything comes.
func TestFullDisk(t *testing.T) {
	b := newKilledBuilds(t)
	b.onSmallDisk()
	filler := filepath.Join(b.dir, "filler")
	full := 0
	for round, free := range []int{0, 40 << 10, 400 << 10} {
		b.enter(round % 2)
		fill(t, filler, free)
		out, err := b.command("trophycase", "build").CombinedOutput()
		if err != nil {
			full++
			if !bytes.Contains(out, []byte("no space left")) || !bytes.Contains(out, []byte("Make room")) {
				t.Errorf("with %d bytes free the user is not told: %s", free, out)
			}
		}
		noSecrets(t, b.dir, string(out))
		b.check()
		if err := os.Remove(filler); err != nil {
			t.Fatal(err)
		}
		b.complete()
	}
	if full < 2 {
		t.Errorf("the disk was full in %d builds only", full)
	}
}

// fill leaves so many bytes free on the disk of a file.
func fill(t *testing.T, name string, free int) {
	t.Helper()
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	block := make([]byte, 4096)
	for err == nil {
		_, err = f.Write(block)
	}
	size, err := f.Seek(0, 2)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Truncate(max(0, size-int64(free))); err != nil {
		t.Fatal(err)
	}
}

// TestReadOnlyDisk builds where nothing can be written.
func TestReadOnlyDisk(t *testing.T) {
	b := newKilledBuilds(t)
	b.onSmallDisk()
	b.enter(0)
	for _, mode := range []string{"ro", "rw"} {
		if err := asRoot("mount", "-o", "remount,"+mode, b.dir); err != nil {
			t.Fatal(err)
		}
		if mode == "rw" {
			break
		}
		for _, command := range []string{"build", "fetch", "render"} {
			out, err := b.command("trophycase", command).CombinedOutput()
			if err == nil || !bytes.Contains(out, []byte("read-only file system")) || !bytes.Contains(out, []byte("can be written")) {
				t.Errorf("%s: %v: %s", command, err, out)
			}
		}
		b.check()
	}
	b.complete()
}
