package fetch

import (
	"time"

	"github.com/trophycase/trophycase/generator/psn"
	"github.com/trophycase/trophycase/generator/snapshot"
)

// newsAge is how old an unlock is at most to be news in a title that was not
// fetched before: what the rest of a backfill brings is none.
const newsAge = 7 * 24 * time.Hour

// News says that the run brought a trophy, a title or a level.
func (r *Report) News() bool { return r.NewUnlocks+r.NewTitles > 0 || r.LevelAfter > r.LevelBefore }

// note records what this run brings, unless all is new.
func (r *run) note(c snapshot.ChangeRecord) error {
	if r.first {
		return nil
	}
	c.At = snapshot.Time{Time: r.Now.UTC().Truncate(time.Second)}
	r.report.NewUnlocks += len(c.Unlocks)
	r.report.NewTitles += len(c.Titles)
	return r.store.AddChange(c)
}

// noteList records new titles, and a level that rose.
func (r *run) noteList(titles []psn.TrophyTitle) error {
	var c snapshot.ChangeRecord
	known := map[string]bool{}
	for _, t := range r.store.Titles() {
		known[t.NPCommunicationID] = true
	}
	for _, t := range titles {
		if !known[t.NPCommunicationID] {
			c.Titles = append(c.Titles, t.NPCommunicationID)
		}
	}
	if r.report.LevelAfter > r.report.LevelBefore {
		c.LevelBefore, c.LevelAfter = r.report.LevelBefore, r.report.LevelAfter
	}
	return r.note(c)
}

// noteUnlocks records what was earned in a title since it was fetched last. A
// trophy without a time is no unlock.
func (r *run) noteUnlocks(old, now *snapshot.TitleRecord) error {
	var c snapshot.ChangeRecord
	had := map[psn.Int]bool{}
	if old != nil {
		for _, e := range old.Earned {
			had[e.TrophyID] = e.Earned
		}
	}
	for _, e := range now.Earned {
		if e.Earned && e.EarnedDateTime != nil && !had[e.TrophyID] && (old != nil || r.recent(e.EarnedDateTime.Time)) {
			c.Unlocks = append(c.Unlocks, snapshot.UnlockRecord{TitleID: now.Title.NPCommunicationID, TrophyID: int(e.TrophyID)})
		}
	}
	return r.note(c)
}

// recent says that an unlock came after the first fetch, and not long ago.
func (r *run) recent(at time.Time) bool {
	return r.Now.Sub(at) < newsAge && !at.Before(r.store.Since().Time)
}
