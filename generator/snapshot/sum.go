package snapshot

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"slices"
)

// Sum is the hash of all that Read reads: two snapshots with the same one give the
// same model. It costs a tenth of reading them.
func Sum(fsys fs.FS) (string, error) {
	names := []string{headFile, profileFile, titlesFile, historyFile, changesFile, picturesFile}
	entries, err := fs.ReadDir(fsys, titlesDir)
	if err != nil && !notExist(err) {
		return "", fmt.Errorf("snapshot: %w", err)
	}
	for _, e := range entries {
		if _, ok := idOfFile(e.Name()); ok {
			names = append(names, titlesDir+"/"+e.Name())
		}
	}
	sums := make([][sha256.Size]byte, len(names))
	failed := make([]error, len(names))
	each(len(names), func(i int) {
		data, err := fs.ReadFile(fsys, names[i])
		if err != nil && !notExist(err) {
			failed[i] = err
		}
		sums[i] = sha256.Sum256(data)
	})
	if i := slices.IndexFunc(failed, func(err error) bool { return err != nil }); i >= 0 {
		return "", fmt.Errorf("snapshot: %w", failed[i])
	}
	h := sha256.New()
	for i, name := range names {
		fmt.Fprintf(h, "%d:%s", len(name), name)
		h.Write(sums[i][:])
	}
	return hex.EncodeToString(h.Sum(nil)[:16]), nil
}
