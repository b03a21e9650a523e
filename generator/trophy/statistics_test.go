package trophy

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// crowned is a title whose first trophy and whose platinum came at given times.
func crowned(id, first, platinum string) Title {
	t := Title{ID: id, Name: id, Earned: Counts{Bronze: 1, Platinum: 1}, Progress: 100, Groups: []Group{{ID: "default", Trophies: []Trophy{
		{ID: 0, Grade: Platinum, Earned: true, EarnedAt: at(platinum), EarnedRate: 2},
		{ID: 1, Grade: Bronze, Earned: true, EarnedRate: 40},
	}}}}
	if first != "" {
		t.Groups[0].Trophies[1].EarnedAt = at(first)
	}
	return t
}

func TestPlatinums(t *testing.T) {
	p := &Profile{Titles: []Title{
		crowned("week", "2026-01-01 12:00", "2026-01-08 12:00"),
		crowned("hour", "2026-02-01 12:00", "2026-02-01 13:00"),
		crowned("same", "2026-02-03 12:00", "2026-02-03 13:00"),
		crowned("year", "2024-12-31 12:00", "2025-12-31 12:00"),
		crowned("undated", "", "2020-05-05 12:00"),
	}}
	name := func(list []Crowning) (names []string) {
		for _, c := range list {
			names = append(names, fmt.Sprintf("%d %s %v", c.Number, c.TitleID, c.Took))
		}
		return names
	}
	all := p.Platinums()
	for what, tt := range map[string]struct{ got, want []string }{
		"newest first":   {name(all), []string{"5 same 1h0m0s", "4 hour 1h0m0s", "3 week 168h0m0s", "2 year 8760h0m0s", "1 undated 0s"}},
		"fastest first":  {name(Fastest(all)), []string{"5 same 1h0m0s", "4 hour 1h0m0s", "3 week 168h0m0s", "2 year 8760h0m0s"}},
		"slowest first":  {name(Slowest(all)), []string{"2 year 8760h0m0s", "3 week 168h0m0s", "5 same 1h0m0s", "4 hour 1h0m0s"}},
		"nobody's":       {name((&Profile{}).Platinums()), nil},
		"nobody's first": {name(Fastest(nil)), nil},
	} {
		if diff := cmp.Diff(tt.want, tt.got); diff != "" {
			t.Errorf("%s: %s", what, diff)
		}
	}
}

func TestToNext(t *testing.T) {
	for _, tt := range []struct {
		level Level
		want  int
	}{
		{Level{Points: 885, Base: 840, Next: 900}, 15},
		{Level{Points: 840, Base: 840, Next: 900}, 60},
		{Level{Number: 999, Points: 2_000_000, Base: 1_900_000, Next: 1_900_000}, 0},
		{Level{}, 0},
	} {
		if got := tt.level.ToNext(); got != tt.want {
			t.Errorf("%+v: %d points, want %d", tt.level, got, tt.want)
		}
	}
}

// TestStreaks goes by days with unlocks, as seen on a day.
func TestStreaks(t *testing.T) {
	tests := []struct {
		name             string
		days             []string // newest first
		now              string
		longest, current int
	}{
		{"none", nil, "2026-03-10", 0, 0},
		{"today", []string{"2026-03-10"}, "2026-03-10", 1, 1},
		{"yesterday goes on", []string{"2026-03-09", "2026-03-08"}, "2026-03-10", 2, 2},
		{"two days ago is over", []string{"2026-03-08", "2026-03-07"}, "2026-03-10", 2, 0},
		{"several a day are one", []string{"2026-03-10", "2026-03-10", "2026-03-09", "2026-03-09"}, "2026-03-10", 2, 2},
		{"a gap", []string{"2026-03-10", "2026-03-08", "2026-03-07", "2026-03-06"}, "2026-03-10", 3, 1},
		{"over a leap day", []string{"2024-03-01", "2024-02-29", "2024-02-28"}, "2024-03-01", 3, 3},
		{"over no leap day", []string{"2026-03-01", "2026-02-28"}, "2026-03-01", 2, 2},
		{"over the new year", []string{"2026-01-01", "2025-12-31"}, "2026-01-05", 2, 0},
		{"the first of equal ones stays", []string{"2026-03-10", "2026-03-09", "2026-03-02", "2026-03-01"}, "2026-03-10", 2, 2},
	}
	for _, tt := range tests {
		p := &Profile{Time: at(tt.now + " 12:00"), Titles: []Title{{ID: "a", Groups: []Group{{}}}}}
		for i, day := range tt.days {
			p.Titles[0].Groups[0].Trophies = append(p.Titles[0].Groups[0].Trophies, Trophy{ID: i, Earned: true, Grade: Bronze, EarnedAt: at(day + " 12:00")})
		}
		c := NewStatistics(p, time.UTC, nil).Calendar
		if c.Longest.Days != tt.longest || c.Current.Days != tt.current {
			t.Errorf("%s: longest %d and current %d, want %d and %d", tt.name, c.Longest.Days, c.Current.Days, tt.longest, tt.current)
		}
		if tt.longest > 0 && c.Longest.Last.Sub(c.Longest.First) != time.Duration(tt.longest-1)*24*time.Hour {
			t.Errorf("%s: from %v to %v", tt.name, c.Longest.First, c.Longest.Last)
		}
	}
}

