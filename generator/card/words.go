package card

import (
	"time"

	"github.com/trophycase/trophycase/generator/trophy"
)

// Words is what cards say beside names, in the site's language, and how it writes
// numbers and dates.
type Words struct {
	Level, Complete, NoTrophies          string
	Trophies, Platinum, Platinums        string
	Recent, Rarest, Pinned, Year, Review string
	Latest, Completion, LongestStreak    string
	Earned, TimeToPlatinum, Players      string
	RarestShort                          string
	Rarity                               func(trophy.Rarity) string
	Number                               func(int) string
	Percent                              func(f float64, places int) string
	Date                                 func(time.Time) string
	Duration                             func(time.Duration) string
	TrophyCount, Points, ToNext, Days    func(int) string
	Month                                func(time.Month) string
	// Alt is what a profile's card says, in a sentence.
	Alt func(*trophy.Profile, *trophy.Statistics) string
}
