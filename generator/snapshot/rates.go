package snapshot

import (
	"math"
	"time"

	"github.com/trophycase/trophycase/generator/psn"
)

const (
	// ratesApart is the least time between two kept rates of a trophy.
	ratesApart = 90 * 24 * time.Hour
	// ratesKept bounds the history of a trophy: the first rate stays, the
	// oldest of the others goes.
	ratesKept = 24
)

// continueRates adds today's earned rates to the history of those before. A
// trophy's history begins when it is first seen earned; afterwards a rate is
// kept when it moved by at least a tenth of a percent and the last one is old
// enough, because the files live in git and rates drift every day.
func continueRates(before []RateRecord, earned []psn.EarnedTrophy, on Day) []RateRecord {
	old := make(map[int][]RateSeen, len(before))
	for _, r := range before {
		old[r.TrophyID] = r.Seen
	}
	var list []RateRecord
	for _, e := range earned {
		seen := old[int(e.TrophyID)]
		if e.Earned && e.TrophyEarnedRate > 0 {
			seen = addRate(seen, RateSeen{on, e.TrophyEarnedRate})
		}
		if len(seen) > 0 {
			list = append(list, RateRecord{int(e.TrophyID), seen})
		}
	}
	return list
}

func addRate(seen []RateSeen, now RateSeen) []RateSeen {
	n := len(seen)
	if n > 0 {
		last := seen[n-1]
		if now.On.Sub(last.On.Time) < ratesApart || math.Abs(float64(now.Rate-last.Rate)) < 0.05 {
			return seen
		}
	}
	seen = append(seen[:n:n], now)
	if len(seen) > ratesKept {
		seen = append(seen[:1:1], seen[len(seen)-ratesKept+1:]...)
	}
	return seen
}
