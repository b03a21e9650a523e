package cli

import (
	"io/fs"
	"testing"
	"testing/fstest"
)

func TestOverlay(t *testing.T) {
	o := overlay{
		fstest.MapFS{"templates/title.html": {Data: []byte("own")}, "assets/own.css": {Data: []byte("own")}},
		fstest.MapFS{
			"templates/title.html": {Data: []byte("built in")},
			"templates/base.html":  {Data: []byte("built in")},
			"assets/site.css":      {Data: []byte("built in")},
		},
	}
	want := map[string]string{
		"templates/title.html": "own",
		"templates/base.html":  "built in",
		"assets/own.css":       "own",
		"assets/site.css":      "built in",
	}
	got := map[string]string{}
	err := fs.WalkDir(o, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(o, name)
		got[name] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != len(want) {
		t.Errorf("got %d files, want %d: %v", len(got), len(want), got)
	}
	for name, text := range want {
		if got[name] != text {
			t.Errorf("%s = %q, want %q", name, got[name], text)
		}
	}
	if _, err := o.Open("templates/none.html"); err == nil {
		t.Error("a file that no layer has was opened")
	}
}
