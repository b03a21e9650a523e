package publish

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestForeignFiles(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	write(t, dir, ".gitignore", "*")
	write(t, dir, "CNAME", "trophies.example")
	write(t, dir, "titles/mine.txt", "mine")
	past := age(t, dir)
	if err := os.Symlink("CNAME", filepath.Join(dir, "link")); err != nil {
		t.Skip(err)
	}
	if err := os.MkdirAll(filepath.Join(dir, "empty", "inner"), 0o755); err != nil {
		t.Fatal(err)
	}
	for i, content := range []string{"1", "2", "2"} {
		got := run(t, dir, site("titles/index.html="+content))
		if want := []string{"CNAME", "link", "titles/mine.txt"}; !slices.Equal(got.Foreign, want) {
			t.Errorf("run %d: foreign %q, want %q", i, got.Foreign, want)
		}
		wantFiles(t, dir, ".gitignore=*", "CNAME=trophies.example", "link=trophies.example", "titles/mine.txt=mine", "titles/index.html="+content)
		if !modTime(t, dir, "CNAME").Equal(past) {
			t.Errorf("run %d: a foreign file changed its time", i)
		}
		if target, err := os.Readlink(filepath.Join(dir, "link")); err != nil || target != "CNAME" {
			t.Errorf("run %d: link to %q, %v", i, target, err)
		}
		if info, err := os.Stat(filepath.Join(dir, "empty", "inner")); err != nil || !info.IsDir() {
			t.Errorf("run %d: empty folder: %v", i, err)
		}
	}
}

func TestForeignFileInTheWay(t *testing.T) {
	tests := map[string]struct {
		foreign  string
		conflict []string
	}{
		"other bytes": {"index.html=mine", []string{"index.html"}},
		"parent":      {"titles=mine", []string{"titles"}},
		"child":       {"index.html/mine.txt=x", []string{"index.html"}},
		"equal bytes": {"index.html=1", nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "public")
			path, content, _ := strings.Cut(test.foreign, "=")
			write(t, dir, path, content)
			_, err := Run(context.Background(), dir, site("index.html=1", "titles/index.html=2"), Options{})
			wantAlone(t, dir)
			if test.conflict == nil {
				if err != nil {
					t.Fatal(err)
				}
				wantFiles(t, dir, "index.html=1", "titles/index.html=2")
				return
			}
			var foreign *ForeignError
			if !errors.As(err, &foreign) || !slices.Equal(foreign.Paths, test.conflict) {
				t.Fatalf("got %v, want a ForeignError for %q", err, test.conflict)
			}
			if !strings.Contains(err.Error(), test.conflict[0]) {
				t.Errorf("the error does not name the file: %v", err)
			}
			wantFiles(t, dir, test.foreign)
		})
	}
}

func TestFilesAddedDuringTheBuildStay(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	run(t, dir, site("a=1"))
	next := site("a=2")
	next[0].Write = func(w io.Writer) error {
		write(t, dir, "new/mine.txt", "mine")
		return writes("2")(w)
	}
	run(t, dir, next)
	wantFiles(t, dir, "a=2", "new/mine.txt=mine")
}

func TestTamperedFilesAreWrittenAgain(t *testing.T) {
	future := time.Now().Add(time.Hour)
	tests := map[string]func(t *testing.T, name string) error{
		"deleted": func(_ *testing.T, name string) error { return os.Remove(name) },
		"other":   func(_ *testing.T, name string) error { return os.WriteFile(name, []byte("longer"), 0o666) },
		"same size": func(_ *testing.T, name string) error {
			return errors.Join(os.WriteFile(name, []byte("7"), 0o666), os.Chtimes(name, future, future))
		},
		"link": func(t *testing.T, name string) error {
			target := filepath.Join(t.TempDir(), "elsewhere")
			return errors.Join(os.WriteFile(target, []byte("1"), 0o666), os.Remove(name), os.Symlink(target, name))
		},
		"folder": func(_ *testing.T, name string) error { return errors.Join(os.Remove(name), os.Mkdir(name, 0o777)) },
	}
	for name, tamper := range tests {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "public")
			artifacts := site("a/x=1", "b=2")
			run(t, dir, artifacts)
			if err := tamper(t, filepath.Join(dir, "a", "x")); err != nil {
				t.Skip(err)
			}
			if name == "folder" { // not ours: somebody's folder is not deleted
				var foreign *ForeignError
				if _, err := Run(context.Background(), dir, artifacts, Options{}); !errors.As(err, &foreign) {
					t.Fatalf("got %v, want a ForeignError", err)
				}
				return
			}
			if got := run(t, dir, artifacts); got.Written != 1 || got.Unchanged != 1 {
				t.Errorf("got %+v", got)
			}
			wantFiles(t, dir, "a/x=1", "b=2")
		})
	}
}

func TestTouchedFileIsNotRendered(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	run(t, dir, site("a=1"))
	future := time.Now().Add(time.Hour)
	if err := os.Chtimes(filepath.Join(dir, "a"), future, future); err != nil {
		t.Fatal(err)
	}
	if got := run(t, dir, site("a=1")); got.Rendered != 0 || got.Unchanged != 1 {
		t.Errorf("got %+v", got)
	}
}

func TestDamagedManifest(t *testing.T) {
	for name, content := range map[string]string{"cut": `{"version": 1, "fi`, "newer": `{"version": 99, "files": {}}`} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "public")
			run(t, dir, site("a=1", "b=2"))
			write(t, dir, manifestName, content)
			got := run(t, dir, site("a=3"))
			if want := (Report{Written: 1, Rendered: 1, Bytes: 1, Foreign: []string{"b"}}); !cmp.Equal(got, want) {
				t.Errorf("got %+v, want %+v", got, want)
			}
			wantFiles(t, dir, "a=3", "b=2")
		})
	}
}
