package feed

import (
	"encoding/json"
	"fmt"
	"io"
	"time"

	"github.com/trophycase/trophycase/generator/trophy"
)

// The JSON data for other programs, version 1: fields are added, and none is
// taken away or changes its meaning. The schema is assets/api/v1.schema.json.
type (
	apiOwner struct {
		OnlineID string `json:"onlineId"`
		Avatar   string `json:"avatar,omitempty"`
		Sample   bool   `json:"sample,omitempty"`
	}
	apiCounts struct {
		Bronze   int `json:"bronze"`
		Silver   int `json:"silver"`
		Gold     int `json:"gold"`
		Platinum int `json:"platinum"`
	}
	apiLevel struct {
		Number   int `json:"number"`
		Tier     int `json:"tier"`
		Points   int `json:"points"`
		ToNext   int `json:"toNext"`
		Progress int `json:"progress"`
	}
	apiProfile struct {
		apiOwner
		URL        string    `json:"url"`
		AsOf       string    `json:"asOf"`
		Level      apiLevel  `json:"level"`
		Earned     apiCounts `json:"earned"`
		Titles     int       `json:"titles"`
		Completed  int       `json:"completed"`
		Completion float64   `json:"completion"`
		Pending    int       `json:"pending"`
		Cards      []APICard `json:"cards"`
	}
	apiTitle struct {
		ID        string     `json:"id"`
		Name      string     `json:"name"`
		URL       string     `json:"url"`
		Data      string     `json:"data"`
		Icon      string     `json:"icon,omitempty"`
		Card      string     `json:"card"`
		Platforms []string   `json:"platforms"`
		Progress  int        `json:"progress"`
		Defined   apiCounts  `json:"defined"`
		Earned    apiCounts  `json:"earned"`
		UpdatedAt string     `json:"updatedAt,omitempty"`
		Groups    []apiGroup `json:"groups,omitempty"`
	}
	apiGroup struct {
		ID       string      `json:"id"`
		Name     string      `json:"name"`
		Progress int         `json:"progress"`
		Trophies []apiTrophy `json:"trophies"`
	}
	apiTrophy struct {
		ID         int     `json:"id"`
		Grade      string  `json:"grade"`
		Name       string  `json:"name,omitempty"`
		Detail     string  `json:"detail,omitempty"`
		Icon       string  `json:"icon,omitempty"`
		Secret     bool    `json:"secret"`
		Earned     bool    `json:"earned"`
		EarnedAt   string  `json:"earnedAt,omitempty"`
		EarnedRate float64 `json:"earnedRate"`
		Rarity     string  `json:"rarity"`
	}
	apiUnlock struct {
		TitleID string `json:"titleId"`
		Title   string `json:"title"`
		URL     string `json:"url"`
		apiTrophy
	}
	apiStats struct {
		ByYear        map[int]int  `json:"byYear"`
		ByWeekday     [7]int       `json:"byWeekday"`
		ByHour        [24]int      `json:"byHour"`
		ByRarity      apiRarities  `json:"byRarity"`
		Distribution  [11]int      `json:"completionDistribution"`
		LongestStreak int          `json:"longestStreakDays"`
		CurrentStreak int          `json:"currentStreakDays"`
		Undated       int          `json:"undated"`
		LevelByDay    []apiDay     `json:"levelByDay"`
		Milestones    []apiReached `json:"milestones"`
	}
	apiRarities struct {
		UltraRare int `json:"ultraRare"`
		VeryRare  int `json:"veryRare"`
		Rare      int `json:"rare"`
		Common    int `json:"common"`
	}
	apiDay struct {
		On     string `json:"on"`
		Level  int    `json:"level"`
		Points int    `json:"points"`
	}
	apiChanges struct {
		apiOwner
		URL     string      `json:"url"`
		Changes []apiChange `json:"changes"`
	}
	apiChange struct {
		At          string      `json:"at"`
		LevelBefore int         `json:"levelBefore,omitempty"`
		LevelAfter  int         `json:"levelAfter,omitempty"`
		Titles      []apiTitle  `json:"titles"`
		Unlocks     []apiUnlock `json:"unlocks"`
	}
	apiReached struct {
		Kind   string `json:"kind"`
		Number int    `json:"number"`
		At     string `json:"at"`
	}
)

