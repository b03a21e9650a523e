// Bench measures the program against its peers, each pair in turn in one run, and
// writes the results into docs/performance.md:
//
//	cd bench && go run . [-titles 100,1000,10000] [-rounds 3] [-work FOLDER]
//
// It needs Go, Node with npm, and Linux. Hugo comes through the Go module proxy, the
// peers of the cards from npm, both in the versions that the files here fix. Ratios
// are the part to trust: the machine's own speed is in all of them.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

func main() {
	titles := flag.String("titles", "100,1000,10000", "the sizes of the sites")
	rounds := flag.Int("rounds", 3, "how often each pair is measured")
	work := flag.String("work", "", "a folder for what is built; a temporary one if empty")
	only := flag.String("only", "text,whole,cards,all,start", "what to measure")
	flag.Parse()
	if err := run(*titles, *only, *rounds, *work); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// bench is one run of the measurements.
type bench struct {
	root, work string // of the repository; for what is built
	rounds     int
	sizes      []int
	report     *report
}

func run(titles, only string, rounds int, work string) error {
	root, err := filepath.Abs("..")
	if err != nil {
		return err
	}
	if work == "" {
		if work, err = os.MkdirTemp("", "bench"); err != nil {
			return err
		}
		defer os.RemoveAll(work)
	}
	b := &bench{root: root, work: work, rounds: rounds, report: newReport()}
	for _, text := range strings.Split(titles, ",") {
		n, err := strconv.Atoi(text)
		if err != nil {
			return err
		}
		b.sizes = append(b.sizes, n)
	}
	if err := b.build(); err != nil {
		return err
	}
	for _, part := range []struct {
		name    string
		measure func() error
	}{{"text", b.text}, {"whole", b.whole}, {"cards", b.cards}, {"all", b.all}, {"start", b.start}} {
		if strings.Contains(only, part.name) {
			if err := part.measure(); err != nil {
				return fmt.Errorf("%s: %w", part.name, err)
			}
		}
	}
	return b.report.write(filepath.Join(root, "docs"))
}

// build makes the programs that are measured, and the data.
func (b *bench) build() error {
	goBuild := func(dir string, args ...string) error { return b.command(dir, "go", args...) }
	err := goBuild(b.root, "build", "-o", b.path("trophycase"), ".")
	for _, next := range [][]string{
		{b.root, "build", "-o", b.path("makelarge"), "./generator/internal/makelarge"},
		{b.root, "test", "-c", "-o", b.path("site.test"), "./generator"},
		{b.root, "test", "-c", "-o", b.path("card.test"), "./generator/card"},
		{filepath.Join(b.root, "bench"), "build", "-o", b.path("hugo"), "github.com/gohugoio/hugo"},
	} {
		if err == nil {
			err = goBuild(next[0], next[1:]...)
		}
	}
	if err != nil {
		return err
	}
	if err := b.command(filepath.Join(b.root, "bench", "peers"), "npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"); err != nil {
		return err
	}
	for _, n := range b.sizes {
		if err := b.snapshot(n); err != nil {
			return err
		}
	}
	return nil
}

func (b *bench) path(parts ...string) string {
	return filepath.Join(append([]string{b.work}, parts...)...)
}

// snapshot makes the data of n titles, and the same after one more trophy.
func (b *bench) snapshot(n int) error {
	for name, args := range map[string][]string{b.data(n): nil, b.data(n) + "-played": {"-played", "1"}} {
		if _, err := os.Stat(name); err == nil {
			continue
		}
		args = append([]string{"-titles", strconv.Itoa(n)}, append(args, name)...)
		if err := b.command(b.root, b.path("makelarge"), args...); err != nil {
			return err
		}
	}
	return nil
}

func (b *bench) data(n int) string { return b.path(fmt.Sprintf("snapshot-%d", n)) }
