package page

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/trophycase/trophycase/generator/trophy"
)

// statsView is what stats.html receives.
type statsView struct {
	*trophy.Statistics
	Charts []chartView
	Level  *levelView // nil without a history of the level
}

// chartView is a column chart; the same figures stand in a table.
type chartView struct {
	ID, Title     string
	Width, Height int
	Bars          []barChart
}

// barChart is one column: X, Y, W and H in the units of the chart.
type barChart struct {
	Label      string // below the column; "" for every second of many
	Figure     string // above it; "" when there is no room
	Name       string // in the table
	Value      int
	Class      string // of a grade, or ""
	X, Y, W, H float64
}

// The size of a chart, and of the text below its columns.
const (
	chartWidth  = 640
	chartHeight = 180
	chartFoot   = 22
	chartHead   = 20
)

// Stats writes the page of charts.
func (r *Renderer) Stats(w io.Writer, p *trophy.Profile, stats *trophy.Statistics) error {
	page := statsView{Statistics: stats, Level: r.levelOverTime(p)}
	if len(stats.Unlocks) > 0 {
		page.Charts = r.charts(stats)
	}
	return r.list(w, p, "stats", r.words.Stats, r.o.Links.Stats, page)
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
		name := fmt.Sprintf("%d–%s", 10*i, w.Percent(float64(10*i+9), 0))
		if i == 10 {
			name = w.Percent(100, 0)
		}
		completion = append(completion, barChart{Name: name, Value: n})
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

// chart places the columns of a chart side by side.
func (r *Renderer) chart(id, title string, bars []barChart) chartView {
	most := 1
	for _, b := range bars {
		most = max(most, b.Value)
	}
	step := float64(chartWidth) / float64(max(1, len(bars)))
	width := min(step*0.7, 64)
	skip := 1 + len(bars)/14
	for i := range bars {
		b := &bars[i]
		b.H = math.Round(10*float64(b.Value)/float64(most)*(chartHeight-chartHead-chartFoot)) / 10
		b.W = math.Round(10*width) / 10
		b.X = math.Round(10*(step*(float64(i)+0.5)-width/2)) / 10
		b.Y = chartHeight - chartFoot - b.H
		if i%skip == 0 {
			b.Label = b.Name
		}
		if b.Value > 0 && step > 36 {
			b.Figure = r.words.Number(b.Value)
		}
	}
	return chartView{id, title, chartWidth, chartHeight, bars}
}

// Middle is where the text of a column stands.
func (b barChart) Middle() float64 { return b.X + b.W/2 }

// Top is where the figure above a column stands.
func (b barChart) Top() float64 { return b.Y - 6 }

// levelView is the level over time as a line, and its ends.
type levelView struct {
	Path, Area  string
	First, Last trophy.Day
}

// levelOverTime draws the history of the level, as far as the snapshot has seen
// it.
func (r *Renderer) levelOverTime(p *trophy.Profile) *levelView {
	days := p.History
	if len(days) < 2 {
		return nil
	}
	first, last := days[0], days[len(days)-1]
	low, high := first.Points, first.Points
	for _, d := range days {
		low, high = min(low, d.Points), max(high, d.Points)
	}
	span, rise := last.Date.Sub(first.Date).Hours(), float64(max(1, high-low))
	var b strings.Builder
	for i, d := range days {
		x := chartWidth * d.Date.Sub(first.Date).Hours() / span
		y := 10 + (chartHeight-20)*(1-float64(d.Points-low)/rise)
		letter := "L"
		if i == 0 {
			letter = "M"
		}
		fmt.Fprintf(&b, "%s%.1f %.1f", letter, x, y)
	}
	line := b.String()
	return &levelView{Path: line, Area: fmt.Sprintf("%sL%d %dL0 %dZ", line, chartWidth, chartHeight, chartHeight), First: first, Last: last}
}
