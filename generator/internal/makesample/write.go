package main

import (
	"encoding/json"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/trophycase/trophycase/generator/psn"
	"github.com/trophycase/trophycase/generator/snapshot"
)

// The days on which the sample's PSN was asked first and last.
var (
	firstAsked = lastDay.AddDate(-3, 0, 0)
	lastAsked  = snapshot.DayOf(lastDay)
)

// writeSnapshot is the sample as files of a snapshot. The snapshot itself writes
// them, into a folder that is thrown away, so that the format is its own.
func writeSnapshot(titles []*title) (map[string][]byte, error) {
	dir, err := os.MkdirTemp("", "makesample")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	store, err := snapshot.Open(dir)
	if err != nil {
		return nil, err
	}
	defer store.Close()
	if err := fill(store, titles); err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	err = fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasPrefix(name, ".") {
			return err
		}
		files[name], err = os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, t := range titles {
		if !t.Hidden {
			continue
		}
		data, err := json.MarshalIndent(t.record(lastDay), "", " ")
		if err != nil {
			return nil, err
		}
		files["hidden.json"] = append(data, '\n')
	}
	return files, nil
}

func fill(store *snapshot.Store, titles []*title) error {
	if err := store.SetHead(snapshot.Head{Sample: true}); err != nil {
		return err
	}
	err := store.PutProfile(&snapshot.ProfileRecord{
		Profile: psn.Profile{
			OnlineID: "Lanternfox_27", IsPlus: true,
			AboutMe: "Slow hunter, fast reader of guides. Lighthouses, old platformers, anything with a map.",
			Avatars: []psn.Avatar{{Size: "xl", URL: avatarURL}},
		},
		ProfileOn: lastAsked, AskedOn: lastAsked, Language: "en-us", Summary: summary(titles, lastDay),
	})
	if err != nil {
		return err
	}
	if err := putTitles(store, titles); err != nil {
		return err
	}
	for at := firstAsked; !at.After(lastDay); at = at.AddDate(0, 0, 8) {
		s := summary(titles, at)
		day := snapshot.DayRecord{On: snapshot.DayOf(at), Level: int(s.TrophyLevel), Points: int(s.TrophyPoint), Earned: s.EarnedTrophies}
		if err := store.AddDay(day); err != nil {
			return err
		}
	}
	return putChanges(store, titles)
}

// putChanges is what the fetches of the last weeks would have found new.
func putChanges(store *snapshot.Store, titles []*title) error {
	for from := lastDay.AddDate(0, 0, -30); from.Before(lastDay); from = from.AddDate(0, 0, 1) {
		to := from.AddDate(0, 0, 1)
		c := snapshot.ChangeRecord{At: psn.Time{Time: to.Add(-time.Hour)}}
		for _, t := range titles {
			list := byTime(t.trophies)
			if t.Hidden || len(list) == 0 {
				continue
			}
			if first := list[0].at; !first.Before(from) && first.Before(to) {
				c.Titles = append(c.Titles, t.npID())
			}
			for _, a := range list {
				if !a.at.Before(from) && a.at.Before(to) {
					c.Unlocks = append(c.Unlocks, snapshot.UnlockRecord{TitleID: t.npID(), TrophyID: a.id})
				}
			}
		}
		before, after := summary(titles, from).TrophyLevel, summary(titles, to).TrophyLevel
		if after > before {
			c.LevelBefore, c.LevelAfter = int(before), int(after)
		}
		if err := store.AddChange(c); err != nil {
			return err
		}
	}
	return nil
}

// putTitles puts the list, and each title as it was twice a year, so that the
// snapshot keeps how its rates moved.
func putTitles(store *snapshot.Store, titles []*title) error {
	var list []psn.TrophyTitle
	for _, t := range titles {
		if !t.Hidden {
			list = append(list, t.entry())
		}
	}
	slices.SortStableFunc(list, func(a, b psn.TrophyTitle) int { return b.LastUpdatedDateTime.Compare(a.LastUpdatedDateTime.Time) })
	if err := store.PutTitles(list); err != nil {
		return err
	}
	for _, t := range titles {
		for at := firstAsked; !at.After(lastDay); at = at.AddDate(0, 6, 0) {
			if t.Hidden || at.Before(t.From.Time) {
				continue
			}
			if err := store.PutTitle(t.record(at)); err != nil {
				return err
			}
		}
	}
	return nil
}

// summary is the level and the counts at a time.
func summary(titles []*title, at time.Time) psn.TrophySummary {
	var s psn.TrophySummary
	for _, t := range titles {
		for _, a := range t.trophies {
			if a.earned && !a.at.After(at) {
				count(&s.EarnedTrophies, a.grade)
			}
		}
	}
	c := s.EarnedTrophies
	s.TrophyPoint = 15*c.Bronze + 30*c.Silver + 90*c.Gold + 300*c.Platinum
	level, base, step := 1, 0, 60
	for base+step <= int(s.TrophyPoint) {
		base += step
		level++
		step = pointsOf(level)
	}
	s.TrophyLevel, s.TrophyLevelBasePoint, s.TrophyLevelNextPoint = psn.Int(level), psn.Int(base), psn.Int(base+step)
	s.Progress = psn.Int(100 * (int(s.TrophyPoint) - base) / step)
	s.Tier = psn.Int(min(1+level/100, 9))
	return s
}