func TestClosestAndDistribution(t *testing.T) {
	p := &Profile{}
	for i, progress := range []int{50, 0, 99, 100, 1, 99, 9, 10} {
		p.Titles = append(p.Titles, Title{ID: fmt.Sprint(i), Progress: progress})
	}
	s := NewStatistics(p, time.UTC, nil)
	var got []string
	for _, t := range s.Closest {
		got = append(got, t.ID)
	}
	if diff := cmp.Diff([]string{"2", "5", "0", "7", "6", "4"}, got); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([11]int{0: 3, 1: 1, 5: 1, 9: 2, 10: 1}, s.Distribution); diff != "" {
		t.Error(diff)
	}
	if s.Completed != 1 || s.Completion != 46 {
		t.Errorf("%d completed, %v %%", s.Completed, s.Completion)
	}
}

// TestReview works out two years of the sample by hand.
func TestReview(t *testing.T) {
	s := NewStatistics(sample(), time.UTC, nil)
	y := s.Review(2026, time.UTC)
	if y.Earned != (Counts{Bronze: 2, Platinum: 1}) || y.ByMonth != [12]int{2: 3} || len(y.Platinums) != 1 || y.Streak != 1 {
		t.Errorf("2026 is %+v", y)
	}
	if !y.Busiest.Date.Equal(at("2026-03-29 00:00")) || y.Busiest.Count != 2 {
		t.Errorf("the busiest day is %+v", y.Busiest)
	}
	if diff := cmp.Diff([]string{"00002/0", "00002/2", "00002/1"}, ids(y.Rarest)); diff != "" {
		t.Error(diff)
	}
	if y := s.Review(2025, time.UTC); y.Earned.Total() != 1 || y.ByMonth[11] != 1 || len(y.Platinums)+len(y.Rarest) != 0 {
		t.Errorf("2025 is %+v", y)
	}
	if y := s.Review(1999, time.UTC); y.Earned.Total() != 0 || y.Streak != 0 || y.Busiest.Count != 0 {
		t.Errorf("1999 is %+v", y)
	}
	if diff := cmp.Diff([]int{2026, 2025}, s.Years()); diff != "" {
		t.Error(diff)
	}
}

// TestYearOf sees that the weeks of a year hold each of its days once.
func TestYearOf(t *testing.T) {
	c := NewStatistics(sample(), time.UTC, nil).Calendar
	for year, want := range map[int]int{2024: 366, 2025: 365, 2026: 365} {
		days, unlocks := 0, 0
		for i, w := range c.YearOf(year) {
			for j, d := range w {
				if d.Date.IsZero() {
					continue
				}
				days++
				unlocks += d.Count
				if int(d.Date.Weekday()) != (j+1)%7 || d.Date.Year() != year {
					t.Errorf("%d: week %d has %v at place %d", year, i, d.Date, j)
				}
			}
		}
		if days != want || unlocks != c.ByYear[year] {
			t.Errorf("%d has %d days and %d unlocks", year, days, unlocks)
		}
	}
}

func TestHeat(t *testing.T) {
	for _, tt := range [][3]int{{0, 20, 0}, {0, 0, 0}, {1, 1, 1}, {1, 100, 1}, {2, 20, 2}, {5, 20, 2}, {6, 20, 3}, {10, 20, 3}, {11, 20, 4}, {20, 20, 4}, {2, 2, 4}} {
		if got := Heat(tt[0], tt[1]); got != tt[2] {
			t.Errorf("%d of at most %d is %d, want %d", tt[0], tt[1], got, tt[2])
		}
	}
}

func TestPinned(t *testing.T) {
	p := sample()
	p.Titles[1].Groups[0].Trophies[1].Secret = true
	list := p.Pinned([]Pin{{"NPWR00001_00", 2}, {"NPWR00001_00", 1}, {"NPWR00002_00", -1}, {"NPWR00002_00", 77}, {"NPWR09999_00", -1}})
	if len(list) != 2 || list[0].Unlock == nil || list[0].Unlock.Trophy.ID != 2 || list[1].Title.ID != "NPWR00002_00" || list[1].Unlock != nil {
		t.Errorf("pinned are %+v", list)
	}
}

func TestChange(t *testing.T) {
	p := sample()
	c := Change{Unlocks: p.Unlocks()}
	if c.Earned() != (Counts{Bronze: 3, Platinum: 1}) || c.Empty() {
		t.Errorf("earned are %+v", c.Earned())
	}
	for _, c := range []Change{{LevelBefore: 1, LevelAfter: 2}, {Titles: []*Title{&p.Titles[0]}}} {
		if c.Empty() {
			t.Errorf("%+v is empty", c)
		}
	}
	if c := (Change{At: at("2026-01-01 00:00")}); !c.Empty() {
		t.Error("nothing is not empty")
	}
}
