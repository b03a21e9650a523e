package trophy

import (
	"slices"
	"time"
)

// Change is what one fetch brought.
type Change struct {
	At time.Time
	// LevelBefore and LevelAfter are 0 if the level did not rise.
	LevelBefore, LevelAfter int
	// Titles is those that were not in the list before.
	Titles []*Title
	// Unlocks is newest first.
	Unlocks []Unlock
}

// Empty says that nothing is new.
func (c *Change) Empty() bool { return len(c.Titles)+len(c.Unlocks)+c.LevelAfter == 0 }

// Earned counts the unlocks by grade.
func (c *Change) Earned() Counts {
	var n Counts
	for _, u := range c.Unlocks {
		n.Add(u.Trophy.Grade, 1)
	}
	return n
}

// SortUnlocks puts unlocks into the order of Profile.Unlocks.
func SortUnlocks(list []Unlock) { slices.SortStableFunc(list, newestFirst) }