// An APICard is a card, and what to copy to where it is to stand.
type APICard struct {
	Name     string            `json:"name"`
	URL      string            `json:"url"`
	Width    int               `json:"width,omitempty"`
	Height   int               `json:"height"`
	Alt      string            `json:"alt"`
	Snippets map[string]string `json:"snippets"`
}

// APIOptions is where the parts of the site are, as paths.
type APIOptions struct {
	// BaseURL is the site's address; addresses begin with a slash without one.
	BaseURL string
	Title   func(*trophy.Title) string
	Card    func(*trophy.Title) string
	Data    func(*trophy.Title) string
	Unlock  func(trophy.Unlock) string
	Picture func(trophy.Picture) string
}

func (o *APIOptions) picture(p trophy.Picture) string {
	if p.None() {
		return ""
	}
	return o.BaseURL + o.Picture(p)
}

func counts(c trophy.Counts) apiCounts { return apiCounts{c.Bronze, c.Silver, c.Gold, c.Platinum} }

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// APIProfile writes profile.json.
func APIProfile(w io.Writer, o APIOptions, p *trophy.Profile, s *trophy.Statistics, cards []APICard) error {
	l := p.Level
	return writeJSON(w, apiProfile{
		apiOwner: apiOwner{p.OnlineID, o.picture(p.Avatar), p.Sample}, URL: o.BaseURL, AsOf: p.Time.UTC().Format(time.DateOnly),
		Level:  apiLevel{l.Number, l.Tier, l.Points, l.ToNext(), l.Progress},
		Earned: counts(p.Earned), Titles: len(p.Titles), Completed: s.Completed, Completion: round(s.Completion), Pending: p.Pending(), Cards: cards,
	})
}

// APITitles writes titles.json: all titles, without their trophies.
func APITitles(w io.Writer, o APIOptions, p *trophy.Profile) error {
	list := make([]apiTitle, 0, len(p.Titles))
	for i := range p.Titles {
		list = append(list, o.title(&p.Titles[i]))
	}
	return writeJSON(w, list)
}

func (o *APIOptions) title(t *trophy.Title) apiTitle {
	v := apiTitle{
		ID: t.ID, Name: t.Name, URL: absolute(o.BaseURL, o.Title(t)), Data: absolute(o.BaseURL, o.Data(t)), Icon: o.picture(t.Icon), Card: absolute(o.BaseURL, o.Card(t)),
		Platforms: []string{}, Progress: t.Progress, Defined: counts(t.Defined), Earned: counts(t.Earned), UpdatedAt: stamp(t.UpdatedAt),
	}
	for _, p := range t.Platforms {
		v.Platforms = append(v.Platforms, string(p))
	}
	return v
}

// APITitle writes the file of one title: all that the site knows of it. What the
// pages cover is covered here too.
func APITitle(w io.Writer, o APIOptions, t *trophy.Title) error {
	v := o.title(t)
	for _, g := range t.Groups {
		group := apiGroup{ID: g.ID, Name: g.Name, Progress: g.Progress, Trophies: []apiTrophy{}}
		for i := range g.Trophies {
			group.Trophies = append(group.Trophies, o.trophy(&g.Trophies[i]))
		}
		v.Groups = append(v.Groups, group)
	}
	return writeJSON(w, v)
}

func (o *APIOptions) trophy(m *trophy.Trophy) apiTrophy {
	v := apiTrophy{
		ID: m.ID, Grade: m.Grade.String(), Secret: m.Secret, Earned: m.Earned, EarnedAt: stamp(m.EarnedAt), EarnedRate: round(m.EarnedRate), Rarity: m.Rarity.String(),
	}
	if !m.Covered() {
		v.Name, v.Detail, v.Icon = m.Name, m.Detail, o.picture(m.Icon)
	}
	return v
}

