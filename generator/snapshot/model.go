package snapshot

import (
	"cmp"
	"slices"
	"strings"

	"github.com/trophycase/trophycase/generator/psn"
	"github.com/trophycase/trophycase/generator/trophy"
)

// ModelOptions says what of a snapshot is to be shown.
type ModelOptions struct {
	LeaveOut []string // title IDs
	Hidden   bool     // titles that are hidden on PSN too
}

// Model is the snapshot as the model. This is the one place where PSN's words
// become ours.
func (s *Snapshot) Model(o ModelOptions) *trophy.Profile {
	p := &trophy.Profile{
		Owner: trophy.Owner{
			OnlineID: name(s.profile.Profile.OnlineID, "…"),
			Avatar:   s.avatar(),
			Sample:   s.head.Sample,
		},
		About:    text(s.profile.Profile.AboutMe),
		Plus:     s.profile.Profile.IsPlus,
		Level:    level(s.profile.Summary),
		Earned:   counts(s.profile.Summary.EarnedTrophies),
		Titles:   s.modelTitles(o),
		Language: name(s.profile.Language, ""),
		Time:     s.moment(s.profile.AskedOn.Time),
		Trouble:  trouble(s.profile.Trouble),
	}
	for _, t := range p.Titles {
		if t.UpdatedAt.After(p.Time) {
			p.Time = t.UpdatedAt
		}
	}
	for _, d := range s.history {
		if s.moment(d.On.Time).IsZero() {
			continue
		}
		p.History = append(p.History, trophy.Day{
			Date: d.On.Time, Level: amount(d.Level), Points: amount(d.Points), Earned: counts(d.Earned),
		})
	}
	p.Changes = s.modelChanges(p)
	return p
}

func (s *Snapshot) modelTitles(o ModelOptions) []trophy.Title {
	var entries []TitleEntry
	for _, t := range s.entries {
		if (o.Hidden || !t.HiddenFlag) && !slices.Contains(o.LeaveOut, t.NPCommunicationID) {
			entries = append(entries, t)
		}
	}
	titles := make([]trophy.Title, len(entries))
	each(len(entries), func(i int) { titles[i] = s.modelTitle(entries[i]) })
	slices.SortStableFunc(titles, func(a, b trophy.Title) int {
		return cmp.Or(b.UpdatedAt.Compare(a.UpdatedAt), cmp.Compare(a.ID, b.ID))
	})
	return titles
}

func level(t psn.TrophySummary) trophy.Level {
	return trophy.Level{
		Number: amount(t.TrophyLevel), Points: amount(t.TrophyPoint),
		Base: amount(t.TrophyLevelBasePoint), Next: amount(t.TrophyLevelNextPoint),
		Progress: int(percent(t.Progress)), Tier: int(min(max(t.Tier, 1), 10)),
	}
}

// avatar is the largest of the avatars that there is a picture of.
func (s *Snapshot) avatar() trophy.Picture {
	for _, size := range []string{"xl", "l", "m", "s"} {
		for _, a := range s.profile.Profile.Avatars {
			if p := s.picture(a.URL); a.Size == size && !p.None() {
				return p
			}
		}
	}
	return trophy.Picture{}
}

func (s *Snapshot) picture(url string) trophy.Picture {
	p := s.pictures[url]
	return trophy.Picture{File: p.File, Width: p.Width, Height: p.Height}
}

func (s *Snapshot) modelTitle(e TitleEntry) trophy.Title {
	t := trophy.Title{
		ID:         e.NPCommunicationID,
		Slug:       e.Slug,
		Name:       name(e.TrophyTitleName, e.NPCommunicationID),
		Detail:     text(e.TrophyTitleDetail),
		Icon:       s.picture(e.TrophyTitleIconURL),
		SetVersion: name(e.TrophySetVersion, ""),
		Progress:   int(percent(e.Progress)),
		Defined:    counts(e.DefinedTrophies),
		Earned:     counts(e.EarnedTrophies),
		UpdatedAt:  s.moment(e.LastUpdatedDateTime.Time),
	}
	for platform := range strings.SplitSeq(e.TrophyTitlePlatform, ",") {
		p := trophy.Platform(name(platform, ""))
		if p != "" && len(t.Platforms) < maxPlatforms && !slices.Contains(t.Platforms, p) {
			t.Platforms = append(t.Platforms, p)
		}
	}
	if r := s.titles[e.NPCommunicationID]; r != nil {
		t.Fetched = true
		t.Groups = s.groups(r)
	}
	return t
}

