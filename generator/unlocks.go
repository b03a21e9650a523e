package generator

import (
	"io"
	"time"

	"github.com/trophycase/trophycase/generator/page"
	"github.com/trophycase/trophycase/generator/publish"
	"github.com/trophycase/trophycase/generator/trophy"
)

// A period is a year, or with a month that month.
type period struct {
	year  int
	month time.Month
}

// unlocks is the pages of unlocks by year, and by month where there are many. Each
// follows from the titles that were played in its time, not from the others.
func (s *site) unlocks() ([]publish.Artifact, error) {
	played := s.played()
	var list []publish.Artifact
	add := func(dir string, of period, write func(io.Writer, *trophy.Profile, *trophy.Statistics) error) error {
		p, stats := &trophy.Profile{Owner: s.profile.Owner}, s.within(of.year)
		what, err := sumOf(s.sums.owner, stats.Calendar, played[of])
		list = append(list, s.artifact(dir+homePath, s.sums.pages, what, func(w io.Writer) error { return write(w, p, stats) }))
		return err
	}
	years := s.stats.Years()
	for i, year := range years {
		months := page.MonthPages(s.stats, year)
		shown := period{year: year}
		if len(months) > 0 {
			shown.month = months[0]
		}
		err := add(yearDir(year), shown, func(w io.Writer, p *trophy.Profile, stats *trophy.Statistics) error {
			return s.pages.UnlocksOf(w, p, stats, year)
		})
		if err == nil && i == 0 {
			err = add(unlocksDir, shown, s.pages.Unlocks)
		}
		for _, month := range months {
			if err == nil {
				err = add(monthDir(year, month), period{year, month}, func(w io.Writer, p *trophy.Profile, stats *trophy.Statistics) error {
					return s.pages.UnlocksIn(w, p, stats, year, month)
				})
			}
		}
		if err != nil {
			return nil, err
		}
	}
	if len(years) == 0 {
		return list, add(unlocksDir, period{}, s.pages.Unlocks)
	}
	return list, nil
}

// within is the statistics that the pages of a year's unlocks receive.
func (s *site) within(year int) *trophy.Statistics {
	c := trophy.Calendar{ByYear: s.stats.Calendar.ByYear, ByMonth: map[time.Time]int{}}
	for month, n := range s.stats.Calendar.ByMonth {
		if month.Year() == year {
			c.ByMonth[month] = n
		}
	}
	return &trophy.Statistics{Unlocks: s.stats.Unlocks, Calendar: c}
}

// played is the sums of the titles that have unlocks in a year and in a month.
func (s *site) played() map[period][]sum {
	sums := map[period][]sum{}
	for i := range s.profile.Titles {
		seen := map[period]bool{}
		for _, u := range s.profile.Titles[i].Unlocks() {
			at := u.Trophy.EarnedAt.In(s.job.Config.Location)
			for _, p := range []period{{at.Year(), at.Month()}, {year: at.Year()}} {
				if !seen[p] {
					seen[p] = true
					sums[p] = append(sums[p], s.sums.titles[i])
				}
			}
		}
	}
	return sums
}
