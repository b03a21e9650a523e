package publish

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestFolderRemovedMeanwhile removes the old site, or all that is beside it too,
// while the new one is written.
func TestFolderRemovedMeanwhile(t *testing.T) {
	for _, what := range []string{"public", ".public.staging", "."} {
		t.Run(what, func(t *testing.T) {
			parent := filepath.Join(t.TempDir(), "parent")
			dir := filepath.Join(parent, "public")
			run(t, dir, site("a=1", "same=1"))
			_, err := Run(context.Background(), dir, append(site("b=2", "same=1"), Artifact{Path: "c", Write: func(io.Writer) error {
				return os.RemoveAll(filepath.Join(parent, what))
			}}), Options{Workers: 1})
			switch what {
			case "public":
				if err != nil {
					t.Error(err)
				}
				wantFiles(t, dir, "b=2", "c=", "same=1")
			case ".public.staging":
				if err == nil {
					t.Error("half a site was taken for a whole one")
				}
				wantFiles(t, dir, "a=1", "same=1")
			case ".":
				if err == nil {
					t.Error("a site was published to nowhere")
				}
			}
			run(t, dir, site("b=2", "same=1"))
			wantFiles(t, dir, "b=2", "same=1")
		})
	}
}

// site makes artifacts from "path=content" words; the content is the digest.
func site(words ...string) []Artifact {
	var artifacts []Artifact
	for _, w := range words {
		path, content, _ := strings.Cut(w, "=")
		artifacts = append(artifacts, Artifact{Path: path, Digest: "d-" + content, Write: writes(content)})
	}
	return artifacts
}

func writes(content string) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := io.WriteString(w, content)
		return err
	}
}

func run(t *testing.T, dir string, artifacts []Artifact) Report {
	t.Helper()
	report, err := Run(context.Background(), dir, artifacts, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// files reads all of dir but the manifest, by slash-separated path.
func files(t testing.TB, dir string) map[string]string {
	t.Helper()
	got := make(map[string]string)
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || d.Name() == manifestName {
			return err
		}
		data, err := os.ReadFile(name)
		rel, _ := filepath.Rel(dir, name)
		got[filepath.ToSlash(rel)] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func wantFiles(t testing.TB, dir string, words ...string) {
	t.Helper()
	want := make(map[string]string)
	for _, w := range words {
		path, content, _ := strings.Cut(w, "=")
		want[path] = content
	}
	if diff := cmp.Diff(want, files(t, dir)); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
}

// wantAlone checks that only the folder and its lock are in the parent.
func wantAlone(t *testing.T, dir string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(dir))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Name() != filepath.Base(dir) && e.Name() != "."+filepath.Base(dir)+".lock" {
			t.Errorf("%q was left behind", e.Name())
		}
	}
}

func write(t *testing.T, dir, path, content string) {
	t.Helper()
	name := filepath.Join(dir, filepath.FromSlash(path))
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(content), 0o666); err != nil {
		t.Fatal(err)
	}
}

// age sets the times of all files in dir into the past, an hour apart from
// what a new file would get.
func age(t *testing.T, dir string) time.Time {
	t.Helper()
	past := time.Now().Add(-time.Hour).Truncate(time.Second)
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		return os.Chtimes(name, past, past)
	})
	if err != nil {
		t.Fatal(err)
	}
	return past
}

func modTime(t *testing.T, dir, path string) time.Time {
	t.Helper()
	info, err := os.Stat(filepath.Join(dir, path))
	if err != nil {
		t.Fatal(err)
	}
	return info.ModTime()
}

func TestRun(t *testing.T) {
	for _, twoRenames := range []bool{false, true} {
		t.Run(fmt.Sprintf("twoRenames=%v", twoRenames), func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "new", "public")
			publish := func(words ...string) Report {
				t.Helper()
				r, err := Run(context.Background(), dir, site(words...), Options{twoRenames: twoRenames, Workers: 3})
				if err != nil {
					t.Fatal(err)
				}
				wantAlone(t, dir)
				return r
			}
			steps := []struct {
				words []string
				want  Report
			}{
				{[]string{"index.html=1", "titles/a/index.html=2", ".nojekyll="}, Report{Written: 3, Rendered: 3}},
				{[]string{"index.html=1", "titles/a/index.html=2", ".nojekyll="}, Report{Unchanged: 3}},
				{[]string{"index.html=1", "titles/a/index.html=3", ".nojekyll="}, Report{Written: 1, Rendered: 1, Unchanged: 2}},
				{[]string{"index.html=1", "titles/b/index.html=4"}, Report{Written: 1, Rendered: 1, Unchanged: 1, Removed: 2}},
				{[]string{"index.html/page=1"}, Report{Written: 1, Rendered: 1, Removed: 2}},
				{nil, Report{Removed: 1}},
				{nil, Report{}},
			}
			for i, s := range steps {
				if diff := cmp.Diff(s.want, publish(s.words...)); diff != "" {
					t.Errorf("step %d: report (-want +got):\n%s", i, diff)
				}
				wantFiles(t, dir, s.words...)
			}
		})
	}
}

