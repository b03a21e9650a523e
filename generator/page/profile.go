package page

import (
	"fmt"
	"io"
	"math"
	"time"

	"github.com/trophycase/trophycase/generator/trophy"
)

// How much of each the profile page shows.
const (
	recentShown  = 14
	rarestShown  = 6
	crownsShown  = 24
	closestShown = 6
)

// ringLength is the length of the ring around the level, whose radius is 53.
const ringLength = 2 * math.Pi * 53

// profileView is what profile.html receives.
type profileView struct {
	*trophy.Profile
	Stats   *trophy.Statistics
	Latest  []trophy.Unlock // the newest one, or none
	Recent  []dayView
	Rarest  []trophy.Unlock
	Crowns  []trophy.Crowning
	Closest []*trophy.Title
	Pinned  []trophy.Pinned
	Year    yearView
	Metal   trophy.Grade // of the level's tier
	// NoPlatinums is what stands for the wall where there is none.
	NoPlatinums string
	Ring        string // how far the level is, as a dash of the ring's line
}

// dayView is the unlocks of one day.
type dayView struct {
	Date    time.Time
	Unlocks []trophy.Unlock
}

// yearView is the heat map: seven rows of days, and the months above.
type yearView struct {
	Months []monthView
	Rows   [7]rowView
	Total  int
}

type monthView struct {
	Name  string
	Weeks int
}

type rowView struct {
	Weekday string
	Days    []heatView
}

type heatView struct {
	trophy.DayCount
	Heat int    // 0 to 4
	Text string // the day and its count, "" in the future
}

// Profile writes the front page. stats is the profile's, by the days of the
// options' Location.
func (r *Renderer) Profile(w io.Writer, p *trophy.Profile, stats *trophy.Statistics) error {
	page := profileView{
		Profile: p, Stats: stats,
		Latest:      stats.Unlocks[:min(1, len(stats.Unlocks))],
		Recent:      r.byDay(stats.Unlocks[:min(recentShown, len(stats.Unlocks))]),
		Rarest:      trophy.Rarest(stats.Unlocks, rarestShown),
		Crowns:      stats.Platinums[:min(crownsShown, len(stats.Platinums))],
		Closest:     stats.Closest[:min(closestShown, len(stats.Closest))],
		Pinned:      p.Pinned(r.o.Pinned),
		Year:        r.year(p, &stats.Calendar),
		Metal:       p.Level.Metal(),
		NoPlatinums: r.none(p, r.words.NoPlatinums),
		Ring:        fmt.Sprintf("%.1f %.1f", ringLength*float64(p.Level.Progress)/100, ringLength),
	}
	v := r.view("index.html", p.Owner)
	v.Title, v.Current, v.Page, v.None = p.OnlineID, "home", page, r.none(p, r.words.NoUnlocks)
	alt := r.words.ProfileAlt(p, stats)
	v.describe(alt)
	v.card(r, r.o.Links.Social, alt)
	if err := v.data(r.profileData(p)); err != nil {
		return err
	}
	return r.render(w, "profile", v)
}

func (r *Renderer) byDay(unlocks []trophy.Unlock) []dayView {
	var days []dayView
	for _, u := range unlocks {
		y, m, d := u.Trophy.EarnedAt.In(r.o.Location).Date()
		date := time.Date(y, m, d, 0, 0, 0, 0, r.o.Location)
		if n := len(days); n == 0 || !days[n-1].Date.Equal(date) {
			days = append(days, dayView{Date: date})
		}
		last := &days[len(days)-1]
		last.Unlocks = append(last.Unlocks, u)
	}
	return days
}

func (r *Renderer) year(p *trophy.Profile, c *trophy.Calendar) yearView {
	var y yearView
	weeks := c.Year(p.Time, r.o.Location)
	most := 1
	for _, week := range weeks {
		for _, day := range week {
			most = max(most, day.Count)
			y.Total += day.Count
		}
	}
	for i, week := range weeks {
		// A week belongs to the month of its first day.
		name := r.words.Months[week[0].Date.Month()-1]
		if i == 0 || y.Months[len(y.Months)-1].Name != name {
			y.Months = append(y.Months, monthView{Name: name})
		}
		y.Months[len(y.Months)-1].Weeks++
		for j, day := range week {
			y.Rows[j].Weekday = r.words.Weekdays[j]
			view := heatView{DayCount: day, Heat: trophy.Heat(day.Count, most)}
			if !day.Date.IsZero() {
				view.Text = r.words.Date(day.Date) + ": " + r.words.Count(r.words.NTrophies, day.Count)
			}
			y.Rows[j].Days = append(y.Rows[j].Days, view)
		}
	}
	return y
}
