package trophy

import (
	"sort"
	"time"
)

// YearReview is what a calendar year is remembered by.
type YearReview struct {
	Year      int
	Earned    Counts
	ByMonth   [12]int
	Platinums []Crowning // newest first
	Rarest    []Unlock   // the rarest of the year, at most three
	Busiest   DayCount   // the day with the most unlocks, the first of such days
	Streak    int        // the longest run of days with unlocks within the year
}

// Review is the year of a calendar, by the days of a zone.
func (s *Statistics) Review(year int, zone *time.Location) YearReview {
	y := YearReview{Year: year}
	var unlocks []Unlock
	before := func(at time.Time) int {
		return sort.Search(len(s.Unlocks), func(i int) bool { return s.Unlocks[i].Trophy.EarnedAt.Before(at) })
	}
	from, to := before(time.Date(year+1, 1, 1, 0, 0, 0, 0, zone)), before(time.Date(year, 1, 1, 0, 0, 0, 0, zone))
	for _, u := range s.Unlocks[from:to] {
		at := u.Trophy.EarnedAt.In(zone)
		if at.Year() == year {
			unlocks = append(unlocks, u)
			y.Earned.Add(u.Trophy.Grade, 1)
			y.ByMonth[at.Month()-1]++
		}
	}
	for _, p := range s.Platinums {
		if p.Trophy.EarnedAt.In(zone).Year() == year {
			y.Platinums = append(y.Platinums, p)
		}
	}
	y.Rarest = Rarest(unlocks, 3)
	run := 0
	for day := time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC); day.Year() == year; day = day.AddDate(0, 0, 1) {
		n := s.Calendar.ByDay[day]
		if n == 0 {
			run = 0
			continue
		}
		run++
		y.Streak = max(y.Streak, run)
		if n > y.Busiest.Count {
			y.Busiest = DayCount{day, n}
		}
	}
	return y
}

// Heat grades a count of a heat map from 0 to 4: few unlocks are seen too, many do
// not outshine the rest. most is the largest count shown.
func Heat(count, most int) int {
	switch {
	case count == 0:
		return 0
	case count == 1:
		return 1
	case count*4 <= most:
		return 2
	case count*2 <= most:
		return 3
	}
	return 4
}
