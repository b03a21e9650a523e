package fetch

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"

	"github.com/trophycase/trophycase/generator/psn"
	"github.com/trophycase/trophycase/generator/snapshot"
)

// The kinds of answers that PSN gives on a bad day. Each was seen: see the
// threads of public clients about titles that turned into ghosts for a day,
// lists that lost entries, and rates that were zero for everybody.
const (
	shorterList    = "shorter-list"
	fallingSummary = "falling-summary"
	ghost          = "ghost"
	zeroRates      = "zero-rates"
	poorer         = "poorer"
)

// confirmed says whether an answer that looks like a bad day of PSN's came
// before, on an earlier run; else it is noted, to be believed the next time.
func (r *run) confirmed(kind, about string, answer any) bool {
	key := kind + " " + about
	if d, ok := r.record.Doubts[key]; ok && d.Since.Before(r.Now) {
		delete(r.record.Doubts, key)
		return true
	}
	data, err := json.Marshal(answer)
	if err != nil {
		return false
	}
	sum := sha256.Sum256(data)
	if r.record.Doubts == nil {
		r.record.Doubts = map[string]snapshot.Doubt{}
	}
	r.record.Doubts[key] = snapshot.Doubt{
		Kind: kind, Answer: hex.EncodeToString(sum[:8]), Since: snapshot.Time{Time: r.Now.UTC()},
	}
	return false
}

// settle forgets a doubt, because PSN's answer is a good one again.
func (r *run) settle(kind, about string) { delete(r.record.Doubts, kind+" "+about) }

func (r *run) doubt(format string, args ...any) {
	r.report.Doubts = append(r.report.Doubts, fmt.Sprintf(format, args...))
}

// judgeSummary takes the summary, unless it fell: trophies are never lost.
func (r *run) judgeSummary(s *psn.TrophySummary) {
	// A change must not reach the record that the store still has.
	r.record.Doubts = maps.Clone(r.record.Doubts)
	old := r.record.Summary
	kept := *s
	kept.AccountID = ""
	wrong := !possible(s.EarnedTrophies, s.Progress) || s.TrophyLevel < 1 || s.TrophyLevel > maxLevel || s.TrophyPoint < 0 || s.TrophyPoint > maxPoints
	fell := s.TrophyPoint < old.TrophyPoint || s.EarnedTrophies.Total() < old.EarnedTrophies.Total() || s.TrophyLevel < old.TrophyLevel
	if !fell && !wrong {
		r.settle(fallingSummary, "summary")
		r.record.Summary = kept
		return
	}
	if r.confirmed(fallingSummary, "summary", kept) && !wrong {
		r.record.Summary = kept
		return
	}
	r.doubt("PSN said level %d with %d trophies, after level %d with %d. The old figures stay; if PSN says so again, they are taken.",
		s.TrophyLevel, s.EarnedTrophies.Total(), old.TrophyLevel, old.EarnedTrophies.Total())
}

// believe makes the title list from PSN's answer and what was known before.
func (r *run) believe(answered []psn.TrophyTitle) []psn.TrophyTitle {
	before := map[string]psn.TrophyTitle{}
	for _, t := range r.store.Titles() {
		before[t.NPCommunicationID] = t.TrophyTitle
	}
	var list []psn.TrophyTitle
	answeredIDs := map[string]bool{}
	for _, t := range answered {
		answeredIDs[t.NPCommunicationID] = true
		if r.secret(t) || !snapshot.ValidID(t.NPCommunicationID) {
			continue
		}
		old, known := before[t.NPCommunicationID]
		if kept, ok := r.judgeGhost(t, old, known); ok {
			list = append(list, kept)
		}
	}
	return r.addMissing(list, answeredIDs)
}

// judgeGhost takes an entry, or the old one in place of a ghost.
func (r *run) judgeGhost(t, old psn.TrophyTitle, known bool) (psn.TrophyTitle, bool) {
	isGhost := t.TrophyTitleName == "" && t.DefinedTrophies.Total() == 0
	isPoorer := r.poorerTitle(t, old)
	if !isGhost && !isPoorer {
		r.settle(ghost, t.NPCommunicationID)
		return t, true
	}
	if r.confirmed(ghost, t.NPCommunicationID, t) && t.NPServiceName != "" {
		return t, true
	}
	if !isGhost {
		if old.TrophyTitleName == "" {
			old.TrophyTitleName = t.NPCommunicationID
		}
		r.doubt("PSN sent %q with less than before, or with what cannot be. It stays as it was; if PSN says so again, that is taken.", old.TrophyTitleName)
	} else if known {
		r.doubt("PSN sent %q without name and trophies. It stays as it was; if PSN says so again, that is taken.", old.TrophyTitleName)
	} else {
		r.doubt("PSN sent the title %s without name and trophies. It is left out until PSN sends it again.", t.NPCommunicationID)
	}
	return old, known
}

// addMissing keeps titles that PSN's list suddenly lacks.
func (r *run) addMissing(list []psn.TrophyTitle, answered map[string]bool) []psn.TrophyTitle {
	missing := 0
	var name string
	for _, t := range r.store.Titles() {
		if r.secret(t.TrophyTitle) {
			continue
		}
		if answered[t.NPCommunicationID] {
			r.settle(shorterList, t.NPCommunicationID)
			continue
		}
		if r.confirmed(shorterList, t.NPCommunicationID, t.NPCommunicationID) {
			continue
		}
		missing, name = missing+1, t.TrophyTitleName
		list = append(list, t.TrophyTitle)
	}
	switch {
	case missing == 1:
		r.doubt("%q is missing from PSN's list. It stays; if it is missing again, it goes.", name)
	case missing > 1:
		r.doubt("%d titles are missing from PSN's list. They stay; if they are missing again, they go.", missing)
	}
	return list
}

// judgeRates keeps the earned rates that were known when PSN sends zeros only.
func (r *run) judgeRates(t psn.TrophyTitle, old, now []psn.EarnedTrophy) {
	if !allZero(now) || allZero(old) {
		r.settle(zeroRates, t.NPCommunicationID)
		return
	}
	if r.confirmed(zeroRates, t.NPCommunicationID, len(now)) {
		return
	}
	rates := map[psn.Int]psn.EarnedTrophy{}
	for _, e := range old {
		rates[e.TrophyID] = e
	}
	for i, e := range now {
		if o, ok := rates[e.TrophyID]; ok {
			now[i].TrophyEarnedRate, now[i].TrophyRare = o.TrophyEarnedRate, o.TrophyRare
		}
	}
	r.doubt("PSN sent no earned rates for %q. The old ones stay; if PSN sends none again, that is taken.", t.TrophyTitleName)
}

func allZero(list []psn.EarnedTrophy) bool {
	for _, e := range list {
		if e.TrophyEarnedRate != 0 {
			return false
		}
	}
	return true
}
