package trophy

import "time"

// dayOf is midnight UTC of the day that a time falls on in a zone: a value to
// count days by, free of summer time.
func dayOf(t time.Time, zone *time.Location) time.Time {
	y, m, d := t.In(zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// Streak is a run of days, each with an unlock.
type Streak struct {
	// First and Last are midnight UTC of the days.
	First, Last time.Time
	Days        int
}

// Calendar is when unlocks happened.
type Calendar struct {
	// ByDay has the number of unlocks by day, at midnight UTC of it.
	ByDay map[time.Time]int
	// ByMonth and ByYear have it by the first day of the month, and by year.
	ByMonth map[time.Time]int
	ByYear  map[int]int
	// ByWeekday begins with Sunday, ByHour with midnight.
	ByWeekday [7]int
	ByHour    [24]int
	Longest   Streak
	// Current is the streak that goes on: its last day is the profile's day or
	// the one before. Days is 0 when there is none.
	Current Streak
}

// newCalendar counts unlocks, newest first, by the days of a zone.
func newCalendar(unlocks []Unlock, now time.Time, zone *time.Location) Calendar {
	c := Calendar{ByDay: map[time.Time]int{}, ByMonth: map[time.Time]int{}, ByYear: map[int]int{}}
	var streak Streak
	for i := len(unlocks) - 1; i >= 0; i-- {
		at := unlocks[i].Trophy.EarnedAt.In(zone)
		day := dayOf(at, zone)
		c.ByDay[day]++
		c.ByMonth[time.Date(day.Year(), day.Month(), 1, 0, 0, 0, 0, time.UTC)]++
		c.ByYear[day.Year()]++
		c.ByWeekday[at.Weekday()]++
		c.ByHour[at.Hour()]++
		streak.extend(day)
		if streak.Days > c.Longest.Days {
			c.Longest = streak
		}
	}
	if streak.Days > 0 && !streak.Last.Before(dayOf(now, zone).AddDate(0, 0, -1)) {
		c.Current = streak
	}
	return c
}

// extend adds a day that is not before the streak's last one.
func (s *Streak) extend(day time.Time) {
	switch {
	case s.Days > 0 && day.Equal(s.Last):
	case s.Days > 0 && day.Equal(s.Last.AddDate(0, 0, 1)):
		s.Last = day
		s.Days++
	default:
		*s = Streak{First: day, Last: day, Days: 1}
	}
}

// Week is seven days from Monday on. Days outside of what is shown have a zero
// Date.
type Week [7]DayCount

// DayCount is the number of unlocks on a day.
type DayCount struct {
	Date  time.Time
	Count int
}

// Year is the 53 weeks that end with the week of a day.
func (c *Calendar) Year(last time.Time, zone *time.Location) []Week {
	end := dayOf(last, zone)
	monday := end.AddDate(0, 0, -(int(end.Weekday())+6)%7)
	weeks := make([]Week, 53)
	for i := range weeks {
		for j := range weeks[i] {
			day := monday.AddDate(0, 0, 7*(i-52)+j)
			if !day.After(end) {
				weeks[i][j] = DayCount{Date: day, Count: c.ByDay[day]}
			}
		}
	}
	return weeks
}

// YearOf is the weeks of a calendar year, the first and the last of which may
// hold fewer than seven days.
func (c *Calendar) YearOf(year int) []Week {
	first := time.Date(year, time.January, 1, 0, 0, 0, 0, time.UTC)
	day := first.AddDate(0, 0, -(int(first.Weekday())+6)%7)
	var weeks []Week
	for day.Year() <= year {
		var w Week
		for i := range w {
			if day.Year() == year {
				w[i] = DayCount{Date: day, Count: c.ByDay[day]}
			}
			day = day.AddDate(0, 0, 1)
		}
		weeks = append(weeks, w)
	}
	return weeks
}
