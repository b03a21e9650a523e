// Makelarge writes a large profile as a snapshot, to measure with: as many titles
// as asked for, 40 trophies each, put together from the sample profile's names,
// texts and pictures.
//
//	go run ./generator/internal/makelarge -titles 3000 FOLDER
//
// The same numbers give the same bytes. With -played N, one more trophy of title N
// is earned: what a build finds after an evening.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/trophycase/trophycase/generator/psn"
	"github.com/trophycase/trophycase/generator/snapshot"
)

func main() {
	titles := flag.Int("titles", 1000, "how many titles")
	played := flag.Int("played", -1, "the number of a title with one more trophy")
	flag.Parse()
	if flag.NArg() != 1 || *titles < 1 {
		fmt.Fprintln(os.Stderr, "usage: makelarge [-titles N] [-played N] FOLDER")
		os.Exit(2)
	}
	if err := write(flag.Arg(0), *titles, *played); err != nil {
		fmt.Fprintln(os.Stderr, "makelarge:", err)
		os.Exit(1)
	}
}

const sample = "assets/sample"

// write makes a snapshot of n titles in dir, which must not be there yet. One more
// trophy is earned of the title number played, if there is one.
func write(dir string, n, played int) error {
	pool, err := readPool()
	if err != nil {
		return err
	}
	if err := errors.Join(os.MkdirAll(filepath.Join(dir, "titles"), 0o755), os.CopyFS(dir, os.DirFS(sample))); err != nil {
		return err
	}
	if err := os.RemoveAll(filepath.Join(dir, "titles")); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Join(dir, "titles"), 0o755); err != nil {
		return err
	}
	var list []snapshot.TitleEntry
	for i := range n {
		more := 0
		if i == played {
			more = 1
		}
		r := pool.title(i, more)
		list = append(list, snapshot.TitleEntry{TrophyTitle: r.Title, Slug: r.Slug})
		if err := writeJSON(filepath.Join(dir, "titles", r.Title.NPCommunicationID+".json"), r); err != nil {
			return err
		}
	}
	return errors.Join(
		writeJSON(filepath.Join(dir, "titles.json"), list),
		writeJSON(filepath.Join(dir, "snapshot.json"), snapshot.Head{Version: snapshot.Version}),
	)
}

// pool is what titles are put together from.
type pool struct {
	titles   []psn.TrophyTitle
	trophies []psn.Trophy
}

func readPool() (*pool, error) {
	p := new(pool)
	var entries []snapshot.TitleEntry
	if err := readJSON(filepath.Join(sample, "titles.json"), &entries); err != nil {
		return nil, err
	}
	for _, e := range entries {
		p.titles = append(p.titles, e.TrophyTitle)
		var r snapshot.TitleRecord
		if err := readJSON(filepath.Join(sample, "titles", e.NPCommunicationID+".json"), &r); err != nil {
			return nil, err
		}
		p.trophies = append(p.trophies, r.Trophies...)
	}
	return p, nil
}

// The trophies of a title, by grade; and how many are earned, of titles in turn.
var (
	defined = psn.TrophyCounts{Bronze: 28, Silver: 8, Gold: 3, Platinum: 1}
	grades  = strings.Fields("platinum" + strings.Repeat(" gold", 3) + strings.Repeat(" silver", 8) + strings.Repeat(" bronze", 28))
	shares  = []int{40, 25, 12, 40, 31, 4, 0, 40}
	last    = time.Date(2026, 11, 14, 20, 0, 0, 0, time.UTC)
)

// title is the title number i, the one played last being 0, with some more trophies
// earned than it has anyway.
func (p *pool) title(i, more int) *snapshot.TitleRecord {
	t := p.titles[i%len(p.titles)]
	t.NPCommunicationID = fmt.Sprintf("NPWR%05d_00", i+1)
	if i >= len(p.titles) {
		t.TrophyTitleName = fmt.Sprintf("%s %d", t.TrophyTitleName, i/len(p.titles)+1)
	}
	t.HasTrophyGroups, t.TrophyGroupCount, t.DefinedTrophies = false, 1, defined
	t.EarnedTrophies, t.HiddenFlag = psn.TrophyCounts{}, false
	at := last.Add(-time.Duration(i) * 13 * time.Hour)
	r := &snapshot.TitleRecord{Slug: fmt.Sprintf("title-%d", i+1), Language: "en-us", RatesOn: snapshot.Day{Time: last.Truncate(24 * time.Hour)}}
	share := min(len(grades), shares[i%len(shares)]+more)
	for k, grade := range grades {
		source := p.trophies[(i*len(grades)+k)%len(p.trophies)]
		source.TrophyID, source.TrophyType, source.TrophyGroupID = psn.Int(k), grade, "default"
		earned := psn.EarnedTrophy{TrophyID: psn.Int(k), TrophyType: grade, TrophyEarnedRate: psn.Float(float64((i*7+k*13)%900+5) / 10), TrophyRare: psn.Int((i + k) % 4)}
		if k >= len(grades)-share {
			when := psn.Time{Time: at.Add(-time.Duration(k) * 17 * time.Minute)}
			earned.Earned, earned.EarnedDateTime = true, &when
			count(&t.EarnedTrophies, grade)
		}
		r.Trophies, r.Earned = append(r.Trophies, source), append(r.Earned, earned)
	}
	t.Progress = psn.Int(100 * share / len(grades))
	t.LastUpdatedDateTime = psn.Time{Time: at}
	r.Title = t
	return r
}

func count(c *psn.TrophyCounts, grade string) {
	switch grade {
	case "platinum":
		c.Platinum++
	case "gold":
		c.Gold++
	case "silver":
		c.Silver++
	default:
		c.Bronze++
	}
}

func readJSON(name string, into any) error {
	data, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	return json.Unmarshal(data, into)
}

func writeJSON(name string, v any) error {
	data, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return os.WriteFile(name, data, 0o644)
}
