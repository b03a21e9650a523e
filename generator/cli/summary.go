package cli

import (
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/trophycase/trophycase/generator"
	"github.com/trophycase/trophycase/generator/config"
)

// summarise tells what a build did, on the terminal and in the job summary.
func (a *app) summarise(r generator.Result, c *config.Config, took time.Duration) {
	a.tellFetch(r.Fetch)
	for _, n := range r.Render.Notices {
		a.warn(n)
	}
	rows := append(fetchRows(r.Fetch, c.Fetch.MaxRequests), a.renderRows(r.Render, took)...)
	for _, row := range rows {
		a.say("%-10s %s", row.name, row.value)
	}
	if err := a.github.addSummary(a.markdown(r, rows)); err != nil {
		a.warn(err.Error())
	}
}

// row is a line of the summary.
type row struct{ name, value string }

func fetchRows(f *generator.FetchReport, budget int) []row {
	if f == nil {
		return nil
	}
	titles := fmt.Sprintf("%d fetched, %d reused", f.Fetched, f.Reused)
	if f.Refreshed > 0 {
		titles += fmt.Sprintf(", %d with new rates", f.Refreshed)
	}
	rows := []row{
		{"new", unlocks(f)},
		{"requests", fmt.Sprintf("%d of %d", f.Requests, budget)},
		{"titles", titles + fmt.Sprintf(", %d still to come", f.Pending)},
	}
	if f.Pending > 0 {
		rows = append(rows, row{"complete", "in " + rest(f)})
	}
	if f.Pictures+f.PicturesFailed > 0 {
		rows = append(rows, row{"pictures", fmt.Sprintf("%d fetched, %d failed", f.Pictures, f.PicturesFailed)})
	}
	return rows
}

// unlocks is what was earned since the last build, by grade.
func unlocks(f *generator.FetchReport) string {
	text := plural(f.NewUnlocks, "unlock")
	var grades []string
	for _, g := range []struct {
		n    int
		name string
	}{
		{int(f.NewByGrade.Platinum), "platinum"}, {int(f.NewByGrade.Gold), "gold"},
		{int(f.NewByGrade.Silver), "silver"}, {int(f.NewByGrade.Bronze), "bronze"},
	} {
		if g.n > 0 {
			grades = append(grades, fmt.Sprintf("%d %s", g.n, g.name))
		}
	}
	if len(grades) > 0 {
		text += ": " + strings.Join(grades, ", ")
	}
	if f.LevelBefore > 0 && f.LevelAfter != f.LevelBefore {
		text += fmt.Sprintf("; level %d → %d", f.LevelBefore, f.LevelAfter)
	}
	return text
}

// rest is how far the end of a backfill is.
func rest(f *generator.FetchReport) string {
	text := plural(f.BuildsLeft, "more build")
	if f.TimeLeft > 0 {
		text += fmt.Sprintf(", about %d minutes at PSN's limit", int(f.TimeLeft.Minutes()))
	}
	return text
}

func (a *app) renderRows(r *generator.RenderReport, took time.Duration) []row {
	where, err := filepath.Abs(a.flags.out)
	if err != nil {
		where = a.flags.out
	}
	return []row{
		{"site", fmt.Sprintf("%d pages, %d cards, %d feeds", r.Pages, r.Cards, r.Feeds)},
		{"files", fmt.Sprintf("%d written, %d unchanged, %d removed", r.Written, r.Unchanged, r.Removed)},
		{"time", fmt.Sprintf("%.1f seconds", took.Seconds())},
		{"where", where},
	}
}

func (a *app) markdown(r generator.Result, rows []row) string {
	var b strings.Builder
	p := r.Render.Profile
	fmt.Fprintf(&b, "### %s: level %d, %d trophies\n\n| | |\n| --- | --- |\n", escapeMarkdown(p.OnlineID), p.Level.Number, p.Earned.Total())
	for _, row := range rows {
		if row.name == "where" {
			continue
		}
		fmt.Fprintf(&b, "| %s | %s |\n", row.name, escapeMarkdown(row.value))
	}
	switch {
	case p.Sample:
		b.WriteString("\nThis is the invented sample profile. With a secret named PSN_NPSSO it becomes yours.\n")
	case r.FetchErr != nil:
		fmt.Fprintf(&b, "\n**Built from the last good snapshot:** %s\n", escapeMarkdown(advised(r.FetchErr).Error()))
	case r.Fetch != nil && a.tokenText(r.Fetch) != "":
		fmt.Fprintf(&b, "\n**%s**\n", escapeMarkdown(a.tokenText(r.Fetch)))
	}
	return b.String()
}

// escapeMarkdown keeps names from outside from becoming links or HTML.
func escapeMarkdown(s string) string {
	s = strings.NewReplacer("\\", "\\\\", "|", "\\|", "<", "&lt;", "[", "\\[", "*", "\\*", "_", "\\_", "`", "\\`", "\n", " ").Replace(s)
	return printable(s)
}

// tellFetch warns about what a fetch could not do.
func (a *app) tellFetch(f *generator.FetchReport) {
	if f == nil {
		return
	}
	for _, failed := range f.Failed {
		a.warn(fmt.Sprintf("%s: %v. It keeps its last good state and is tried again by the next build.", failed.Name, failed.Err))
	}
	for _, doubt := range f.Doubts {
		a.warn(doubt)
	}
	if f.PicturesFailed > 0 {
		a.detail("%d pictures could not be fetched; the next build tries again", f.PicturesFailed)
	}
	a.tellRest(f)
	if text := a.tokenText(f); text != "" {
		a.warn(text)
	}
}

// tellRest says when the rest of a backfill will be there.
func (a *app) tellRest(f *generator.FetchReport) {
	if f.Pending == 0 {
		return
	}
	text := fmt.Sprintf("%d titles are still to come: %s", f.Pending, rest(f))
	if !f.Limited.IsZero() {
		text += fmt.Sprintf(". PSN's limit is reached until %s", f.Limited.Format("15:04 MST"))
	}
	a.say("%s. The next build goes on.", text)
}

// warnDays is how long before the end of the sign-in the owner is warned.
const warnDays = 10

// daysLeft is the whole days until a time, at least 0.
func (a *app) daysLeft(until time.Time) int {
	return max(0, int(until.Sub(a.Now()).Hours())/24)
}

// tokenText is the warning that the sign-in ends soon, or "".
func (a *app) tokenText(f *generator.FetchReport) string {
	if f.SignInEnds.IsZero() || a.daysLeft(f.SignInEnds) > warnDays {
		return ""
	}
	days := plural(a.daysLeft(f.SignInEnds), "day")
	if f.SignInTold {
		return fmt.Sprintf("The NPSSO stops working in %s, on %s. Put a new one into PSN_NPSSO in time.", days, f.SignInEnds.Format(time.DateOnly))
	}
	return fmt.Sprintf("The NPSSO is in use since %s and will probably stop working in %s. Put a new one into PSN_NPSSO in time.",
		f.SignInEnds.AddDate(0, 0, -60).Format(time.DateOnly), days)
}

func plural(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
