package publish

import (
	"errors"
	"fmt"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// maxSegment is the longest name of a file or folder in bytes. File systems
// allow 255; encrypted ones as few as 143.
const maxSegment = 120

// checkPaths refuses unsafe paths, paths that are equal where case does not
// count, and files that would have to be folders too. artifacts are sorted.
func checkPaths(artifacts []Artifact) error {
	fold := cases.Fold()
	seen := make(map[string]string) // folded path of a file or folder → its spelling
	files := make(map[string]bool, len(artifacts))
	folders := make(map[string]bool) // and files, whose spelling was looked at
	for _, a := range artifacts {
		if err := checkPath(a.Path); err != nil {
			return fmt.Errorf("artifact %q: %w", a.Path, err)
		}
		if a.Write == nil {
			return fmt.Errorf("artifact %q: nothing writes it", a.Path)
		}
		if files[a.Path] {
			return fmt.Errorf("artifact %q: is there twice", a.Path)
		}
		files[a.Path] = true
		for p := a.Path; p != "." && !folders[p]; p = path.Dir(p) {
			folders[p] = true
			key := fold.String(norm.NFC.String(p))
			if other, ok := seen[key]; ok && other != p {
				return fmt.Errorf("artifact %q: differs from %q in case only", a.Path, other)
			}
			seen[key] = p
		}
	}
	for _, a := range artifacts {
		for p := path.Dir(a.Path); p != "."; p = path.Dir(p) {
			if files[p] {
				return fmt.Errorf("artifact %q: %q is a file, not a folder", a.Path, p)
			}
		}
	}
	return nil
}

// checkPath says what is wrong with a path, nil if it is of a safe form.
func checkPath(p string) error {
	if p == ".nojekyll" {
		return nil
	}
	if !utf8.ValidString(p) {
		return errors.New("the path is not valid UTF-8")
	}
	for segment := range strings.SplitSeq(p, "/") {
		if err := checkSegment(segment); err != nil {
			return err
		}
	}
	return nil
}

// checkSegment says what is wrong with the name of a file or folder.
func checkSegment(s string) error {
	switch {
	case s == "":
		return errors.New("the path has an empty name, or starts or ends with a slash")
	case len(s) > maxSegment:
		return fmt.Errorf("a name in the path has more than %d bytes", maxSegment)
	case s[0] == '.' || s[len(s)-1] == '.':
		return errors.New("a name in the path starts or ends with a dot")
	case reserved(s):
		return errors.New("a name in the path is reserved on Windows")
	}
	for _, r := range s {
		if !unicode.In(r, unicode.L, unicode.Nd, unicode.M) && !strings.ContainsRune("._-", r) {
			return fmt.Errorf("the path has the character %q; letters, digits and . _ - are allowed", r)
		}
	}
	return nil
}

// reserved reports whether Windows gives the name to a device, whatever its
// case and extension.
func reserved(s string) bool {
	stem, _, _ := strings.Cut(strings.ToLower(s), ".")
	switch stem {
	case "con", "prn", "aux", "nul":
		return true
	}
	if len(stem) != 4 || stem[3] < '0' || stem[3] > '9' {
		return false
	}
	return stem[:3] == "com" || stem[:3] == "lpt"
}
