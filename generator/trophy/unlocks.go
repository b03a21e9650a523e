package trophy

import (
	"cmp"
	"slices"
	"time"
)

// Unlocks is every trophy of the profile that was earned at a known time,
// newest first. Of two earned in the same second the higher number comes first,
// and a platinum before both: it is always the last to be earned.
func (p *Profile) Unlocks() []Unlock {
	n := 0
	for i := range p.Titles {
		n += p.Titles[i].Earned.Total()
	}
	list := make([]Unlock, 0, n)
	for i := range p.Titles {
		list = p.Titles[i].appendUnlocks(list)
	}
	slices.SortStableFunc(list, newestFirst)
	return list
}

// Recent is the newest n unlocks, or fewer.
func (p *Profile) Recent(n int) []Unlock {
	list := p.Unlocks()
	return list[:min(n, len(list))]
}

// Unlocks is the title's part of Profile.Unlocks.
func (t *Title) Unlocks() []Unlock {
	list := t.appendUnlocks(nil)
	slices.SortStableFunc(list, newestFirst)
	return list
}

func (t *Title) appendUnlocks(list []Unlock) []Unlock {
	line := t.line()
	for i := range t.Groups {
		g := &t.Groups[i]
		for j := range g.Trophies {
			if g.Trophies[j].EarnedAt.IsZero() || !g.Trophies[j].Earned {
				continue
			}
			u := Unlock{TitleLine: line, Trophy: &g.Trophies[j]}
			if g.ID != "default" {
				u.GroupName = g.Name
			}
			list = append(list, u)
		}
	}
	return list
}

func (t *Title) line() *TitleLine {
	return &TitleLine{TitleID: t.ID, TitleSlug: t.Slug, TitleName: t.Name, TitleIcon: t.Icon, Platforms: t.Platforms}
}

func newestFirst(a, b Unlock) int {
	return cmp.Or(
		b.Trophy.EarnedAt.Compare(a.Trophy.EarnedAt),
		cmp.Compare(crown(b), crown(a)),
		cmp.Compare(a.TitleID, b.TitleID),
		cmp.Compare(b.Trophy.ID, a.Trophy.ID),
	)
}

func crown(u Unlock) int {
	if u.Trophy.Grade == Platinum {
		return 1
	}
	return 0
}

// FirstUnlock and LastUnlock are the times of the first and the last trophy,
// zero when there is none with a time.
func (t *Title) FirstUnlock() time.Time {
	var first time.Time
	for at := range t.times() {
		if first.IsZero() || at.Before(first) {
			first = at
		}
	}
	return first
}

// LastUnlock: see FirstUnlock.
func (t *Title) LastUnlock() time.Time {
	var last time.Time
	for at := range t.times() {
		if at.After(last) {
			last = at
		}
	}
	return last
}

// times yields when the title's trophies were earned, in no order.
func (t *Title) times() func(func(time.Time) bool) {
	return func(yield func(time.Time) bool) {
		for i := range t.Groups {
			for j := range t.Groups[i].Trophies {
				m := &t.Groups[i].Trophies[j]
				if m.Earned && !m.EarnedAt.IsZero() && !yield(m.EarnedAt) {
					return
				}
			}
		}
	}
}

// Undated is the number of trophies that were earned at an unknown time: they
// count and are no unlocks.
func (p *Profile) Undated() int {
	n := 0
	for i := range p.Titles {
		for j := range p.Titles[i].Groups {
			for _, t := range p.Titles[i].Groups[j].Trophies {
				if t.Earned && t.EarnedAt.IsZero() {
					n++
				}
			}
		}
	}
	return n
}

// Rarest is the n unlocks, or fewer, with the lowest earned rate. A rate of 0 is
// one that PSN did not tell, so it is not among them.
func Rarest(unlocks []Unlock, n int) []Unlock {
	list := make([]Unlock, 0, n+1)
	for _, u := range unlocks {
		rate := u.Trophy.EarnedRate
		if rate <= 0 || len(list) == n && (n == 0 || rate >= list[n-1].Trophy.EarnedRate) {
			continue
		}
		// Behind those that are as rare: they were earned later.
		at, _ := slices.BinarySearchFunc(list, rate, func(o Unlock, rate float64) int {
			if o.Trophy.EarnedRate <= rate {
				return -1
			}
			return 1
		})
		list = slices.Insert(list, at, u)
		list = list[:min(n, len(list))]
	}
	return list
}

// Drift is how a trophy's earned rate moved since it was first seen earned, in
// percentage points, and whether there is a history to tell.
func (t *Trophy) Drift() (points float64, ok bool) {
	if len(t.Rates) == 0 || t.EarnedRate == 0 {
		return 0, false
	}
	return t.EarnedRate - t.Rates[0].Rate, true
}

// OfGrade is the unlocks of a grade, newest first.
func (s *Statistics) OfGrade(g Grade) []Unlock {
	var list []Unlock
	for _, u := range s.Unlocks {
		if u.Trophy.Grade == g {
			list = append(list, u)
		}
	}
	return list
}
