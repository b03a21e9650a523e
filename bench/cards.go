package main

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"regexp"
	"strconv"
)

// A drawn card's cost: the processor's time and the bytes.
type drawn struct{ Seconds, Bytes float64 }

// cards measures warm renderers, each drawing the same kind of card, a title's with
// another cover each time.
func (b *bench) cards() error {
	t := b.report.table("cards", "card", "renderer", "kB", "processor's time, it : ours")
	peers := []string{"satori", "napi", "sharp"}
	for _, kind := range []string{"social", "profile", "badge"} {
		ratios, sizes := map[string][]float64{}, map[string]float64{}
		for range b.rounds {
			ours, err := b.draw(kind)
			if err != nil {
				return err
			}
			sizes[""] = ours.Bytes
			for _, peer := range peers {
				s, err := b.measure(filepath.Join(b.root, "bench", "peers"), "node", "cards.mjs", peer, kind, "30")
				if err != nil {
					return err
				}
				var theirs drawn
				if err := json.Unmarshal(s.out, &theirs); err != nil {
					return fmt.Errorf("%s: %q", peer, s.out)
				}
				ratios[peer], sizes[peer] = append(ratios[peer], theirs.Seconds/ours.Seconds), theirs.Bytes
			}
		}
		t.row(kind, "trophycase", kb(sizes[""]), "1")
		for _, peer := range peers {
			t.row(kind, map[string]string{"satori": "satori + resvg-js", "napi": "@napi-rs/canvas", "sharp": "sharp, SVG over the picture, zlib 1"}[peer], kb(sizes[peer]), fmt.Sprintf("%.1f", median(ratios[peer])))
		}
	}
	return nil
}

var metrics = regexp.MustCompile(`([0-9.]+) B/card\s+([0-9.]+) cpu-ns/card`)

// draw draws cards with our renderer.
func (b *bench) draw(kind string) (drawn, error) {
	s, err := b.measure(filepath.Join(b.root, "generator", "card"), b.path("card.test"), "-test.run=^$", "-test.bench=^BenchmarkWarm$/^"+kind+"(-level)?$", "-test.benchtime=150x")
	if err != nil {
		return drawn{}, err
	}
	m := metrics.FindSubmatch(s.out)
	if m == nil {
		return drawn{}, fmt.Errorf("no figures in %q", s.out)
	}
	bytes, _ := strconv.ParseFloat(string(m[1]), 64)
	nanoseconds, _ := strconv.ParseFloat(string(m[2]), 64)
	return drawn{nanoseconds / 1e9, bytes}, nil
}

func kb(n float64) string { return fmt.Sprintf("%.1f", n/1000) }

// start measures one badge as a whole process.
func (b *bench) start() error {
	t := b.report.table("start", "one badge, a whole process", "processor's time, it : ours", "wall, it : ours")
	var cpu, wall []float64
	for range b.rounds {
		if err := removeAll(b.path("out")); err != nil {
			return err
		}
		ours, err := b.measure(filepath.Join(b.root, "generator"), b.path("site.test"), "-test.run=^$", "-test.bench=^BenchmarkBadge$", "-test.benchtime=1x", "-large="+filepath.Join(b.root, "assets", "sample"), "-large-out="+b.path("out"))
		if err != nil {
			return err
		}
		theirs, err := b.measure(filepath.Join(b.root, "bench", "peers"), "node", "cards.mjs", "resvg", "badge", "1")
		if err != nil {
			return err
		}
		cpu, wall = append(cpu, theirs.cpu.Seconds()/ours.cpu.Seconds()), append(wall, theirs.wall.Seconds()/ours.wall.Seconds())
	}
	t.row("resvg-js from a plain SVG", ratio(median(cpu)), ratio(median(wall)))
	return nil
}

// all draws all cards of a site from nothing.
func (b *bench) all() error {
	t := b.report.table("all", "titles", "cards", "MB", "wall, s", "processor, s")
	const titles = 1000
	var wall, cpu []float64
	var bytes int64
	var files int
	if err := b.snapshot(titles); err != nil {
		return err
	}
	for range b.rounds {
		out := b.path("out")
		if err := removeAll(out); err != nil {
			return err
		}
		s, err := b.measure(filepath.Join(b.root, "generator"), b.path("site.test"), "-test.run=^$", "-test.bench=^BenchmarkCards$", "-test.benchtime=1x", "-large="+b.data(titles), "-large-out="+out)
		if err != nil {
			return err
		}
		wall, cpu = append(wall, s.wall.Seconds()), append(cpu, s.cpu.Seconds())
		if bytes, files, err = size(out); err != nil {
			return err
		}
	}
	t.row(itoa(titles), itoa(files), mb(bytes), fmt.Sprintf("%.1f", median(wall)), fmt.Sprintf("%.1f", median(cpu)))
	return nil
}
