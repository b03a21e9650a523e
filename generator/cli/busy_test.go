package cli

import (
	"io"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/trophycase/trophycase/generator/psn/psntest"
	"github.com/trophycase/trophycase/generator/publish"
	"github.com/trophycase/trophycase/generator/snapshot"
)

// TestSecondBuild starts a build while another one has the snapshot, or the site:
// it is told so, PSN is not asked, and the other one's work stays.
func TestSecondBuild(t *testing.T) {
	r := &faultRun{t: t, server: psntest.New(t, psntest.Small()), dir: t.TempDir(), now: today}
	if err := os.CopyFS(r.dir, os.DirFS(firstBuild(t))); err != nil {
		t.Fatal(err)
	}
	r.server.Forget()
	before := r.files("snapshot")

	store, err := snapshot.Open(filepath.Join(r.dir, "snapshot"))
	if err != nil {
		t.Fatal(err)
	}
	if code, out := r.build(); code != ExitNothing || !strings.Contains(out, "another build is using this snapshot") || !strings.Contains(out, "Wait until it has ended") {
		t.Errorf("exit code is %d: %s", code, out)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	if n := len(r.server.Requests()); n != 0 {
		t.Errorf("PSN got %d requests", n)
	}
	if !maps.Equal(before, r.files("snapshot")) {
		t.Error("the snapshot changed")
	}

	out := filepath.Join(r.dir, "public")
	artifact := publish.Artifact{Path: "index.html", Digest: "x", Write: func(w io.Writer) error {
		if code, said := r.build(); code != ExitNothing || !strings.Contains(said, "another build is publishing to this folder") {
			t.Errorf("exit code is %d: %s", code, said)
		}
		_, err := io.WriteString(w, "the other build's")
		return err
	}}
	if _, err := publish.Run(t.Context(), out, []publish.Artifact{artifact}, publish.Options{}); err != nil {
		t.Fatal(err)
	}
	if home := r.files("public")["index.html"]; home != "the other build's" {
		t.Errorf("the site is %q", home)
	}
}

// files is the text of a folder by name, the lock's file aside.
func (r *faultRun) files(folder string) map[string]string {
	r.t.Helper()
	files := map[string]string{}
	root := filepath.Join(r.dir, folder)
	err := filepath.Walk(root, func(path string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() || info.Name() == ".lock" {
			return err
		}
		data, err := os.ReadFile(path)
		files[strings.TrimPrefix(filepath.ToSlash(path), filepath.ToSlash(root)+"/")] = string(data)
		return err
	})
	if err != nil {
		r.t.Fatal(err)
	}
	return files
}
