package cli

import (
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/trophycase/trophycase/generator/psn"
	"github.com/trophycase/trophycase/generator/psn/psntest"
)

// kills is how many builds are ended at a random moment.
const kills = 50

// TestKilledBuilds ends real builds at random moments, while the account and the
// site's title change from build to build. At each end the site must be a whole
// one, the old or the new, and the next build must complete.
func TestKilledBuilds(t *testing.T) {
	data := psntest.Small()
	for i := range 12 {
		id := "NPWR7" + string(rune('0'+i/10)) + string(rune('0'+i%10)) + "00_00"
		data.Add(psntest.Make(id, "PS4", "Filler "+id, today.Add(-time.Duration(i)*time.Hour), "PBBBBSSG"), 4)
	}
	b := &killedBuilds{t: t, server: psntest.New(t, data), dir: t.TempDir()}
	start := time.Now()
	b.complete("round -1")
	whole := time.Since(start)
	b.checkWhole()
	r := rand.New(rand.NewPCG(7, 11))
	killed := 0
	for round := range kills {
		b.change(round)
		if b.kill(round, time.Duration(r.Int64N(int64(whole)))) {
			killed++
		}
		b.checkWhole()
		if round%10 == 9 {
			b.complete(b.title(round))
			b.checkWhole()
		}
	}
	t.Logf("%d of %d builds were ended before their end; one takes %v here", killed, kills, whole.Round(time.Millisecond))
	if killed < kills/4 {
		t.Errorf("only %d of %d builds were ended in time to tell anything", killed, kills)
	}
}

type killedBuilds struct {
	t      *testing.T
	server *psntest.Server
	dir    string
}

func (b *killedBuilds) title(round int) string { return "round " + string(rune('A'+round%26)) }

// change makes every page and card of the next build other bytes.
func (b *killedBuilds) change(round int) {
	b.writeConfig(b.title(round))
	b.server.Edit(func(d *psntest.Data) {
		for i := range d.Titles {
			title := &d.Titles[i]
			title.LastUpdatedDateTime.Time = title.LastUpdatedDateTime.Add(time.Minute)
			n := round % len(title.Earned)
			title.Earned[n].Earned, title.Earned[n].EarnedDateTime = true, &psn.Time{Time: title.LastUpdatedDateTime.Time}
			title.Sum()
		}
	})
}

func (b *killedBuilds) writeConfig(title string) {
	if err := os.WriteFile(filepath.Join(b.dir, "site.yaml"), []byte("title: "+title+"\nbase_url: https://me.example/\n"), 0o644); err != nil {
		b.t.Fatal(err)
	}
}

// command is a build as a process of its own: this test's binary, which is the
// program under the name that TestMain knows.
func (b *killedBuilds) command() *exec.Cmd {
	name := filepath.Join(b.dir, "trophycase")
	if _, err := os.Lstat(name); err != nil {
		self, err := os.Executable()
		if err != nil {
			b.t.Fatal(err)
		}
		if err := os.Symlink(self, name); err != nil {
			b.t.Fatal(err)
		}
	}
	source, err := filepath.Abs("../..")
	if err != nil {
		b.t.Fatal(err)
	}
	c := exec.Command(name, "build", "--quiet")
	c.Dir = b.dir
	c.Env = append(os.Environ(), "TROPHYCASE_SOURCE="+source, "PSN_NPSSO="+psntest.NPSSO,
		"PSN_API_URL="+b.server.APIURL, "PSN_AUTH_URL="+b.server.AuthURL)
	return c
}

// kill ends a build after a time; false means that it was done before.
func (b *killedBuilds) kill(round int, after time.Duration) bool {
	c := b.command()
	if err := c.Start(); err != nil {
		b.t.Fatal(err)
	}
	timer := time.AfterFunc(after, func() { _ = c.Process.Kill() })
	err := c.Wait()
	timer.Stop()
	if err != nil && c.ProcessState.Exited() {
		b.t.Fatalf("round %d failed: %v", round, err)
	}
	return err != nil
}

// complete runs a build to its end.
func (b *killedBuilds) complete(title string) {
	b.t.Helper()
	b.writeConfig(title)
	if out, err := b.command().CombinedOutput(); err != nil {
		b.t.Fatalf("the build after kills failed: %v\n%s", err, out)
	}
	if home := b.read("index.html"); !strings.Contains(home, title) {
		b.t.Error("the site is not the new one")
	}
}

func (b *killedBuilds) read(name string) string {
	b.t.Helper()
	data, err := os.ReadFile(filepath.Join(b.dir, "public", name))
	if err != nil {
		b.t.Fatalf("the site is not whole: %v", err)
	}
	return string(data)
}

// checkWhole sees that all pages are of the same build, and that each title has
// its page and its card.
func (b *killedBuilds) checkWhole() {
	b.t.Helper()
	home := b.read("index.html")
	at := strings.Index(home, "round ")
	if at < 0 {
		b.t.Fatal("the front page is not one of ours")
	}
	title := home[at : at+len("round A")]
	pages, err := filepath.Glob(filepath.Join(b.dir, "public", "titles", "*", "index.html"))
	if err != nil || len(pages) != 15 {
		b.t.Fatalf("there are %d title pages, want 15 (%v)", len(pages), err)
	}
	for _, page := range append(pages, filepath.Join(b.dir, "public", "404.html")) {
		data, err := os.ReadFile(page)
		if err != nil || !strings.Contains(string(data), title) || !strings.HasSuffix(string(data), "</html>\n") {
			b.t.Errorf("%s is not of %q: %v", page, title, err)
		}
	}
	cards, err := filepath.Glob(filepath.Join(b.dir, "public", "cards", "titles", "*.png"))
	if err != nil || len(cards) != 15 {
		b.t.Errorf("there are %d cards, want 15 (%v)", len(cards), err)
	}
}
