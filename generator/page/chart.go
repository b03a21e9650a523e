package page

import (
	"fmt"
	"math"
	"strings"

	"github.com/trophycase/trophycase/generator/trophy"
)

// The sizes of the charts. One of columns is drawn about as large as a phone shows
// it, so that its text can be read there.
const (
	chartWidth  = 400
	chartHeight = 190
	chartHead   = 20
	chartLine   = 17 // of text
	levelWidth  = 640
	levelHeight = 180
)

// chartView is a column chart; the same figures stand in a table.
type chartView struct {
	ID, Title     string
	Width, Height int
	Bars          []barChart
}

// barChart is one column: X, Y, W and H in the units of the chart.
type barChart struct {
	Label      []textLine // below the column; none where there is no room
	Figure     string     // above it; "" where there is no room
	Name       string     // in the table
	Short      string     // the name below the column, "" for Name
	Value      int
	Class      string // of a grade, or ""
	X, Y, W, H float64
}

// textLine is a line of text at a height.
type textLine struct {
	Text string
	Y    float64
}

// Middle is where the text of a column stands.
func (b barChart) Middle() float64 { return tenth(b.X + b.W/2) }

// Top is where the figure above a column stands.
func (b barChart) Top() float64 { return tenth(b.Y - 6) }

func (b barChart) label() string {
	if b.Short != "" {
		return b.Short
	}
	return b.Name
}

// chart places the columns of a chart side by side.
func (r *Renderer) chart(id, title string, bars []barChart) chartView {
	most := 1
	for _, b := range bars {
		most = max(most, b.Value)
	}
	step := float64(chartWidth) / float64(max(1, len(bars)))
	floor := float64(chartHeight - chartLine*label(bars, step) - 4)
	width := min(step*0.7, 48)
	roomy := textWidth(r.words.Number(most)) <= step
	for i := range bars {
		b := &bars[i]
		b.H = tenth(float64(b.Value) / float64(most) * (floor - chartHead))
		b.W = tenth(width)
		b.X = tenth(r.mirrored(step*(float64(i)+0.5), chartWidth) - width/2)
		b.Y = tenth(floor - b.H)
		for j := range b.Label {
			b.Label[j].Y = floor + float64(chartLine*(j+1)) - 2
		}
		if b.Value > 0 && (roomy || b.Value == most) {
			b.Figure = r.words.Number(b.Value)
		}
	}
	return chartView{id, title, chartWidth, chartHeight, bars}
}

// label names the columns: in one line, each word on its own, or where there are
// many columns not all of them. It gives the number of lines.
func label(bars []barChart, step float64) int {
	const gap, few = 4, 6
	widest := 0.0
	for _, b := range bars {
		widest = max(widest, textWidth(b.label())+gap)
	}
	lines, every := 1, 1
	if widest > step {
		if len(bars) > few {
			every = int(math.Ceil(widest / step))
		} else {
			lines = 2
		}
	}
	for i := range bars {
		if i%every != 0 {
			continue
		}
		for _, text := range strings.SplitN(bars[i].label(), " ", lines) {
			bars[i].Label = append(bars[i].Label, textLine{Text: text})
		}
	}
	return lines
}

// textWidth is about how wide a chart's text is drawn.
func textWidth(s string) float64 {
	w := 0.0
	for _, r := range s {
		switch {
		case r >= 0x2e80: // Chinese, Japanese and Korean
			w += 13.5
		case r == '.' || r == ',' || r == ' ' || r == '\u00a0' || r == '\u202f':
			w += 4
		default:
			w += 8
		}
	}
	return w
}

// mirrored is a place on a chart in the direction in which the language is read.
func (r *Renderer) mirrored(x, width float64) float64 {
	if r.words.Direction == "rtl" {
		return width - x
	}
	return x
}

func tenth(f float64) float64 { return math.Round(10*f) / 10 }

// levelView is the level over time as a line, and its ends.
type levelView struct {
	Path, Area  string
	First, Last trophy.Day
	Ends        []trophy.Day // the last day of each year
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
		x := r.mirrored(levelWidth*d.Date.Sub(first.Date).Hours()/span, levelWidth)
		y := 10 + (levelHeight-20)*(1-float64(d.Points-low)/rise)
		letter := "L"
		if i == 0 {
			letter = "M"
		}
		fmt.Fprintf(&b, "%s%.1f %.1f", letter, x, y)
	}
	line := b.String()
	area := fmt.Sprintf("%sL%g %dL%g %dZ", line, r.mirrored(levelWidth, levelWidth), levelHeight, r.mirrored(0, levelWidth), levelHeight)
	return &levelView{Path: line, Area: area, First: first, Last: last, Ends: yearEnds(days)}
}

// yearEnds is the last day of each year.
func yearEnds(days []trophy.Day) []trophy.Day {
	var ends []trophy.Day
	for i, d := range days {
		if i == len(days)-1 || days[i+1].Date.Year() != d.Date.Year() {
			ends = append(ends, d)
		}
	}
	return ends
}
