package generator

import (
	"flag"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/trophycase/trophycase/generator/publish"
)

// What bench measures with, as whole processes: see its main.go.
var (
	largeDir = flag.String("large", "", "the snapshot for the benchmarks of large sites")
	largeOut = flag.String("large-out", "", "the folder for their site")
)

// largeJob is the sample's settings with a large snapshot.
func largeJob(b *testing.B) *Job {
	b.Helper()
	j := sampleJob(b, "base_url: https://hunter.example/trophies/")
	dir := *largeDir
	if dir == "" {
		dir = thousand(b, j.Snapshot)
	}
	j.Snapshot = os.DirFS(dir)
	if *largeOut != "" {
		j.Out = *largeOut
	}
	return j
}

// renderOnly renders the files that a test of their paths lets through.
func renderOnly(b *testing.B, j *Job, wanted func(string) bool) publish.Report {
	b.Helper()
	s, err := j.site()
	if err != nil {
		b.Fatal(err)
	}
	all, err := s.artifacts()
	if err != nil {
		b.Fatal(err)
	}
	var list []publish.Artifact
	for _, a := range all {
		if wanted(a.Path) {
			list = append(list, a)
		}
	}
	r, err := publish.Run(b.Context(), j.Out, list, publish.Options{})
	if err != nil {
		b.Fatal(err)
	}
	return r
}

// drawn says that a file is a picture that the program draws.
func drawn(path string) bool {
	return strings.HasPrefix(path, "cards/") || strings.HasPrefix(path, "icons/") || path == faviconPath
}

// each runs a benchmark into a new folder each time.
func each(b *testing.B, run func(*Job)) {
	j := largeJob(b)
	out := j.Out
	for i := 0; b.Loop(); i++ {
		if i > 0 {
			j.Out = filepath.Join(out, strconv.Itoa(i))
		}
		run(j)
	}
}

// BenchmarkText renders all but the cards, from nothing.
func BenchmarkText(b *testing.B) {
	each(b, func(j *Job) { renderOnly(b, j, func(path string) bool { return !drawn(path) }) })
}

// BenchmarkCards draws the cards alone, from nothing: with 1,000 titles, 1,000 cards
// and as many link previews, and those of the platinums.
func BenchmarkCards(b *testing.B) { each(b, func(j *Job) { renderOnly(b, j, drawn) }) }

// BenchmarkBadge draws one badge, with all that comes before: the snapshot, the
// statistics, the fonts.
func BenchmarkBadge(b *testing.B) {
	each(b, func(j *Job) {
		r := renderOnly(b, j, func(path string) bool { return path == "cards/badges/level.png" })
		if r.Written != 1 {
			b.Fatal("no badge was drawn")
		}
	})
}
