package generator

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/trophycase/trophycase/generator/publish"
)

func renderText(b *testing.B, j *Job) publish.Report {
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
		if !strings.HasSuffix(a.Path, ".png") && !strings.HasSuffix(a.Path, ".ico") {
			list = append(list, a)
		}
	}
	r, err := publish.Run(b.Context(), j.Out, list, publish.Options{})
	if err != nil {
		b.Fatal(err)
	}
	return r
}

func BenchmarkColdText(b *testing.B) {
	j := sampleJob(b, "feeds:\n  titles: true")
	if dir := os.Getenv("LARGE"); dir != "" {
		j.Snapshot = os.DirFS(dir)
	}
	out := j.Out
	for i := 0; b.Loop(); i++ {
		j.Out = filepath.Join(out, strconv.Itoa(i))
		renderText(b, j)
	}
}

func BenchmarkNoText(b *testing.B) {
	j := sampleJob(b, "feeds:\n  titles: true")
	if dir := os.Getenv("LARGE"); dir != "" {
		j.Snapshot = os.DirFS(dir)
	}
	renderText(b, j)
	for b.Loop() {
		renderText(b, j)
	}
}
