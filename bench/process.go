package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"syscall"
	"time"
)

// A spell is what one process took.
type spell struct {
	wall, cpu time.Duration
	peak      int64 // bytes of memory
	out       []byte
}

// measure runs a process to its end.
func (b *bench) measure(dir, name string, args ...string) (spell, error) {
	c := exec.Command(name, args...)
	c.Dir = dir
	if filepath.Base(name) == "site.test" {
		c.Env = append(os.Environ(), "GOMEMLIMIT=208MiB") // as the program sets it
	}
	var out, errs bytes.Buffer
	c.Stdout, c.Stderr = &out, &errs
	start := time.Now()
	if err := c.Run(); err != nil {
		return spell{}, fmt.Errorf("%s %q: %w\n%s%s", filepath.Base(name), args, err, out.Bytes(), errs.Bytes())
	}
	s := spell{wall: time.Since(start), cpu: c.ProcessState.UserTime() + c.ProcessState.SystemTime(), out: out.Bytes()}
	if usage, ok := c.ProcessState.SysUsage().(*syscall.Rusage); ok {
		s.peak = usage.Maxrss * 1024
	}
	return s, nil
}

func (b *bench) command(dir, name string, args ...string) error {
	fmt.Fprintln(os.Stderr, "#", filepath.Base(name), args)
	_, err := b.measure(dir, name, args...)
	return err
}

// size is the bytes and the number of the files of a folder.
func size(dir string) (bytes int64, files int, err error) {
	err = filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		bytes, files = bytes+info.Size(), files+1
		return err
	})
	return bytes, files, err
}

func median(list []float64) float64 {
	list = slices.Sorted(slices.Values(list))
	if len(list) == 0 {
		return 0
	}
	return list[len(list)/2]
}
