package publish

import "fmt"

// Current tells what a [Run] would report that finds nothing to do, and the paths
// of the site's files, if the last Run was given the same inputs and nobody has
// touched the files since. ok is false if that is not so, or not known; then only
// a Run can tell.
func Current(dir, inputs string) (report Report, paths []string, ok bool, err error) {
	p, err := locate(dir)
	if err != nil {
		return Report{}, nil, false, err
	}
	unlock, err := p.acquire()
	if err != nil {
		return Report{}, nil, false, err
	}
	defer unlock()
	if err := p.repair(); err != nil {
		return Report{}, nil, false, err
	}
	old, err := readManifest(p.dir)
	if err != nil || inputs == "" || old.inputs != inputs {
		return Report{}, nil, false, nil
	}
	t, err := readTree(p.dir)
	if err != nil {
		return Report{}, nil, false, fmt.Errorf("reading the old site: %w", err)
	}
	b := &build{place: p, old: old, tree: t, adopt: make(map[string]bool)}
	if err := b.findForeign(); err != nil {
		return Report{}, nil, false, err
	}
	for path, e := range old.files {
		if !b.intact(path, e) {
			return Report{}, nil, false, nil
		}
		paths = append(paths, path)
		b.report.Bytes += e.Size
	}
	b.report.Unchanged = len(paths)
	return b.report, paths, true, nil
}
