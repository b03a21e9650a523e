package cli

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/trophycase/trophycase/generator"
)

// summarise tells what a build did, on the terminal and in the job summary.
func (a *app) summarise(r generator.Result, took time.Duration) {
	a.tellFetch(r.Fetch)
	for _, n := range r.Render.Notices {
		a.warn(n)
	}
	for _, e := range r.Render.Embeds {
		for _, snippet := range e.Snippets {
			a.detail("%s, %s:\n%s", e.Card, snippet.Name, snippet.Text)
		}
	}
	rows := slices.Concat(newsRows(r), fetchRows(r.Fetch), a.renderRows(r.Render, took))
	a.tellRows(rows)
	if err := a.github.addSummary(markdown(r, rows)); err != nil {
		a.warn(err.Error())
	}
}

// row is a line of the summary.
type row struct{ name, value string }

func (a *app) tellRows(rows []row) {
	for _, row := range rows {
		a.say("%-10s %s", row.name, row.value)
	}
}

// newsCounts tells how much is new: the names stand in the snapshot, for the site.
func newsCounts(f *generator.FetchReport) []row {
	var list []string
	if f.NewUnlocks == 1 {
		list = append(list, "1 trophy")
	} else if f.NewUnlocks > 1 {
		list = append(list, fmt.Sprintf("%d trophies", f.NewUnlocks))
	}
	if f.NewTitles > 0 {
		list = append(list, plural(f.NewTitles, "title"))
	}
	if f.LevelBefore > 0 && f.LevelAfter > f.LevelBefore {
		list = append(list, fmt.Sprintf("level %d, after level %d", f.LevelAfter, f.LevelBefore))
	}
	if len(list) == 0 {
		return nil
	}
	return []row{{"new", strings.Join(list, ", ")}}
}

// newsRows tells what is new in words.
func newsRows(r generator.Result) []row {
	c := r.News
	if c == nil {
		return nil
	}
	var rows []row
	if c.LevelAfter > 0 {
		rows = append(rows, row{"new", fmt.Sprintf("level %d, after level %d", c.LevelAfter, c.LevelBefore)})
	}
	for _, t := range c.Titles {
		rows = append(rows, row{"new", "title " + printable(t.Name)})
	}
	const listed = 10
	for _, u := range c.Unlocks[:min(listed, len(c.Unlocks))] {
		rows = append(rows, row{"new", printable(fmt.Sprintf("%s %q in %s", u.Trophy.Grade, u.Trophy.Name, u.TitleName))})
	}
	if more := len(c.Unlocks) - listed; more > 0 {
		rows = append(rows, row{"new", fmt.Sprintf("and %d more", more)})
	}
	return rows
}

func fetchRows(f *generator.FetchReport) []row {
	if f == nil {
		return nil
	}
	titles := fmt.Sprintf("%d fetched, %d reused", f.Fetched, f.Reused)
	if f.Refreshed > 0 {
		titles += fmt.Sprintf(", %d with new rates", f.Refreshed)
	}
	rows := []row{
		{"requests", fmt.Sprintf("%d", f.Requests)},
		{"titles", titles + fmt.Sprintf(", %d still to come", f.Pending)},
	}
	if f.Pictures+f.PicturesFailed > 0 {
		rows = append(rows, row{"pictures", fmt.Sprintf("%d fetched, %d failed", f.Pictures, f.PicturesFailed)})
	}
	return rows
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

func markdown(r generator.Result, rows []row) string {
	var b strings.Builder
	p := r.Render.Profile
	fmt.Fprintf(&b, "### %s: level %d, %d trophies\n\n| | |\n| --- | --- |\n", escapeMarkdown(p.OnlineID), p.Level.Number, p.Earned.Total())
	for _, row := range rows {
		if row.name == "where" {
			continue
		}
		fmt.Fprintf(&b, "| %s | %s |\n", row.name, escapeMarkdown(row.value))
	}
	if r.FetchErr != nil {
		fmt.Fprintf(&b, "\n**Built from the last good snapshot:** %s\n", escapeMarkdown(advised(r.FetchErr).Error()))
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
	for _, name := range f.Damaged {
		a.warn(generator.Mended(name))
	}
	for _, failed := range f.Failed {
		a.warn(fmt.Sprintf("%s: %v. It keeps its last good state and is tried again by the next build.", failed.Name, failed.Err))
	}
	for _, doubt := range f.Doubts {
		a.warn(doubt)
	}
	if f.PicturesFailed > 0 {
		a.detail("%d pictures could not be fetched and are drawn. The next build asks again for those that no answer came for; for the others after a month, or when PSN names another address", f.PicturesFailed)
	}
	a.tellRest(f)
	a.tellToken(f.SignInEnds)
}

// tellRest says when the rest of a backfill will be there.
func (a *app) tellRest(f *generator.FetchReport) {
	if f.Pending == 0 {
		return
	}
	text := fmt.Sprintf("%d titles are still to come: %s", f.Pending, plural(f.BuildsLeft, "more build"))
	if f.TimeLeft > 0 {
		text += fmt.Sprintf(", about %d minutes at PSN's limit", int(f.TimeLeft.Minutes()))
	}
	if !f.Limited.IsZero() {
		text += fmt.Sprintf(". PSN's limit is reached until %s", f.Limited.Format("15:04 MST"))
	}
	a.say("%s. The next build goes on.", text)
}

// tellToken warns from ten days before the sign-in ends.
func (a *app) tellToken(ends time.Time) {
	if ends.IsZero() {
		return
	}
	days := int(ends.Sub(a.Now()).Hours()) / 24
	if days > 10 {
		return
	}
	a.warn(fmt.Sprintf("The NPSSO is in use since %s and will probably stop working in %s. Put a new one into PSN_NPSSO in time.",
		ends.AddDate(0, 0, -60).Format(time.DateOnly), plural(max(0, days), "day")))
}

func plural(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
