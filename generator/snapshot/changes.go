package snapshot

import (
	"slices"

	"github.com/trophycase/trophycase/generator/trophy"
)

const (
	changesFile = "changes.jsonl"
	// changesKept is how many fetches with news are remembered: enough for a
	// program that looks once in a few days.
	changesKept = 20
)

// ChangeRecord is one line of changes.jsonl: what one fetch brought. A fetch
// without news leaves no line.
type ChangeRecord struct {
	At Time `json:"at"`
	// LevelBefore and LevelAfter are 0 if the level did not rise.
	LevelBefore int            `json:"levelBefore,omitempty"`
	LevelAfter  int            `json:"levelAfter,omitempty"`
	Titles      []string       `json:"titles,omitempty"` // by ID
	Unlocks     []UnlockRecord `json:"unlocks,omitempty"`
}

// UnlockRecord names an unlock.
type UnlockRecord struct {
	TitleID  string `json:"titleId"`
	TrophyID int    `json:"trophyId"`
}

// AddChange records news before the snapshot holds what they are about: so a
// process that is killed in between loses none. News that are recorded already
// are left out, those of the same time are joined.
func (s *Store) AddChange(c ChangeRecord) error {
	list := slices.Clone(s.changes)
	for _, old := range list {
		c.Titles = slices.DeleteFunc(slices.Clone(c.Titles), func(id string) bool { return slices.Contains(old.Titles, id) })
		c.Unlocks = slices.DeleteFunc(slices.Clone(c.Unlocks), func(u UnlockRecord) bool { return slices.Contains(old.Unlocks, u) })
		if old.LevelAfter >= c.LevelAfter {
			c.LevelBefore, c.LevelAfter = 0, 0
		}
	}
	if c.empty() {
		return nil
	}
	if n := len(list); n > 0 && list[n-1].At.Equal(c.At.Time) {
		list[n-1] = list[n-1].joined(c)
	} else {
		list = append(list, c)
	}
	return s.putChanges(list[max(0, len(list)-changesKept):])
}

func (c ChangeRecord) empty() bool { return len(c.Titles)+len(c.Unlocks)+c.LevelAfter == 0 }

func (c ChangeRecord) joined(d ChangeRecord) ChangeRecord {
	c.Titles, c.Unlocks = slices.Concat(c.Titles, d.Titles), slices.Concat(c.Unlocks, d.Unlocks)
	if d.LevelAfter > 0 {
		c.LevelBefore, c.LevelAfter = d.LevelBefore, d.LevelAfter
	}
	return c
}

// forgetChanges drops what is about titles that are not in the list: the owner
// may have hidden them.
func (s *Store) forgetChanges(known map[string]bool) error {
	list := make([]ChangeRecord, 0, len(s.changes))
	for _, c := range s.changes {
		c.Titles = slices.DeleteFunc(slices.Clone(c.Titles), func(id string) bool { return !known[id] })
		c.Unlocks = slices.DeleteFunc(slices.Clone(c.Unlocks), func(u UnlockRecord) bool { return !known[u.TitleID] })
		if !c.empty() {
			list = append(list, c)
		}
	}
	return s.putChanges(list)
}

func (s *Store) putChanges(list []ChangeRecord) error {
	if len(list)+len(s.changes) == 0 && !slices.Contains(s.damaged, changesFile) {
		return nil
	}
	data, err := recordLines(s, list)
	if err != nil {
		return err
	}
	s.changes = list
	return s.write(changesFile, data)
}

// Since is the day of the first fetch, or zero before it.
func (s *Store) Since() Day {
	if len(s.history) == 0 {
		return Day{}
	}
	return s.history[0].On
}

// modelChanges is what the last fetches brought, the newest first, as far as it
// is shown.
func (s *Snapshot) modelChanges(p *trophy.Profile) []trophy.Change {
	titles := map[string]*trophy.Title{}
	for i := range p.Titles {
		titles[p.Titles[i].ID] = &p.Titles[i]
	}
	var list []trophy.Change
	for _, r := range slices.Backward(s.changes) {
		c := trophy.Change{At: r.At.Time, LevelBefore: r.LevelBefore, LevelAfter: r.LevelAfter}
		for _, id := range r.Titles {
			if t := titles[id]; t != nil {
				c.Titles = append(c.Titles, t)
			}
		}
		c.Unlocks = changedUnlocks(r.Unlocks, titles)
		if !c.Empty() {
			list = append(list, c)
		}
	}
	return list
}

func changedUnlocks(records []UnlockRecord, titles map[string]*trophy.Title) []trophy.Unlock {
	wanted := map[string][]int{}
	for _, u := range records {
		wanted[u.TitleID] = append(wanted[u.TitleID], u.TrophyID)
	}
	var list []trophy.Unlock
	for id, trophies := range wanted {
		t := titles[id]
		if t == nil {
			continue
		}
		for _, u := range t.Unlocks() {
			if slices.Contains(trophies, u.Trophy.ID) {
				list = append(list, u)
			}
		}
	}
	trophy.SortUnlocks(list)
	return list
}
