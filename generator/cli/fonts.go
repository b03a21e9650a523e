package cli

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
)

// fontFolders is the folders of this computer's fonts as a file system: the n-th
// is system-fonts/n.
type fontFolders []string

const fontsRoot = "system-fonts/"

// Open implements fs.FS.
func (f fontFolders) Open(name string) (fs.File, error) {
	rest, ok := strings.CutPrefix(name, fontsRoot)
	number, file, inside := strings.Cut(rest, "/")
	n, err := strconv.Atoi(number)
	if !ok || !inside || err != nil || n < 0 || n >= len(f) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return os.DirFS(f[n]).Open(file)
}

// names is the fonts of all folders, in the order of their names.
func (f fontFolders) names() []string {
	var list []string
	for n, folder := range f {
		// What cannot be read has no fonts to offer.
		_ = fs.WalkDir(os.DirFS(folder), ".", func(name string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() && slices.Contains([]string{".ttf", ".otf", ".ttc"}, strings.ToLower(path.Ext(name))) {
				list = append(list, fmt.Sprintf("%s%d/%s", fontsRoot, n, name))
			}
			return nil
		})
	}
	slices.Sort(list)
	return list
}
