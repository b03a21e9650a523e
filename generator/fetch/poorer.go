package fetch

import (
	"github.com/trophycase/trophycase/generator/psn"
	"github.com/trophycase/trophycase/generator/snapshot"
)

// What no figure of PSN's exceeds: a level, the points, the trophies of a set.
const (
	maxLevel    = 999
	maxPoints   = 1 << 30
	maxTrophies = 1 << 20
)

// possible says that counts and a percentage can be.
func possible(c psn.TrophyCounts, progress psn.Int) bool {
	for _, n := range []psn.Int{c.Bronze, c.Silver, c.Gold, c.Platinum} {
		if n < 0 || n > maxTrophies {
			return false
		}
	}
	return progress >= 0 && progress <= 100
}

// poorerTitle says that an entry of the title list lacks what it had, or has what
// cannot be. Names, versions and progress change, sets grow, but no trophy is
// lost.
func (r *run) poorerTitle(t, old psn.TrophyTitle) bool {
	switch {
	case t.NPServiceName == "", !possible(t.EarnedTrophies, t.Progress), !possible(t.DefinedTrophies, 0),
		lost(t.TrophyTitleName, old.TrophyTitleName), lost(t.TrophyTitleIconURL, old.TrophyTitleIconURL), lost(t.TrophyTitlePlatform, old.TrophyTitlePlatform),
		t.EarnedTrophies.Total() < old.EarnedTrophies.Total():
		return true
	}
	return !r.plausible(&t.LastUpdatedDateTime) && r.plausible(&old.LastUpdatedDateTime)
}

func (r *run) plausible(t *psn.Time) bool { return t != nil && snapshot.Plausible(t.Time, r.Now) }

// lost says that there is nothing where there was something.
func lost(now, old string) bool { return now == "" && old != "" }

// poorerEarned says that of what was earned something is not there any more.
func (r *run) poorerEarned(t psn.TrophyTitle, now, old []psn.EarnedTrophy) bool {
	byID := make(map[psn.Int]psn.EarnedTrophy, len(now))
	for _, e := range now {
		byID[e.TrophyID] = e
	}
	for _, o := range old {
		e, ok := byID[o.TrophyID]
		if !ok || o.Earned && (!e.Earned || r.plausible(o.EarnedDateTime) && !r.plausible(e.EarnedDateTime)) {
			return true
		}
	}
	return len(now) < t.DefinedTrophies.Total()
}

// poorerNames says that trophies are missing, or have lost a name or a picture.
func poorerNames(t psn.TrophyTitle, now, old []psn.Trophy) bool {
	byID := make(map[psn.Int]psn.Trophy, len(now))
	nameless := 0
	for _, n := range now {
		byID[n.TrophyID] = n
		if n.TrophyName == "" || n.TrophyType == "" {
			nameless++
		}
	}
	for _, o := range old {
		n, ok := byID[o.TrophyID]
		if !ok || lost(n.TrophyName, o.TrophyName) || lost(n.TrophyDetail, o.TrophyDetail) || lost(n.TrophyType, o.TrophyType) ||
			lost(n.TrophyGroupID, o.TrophyGroupID) || lost(n.TrophyIconURL, o.TrophyIconURL) {
			return true
		}
	}
	return len(now) < t.DefinedTrophies.Total() || len(now) > 0 && nameless == len(now)
}

// poorerGroups says that groups are missing, or have lost their names.
func poorerGroups(now, old []psn.TrophyGroup) bool {
	names := make(map[string]string, len(now))
	for _, g := range now {
		names[g.TrophyGroupID] = g.TrophyGroupName
	}
	for _, g := range old {
		if name, ok := names[g.TrophyGroupID]; !ok || lost(name, g.TrophyGroupName) {
			return true
		}
	}
	return len(now) == 0
}

// poorerGroupEarnings says that groups are missing, or that of what was earned in
// one something is not there any more.
func poorerGroupEarnings(now, old []psn.EarnedGroup) bool {
	byID := make(map[string]psn.EarnedGroup, len(now))
	for _, g := range now {
		byID[g.TrophyGroupID] = g
		if !possible(g.EarnedTrophies, g.Progress) {
			return true
		}
	}
	for _, o := range old {
		if g, ok := byID[o.TrophyGroupID]; !ok || g.EarnedTrophies.Total() < o.EarnedTrophies.Total() {
			return true
		}
	}
	return len(now) == 0
}

// judge refuses an answer that is poorer than what is known, until it comes again
// on a later run.
func (r *run) judge(isPoorer bool, what string, t psn.TrophyTitle) error {
	about := what + " of " + t.NPCommunicationID
	if !isPoorer {
		r.settle(poorer, about)
		return nil
	}
	if r.confirmed(poorer, about, t) {
		return nil
	}
	return &psn.AnswerError{What: about, Status: 200, Reason: "it has less than before, or what cannot be; if it comes again, it is taken"}
}
