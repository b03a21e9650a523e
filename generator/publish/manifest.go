package publish

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// manifestName is the manifest's name in the published folder. No artifact
// can have it, for it starts with a dot.
const manifestName = ".trophycase.json"

// manifestVersion is raised when a reader of the old form would misread the
// new one. A manifest of another version is not trusted: every artifact is
// written anew.
const manifestVersion = 1

// An entry is what the manifest keeps about one file.
type entry struct {
	Digest string `json:"digest"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"` // of the bytes, in hex
}

// A manifest names the files that the last build wrote.
type manifest struct {
	files map[string]entry
	// inputs is Options.Inputs of the Run that wrote it.
	inputs string
	raw    []byte    // as on disk; nil if there is none
	time   time.Time // when it was written, after all other files
	// damaged is set if there is a manifest that can't be read. The folder
	// is ours then, but which files are is not known.
	damaged bool
}

// readManifest reads the manifest in dir; a folder without one has an empty
// manifest.
func readManifest(dir string) (manifest, error) {
	name := filepath.Join(dir, manifestName)
	info, err := os.Lstat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return manifest{}, nil
	}
	if err != nil {
		return manifest{}, err
	}
	if !info.Mode().IsRegular() {
		return manifest{}, fmt.Errorf("%q is not a regular file; delete it", name)
	}
	raw, err := os.ReadFile(name)
	if err != nil {
		return manifest{}, err
	}
	m := manifest{raw: raw, time: info.ModTime()}
	var content struct {
		Version int              `json:"version"`
		Inputs  string           `json:"inputs"`
		Files   map[string]entry `json:"files"`
	}
	if json.Unmarshal(raw, &content) != nil || content.Version != manifestVersion {
		m.damaged = true
		return m, nil
	}
	for path := range content.Files {
		if checkPath(path) != nil {
			delete(content.Files, path)
		}
	}
	m.files, m.inputs = content.Files, content.Inputs
	return m, nil
}

// encodeManifest gives the manifest's bytes, one file a line. The artifacts
// are sorted, and entries has one entry for each.
func encodeManifest(artifacts []Artifact, entries []entry, inputs string) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "{\"version\": %d, ", manifestVersion)
	if inputs != "" {
		fmt.Fprintf(&b, "\"inputs\": %s, ", mustJSON(inputs))
	}
	b.WriteString("\"files\": {")
	for i, a := range artifacts {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString("\n")
		b.Write(mustJSON(a.Path))
		b.WriteString(": ")
		b.Write(mustJSON(entries[i]))
	}
	b.WriteString("\n}}\n")
	return b.Bytes()
}

// mustJSON encodes a text or an entry, which can't fail.
func mustJSON(v any) []byte {
	data, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return data
}
