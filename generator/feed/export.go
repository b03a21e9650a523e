package feed

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/trophycase/trophycase/generator/trophy"
)

// CSV writes every trophy of a profile, by RFC 4180 in UTF-8, for spreadsheets
// and notebooks. Names and texts of secret trophies that are not earned are left
// out, as on the pages.
func CSV(w io.Writer, p *trophy.Profile) error {
	out := csv.NewWriter(w)
	out.UseCRLF = true
	rows := [][]string{{
		"title_id", "title", "platforms", "group", "trophy_id", "trophy", "detail", "grade", "secret",
		"earned", "earned_at", "earned_rate", "rarity",
	}}
	for i := range p.Titles {
		t := &p.Titles[i]
		for j := range t.Groups {
			for k := range t.Groups[j].Trophies {
				rows = append(rows, csvRow(t, &t.Groups[j], &t.Groups[j].Trophies[k]))
			}
		}
	}
	if err := out.WriteAll(rows); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	return nil
}

func csvRow(t *trophy.Title, g *trophy.Group, m *trophy.Trophy) []string {
	var platforms []string
	for _, p := range t.Platforms {
		platforms = append(platforms, p.String())
	}
	name, detail, at := m.Name, m.Detail, ""
	if m.Covered() {
		name, detail = "", ""
	}
	if !m.EarnedAt.IsZero() {
		at = m.EarnedAt.UTC().Format(time.RFC3339)
	}
	return []string{
		t.ID, cell(t.Name), cell(strings.Join(platforms, " ")), cell(g.ID), strconv.Itoa(m.ID), cell(name), cell(detail),
		m.Grade.String(), strconv.FormatBool(m.Secret), strconv.FormatBool(m.Earned), at,
		strconv.FormatFloat(round(m.EarnedRate), 'f', 1, 64), m.Rarity.String(),
	}
}

// cell keeps a spreadsheet from taking a name for a formula.
func cell(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}

// Badge is what shields.io reads as an endpoint.
type Badge struct {
	SchemaVersion int    `json:"schemaVersion"`
	Label         string `json:"label"`
	Message       string `json:"message"`
	Color         string `json:"color"`
}

// Badges is the badges of a profile by their names, in the colours given by
// token as "#rrggbb".
func (o *Options) Badges(p *trophy.Profile, s *trophy.Statistics, colours map[string]string) map[string]Badge {
	badge := func(label, message, token string) Badge {
		return Badge{1, label, message, strings.TrimPrefix(colours[token], "#")}
	}
	w := o.Words
	list := map[string]Badge{
		"level":      badge(w.Level, w.Number(p.Level.Number), p.Level.Metal().String()),
		"total":      badge(w.Total, w.Number(p.Earned.Total()), "accent"),
		"platinums":  badge(w.Platinums, w.Number(p.Earned.Platinum), trophy.Platinum.String()),
		"completion": badge(w.Completion, w.Percent(s.Completion, 1), "accent"),
		"latest":     badge(w.Latest, w.NoTrophies, "accent"),
	}
	for _, g := range trophy.Grades {
		list[g.String()] = badge(w.Grade(g), w.Number(p.Earned.Of(g)), g.String())
	}
	if len(s.Unlocks) > 0 {
		u := s.Unlocks[0]
		list["latest"] = badge(w.Latest, o.name(u), u.Trophy.Grade.String())
	}
	return list
}

// WriteBadge writes a badge.
func WriteBadge(w io.Writer, b Badge) error { return writeJSON(w, b) }