func TestUnchangedFilesKeepTheirTime(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	run(t, dir, site("a=1", "b=2", "c=3"))
	past := age(t, dir)
	next := site("a=1", "b=2", "c=4")
	next[1].Digest = "other digest, same bytes"
	got := run(t, dir, next)
	if want := (Report{Written: 1, Unchanged: 2, Rendered: 2}); !cmp.Equal(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	for path, kept := range map[string]bool{"a": true, "b": true, "c": false} {
		if same := modTime(t, dir, path).Equal(past); same != kept {
			t.Errorf("%s: kept its time: %v, want %v", path, same, kept)
		}
	}
}

func TestNoChangeWritesNothing(t *testing.T) {
	parent := t.TempDir()
	dir := filepath.Join(parent, "public")
	always := Artifact{Path: "always", Write: writes("x")}
	for name, artifacts := range map[string][]Artifact{
		"by digest": site("a=1", "b/c=2"),
		"by bytes":  append(site("a=1", "b/c=2"), always),
	} {
		run(t, dir, artifacts)
		past := age(t, dir)
		before, _ := os.Stat(dir)
		got := run(t, dir, artifacts)
		if got.Written != 0 || got.Removed != 0 || got.Unchanged != len(artifacts) {
			t.Errorf("%s: got %+v", name, got)
		}
		after, _ := os.Stat(dir)
		if !os.SameFile(before, after) || !modTime(t, dir, manifestName).Equal(past) {
			t.Errorf("%s: the folder was replaced", name)
		}
		wantAlone(t, dir)
	}
}

func TestManifestIsDeterministic(t *testing.T) {
	artifacts := site("ü/index.html=1", "a=2", "b/c=3")
	one, two := filepath.Join(t.TempDir(), "public"), filepath.Join(t.TempDir(), "public")
	run(t, one, artifacts)
	run(t, two, site("a=old"))
	slices.Reverse(artifacts)
	run(t, two, artifacts)
	a, _ := os.ReadFile(filepath.Join(one, manifestName))
	b, _ := os.ReadFile(filepath.Join(two, manifestName))
	if len(a) == 0 || string(a) != string(b) {
		t.Errorf("manifests differ:\n%s\n%s", a, b)
	}
}

func TestFailingWriteLeavesTheOldSite(t *testing.T) {
	boom := errors.New("boom")
	dir := filepath.Join(t.TempDir(), "public")
	run(t, dir, site("a=1", "b=2"))
	next := site("a=3", "b=4", "sub/c=5")
	next[1].Write = func(w io.Writer) error {
		_, _ = io.WriteString(w, "half")
		return boom
	}
	_, err := Run(context.Background(), dir, next, Options{})
	if !errors.Is(err, boom) || !strings.Contains(err.Error(), `"b"`) {
		t.Errorf("got %v", err)
	}
	wantFiles(t, dir, "a=1", "b=2")
	wantAlone(t, dir)
}

func TestCancel(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	run(t, dir, site("a=1"))
	ctx, cancel := context.WithCancel(context.Background())
	next := site("a=2", "b=3")
	next[0].Write = func(io.Writer) error { cancel(); return nil }
	if _, err := Run(ctx, dir, next, Options{Workers: 1}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	wantFiles(t, dir, "a=1")
	wantAlone(t, dir)
}

func TestBusy(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	artifacts := site("a=1")
	artifacts[0].Write = func(io.Writer) error {
		if _, err := Run(context.Background(), dir, site("b=2"), Options{}); !errors.Is(err, ErrBusy) {
			t.Errorf("second Run: got %v, want ErrBusy", err)
		}
		if err := Repair(dir); !errors.Is(err, ErrBusy) {
			t.Errorf("Repair: got %v, want ErrBusy", err)
		}
		return nil
	}
	run(t, dir, artifacts)
	run(t, dir, site("b=2"))
}

func TestProgress(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	run(t, dir, site("a=1"))
	var mu sync.Mutex
	var got []int
	_, err := Run(context.Background(), dir, site("a=1", "b=2", "c=3"), Options{Progress: func(done, total int) {
		if !mu.TryLock() || total != 3 {
			t.Errorf("progress called twice at once, or with total %d", total)
			return
		}
		defer mu.Unlock()
		got = append(got, done)
	}})
	if err != nil || !slices.Equal(got, []int{1, 2, 3}) {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestPlaces(t *testing.T) {
	t.Run("file", func(t *testing.T) {
		dir := t.TempDir()
		write(t, dir, "public", "text")
		_, err := Run(context.Background(), filepath.Join(dir, "public"), nil, Options{})
		if err == nil || !strings.Contains(err.Error(), "is a file") {
			t.Errorf("got %v", err)
		}
	})
	t.Run("link", func(t *testing.T) {
		dir := t.TempDir()
		real, link := filepath.Join(dir, "real"), filepath.Join(dir, "link")
		if err := errors.Join(os.Mkdir(real, 0o750), os.Symlink("real", link)); err != nil {
			t.Skip(err)
		}
		run(t, link, site("a=1"))
		run(t, link, site("a=2"))
		wantFiles(t, real, "a=2")
		if info, _ := os.Lstat(link); info.Mode()&fs.ModeSymlink == 0 {
			t.Error("the link is gone")
		}
		if info, _ := os.Stat(real); runtime.GOOS != "windows" && info.Mode().Perm() != 0o750 {
			t.Errorf("the folder's mode is now %v", info.Mode())
		}
	})
	t.Run("working folder", func(t *testing.T) {
		t.Chdir(t.TempDir())
		for _, dir := range []string{".", "..", string(filepath.Separator)} {
			if _, err := Run(context.Background(), dir, nil, Options{}); err == nil {
				t.Errorf("%q was accepted", dir)
			}
		}
		run(t, "public", site("a=1"))
	})
}

func TestRepair(t *testing.T) {
	parent := t.TempDir()
	dir := filepath.Join(parent, "public")
	run(t, dir, site("a=1"))
	if err := os.Rename(dir, filepath.Join(parent, ".public.old")); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(parent, ".public.staging"), "b", "2")
	if err := Repair(dir); err != nil {
		t.Fatal(err)
	}
	wantFiles(t, dir, "a=1")
	wantAlone(t, dir)
	if err := Repair(filepath.Join(parent, "missing")); err != nil {
		t.Errorf("a missing folder: %v", err)
	}
}
