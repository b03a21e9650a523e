package fetch_test

import (
	"errors"
	"flag"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/trophycase/trophycase/generator/psn/psntest"
	"github.com/trophycase/trophycase/generator/snapshot"
)

var damages = flag.Int("damages", 4, "how often TestDamagedFiles damages each file")

// TestDamagedFiles alters bytes of every file of a good snapshot, or cuts it: the
// next run says so, asks for what was lost and for nothing else, and leaves the very
// snapshot that was there.
func TestDamagedFiles(t *testing.T) {
	a := newAccount(t, psntest.Small())
	a.must()
	a.now = a.now.Add(time.Hour)
	a.server.Edit(func(d *psntest.Data) { d.Summary.TrophyLevel++; d.Summary.TrophyPoint += 15 })
	a.edit(psntest.Grouped, func(t *psntest.Title) { earn(t, 3, a.now) })
	a.must()
	a.must()
	good := a.files()
	r := rand.New(rand.NewPCG(3, 4))
	for _, name := range []string{"changes.jsonl", "history.jsonl"} {
		if good[name] == "" {
			t.Fatalf("there is no %s", name)
		}
	}
	for name, text := range good {
		if name == ".lock" || name == ".gitignore" || filepath.Dir(name) == "pictures" {
			continue
		}
		for range *damages {
			bad := damage(r, []byte(text))
			if err := os.WriteFile(filepath.Join(a.dir, name), bad, 0o644); err != nil {
				t.Fatal(err)
			}
			a.checkMended(name, good, string(bad))
			a.restore(good)
		}
	}
}

// damage turns some bits, or leaves a part or nothing.
func damage(r *rand.Rand, text []byte) []byte {
	bad := slices.Clone(text)
	switch r.IntN(4) {
	case 0:
		return bad[:r.IntN(len(bad))]
	case 1:
		at := r.IntN(len(bad))
		copy(bad[at:], make([]byte, 512))
	default:
		for range 1 + r.IntN(3) {
			// What is altered at the very end is a sum that nothing is wrong with.
			bad[r.IntN(len(bad)-40)] ^= 1 << r.IntN(8)
		}
	}
	return bad
}

func (a *account) checkMended(name string, good map[string]string, bad string) {
	a.t.Helper()
	if _, err := snapshot.Read(os.DirFS(a.dir)); name == "snapshot.json" && errors.As(err, new(*snapshot.VersionError)) {
		return // it is that of a newer program now, and is left alone
	}
	a.server.Forget()
	report, err := a.run(a.t.Context())
	if err != nil {
		a.t.Errorf("%s: %v", name, err)
		return
	}
	told := slices.Contains(report.Damaged, name)
	// Nothing tells of lines that are gone as a whole, or of a line's end.
	whole := filepath.Ext(name) == ".jsonl" && (bad == "" || strings.HasPrefix(good[name], strings.TrimSuffix(bad, "\n")+"\n"))
	if !told && !whole {
		a.t.Errorf("%s was damaged and nothing was said", name)
	}
	after := a.files()
	switch {
	case filepath.Dir(name) == "titles":
		id := name[len("titles/") : len(name)-len(".json")]
		for _, q := range a.server.Requests() {
			if (q.Kind == psntest.Earned || q.Kind == psntest.Trophies) && !strings.Contains(q.Path, id) {
				a.t.Errorf("%s was damaged and %s was asked for", name, q.Path)
			}
		}
		if report.Fetched != 1 {
			a.t.Errorf("%s: %d titles were fetched", name, report.Fetched)
		}
	case name == "snapshot.json", filepath.Ext(name) == ".jsonl":
		// There is a new salt then, or a day or a change less; all else is as before.
		good, after = without(good, name), without(after, name)
	}
	if diff := cmp.Diff(good, after); diff != "" {
		a.t.Errorf("%s, told %v: the snapshot is another one (-good +mended):\n%s", name, told, diff)
	}
	if read, err := snapshot.Read(os.DirFS(a.dir)); err != nil || len(read.Damaged) > 0 {
		a.t.Errorf("%s: afterwards %q, %v", name, read.Damaged, err)
	}
}

func without(files map[string]string, name string) map[string]string {
	rest := maps.Clone(files)
	delete(rest, name)
	return rest
}

func (a *account) restore(files map[string]string) {
	a.t.Helper()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(a.dir, name), []byte(text), 0o644); err != nil {
			a.t.Fatal(err)
		}
	}
}
