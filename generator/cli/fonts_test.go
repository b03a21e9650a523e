package cli

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestFontFolders(t *testing.T) {
	one, two := t.TempDir(), t.TempDir()
	for _, name := range []string{filepath.Join(one, "b", "B.TTF"), filepath.Join(one, "readme.txt"), filepath.Join(two, "a.otf")} {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(filepath.Base(name)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	f := fontFolders{one, filepath.Join(one, "none"), two}
	names := f.names()
	if want := []string{"system-fonts/0/b/B.TTF", "system-fonts/2/a.otf"}; !slices.Equal(names, want) {
		t.Fatalf("names are %q, want %q", names, want)
	}
	for _, name := range names {
		if data, err := fs.ReadFile(f, name); err != nil || string(data) != filepath.Base(name) {
			t.Errorf("%s has %q: %v", name, data, err)
		}
	}
	for _, name := range []string{"site.yaml", "system-fonts", "system-fonts/0", "system-fonts/9/a.otf", "system-fonts/-1/a.otf", "system-fonts/0/../../x"} {
		if _, err := f.Open(name); err == nil {
			t.Errorf("%s is opened", name)
		}
	}
}
