package publish

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"testing"
)

func BenchmarkNoChange(b *testing.B) {
	dir := filepath.Join(b.TempDir(), "public")
	var artifacts []Artifact
	for i := range 3000 {
		artifacts = append(artifacts, site(fmt.Sprintf("titles/t%d/index.html=%d", i, i))...)
	}
	if _, err := Run(context.Background(), dir, artifacts, Options{}); err != nil {
		b.Fatal(err)
	}
	b.ResetTimer()
	for b.Loop() {
		report, err := Run(context.Background(), dir, artifacts, Options{})
		if err != nil || report.Written+report.Rendered != 0 {
			b.Fatal(report, err)
		}
	}
}

func BenchmarkOneChange(b *testing.B) {
	dir := filepath.Join(b.TempDir(), "public")
	content := make(map[string]string)
	for i := range 3000 {
		content[fmt.Sprintf("titles/t%d/index.html", i)] = fmt.Sprint(i)
	}
	n := 0
	for b.Loop() {
		n++
		content["titles/t0/index.html"] = fmt.Sprint("new ", n)
		var artifacts []Artifact
		for _, p := range slices.Sorted(maps.Keys(content)) {
			artifacts = append(artifacts, site(p+"="+content[p])...)
		}
		if _, err := Run(context.Background(), dir, artifacts, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
