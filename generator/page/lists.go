package page

import (
	"cmp"
	"io"
	"slices"
	"time"

	"github.com/trophycase/trophycase/generator/trophy"
)

// rarestListed is how many the page of the rarest trophies shows.
const rarestListed = 100

// monthsView is what unlocks.html receives: the unlocks of one year by month and
// day, or without them the years alone.
type monthsView struct {
	Year   int // 0 for the page of all years
	Shown  int // the year whose unlocks are listed, 0 without any
	Years  []yearCount
	Months []monthUnlocks
	// Pages is those of the year's months, the newest first; none if the year is
	// on one page.
	Pages []monthCount
	// Review is the year's card, "" without one.
	Review string
}

// yearListed is how many unlocks of a year one page shows: there is a page for each
// month of a year with more.
const yearListed = 2000

// MonthPages is the months of a year that have pages of their own, the newest
// first: none, if one page shows the whole year.
func MonthPages(s *trophy.Statistics, year int) []time.Month {
	if s.Calendar.ByYear[year] <= yearListed {
		return nil
	}
	var list []time.Month
	for m := time.December; m >= time.January; m-- {
		if s.Calendar.ByMonth[time.Date(year, m, 1, 0, 0, 0, 0, time.UTC)] > 0 {
			list = append(list, m)
		}
	}
	return list
}

type yearCount struct {
	Year, Count int
	Path        string
}

type monthCount struct {
	Name    string
	Count   int
	Path    string
	Current bool
}

type monthUnlocks struct {
	Name  string
	ID    string
	Count int
	Days  []dayView
}

// Unlocks writes the page of all years of unlocks.
func (r *Renderer) Unlocks(w io.Writer, p *trophy.Profile, stats *trophy.Statistics) error {
	return r.unlocks(w, p, stats, 0, 0, r.o.Links.Unlocks+"index.html")
}

// UnlocksOf writes the page of one year's unlocks.
func (r *Renderer) UnlocksOf(w io.Writer, p *trophy.Profile, stats *trophy.Statistics, year int) error {
	return r.unlocks(w, p, stats, year, 0, r.o.Links.Year(year)+"index.html")
}

// UnlocksIn writes the page of one month's unlocks.
func (r *Renderer) UnlocksIn(w io.Writer, p *trophy.Profile, stats *trophy.Statistics, year int, month time.Month) error {
	return r.unlocks(w, p, stats, year, month, r.o.Links.Month(year, month)+"index.html")
}

// unlocks writes a page of unlocks. What is 0 of year and month is the newest; a
// year with many unlocks shows its last month only.
func (r *Renderer) unlocks(w io.Writer, p *trophy.Profile, stats *trophy.Statistics, year int, month time.Month, where string) error {
	page := monthsView{Year: year}
	for _, y := range stats.Years() {
		page.Years = append(page.Years, yearCount{y, stats.Calendar.ByYear[y], r.o.Links.Year(y)})
	}
	shown := year
	if shown == 0 && len(page.Years) > 0 {
		shown = page.Years[0].Year
	}
	if shown != 0 {
		page.Review = r.o.Links.Review(shown)
	}
	list := ofYear(stats.Unlocks, shown, r.o.Location)
	if months := MonthPages(stats, shown); len(months) > 0 {
		current := cmp.Or(month, months[0])
		page.Pages = r.monthCounts(stats, shown, months, current)
		list = ofMonth(list, current, r.o.Location)
	}
	page.Shown, page.Months = shown, r.months(list)
	v := r.view(where, p.Owner)
	v.Title, v.Current, v.Page, v.None = r.words.Unlocks, r.o.Links.Unlocks, page, r.none(p, r.words.NoUnlocks)
	if year != 0 {
		v.Title += " " + itoa(year)
	}
	if month != 0 {
		v.Title += ", " + r.words.Months[month-1]
	}
	// Not how many trophies there are: the page of a year that is over stays.
	v.describe(v.Title + " · " + p.OnlineID)
	v.card(r, r.o.Links.PageSocial(r.o.Links.Unlocks), v.Title)
	return r.render(w, "unlocks", v)
}

