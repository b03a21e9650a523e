//go:build unix

// Memory renders a large profile from nothing and fails if that takes more memory
// than it may.
//
//	go run ./.ci/memory [-titles N] [-most MIB]
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"syscall"
	"time"
)

func main() {
	titles := flag.Int("titles", 10_000, "how many titles")
	most := flag.Int64("most", 1024, "how many MiB may be resident at most")
	flag.Parse()
	if err := measure(*titles, *most); err != nil {
		fmt.Fprintln(os.Stderr, "memory:", err)
		os.Exit(1)
	}
}

func measure(titles int, most int64) (err error) {
	dir, err := os.MkdirTemp("", "memory")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	program, snapshot := filepath.Join(dir, "trophycase"), filepath.Join(dir, "snapshot")
	for _, args := range [][]string{
		{"go", "build", "-o", program, "."},
		{"go", "run", "./generator/internal/makelarge", "-titles", fmt.Sprint(titles), snapshot},
	} {
		if _, err := run(args...); err != nil {
			return err
		}
	}
	start := time.Now()
	state, err := run(program, "render", "--quiet", "--snapshot", snapshot, "--out", filepath.Join(dir, "public"), "--base-url", "https://hunter.example/trophies/")
	if err != nil {
		return err
	}
	used := state.SysUsage().(*syscall.Rusage).Maxrss >> 10
	if runtime.GOOS == "darwin" { // which counts bytes
		used >>= 10
	}
	fmt.Printf("%d titles: %d MiB resident at most, of %d allowed; %v, %v of it on processors\n",
		titles, used, most, time.Since(start).Round(time.Second), (state.UserTime() + state.SystemTime()).Round(time.Second))
	if used > most {
		return fmt.Errorf("rendering takes more than %d MiB", most)
	}
	return nil
}

func run(args ...string) (*os.ProcessState, error) {
	c := exec.Command(args[0], args[1:]...)
	c.Stdout, c.Stderr = os.Stdout, os.Stderr
	if err := c.Run(); err != nil {
		return nil, fmt.Errorf("%s: %w", filepath.Base(args[0]), err)
	}
	return c.ProcessState, nil
}
