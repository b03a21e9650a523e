package page

import (
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/trophycase/trophycase/generator/trophy"
)

// statsView is what stats.html receives.
type statsView struct {
	*trophy.Statistics
	Charts []chartView
	Level  *levelView // nil without a history of the level
}

// Stats writes the page of charts.
func (r *Renderer) Stats(w io.Writer, p *trophy.Profile, stats *trophy.Statistics) error {
	page := statsView{Statistics: stats, Level: r.levelOverTime(p)}
	if len(stats.Unlocks) > 0 {
		page.Charts = r.charts(stats)
	}
	return r.list(w, p, "stats", r.words.Stats, r.o.Links.Stats, r.words.NoUnlocks, page)
}

func (r *Renderer) charts(s *trophy.Statistics) []chartView {
	w := r.words
	var years, months, weekdays, hours, platforms, completion []barChart
	for _, y := range slices.Backward(s.Years()) {
		years = append(years, barChart{Name: itoa(y), Value: s.Calendar.ByYear[y]})
	}
	for m := range 12 {
		months = append(months, barChart{Name: w.Months[m], Value: byMonth(s, time.Month(m+1))})
	}
	for d := range 7 {
		weekdays = append(weekdays, barChart{Name: w.Weekdays[d], Value: s.Calendar.ByWeekday[(d+1)%7]})
	}
	for h := range 24 {
		hours = append(hours, barChart{Name: fmt.Sprintf("%d", h), Value: s.Calendar.ByHour[h]})
	}
	for _, c := range s.ByPlatform {
		platforms = append(platforms, barChart{Name: c.Platform.String(), Value: c.Earned.Total()})
	}
	for i, n := range s.Distribution {
		bar := barChart{Short: fmt.Sprintf("%d–%d", 10*i, 10*i+9), Name: fmt.Sprintf("%d–%s", 10*i, w.Percent(float64(10*i+9), 0)), Value: n}
		if i == 10 {
			bar.Short, bar.Name = "", w.Percent(100, 0)
		}
		completion = append(completion, bar)
	}
	return []chartView{
		r.chart("years", w.ByYear, years), r.chart("months", w.ByMonth, months), r.chart("weekdays", w.ByWeekday, weekdays),
		r.chart("hours", w.ByHour, hours), r.chart("grades", w.ByGrade, r.gradeBars(s)), r.chart("rarities", w.ByRarityTitle, r.rarityBars(s)),
		r.chart("platforms", w.ByPlatform, platforms), r.chart("completion", w.CompletionTitle, completion),
	}
}

func byMonth(s *trophy.Statistics, month time.Month) int {
	n := 0
	for at, count := range s.Calendar.ByMonth {
		if at.Month() == month {
			n += count
		}
	}
	return n
}

func (r *Renderer) gradeBars(s *trophy.Statistics) []barChart {
	var bars []barChart
	for _, g := range trophy.Grades {
		bars = append(bars, barChart{Name: r.words.Grade(g), Value: s.ByGrade.Of(g), Class: g.String()})
	}
	return bars
}

func (r *Renderer) rarityBars(s *trophy.Statistics) []barChart {
	var bars []barChart
	for i, n := range s.ByRarity {
		bars = append(bars, barChart{Name: r.words.Rarity(trophy.Rarity(i)), Value: n})
	}
	return bars
}