// APIUnlocks writes unlocks.json: every unlock, newest first.
func APIUnlocks(w io.Writer, o APIOptions, unlocks []trophy.Unlock) error {
	return writeJSON(w, o.unlocks(unlocks))
}

func (o *APIOptions) unlocks(unlocks []trophy.Unlock) []apiUnlock {
	list := make([]apiUnlock, 0, len(unlocks))
	for i := range unlocks {
		u := &unlocks[i]
		list = append(list, apiUnlock{u.TitleID, u.TitleName, absolute(o.BaseURL, o.Unlock(*u)), o.trophy(&u.Trophy)})
	}
	return list
}

// APIChanges writes changes.json: what the last fetches brought, newest first. It is
// made to be posted, so secret trophies are told as feeds tell them.
func APIChanges(w io.Writer, o APIOptions, spoilers Spoilers, p *trophy.Profile) error {
	v := apiChanges{apiOwner: apiOwner{p.OnlineID, o.picture(p.Avatar), p.Sample}, URL: o.BaseURL, Changes: []apiChange{}}
	for _, c := range p.Changes {
		change := apiChange{At: stamp(c.At), LevelBefore: c.LevelBefore, LevelAfter: c.LevelAfter, Titles: []apiTitle{}, Unlocks: o.unlocks(c.Unlocks)}
		for _, t := range c.Titles {
			change.Titles = append(change.Titles, o.title(t))
		}
		for i := range change.Unlocks {
			u := &change.Unlocks[i]
			if u.Secret && spoilers != TellAll {
				u.Detail = ""
			}
			if u.Secret && spoilers == TellNone {
				u.Name, u.Icon = "", ""
			}
		}
		v.Changes = append(v.Changes, change)
	}
	return writeJSON(w, v)
}

// APIStats writes stats.json.
func APIStats(w io.Writer, p *trophy.Profile, s *trophy.Statistics) error {
	c := s.Calendar
	v := apiStats{
		ByYear: c.ByYear, ByWeekday: c.ByWeekday, ByHour: c.ByHour, Distribution: s.Distribution,
		ByRarity:      apiRarities{s.ByRarity[0], s.ByRarity[1], s.ByRarity[2], s.ByRarity[3]},
		LongestStreak: c.Longest.Days, CurrentStreak: c.Current.Days, Undated: s.Undated, LevelByDay: []apiDay{}, Milestones: []apiReached{},
	}
	for _, d := range p.History {
		v.LevelByDay = append(v.LevelByDay, apiDay{d.Date.Format(time.DateOnly), d.Level, d.Points})
	}
	for _, m := range s.Milestones {
		v.Milestones = append(v.Milestones, apiReached{string(m.Kind), m.Number, stamp(m.Trophy.EarnedAt)})
	}
	return writeJSON(w, v)
}

// round keeps one decimal place.
func round(f float64) float64 { return float64(int(f*10+0.5)) / 10 }

// JSONLines writes every trophy, one JSON object a line: the fields of a trophy
// in the data of its title, and titleId, title and group.
func JSONLines(w io.Writer, o APIOptions, p *trophy.Profile) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for i := range p.Titles {
		t := &p.Titles[i]
		for j := range t.Groups {
			for k := range t.Groups[j].Trophies {
				line := struct {
					TitleID string `json:"titleId"`
					Title   string `json:"title"`
					Group   string `json:"group"`
					apiTrophy
				}{t.ID, t.Name, t.Groups[j].ID, o.trophy(&t.Groups[j].Trophies[k])}
				if err := enc.Encode(line); err != nil {
					return fmt.Errorf("export: %w", err)
				}
			}
		}
	}
	return nil
}
