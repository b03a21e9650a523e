package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// What is read of a snapshot for Hugo.
type (
	title struct {
		Title struct {
			Name     string    `json:"trophyTitleName"`
			Icon     string    `json:"trophyTitleIconUrl"`
			Platform string    `json:"trophyTitlePlatform"`
			Progress int       `json:"progress"`
			Updated  time.Time `json:"lastUpdatedDateTime"`
		} `json:"title"`
		Slug     string `json:"slug"`
		Trophies []struct {
			ID     int    `json:"trophyId"`
			Hidden bool   `json:"trophyHidden"`
			Grade  string `json:"trophyType"`
			Name   string `json:"trophyName"`
			Detail string `json:"trophyDetail"`
			Icon   string `json:"trophyIconUrl"`
		} `json:"trophies"`
		Earned []struct {
			At     *time.Time `json:"earnedDateTime"`
			Rate   float64    `json:"trophyEarnedRate"`
			Rarity int        `json:"trophyRare"`
		} `json:"earned"`
	}
	unlock struct {
		Path   string  `json:"path"`
		Icon   string  `json:"icon"`
		Grade  string  `json:"grade"`
		Name   string  `json:"name"`
		Title  string  `json:"title"`
		Rarity int     `json:"rarity"`
		Rate   float64 `json:"rate"`
		at     time.Time
	}
	object map[string]any
)

// hugoSite writes the content of a Hugo site from a snapshot: a page a title, lists of
// titles, the unlocks by month, a front page with a feed.
func (b *bench) hugoSite(n int) (string, error) {
	dir := b.path(fmt.Sprintf("hugo-%d", n))
	if _, err := os.Stat(dir); err == nil {
		return dir, nil
	}
	if err := os.CopyFS(dir, os.DirFS(filepath.Join(b.root, "bench", "hugo"))); err != nil {
		return "", err
	}
	var pictures map[string]struct{ File string }
	if err := readJSON(filepath.Join(b.data(n), "pictures", "index.json"), &pictures); err != nil {
		return "", err
	}
	names, err := filepath.Glob(filepath.Join(b.data(n), "titles", "*.json"))
	if err != nil {
		return "", err
	}
	var unlocks []unlock
	for _, name := range names {
		var t title
		if err := readJSON(name, &t); err != nil {
			return "", err
		}
		icon := func(url string) string { return "pictures/" + pictures[url].File }
		page, earned := t.page(icon)
		unlocks = append(unlocks, earned...)
		if err := writePage(filepath.Join(dir, "content", "titles", t.Slug+".md"), page); err != nil {
			return "", err
		}
	}
	slices.SortFunc(unlocks, func(a, b unlock) int { return b.at.Compare(a.at) })
	home := object{"title": "Trophy case", "recent": unlocks[:min(50, len(unlocks))]}
	if err := writePage(filepath.Join(dir, "content", "_index.md"), home); err != nil {
		return "", err
	}
	return dir, writeMonths(dir, unlocks)
}

// page is the front matter of a title, and its unlocks.
func (t *title) page(icon func(string) string) (object, []unlock) {
	var trophies []object
	var unlocks []unlock
	for i, m := range t.Trophies {
		e := t.Earned[i]
		trophies = append(trophies, object{
			"id": m.ID, "secret": m.Hidden, "grade": m.Grade, "name": m.Name, "detail": m.Detail, "icon": icon(m.Icon),
			"earned": e.At, "rate": e.Rate, "rarity": e.Rarity,
		})
		if e.At != nil {
			unlocks = append(unlocks, unlock{fmt.Sprintf("titles/%s/#t%d", t.Slug, m.ID), icon(m.Icon), m.Grade, m.Name, t.Title.Name, e.Rarity, e.Rate, *e.At})
		}
	}
	return object{
		"title": t.Title.Name, "date": t.Title.Updated, "icon": icon(t.Title.Icon), "platform": t.Title.Platform,
		"progress": t.Title.Progress, "trophies": trophies,
	}, unlocks
}

// writeMonths writes the pages of unlocks.
func writeMonths(dir string, unlocks []unlock) error {
	months := map[string][]object{}
	for _, u := range unlocks {
		month, day := u.at.Format("2006-01"), u.at.Format(time.DateOnly)
		days := months[month]
		if n := len(days); n == 0 || days[n-1]["date"] != day {
			days = append(days, object{"date": day, "unlocks": []unlock{}})
		}
		last := days[len(days)-1]
		last["unlocks"] = append(last["unlocks"].([]unlock), u)
		months[month] = days
	}
	for month, days := range months {
		if err := writePage(filepath.Join(dir, "content", "unlocks", month+".md"), object{"title": "Unlocks " + month, "days": days}); err != nil {
			return err
		}
	}
	return nil
}

func writePage(name string, frontMatter object) error {
	data, err := json.MarshalIndent(frontMatter, "", " ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return os.WriteFile(name, []byte(strings.TrimSpace(string(data))+"\n"), 0o644)
}

func readJSON(name string, into any) error {
	data, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	return json.Unmarshal(data, into)
}
