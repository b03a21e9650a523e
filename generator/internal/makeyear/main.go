// Makeyear plays a year of builds on a snapshot and commits after each as the
// workflow does, to measure how the branch trophy-data grows:
//
//	go run ./generator/internal/makelarge -titles 500 FOLDER
//	go run ./generator/internal/makeyear FOLDER
//
// Each day has eight builds. The first notes the day; each asks for the earned
// rates of up to 20 titles again that are a month old, half of which moved; and on
// three days of five the owner earns four trophies in one title, seen by two builds.
// The repository is FOLDER.git.
package main

import (
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/trophycase/trophycase/generator/psn"
	"github.com/trophycase/trophycase/generator/snapshot"
)

func main() {
	days := flag.Int("days", 365, "how many days")
	flag.Parse()
	if flag.NArg() != 1 {
		fmt.Fprintln(os.Stderr, "usage: makeyear [-days N] FOLDER")
		os.Exit(2)
	}
	if err := play(flag.Arg(0), *days); err != nil {
		fmt.Fprintln(os.Stderr, "makeyear:", err)
		os.Exit(1)
	}
}

const (
	builds  = 8
	refresh = 20
	month   = 30 * 24 * time.Hour
)

// year is a snapshot over which time passes.
type year struct {
	dir, tip string
	commits  int
	now      time.Time
	random   *rand.Rand
	rated    map[string]time.Time // when the rates of a title were asked for
}

func play(dir string, days int) error {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return err
	}
	y := &year{dir: dir, now: time.Date(2026, 11, 15, 1, 0, 0, 0, time.UTC), random: rand.New(rand.NewPCG(1, 2)), rated: map[string]time.Time{}}
	if _, err := y.git("init", "--quiet"); err != nil {
		return err
	}
	if err := y.build(0, 0); err != nil {
		return err
	}
	if err := y.report("the first snapshot"); err != nil {
		return err
	}
	for day := range days {
		for build := range builds {
			y.now = y.now.Add(24 * time.Hour / builds)
			if err := y.build(day, build); err != nil {
				return err
			}
		}
		if day%91 == 90 {
			if err := y.report(fmt.Sprintf("after %d days", day+1)); err != nil {
				return err
			}
		}
	}
	return y.report(fmt.Sprintf("after %d days", days))
}

// build is one build: what it would have written, and the commit.
func (y *year) build(day, build int) error {
	s, err := snapshot.Open(y.dir)
	if err != nil {
		return err
	}
	p := s.Profile()
	p.AskedOn, p.ProfileOn = snapshot.DayOf(y.now), snapshot.DayOf(y.now)
	if day%5 < 3 && (build == 6 || build == 7) {
		err = y.earn(s, p, day)
	}
	err = errors.Join(err, s.PutProfile(p), y.rates(s), s.AddDay(snapshot.DayRecord{
		On: snapshot.DayOf(y.now), Level: int(p.Summary.TrophyLevel), Points: int(p.Summary.TrophyPoint), Earned: p.Summary.EarnedTrophies,
	}), s.Close())
	return errors.Join(err, y.commit())
}

// earn unlocks two trophies of a title, which becomes the newest.
func (y *year) earn(s *snapshot.Store, p *snapshot.ProfileRecord, day int) error {
	list := s.Titles()
	r, err := s.Title(list[(day/3*7)%len(list)].NPCommunicationID)
	if err != nil {
		return err
	}
	earned := 0
	for i := range r.Earned {
		e := &r.Earned[i]
		if e.Earned || earned == 2 {
			continue
		}
		earned++
		e.Earned, e.EarnedDateTime = true, &psn.Time{Time: y.now}
		r.Title.EarnedTrophies.Add(e.TrophyType)
		p.Summary.EarnedTrophies.Add(e.TrophyType)
		p.Summary.TrophyPoint += 30
	}
	r.Title.LastUpdatedDateTime = psn.Time{Time: y.now}
	titles := []psn.TrophyTitle{r.Title}
	for _, e := range list {
		if e.NPCommunicationID != r.Title.NPCommunicationID {
			titles = append(titles, e.TrophyTitle)
		}
	}
	return errors.Join(s.PutTitles(titles), s.PutTitle(r))
}

// rates asks again for the earned rates that are a month old.
func (y *year) rates(s *snapshot.Store) error {
	asked := 0
	for _, e := range s.Titles() {
		if asked == refresh {
			return nil
		}
		if y.now.Sub(y.rated[e.NPCommunicationID]) < month {
			continue
		}
		r, err := s.Title(e.NPCommunicationID)
		if err != nil {
			return err
		}
		asked++
		y.rated[e.NPCommunicationID] = y.now
		for i := range r.Earned {
			if y.random.IntN(2) == 0 {
				r.Earned[i].TrophyEarnedRate = max(0.1, r.Earned[i].TrophyEarnedRate+psn.Float(y.random.IntN(3)-1)/10)
			}
		}
		r.RatesOn = snapshot.DayOf(y.now)
		if err := s.PutTitle(r); err != nil {
			return err
		}
	}
	return nil
}

// commit does what the action keep does.
func (y *year) commit() error {
	if _, err := y.git("add", "--all"); err != nil {
		return err
	}
	tree, err := y.git("write-tree")
	if err != nil {
		return err
	}
	args := []string{"commit-tree", "-m", "What PSN answered on " + y.now.Format(time.DateOnly), tree}
	if y.tip != "" {
		if before, err := y.git("rev-parse", y.tip+"^{tree}"); err != nil || before == tree {
			return err
		}
		args = append(args, "-p", y.tip)
	}
	if y.tip, err = y.git(args...); err != nil {
		return err
	}
	y.commits++
	_, err = y.git("update-ref", "refs/heads/trophy-data", y.tip)
	return err
}

func (y *year) report(when string) error {
	if _, err := y.git("gc", "--quiet", "--prune=now"); err != nil {
		return err
	}
	out, err := y.git("count-objects", "-v")
	if err != nil {
		return err
	}
	_, size, _ := strings.Cut(out, "size-pack: ")
	size, _, _ = strings.Cut(size, "\n")
	fmt.Printf("%s: %d commits, %s KiB packed\n", when, y.commits, size)
	return nil
}

func (y *year) git(args ...string) (string, error) {
	c := exec.Command("git", args...)
	c.Dir = y.dir
	c.Env = append(os.Environ(), "GIT_DIR="+y.dir+".git", "GIT_WORK_TREE="+y.dir,
		"GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@a.example", "GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@a.example",
		"GIT_AUTHOR_DATE="+y.now.Format(time.RFC3339), "GIT_COMMITTER_DATE="+y.now.Format(time.RFC3339))
	out, err := c.CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("git %s: %w: %s", args[0], err, out)
	}
	return strings.TrimSpace(string(out)), nil
}