// monthCounts is the pages of a year's months.
func (r *Renderer) monthCounts(stats *trophy.Statistics, year int, months []time.Month, current time.Month) []monthCount {
	var list []monthCount
	for _, m := range months {
		n := stats.Calendar.ByMonth[time.Date(year, m, 1, 0, 0, 0, 0, time.UTC)]
		list = append(list, monthCount{r.words.Months[m-1], n, r.o.Links.Month(year, m), m == current})
	}
	return list
}

// months is unlocks, newest first, by month.
func (r *Renderer) months(unlocks []trophy.Unlock) []monthUnlocks {
	var list []monthUnlocks
	for _, day := range r.byDay(unlocks) {
		name, id := r.words.Months[day.Date.Month()-1], day.Date.Format("01")
		if n := len(list); n == 0 || list[n-1].ID != id {
			list = append(list, monthUnlocks{Name: name, ID: id})
		}
		last := &list[len(list)-1]
		last.Days = append(last.Days, day)
		last.Count += len(day.Unlocks)
	}
	return list
}

// ofYear is the part of unlocks, newest first, that fell in a year.
func ofYear(unlocks []trophy.Unlock, year int, zone *time.Location) []trophy.Unlock {
	before := func(at time.Time) func(trophy.Unlock, int) int {
		return func(u trophy.Unlock, _ int) int {
			if u.Trophy.EarnedAt.Before(at) {
				return 1
			}
			return -1
		}
	}
	from, _ := slices.BinarySearchFunc(unlocks, 0, before(time.Date(year+1, 1, 1, 0, 0, 0, 0, zone)))
	to, _ := slices.BinarySearchFunc(unlocks, 0, before(time.Date(year, 1, 1, 0, 0, 0, 0, zone)))
	return unlocks[from:to]
}

// ofMonth is the part of a year's unlocks that fell in a month.
func ofMonth(unlocks []trophy.Unlock, month time.Month, zone *time.Location) []trophy.Unlock {
	in := func(u trophy.Unlock) bool { return u.Trophy.EarnedAt.In(zone).Month() == month }
	from := slices.IndexFunc(unlocks, in)
	to := from
	for to < len(unlocks) && to >= 0 && in(unlocks[to]) {
		to++
	}
	return unlocks[max(0, from):max(0, to)]
}

// platinumsView is what platinums.html receives.
type platinumsView struct {
	*trophy.Statistics
	Fastest, Slowest []trophy.Crowning
}

// Platinums writes the wall of platinums.
func (r *Renderer) Platinums(w io.Writer, p *trophy.Profile, stats *trophy.Statistics) error {
	const extremes = 3
	page := platinumsView{Statistics: stats}
	if fastest := trophy.Fastest(stats.Platinums); len(fastest) > extremes {
		page.Fastest = fastest[:extremes]
		page.Slowest = trophy.Slowest(stats.Platinums)[:extremes]
	}
	return r.list(w, p, "platinums", r.words.Platinums, r.o.Links.Platinums, r.words.NoPlatinums, page)
}

// Rarest writes the list of the rarest trophies.
func (r *Renderer) Rarest(w io.Writer, p *trophy.Profile, stats *trophy.Statistics) error {
	return r.list(w, p, "rarest", r.words.Rarest, r.o.Links.Rarest, r.words.NoUnlocks, trophy.Rarest(stats.Unlocks, rarestListed))
}

// Milestones writes the list of milestones.
func (r *Renderer) Milestones(w io.Writer, p *trophy.Profile, stats *trophy.Statistics) error {
	return r.list(w, p, "milestones", r.words.Milestones, r.o.Links.Milestones, r.words.NoUnlocks, stats.Milestones)
}

// list writes a page of the profile that lies at a path of its own. none is what
// it says while it is empty.
func (r *Renderer) list(w io.Writer, p *trophy.Profile, name, title, where, none string, page any) error {
	v := r.view(where+"index.html", p.Owner)
	v.Title, v.Current, v.Page, v.None = title, where, page, r.none(p, none)
	v.describe(title + " · " + p.OnlineID)
	v.card(r, r.o.Links.PageSocial(where), v.Title)
	return r.render(w, name, v)
}