// groups is the parts of a title with their trophies, in PSN's order.
func (s *Snapshot) groups(r *TitleRecord) []trophy.Group {
	list := make([]trophy.Group, 0, max(1, len(r.Groups)))
	index := map[string]int{}
	for _, g := range r.Groups {
		if _, twice := index[g.TrophyGroupID]; twice {
			continue
		}
		id := groupID(g.TrophyGroupID, len(list))
		index[g.TrophyGroupID] = len(list)
		list = append(list, trophy.Group{
			ID: id, Name: name(g.TrophyGroupName, id), Detail: text(g.TrophyGroupDetail),
			Icon: s.picture(g.TrophyGroupIconURL),
		})
	}
	earned := make(map[int]*psn.EarnedTrophy, len(r.Earned))
	for i := range r.Earned {
		earned[int(r.Earned[i].TrophyID)] = &r.Earned[i]
	}
	rates := make(map[int][]RateSeen, len(r.Rates))
	for _, rate := range r.Rates {
		rates[rate.TrophyID] = rate.Seen
	}
	seen := make(map[psn.Int]bool, len(r.Trophies))
	for i := range r.Trophies {
		if seen[r.Trophies[i].TrophyID] {
			continue
		}
		seen[r.Trophies[i].TrophyID] = true
		t := s.modelTrophy(&r.Trophies[i], earned[int(r.Trophies[i].TrophyID)], rates[int(r.Trophies[i].TrophyID)])
		id := r.Trophies[i].TrophyGroupID
		at, ok := index[id]
		if !ok {
			at = len(list)
			index[id] = at
			list = append(list, trophy.Group{ID: groupID(id, at)})
		}
		list[at].Trophies = append(list[at].Trophies, t)
	}
	finish(list, r)
	return list
}

// finish counts the groups' trophies and takes PSN's progress where it gave one.
func finish(list []trophy.Group, r *TitleRecord) {
	given := make(map[string]psn.EarnedGroup, len(r.EarnedGroups))
	for _, g := range r.EarnedGroups {
		given[g.TrophyGroupID] = g
	}
	for i := range list {
		g := &list[i]
		for _, t := range g.Trophies {
			g.Defined.Add(t.Grade, 1)
			if t.Earned {
				g.Earned.Add(t.Grade, 1)
			}
			if t.EarnedAt.After(g.UpdatedAt) {
				g.UpdatedAt = t.EarnedAt
			}
		}
		g.Progress = trophy.ProgressOf(g.Earned, g.Defined)
		if e, ok := given[g.ID]; ok {
			g.Progress = int(percent(e.Progress))
		} else if len(list) == 1 {
			g.Progress = int(percent(r.Title.Progress))
		}
	}
}

func (s *Snapshot) modelTrophy(t *psn.Trophy, e *psn.EarnedTrophy, rates []RateSeen) trophy.Trophy {
	m := trophy.Trophy{
		ID:     int(t.TrophyID),
		Grade:  grade(t.TrophyType),
		Name:   name(t.TrophyName, "…"),
		Detail: text(t.TrophyDetail),
		Icon:   s.picture(t.TrophyIconURL),
		Secret: t.TrophyHidden,
		Rarity: trophy.Common,
	}
	if t.TrophyRewardName != "" {
		m.Reward = &trophy.Reward{Name: name(t.TrophyRewardName, "…"), Icon: s.picture(t.TrophyRewardImageURL)}
	}
	if e == nil {
		return m
	}
	m.Earned = e.Earned
	m.EarnedRate = percent(float64(e.TrophyEarnedRate))
	m.Rarity = trophy.Rarity(min(max(e.TrophyRare, 0), psn.Int(trophy.Common)))
	if e.Earned && e.EarnedDateTime != nil {
		m.EarnedAt = s.moment(e.EarnedDateTime.Time)
	}
	if e.Progress != nil && t.TrophyProgressTargetValue > 0 && !e.Earned {
		m.Steps = &trophy.Steps{Done: amount(*e.Progress), Target: amount(t.TrophyProgressTargetValue)}
		if e.ProgressRate != nil {
			m.Steps.Progress = int(percent(*e.ProgressRate))
		} else {
			m.Steps.Progress = min(100, 100*m.Steps.Done/m.Steps.Target)
		}
	}
	for _, r := range rates {
		m.Rates = append(m.Rates, trophy.Rate{Date: r.On.Time, Rate: percent(float64(r.Rate))})
	}
	return m
}

func grade(name string) trophy.Grade {
	for _, g := range trophy.Grades {
		if g.String() == name {
			return g
		}
	}
	return trophy.Bronze
}
