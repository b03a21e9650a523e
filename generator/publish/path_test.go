package publish

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestCheckPath(t *testing.T) {
	good := []string{"index.html", ".nojekyll", "titles/夜の 庭"[:len("titles/夜")] + "/index.html", "a/ünï-1_2.png", "com.html/x", "conifer", strings.Repeat("x", 120)}
	for _, p := range good {
		if err := checkPath(p); err != nil {
			t.Errorf("%q: %v", p, err)
		}
	}
	bad := []string{"", "/a", "a/", "a//b", "..", "a/../b", "./a", ".", ".git", "a/.nojekyll", manifestName, "a b", `a\b`, "a:b", "a\x00", "a\n", "a?", "a%2e",
		"nul", "CON.txt", "x/Com1", "lpt9.png", "a.", "\xff", "a\u202eb", "a\u200bb", "trophy™", strings.Repeat("x", 121), strings.Repeat("夜", 41)}
	for _, p := range bad {
		if err := checkPath(p); err == nil {
			t.Errorf("%q was accepted", p)
		}
	}
}

func TestClashingPaths(t *testing.T) {
	tests := map[string][]string{
		"twice":         {"a", "a"},
		"case":          {"a/B", "a/b"},
		"folder's case": {"A/x", "a/y"},
		"composition":   {"\u00e9", "e\u0301"},
		"file, folder":  {"a", "a-b", "a/b"},
	}
	for name, paths := range tests {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "public")
			if _, err := Run(context.Background(), dir, site(paths...), Options{}); err == nil {
				t.Error("accepted")
			}
			if _, err := os.Lstat(dir); err == nil {
				t.Error("the folder was made")
			}
		})
	}
}

func FuzzCheckPath(f *testing.F) {
	for _, p := range []string{"index.html", "../x", "a/b", "a\\b", "ü", "nul.txt"} {
		f.Add(p)
	}
	f.Fuzz(func(t *testing.T, p string) {
		if checkPath(p) != nil {
			return
		}
		if !filepath.IsLocal(filepath.FromSlash(p)) || !fs.ValidPath(p) || strings.ContainsAny(p, "\\:*?\"<>|") {
			t.Errorf("%q is not safe but accepted", p)
		}
	})
}
