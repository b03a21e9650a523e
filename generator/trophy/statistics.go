package trophy

import (
	"cmp"
	"maps"
	"slices"
	"time"
)

// Statistics is what follows from a profile. It is computed once and shared by
// pages, cards and data.
type Statistics struct {
	Unlocks    []Unlock // newest first
	Undated    int
	Platinums  []Crowning // newest first
	Milestones []Milestone
	Calendar   Calendar
	ByGrade    Counts
	ByPlatform []PlatformCount
	ByRarity   [4]int // earned trophies, by Rarity
	// Completion is the mean of the titles' progress, and Distribution the
	// number of titles by it: index 0 is 0 to 9 %, index 10 is 100 %.
	Completion   float64
	Distribution [11]int
	Completed    int
	// Closest is titles that are begun and not completed, those with the
	// highest progress first.
	Closest []*Title
	Stacks  []Stack
}

// PlatformCount is what was earned on one platform. A title of several
// platforms counts for its first one.
type PlatformCount struct {
	Platform Platform
	Titles   int
	Earned   Counts
}

// NewStatistics computes the statistics of a profile, by the days of a zone.
// stacks has title IDs by the name under which they are shown as one.
func NewStatistics(p *Profile, zone *time.Location, stacks map[string][]string) *Statistics {
	s := &Statistics{Unlocks: p.Unlocks(), Undated: p.Undated(), Platinums: p.Platinums()}
	s.Milestones = Milestones(s.Unlocks, s.Undated)
	s.Calendar = newCalendar(s.Unlocks, p.Time, zone)
	platforms := map[Platform]*PlatformCount{}
	sum := 0
	for i := range p.Titles {
		t := &p.Titles[i]
		sum += t.Progress
		s.Distribution[min(max(t.Progress/10, 0), 10)]++
		s.addTitle(t, platforms)
	}
	if len(p.Titles) > 0 {
		s.Completion = float64(sum) / float64(len(p.Titles))
	}
	for _, c := range platforms {
		s.ByPlatform = append(s.ByPlatform, *c)
	}
	slices.SortFunc(s.ByPlatform, func(a, b PlatformCount) int {
		return cmp.Or(cmp.Compare(b.Earned.Total(), a.Earned.Total()), cmp.Compare(a.Platform, b.Platform))
	})
	slices.SortStableFunc(s.Closest, func(a, b *Title) int { return cmp.Compare(b.Progress, a.Progress) })
	s.Stacks = stack(p.Titles, stacks)
	return s
}

func (s *Statistics) addTitle(t *Title, platforms map[Platform]*PlatformCount) {
	switch {
	case t.Completed():
		s.Completed++
	case t.Progress > 0:
		s.Closest = append(s.Closest, t)
	}
	var platform Platform
	if len(t.Platforms) > 0 {
		platform = t.Platforms[0]
	}
	c := platforms[platform]
	if c == nil {
		c = &PlatformCount{Platform: platform}
		platforms[platform] = c
	}
	c.Titles++
	for _, g := range Grades {
		c.Earned.Add(g, t.Earned.Of(g))
		s.ByGrade.Add(g, t.Earned.Of(g))
	}
	for i := range t.Groups {
		for _, m := range t.Groups[i].Trophies {
			if m.Earned && int(m.Rarity) < len(s.ByRarity) {
				s.ByRarity[m.Rarity]++
			}
		}
	}
}

// ToNext is the number of points to the next level, 0 at the last one.
func (l Level) ToNext() int { return max(0, l.Next-l.Points) }

// Stack is one game with several title lists: on several platforms, or of
// several regions. They are shown together and stay what they are.
type Stack struct {
	Name   string
	Titles []*Title // in the profile's order
}

// stack folds titles with exactly the same name, and those that settings name.
// A title without a name is like no other.
func stack(titles []Title, named map[string][]string) []Stack {
	names := map[string]string{}
	for name, ids := range named {
		for _, id := range ids {
			names[id] = name
		}
	}
	index := map[string]int{}
	var list []Stack
	for i := range titles {
		t := &titles[i]
		name, ok := names[t.ID]
		if !ok {
			name = t.Name
		}
		if name == "" {
			continue
		}
		at, ok := index[name]
		if !ok {
			at = len(list)
			index[name] = at
			list = append(list, Stack{Name: name})
		}
		list[at].Titles = append(list[at].Titles, t)
	}
	return slices.DeleteFunc(list, func(s Stack) bool { return len(s.Titles) < 2 })
}

// Years is the years with unlocks, the newest first.
func (s *Statistics) Years() []int {
	return slices.SortedFunc(maps.Keys(s.Calendar.ByYear), func(a, b int) int { return cmp.Compare(b, a) })
}
