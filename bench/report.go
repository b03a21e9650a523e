package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
)

// A report is the measurements as tables, and the cost of a title by the number of
// titles.
type report struct {
	tables []*table
	points map[int][]float64 // seconds of a processor a title, by titles
}

type table struct {
	name string
	rows [][]string
}

func newReport() *report { return &report{points: map[int][]float64{}} }

func (r *report) table(name string, head ...string) *table {
	t := &table{name: name, rows: [][]string{head}}
	r.tables = append(r.tables, t)
	return t
}

func (t *table) row(cells ...string) {
	fmt.Fprintln(os.Stderr, strings.Join(cells, " | "))
	t.rows = append(t.rows, cells)
}

func (r *report) point(titles int, seconds float64) {
	r.points[titles] = append(r.points[titles], seconds)
}

// write puts the tables between their marks in performance.md, and draws the plot.
func (r *report) write(docs string) error {
	name := filepath.Join(docs, "performance.md")
	text, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	for _, t := range append(r.tables, machine()) {
		if text, err = replace(text, t.name, t.markdown()); err != nil {
			return err
		}
	}
	if len(r.points) > 0 {
		if err := os.WriteFile(filepath.Join(docs, "performance.svg"), r.plot(), 0o644); err != nil {
			return err
		}
	}
	return os.WriteFile(name, text, 0o644)
}

func replace(text []byte, name, with string) ([]byte, error) {
	begin, end := []byte("<!-- "+name+" -->\n"), []byte("<!-- /"+name+" -->")
	from, to := bytes.Index(text, begin), bytes.Index(text, end)
	if from < 0 || to < from {
		return nil, fmt.Errorf("performance.md has no place for %q", name)
	}
	return slices.Concat(text[:from+len(begin)], []byte(with), text[to:]), nil
}

func (t *table) markdown() string {
	var b strings.Builder
	for i, row := range t.rows {
		fmt.Fprintf(&b, "| %s |\n", strings.Join(row, " | "))
		if i == 0 {
			b.WriteString("|" + strings.Repeat(" --- |", len(row)) + "\n")
		}
	}
	return b.String()
}

// machine is what was measured on, and with which versions.
func machine() *table {
	t := &table{name: "machine", rows: [][]string{{"what", "which"}}}
	model := "unknown"
	if info, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		if m := regexp.MustCompile(`model name\s*: (.*)`).FindSubmatch(info); m != nil {
			model = string(m[1])
		}
	}
	t.rows = append(t.rows, []string{"processor", fmt.Sprintf("%s, %d", model, runtime.NumCPU())}, []string{"Go", runtime.Version() + " " + runtime.GOOS + "/" + runtime.GOARCH})
	if data, err := os.ReadFile("go.mod"); err == nil {
		if m := regexp.MustCompile(`gohugoio/hugo (v\S+)`).FindSubmatch(data); m != nil {
			t.rows = append(t.rows, []string{"Hugo", string(m[1])})
		}
	}
	if data, err := os.ReadFile("peers/package.json"); err == nil {
		for _, m := range regexp.MustCompile(`"([@a-z/-]+)": "([0-9.]+)"`).FindAllSubmatch(data, -1) {
			t.rows = append(t.rows, []string{string(m[1]), string(m[2])})
		}
	}
	return t
}

// plot draws the cost of a title against that at the smallest size.
func (r *report) plot() []byte {
	var sizes []int
	for n := range r.points {
		sizes = append(sizes, n)
	}
	slices.Sort(sizes)
	first := median(r.points[sizes[0]])
	var b, path bytes.Buffer
	const width, height, left, bottom = 640, 280, 56, 232
	x := func(i int) int { return left + 40 + i*(width-left-100)/max(1, len(sizes)-1) }
	y := func(v float64) int { return bottom - int(v*130) }
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="13" role="img" aria-label="Processor time for each title, by the number of titles"><rect width="%d" height="%d" fill="#fff"/>`, width, height, width, height)
	for _, v := range []float64{0, 0.5, 1, 1.2} {
		fmt.Fprintf(&b, `<path d="M%d %dH%d" stroke="#dde2ea"/><text x="%d" y="%d" fill="#4d5866" text-anchor="end">%.1f</text>`, left, y(v), width-20, left-8, y(v)+4, v)
	}
	for i, n := range sizes {
		v := median(r.points[n]) / first
		fmt.Fprintf(&path, "%s%d %d", map[bool]string{true: "M", false: "L"}[i == 0], x(i), y(v))
		fmt.Fprintf(&b, `<circle cx="%d" cy="%d" r="4" fill="#2346c7"/><text x="%d" y="%d" text-anchor="middle" fill="#161a20">%.2f</text><text x="%d" y="%d" text-anchor="middle" fill="#4d5866">%d titles</text>`, x(i), y(v), x(i), y(v)-12, v, x(i), bottom+24, n)
	}
	fmt.Fprintf(&b, `<path d="%s" fill="none" stroke="#2346c7" stroke-width="2"/></svg>`+"\n", path.String())
	return b.Bytes()
}
