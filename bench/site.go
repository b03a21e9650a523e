package main

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
)

// text measures the pages, feeds and data without the cards, cold, against Hugo.
func (b *bench) text() error {
	t := b.report.table("text", "titles", "our MB", "Hugo's MB", "wall a MB, ours : Hugo's", "processor a MB, ours : Hugo's", "our peak MiB", "Hugo's peak MiB", "our processor a title, as at the fewest")
	var fewest float64
	for _, n := range b.sizes {
		hugo, err := b.hugoSite(n)
		if err != nil {
			return err
		}
		var wall, cpu, each, ours, theirs []float64
		var mine, other int64
		for range b.rounds {
			out, public := b.path("out"), filepath.Join(hugo, "public")
			if err := removeAll(out, public); err != nil {
				return err
			}
			a, err := b.measure(filepath.Join(b.root, "generator"), b.path("site.test"), "-test.run=^$", "-test.bench=^BenchmarkText$", "-test.benchtime=1x", "-large="+b.data(n), "-large-out="+out)
			if err != nil {
				return err
			}
			h, err := b.measure(hugo, b.path("hugo"), "--quiet")
			if err != nil {
				return err
			}
			if mine, _, err = size(out); err != nil {
				return err
			}
			if other, _, err = size(public); err != nil {
				return err
			}
			share := float64(other) / float64(mine)
			wall = append(wall, a.wall.Seconds()/h.wall.Seconds()*share)
			cpu = append(cpu, a.cpu.Seconds()/h.cpu.Seconds()*share)
			ours, theirs = append(ours, float64(a.peak)), append(theirs, float64(h.peak))
			each = append(each, a.cpu.Seconds()/float64(n))
			b.report.point(n, a.cpu.Seconds()/float64(n))
		}
		fewest = cmp.Or(fewest, median(each))
		t.row(itoa(n), mb(mine), mb(other), ratio(median(wall)), ratio(median(cpu)), mib(median(ours)), mib(median(theirs)), ratio(median(each)/fewest))
	}
	return nil
}

var written = regexp.MustCompile(`files +(\d+) written`)

// whole measures whole builds, cards and all: cold, with nothing changed, with one
// more trophy.
func (b *bench) whole() error {
	t := b.report.table("whole", "titles", "site MB", "files", "peak MiB", "nothing changed : cold", "files written", "one trophy more : cold", "files written")
	for _, n := range b.sizes {
		var none, one, peaks []float64
		var kept, changed string
		var bytes int64
		var files int
		for range b.rounds {
			out := b.path("out")
			if err := removeAll(out); err != nil {
				return err
			}
			var spells []spell
			for _, data := range []string{b.data(n), b.data(n), b.data(n) + "-played"} {
				s, err := b.measure(b.work, b.path("trophycase"), "render", "--snapshot", data, "--out", out, "--base-url", "https://hunter.example/trophies/")
				if err != nil {
					return err
				}
				spells = append(spells, s)
			}
			cold := spells[0].cpu.Seconds()
			none, one = append(none, spells[1].cpu.Seconds()/cold), append(one, spells[2].cpu.Seconds()/cold)
			peaks = append(peaks, float64(spells[0].peak))
			kept, changed = count(spells[1]), count(spells[2])
			var err error
			if bytes, files, err = size(out); err != nil {
				return err
			}
		}
		t.row(itoa(n), mb(bytes), itoa(files), mib(median(peaks)), ratio(median(none)), kept, ratio(median(one)), changed)
	}
	return nil
}

func count(s spell) string {
	m := written.FindSubmatch(s.out)
	if m == nil {
		return "?"
	}
	return string(m[1])
}

func removeAll(names ...string) error {
	for _, name := range names {
		if err := os.RemoveAll(name); err != nil {
			return err
		}
	}
	return nil
}

func itoa(n int) string      { return strconv.Itoa(n) }
func mb(n int64) string      { return fmt.Sprintf("%.1f", float64(n)/1e6) }
func mib(n float64) string   { return fmt.Sprintf("%.0f", n/(1<<20)) }
func ratio(f float64) string { return fmt.Sprintf("%.2f", f) }
