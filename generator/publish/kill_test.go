package publish

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// childDir names the folder that a child process publishes to until it is
// killed; childMode is how it swaps.
const (
	childDir  = "TROPHYCASE_TEST_PUBLISH_DIR"
	childMode = "TROPHYCASE_TEST_PUBLISH_TWO_RENAMES"
)

// sites are the two sites that the child publishes by turns. They share every
// third file.
func sites() (a, b []string) {
	for i := range 40 {
		path := fmt.Sprintf("titles/t%d/index.html=", i)
		if i%3 == 0 {
			a, b = append(a, path+"both"), append(b, path+"both")
			continue
		}
		a = append(a, path+strings.Repeat("A", 1+100*i))
		b = append(b, path+strings.Repeat("B", 1+90*i))
	}
	return append(a, "only-a=1"), append(b, "only/b=1")
}

// TestChild is no test: it is the process that TestKill kills.
func TestChild(t *testing.T) {
	dir := os.Getenv(childDir)
	if dir == "" {
		t.Skip("runs in TestKill only")
	}
	a, b := sites()
	for {
		for _, words := range [][]string{a, b} {
			if _, err := Run(context.Background(), dir, site(words...), Options{twoRenames: os.Getenv(childMode) != ""}); err != nil {
				t.Fatal(err)
			}
		}
	}
}

var (
	kills    = flag.Int("kills", 20, "how many processes TestKill ends at a random moment, half of them with each way to swap")
	killSeed = flag.Uint64("kill-seed", 0, "the seed of these moments; 0 takes a new one")
)

func TestKill(t *testing.T) {
	seed := *killSeed
	if seed == 0 {
		seed = rand.Uint64()
	}
	t.Logf("to do it again: -kills %d -kill-seed %d", *kills, seed)
	r := rand.New(rand.NewPCG(seed, 1))
	for _, mode := range []string{"", "1"} {
		t.Run("twoRenames="+mode, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "public")
			write(t, dir, "CNAME", "mine")
			a, _ := sites()
			run(t, dir, site(a...))
			past := age(t, dir)
			for range max(1, *kills/2) {
				killOne(t, dir, mode, time.Duration(r.IntN(30_000))*time.Microsecond)
				if mode != "" {
					if err := Repair(dir); err != nil {
						t.Fatal(err)
					}
				}
				wantWhole(t, dir, past)
			}
			run(t, dir, site(a...))
			wantFiles(t, dir, append(a, "CNAME=mine")...)
			wantAlone(t, dir)
		})
	}
}

// killOne starts a child and ends it some time after its first swap.
func killOne(t *testing.T, dir, mode string, after time.Duration) {
	t.Helper()
	child := exec.Command(os.Args[0], "-test.run=^TestChild$")
	child.Env = append(os.Environ(), childDir+"="+dir, childMode+"="+mode)
	before, err := os.Stat(filepath.Join(dir, manifestName))
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(time.Millisecond) {
		now, err := os.Stat(filepath.Join(dir, manifestName))
		if err == nil && !os.SameFile(before, now) {
			break // it works
		}
	}
	time.Sleep(after)
	if err := child.Process.Kill(); err != nil {
		t.Errorf("the child ended by itself: %v", err)
	}
	_ = child.Wait()
}

// wantWhole checks that dir is one of the two sites, manifest and all, and
// that what the two share was never touched.
func wantWhole(t *testing.T, dir string, past time.Time) {
	t.Helper()
	a, b := sites()
	words := a
	got := files(t, dir)
	if _, isB := got["only/b"]; isB {
		words = b
	}
	wantFiles(t, dir, append(words, "CNAME=mine")...)
	m, err := readManifest(dir)
	if err != nil || m.damaged {
		t.Errorf("manifest: damaged %v, %v", m.damaged, err)
	}
	delete(got, "CNAME")
	inManifest := make(map[string]string)
	for path := range m.files {
		inManifest[path] = got[path]
	}
	if diff := cmp.Diff(got, inManifest); diff != "" {
		t.Errorf("manifest (-files +manifest):\n%s", diff)
	}
	for _, path := range []string{"CNAME", "titles/t0/index.html", "titles/t39/index.html"} {
		if !modTime(t, dir, path).Equal(past) {
			t.Errorf("%s changed its time", path)
		}
	}
}
