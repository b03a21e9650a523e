package cli

import (
	"crypto/sha256"
	"encoding/hex"
	"flag"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/trophycase/trophycase/generator/psn/psntest"
	"github.com/trophycase/trophycase/generator/snapshot"
)

var (
	kills    = flag.Int("kills", 8, "how many builds TestKilledBuilds ends at a random moment")
	killSeed = flag.Uint64("kill-seed", 0, "the seed of these moments; 0 takes a new one")
)

// TestKilledBuilds ends real builds by SIGKILL at random moments, while the account
// goes from one state to another and back. At each end the site must be, byte for
// byte, that of one of the two states, and the snapshot must hold all that it held;
// and in between a build must complete as if nothing had been.
func TestKilledBuilds(t *testing.T) {
	seed := *killSeed
	if seed == 0 {
		seed = rand.Uint64()
	}
	t.Logf("to do it again: -kills %d -kill-seed %d", *kills, seed)
	r := rand.New(rand.NewPCG(seed, 1))
	b := newKilledBuilds(t)
	where := map[string]int{}
	for round := range *kills {
		b.enter(round % 2)
		// Two thirds in the middle of all, one in what PSN answers.
		command := "build"
		if round%3 == 0 {
			command = "fetch"
		}
		where[b.kill(command, time.Duration(r.Int64N(int64(b.lasts[command]))))]++
		b.check()
		if round%10 == 9 || round == *kills-1 {
			b.complete()
		}
	}
	t.Logf("%d of %d processes were ended: %v; they take %v here", *kills-where["done"], *kills, where, b.lasts)
	if where["done"] > *kills*2/3 {
		t.Error("too few were ended in time to tell anything")
	}
}

// killedBuilds is a folder whose builds are ended, and what undisturbed builds of
// the two states make.
type killedBuilds struct {
	*process
	state int                  // of the account
	shown int                  // by the site
	sites [2]map[string]string // by state, the digest of each file
	snaps [2]map[string]string
	lasts map[string]time.Duration // by command
}

func newKilledBuilds(t *testing.T) *killedBuilds {
	data := psntest.Small()
	for i := range 4 {
		id := fmt.Sprintf("NPWR7%d000_00", i)
		data.Add(psntest.Make(id, "PS4", "Filler "+id, today.Add(-time.Duration(i)*time.Hour), "PBBBBSSG"), 4)
	}
	b := &killedBuilds{process: newProcess(t, data), lasts: map[string]time.Duration{}}
	mine := b.dir
	for state := range b.sites {
		b.dir = t.TempDir()
		b.enter(state)
		b.shown = 1 - state
		b.kill("fetch", time.Hour)
		b.kill("build", time.Hour)
		b.sites[state], b.snaps[state] = b.digests("public"), b.digests("snapshot")
	}
	b.dir = mine
	b.enter(1)
	b.build()
	b.check()
	return b
}

// enter brings the account, and the site's title, into a state that differs from the
// other in every title, and so in every page and card.
func (b *killedBuilds) enter(state int) {
	b.t.Helper()
	b.state = state
	yaml := fmt.Sprintf("title: State %d\nbase_url: https://me.example/\n", state)
	if err := os.WriteFile(filepath.Join(b.dir, "site.yaml"), []byte(yaml), 0o644); err != nil {
		b.t.Fatal(err)
	}
	b.server.Edit(func(d *psntest.Data) {
		for i := range d.Titles {
			title := &d.Titles[i]
			title.TrophySetVersion = fmt.Sprintf("01.0%d", state)
			for j := range title.Trophies {
				title.Trophies[j].TrophyDetail = fmt.Sprintf("In state %d", state)
			}
			for j := range title.Earned {
				if e := title.Earned[j].EarnedDateTime; e != nil {
					e.Time = e.Truncate(time.Hour).Add(time.Duration(state) * time.Minute)
				}
			}
		}
	})
}

// build runs a build to its end.
func (b *killedBuilds) build() {
	b.t.Helper()
	if out, err := b.command("trophycase", "build", "--quiet").CombinedOutput(); err != nil {
		b.t.Fatalf("the build failed: %v\n%s", err, out)
	}
}

// complete is a build after all the killed ones.
func (b *killedBuilds) complete() {
	b.t.Helper()
	b.build()
	if diff := cmp.Diff(b.sites[b.state], b.digests("public")); diff != "" {
		b.t.Errorf("the site is not that of an undisturbed build (-undisturbed +this):\n%s", diff)
	}
	if diff := cmp.Diff(b.snaps[b.state], b.digests("snapshot")); diff != "" {
		b.t.Errorf("the snapshot is not that of an undisturbed build (-undisturbed +this):\n%s", diff)
	}
}

// kill ends a command after a time, and says in which part of its work it was.
func (b *killedBuilds) kill(command string, after time.Duration) string {
	b.t.Helper()
	c := b.command("trophycase", command, "--quiet")
	start := time.Now()
	if err := c.Start(); err != nil {
		b.t.Fatal(err)
	}
	timer := time.AfterFunc(after, func() { _ = c.Process.Kill() })
	err := c.Wait()
	timer.Stop()
	if err != nil && c.ProcessState.Exited() {
		b.t.Fatalf("%s failed by itself: %v", command, err)
	}
	if err == nil {
		if b.shown != b.state {
			b.lasts[command] = time.Since(start)
		}
		return "done"
	}
	if _, err := os.Stat(filepath.Join(b.dir, ".public.staging")); err == nil {
		return "rendering or swapping"
	}
	if command == "build" {
		return "before or after rendering"
	}
	return "fetching"
}

// check sees that the site is one of the two, and that the snapshot is whole.
func (b *killedBuilds) check() {
	b.t.Helper()
	got := b.digests("public")
	b.shown = 0
	if diff := cmp.Diff(b.sites[0], got); diff != "" {
		b.shown = 1
		if !cmp.Equal(b.sites[1], got) {
			b.t.Errorf("the site is neither of the two (-first +this):\n%s", diff)
		}
	}
	read, err := snapshot.Read(os.DirFS(filepath.Join(b.dir, "snapshot")))
	if err != nil || len(read.Damaged) > 0 {
		b.t.Fatalf("the snapshot is damaged: %q, %v", read.Damaged, err)
	}
	titles := read.Model(snapshot.ModelOptions{}).Titles
	for _, title := range titles {
		if !title.Fetched {
			b.t.Errorf("the snapshot lost what it knew of %s", title.Name)
		}
	}
	if len(titles) != 7 {
		b.t.Errorf("the snapshot has %d titles, want 7", len(titles))
	}
}

// digests is the files below a folder. snapshot.json has a salt that no two
// snapshots share.
func (p *process) digests(folder string) map[string]string {
	p.t.Helper()
	files := map[string]string{}
	root := filepath.Join(p.dir, folder)
	err := fs.WalkDir(os.DirFS(root), ".", func(name string, d fs.DirEntry, err error) error {
		// The salt of a snapshot is its own, and so is what follows from it.
		if err != nil || d.IsDir() || name == "snapshot.json" || name == ".trophycase.json" {
			return err
		}
		data, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
		sum := sha256.Sum256(data)
		files[name] = hex.EncodeToString(sum[:])
		return err
	})
	if err != nil {
		p.t.Fatal(err)
	}
	return files
}
