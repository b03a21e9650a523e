package trophy

import (
	"cmp"
	"slices"
	"time"
)

// Crowning is a platinum that was earned.
type Crowning struct {
	Unlock
	// Number counts the platinums with a time, the first is 1.
	Number int
	// Took is the time from the title's first trophy to its platinum, as
	// TimeToPlatinum has it. It means something if Timed only.
	Took  time.Duration
	Timed bool
}

// Platinums is the platinums that were earned at a known time, newest first.
func (p *Profile) Platinums() []Crowning {
	var list []Crowning
	for i := range p.Titles {
		t := &p.Titles[i]
		if t.Earned.Platinum == 0 {
			continue
		}
		for _, u := range t.appendUnlocks(nil) {
			if u.Trophy.Grade == Platinum {
				took, ok := t.TimeToPlatinum()
				list = append(list, Crowning{Unlock: u, Took: took, Timed: ok})
			}
		}
	}
	slices.SortStableFunc(list, func(a, b Crowning) int { return newestFirst(a.Unlock, b.Unlock) })
	for i := range list {
		list[i].Number = len(list) - i
	}
	return list
}

// TimeToPlatinum is the time from the title's first trophy to its platinum, and
// whether both are known. The first is unknown where any trophy of the title was
// earned without a time: it came before those that have one.
func (t *Title) TimeToPlatinum() (time.Duration, bool) {
	var platinum time.Time
	for i := range t.Groups {
		for j := range t.Groups[i].Trophies {
			m := &t.Groups[i].Trophies[j]
			switch {
			case m.Earned && m.EarnedAt.IsZero():
				return 0, false
			case m.Earned && m.Grade == Platinum:
				platinum = m.EarnedAt
			}
		}
	}
	if platinum.IsZero() {
		return 0, false
	}
	return platinum.Sub(t.FirstUnlock()), true
}

// Fastest is the platinums by the time they took, the shortest first. Those
// whose time is not known are left out.
func Fastest(list []Crowning) []Crowning { return byTook(list, 1) }

// Slowest is as Fastest, the longest first.
func Slowest(list []Crowning) []Crowning { return byTook(list, -1) }

func byTook(list []Crowning, sign int) []Crowning {
	list = slices.DeleteFunc(slices.Clone(list), func(c Crowning) bool { return !c.Timed })
	slices.SortStableFunc(list, func(a, b Crowning) int { return sign * cmp.Compare(a.Took, b.Took) })
	return list
}

// MilestoneKind is what a milestone counts.
type MilestoneKind string

// The kinds of milestones.
const (
	TrophyMilestone   MilestoneKind = "trophy"
	PlatinumMilestone MilestoneKind = "platinum"
)

// Milestone is an unlock that made a number full.
type Milestone struct {
	Unlock
	Kind   MilestoneKind
	Number int
}

// Milestones is the first trophy and every 100th, the first platinum and every
// 10th, newest first. Trophies without a time came before all others: they were
// earned before PSN kept times, so counting begins after them.
func Milestones(unlocks []Unlock, undated int) []Milestone {
	var list []Milestone
	trophies, platinums := undated, 0
	for i := len(unlocks) - 1; i >= 0; i-- {
		u := unlocks[i]
		trophies++
		if trophies == 1 || trophies%100 == 0 {
			list = append(list, Milestone{u, TrophyMilestone, trophies})
		}
		if u.Trophy.Grade != Platinum {
			continue
		}
		platinums++
		if platinums == 1 || platinums%10 == 0 {
			list = append(list, Milestone{u, PlatinumMilestone, platinums})
		}
	}
	slices.Reverse(list)
	return list
}
