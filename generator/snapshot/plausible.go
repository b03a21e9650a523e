package snapshot

import (
	"fmt"
	"regexp"
	"time"

	"github.com/trophycase/trophycase/generator/psn"
	"github.com/trophycase/trophycase/generator/trophy"
)

const (
	// maxAmount is above every figure of PSN's; the largest known, a target, is
	// half a milliard.
	maxAmount = 1 << 31
	// maxPlatforms is above the number of machines with trophies.
	maxPlatforms = 8
)

// firstTrophy is before every trophy: the PlayStation 3 came out then, and its
// trophies two years later.
var firstTrophy = time.Date(2006, time.November, 1, 0, 0, 0, 0, time.UTC)

// Plausible says that a trophy can have been earned at a time, as far as the time
// at which PSN was asked tells.
func Plausible(t, asked time.Time) bool {
	return !t.Before(firstTrophy) && !t.After(lastTrophy(asked))
}

// lastTrophy is after every trophy, even where the clock of a console is set
// ahead.
func lastTrophy(asked time.Time) time.Time {
	if asked.Before(firstTrophy) {
		return time.Date(2200, time.January, 1, 0, 0, 0, 0, time.UTC)
	}
	return asked.AddDate(1, 0, 0)
}

// moment is a time at which a trophy can be earned, and zero for any other: one
// in the year 9999 would fill a site with empty years.
func (s *Snapshot) moment(t time.Time) time.Time {
	if !Plausible(t, s.profile.AskedOn.Time) {
		return time.Time{}
	}
	return t.UTC()
}

func amount[T ~int](n T) int { return int(min(max(n, 0), maxAmount)) }

func percent[T ~int | ~float64](n T) T { return min(max(n, 0), 100) }

func counts(c psn.TrophyCounts) trophy.Counts {
	return trophy.Counts{Bronze: amount(c.Bronze), Silver: amount(c.Silver), Gold: amount(c.Gold), Platinum: amount(c.Platinum)}
}

// trouble is one that the pages have words for.
func trouble(t Trouble) Trouble {
	switch t {
	case "", SignInEnded, Private, Unreachable:
		return t
	}
	return Unreadable
}

// groupIDs is the form of a group's ID: "default", "001". It becomes a fragment.
var groupIDs = regexp.MustCompile(`^[A-Za-z0-9_-]{1,40}$`)

// groupID is a group's ID, or for one of an unknown form another that no group
// has.
func groupID(id string, number int) string {
	if groupIDs.MatchString(id) {
		return id
	}
	return fmt.Sprintf("part.%d", number+1)
}