// pointsOf is how many points a level takes, by PSN's scheme of 2020.
func pointsOf(level int) int {
	return []int{60, 90, 450, 900, 1350, 1800, 2250, 2700, 3150, 3600}[min(level/100, 9)]
}

func count(c *psn.TrophyCounts, grade byte) {
	switch grade {
	case 'P':
		c.Platinum++
	case 'G':
		c.Gold++
	case 'S':
		c.Silver++
	default:
		c.Bronze++
	}
}

// counts is what there is and what is earned of trophies, and PSN's progress.
func counts(list []*award) (defined, earned psn.TrophyCounts, progress psn.Int) {
	for _, a := range list {
		count(&defined, a.grade)
		if a.earned {
			count(&earned, a.grade)
		}
	}
	points := func(c psn.TrophyCounts) psn.Int { return 15*c.Bronze + 30*c.Silver + 90*c.Gold }
	if points(earned) > 0 {
		progress = max(1, 100*points(earned)/points(defined))
	}
	return defined, earned, progress
}

func (t *title) service() string {
	if t.modern() {
		return "trophy2"
	}
	return "trophy"
}

func (t *title) entry() psn.TrophyTitle {
	defined, earned, progress := counts(t.trophies)
	e := psn.TrophyTitle{
		NPServiceName: t.service(), NPCommunicationID: t.npID(), TrophySetVersion: "01.00", TrophyTitleName: t.Name,
		TrophyTitleIconURL: t.coverURL(t.groups[0].id), TrophyTitlePlatform: t.On,
		HasTrophyGroups: len(t.groups) > 1, TrophyGroupCount: psn.Int(len(t.groups)),
		DefinedTrophies: defined, EarnedTrophies: earned, Progress: progress, HiddenFlag: t.Hidden,
		LastUpdatedDateTime: psn.Time{Time: t.To.Add(21 * time.Hour)},
	}
	if !t.modern() {
		e.TrophyTitleDetail = t.Detail
	}
	if list := byTime(t.trophies); len(list) > 0 && !list[len(list)-1].at.IsZero() {
		e.LastUpdatedDateTime.Time = list[len(list)-1].at.Add(2 * time.Second)
	}
	return e
}

// record is all that PSN says about t, with the trophies and rates of a day: only
// that of the last day is kept, the others begin the history of the rates.
func (t *title) record(on time.Time) *snapshot.TitleRecord {
	r := &snapshot.TitleRecord{Title: t.entry(), Language: "en-us", RatesOn: snapshot.DayOf(on)}
	if len(t.groups) > 1 {
		for _, g := range t.groups {
			r.Groups = append(r.Groups, t.group(g))
			r.EarnedGroups = append(r.EarnedGroups, earnedGroup(g))
		}
	}
	for _, a := range t.trophies {
		r.Trophies = append(r.Trophies, t.trophy(a))
		r.Earned = append(r.Earned, a.earning(on))
	}
	return r
}

func (t *title) group(g *group) psn.TrophyGroup {
	defined, _, _ := counts(g.trophies)
	return psn.TrophyGroup{
		TrophyGroupID: g.id, TrophyGroupName: g.name, TrophyGroupIconURL: t.coverURL(g.id), DefinedTrophies: defined,
	}
}

func earnedGroup(g *group) psn.EarnedGroup {
	_, earned, progress := counts(g.trophies)
	e := psn.EarnedGroup{TrophyGroupID: g.id, Progress: progress, EarnedTrophies: earned}
	if list := byTime(g.trophies); len(list) > 0 {
		e.LastUpdatedDateTime = &psn.Time{Time: list[len(list)-1].at.Add(2 * time.Second)}
	}
	return e
}

var types = map[byte]string{'P': "platinum", 'G': "gold", 'S': "silver", 'B': "bronze"}

func (t *title) trophy(a *award) psn.Trophy {
	p := psn.Trophy{
		TrophyID: psn.Int(a.id), TrophyHidden: a.secret, TrophyType: types[a.grade],
		TrophyName: a.name, TrophyDetail: a.detail, TrophyIconURL: t.motifURL(a.motif), TrophyGroupID: a.group.id,
	}
	if t.modern() {
		p.TrophyProgressTargetValue, p.TrophyRewardName = psn.Int(a.target), a.reward
		if a.reward != "" {
			p.TrophyRewardImageURL = t.motifURL(0)
		}
	}
	return p
}

func (a *award) earning(on time.Time) psn.EarnedTrophy {
	years := lastDay.Sub(on).Hours() / 24 / 365
	rate := math.Max(0.1, math.Round(10*a.rate*(1-a.drift*years))/10)
	e := psn.EarnedTrophy{
		TrophyID: psn.Int(a.id), TrophyHidden: a.secret, Earned: a.earned && !a.at.After(on), TrophyType: types[a.grade],
		TrophyRare: rarity(rate), TrophyEarnedRate: psn.Float(rate),
	}
	if a.earned && !a.at.IsZero() {
		e.EarnedDateTime = &psn.Time{Time: a.at}
	}
	if !a.earned && a.steps > 0 {
		steps, percent := psn.Int(a.steps), psn.Int(100*a.steps/a.target)
		e.Progress, e.ProgressRate, e.ProgressedDateTime = &steps, &percent, &psn.Time{Time: a.stepsAt}
	}
	return e
}

func rarity(rate float64) psn.Int {
	switch {
	case rate <= 5:
		return 0
	case rate <= 15:
		return 1
	case rate <= 50:
		return 2
	}
	return 3
}
