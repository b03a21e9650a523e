// Package trophy is the model that everything trophycase shows is made from:
// a [Profile] with its [Title]s, their [Group]s and [Trophy] entries, and the
// statistics derived from them.
//
// The package is a leaf. It imports the standard library only, does no I/O and
// reads no clock: [Profile.Time] is the one "now" that derived figures know.
// All values are plain data, so that equal profiles give equal sites.
//
// # Units
//
// Percentages run from 0 to 100. Times are UTC; the zone that a figure by day
// needs is an argument. Points, levels, tiers, grades and rarities are PSN's
// own figures, never computed here where PSN gives one.
package trophy

import "time"

// Grade is the metal of a trophy.
type Grade uint8

// The grades from the most common to the one that crowns a title. The zero
// Grade is none.
const (
	Bronze Grade = iota + 1
	Silver
	Gold
	Platinum
)

// Grades lists the grades as PSN shows them, the highest first.
var Grades = [...]Grade{Platinum, Gold, Silver, Bronze}

// String is the lower-case English name, as used in JSON, CSS classes and
// file names; "" for the zero Grade.
func (g Grade) String() string {
	switch g {
	case Bronze:
		return "bronze"
	case Silver:
		return "silver"
	case Gold:
		return "gold"
	case Platinum:
		return "platinum"
	}
	return ""
}

// Points is what a trophy of the grade adds to the level: 15, 30, 90 or 300.
func (g Grade) Points() int {
	switch g {
	case Bronze:
		return 15
	case Silver:
		return 30
	case Gold:
		return 90
	case Platinum:
		return 300
	}
	return 0
}

// Rarity is PSN's word for how few players have a trophy.
type Rarity uint8

// The rarities, numbered as PSN numbers them.
const (
	UltraRare Rarity = iota
	VeryRare
	Rare
	Common
)

// String is the lower-case English name with a hyphen for each space.
func (r Rarity) String() string {
	switch r {
	case UltraRare:
		return "ultra-rare"
	case VeryRare:
		return "very-rare"
	case Rare:
		return "rare"
	}
	return "common"
}

// Platform is one machine that a title's trophies are earned on, in PSN's
// spelling: PS5, PS4, PS3, PSVITA or PSPC. Others may come.
type Platform string

// The platforms known today.
const (
	PS5    Platform = "PS5"
	PS4    Platform = "PS4"
	PS3    Platform = "PS3"
	PSVita Platform = "PSVITA"
	PC     Platform = "PSPC"
)

// String is the name on screen, such as "PS Vita".
func (p Platform) String() string {
	switch p {
	case PSVita:
		return "PS Vita"
	case PC:
		return "PC"
	}
	return string(p)
}

// Counts is a number of trophies of each grade.
type Counts struct {
	Bronze, Silver, Gold, Platinum int
}

// Of is the count of one grade.
func (c Counts) Of(g Grade) int {
	switch g {
	case Bronze:
		return c.Bronze
	case Silver:
		return c.Silver
	case Gold:
		return c.Gold
	case Platinum:
		return c.Platinum
	}
	return 0
}

// Add counts n further trophies of grade g.
func (c *Counts) Add(g Grade, n int) {
	switch g {
	case Bronze:
		c.Bronze += n
	case Silver:
		c.Silver += n
	case Gold:
		c.Gold += n
	case Platinum:
		c.Platinum += n
	}
}

// Total is the number of trophies of all grades.
func (c Counts) Total() int { return c.Bronze + c.Silver + c.Gold + c.Platinum }

// Points is what the trophies together add to the level.
func (c Counts) Points() int {
	return 15*c.Bronze + 30*c.Silver + 90*c.Gold + 300*c.Platinum
}

// Picture is an image that the snapshot holds. Its zero value means that there
// is none, or none yet, and a drawn placeholder stands in.
type Picture struct {
	// File is the name in the snapshot's folder of pictures, made from the
	// picture's bytes: the same name is always the same picture.
	File string
	// Width and Height are in pixels.
	Width, Height int
}

// None says that there is no picture to show.
func (p Picture) None() bool { return p.File == "" }

// Level is where the profile stands in PSN's scheme of 2020: levels 1 to 999 in
// ten tiers.
type Level struct {
	// Number is the level, 1 to 999.
	Number int
	// Points is the sum over all earned trophies, Base and Next are the points
	// at which this level began and the next one begins.
	Points, Base, Next int
	// Progress is the percentage of the way from Base to Next.
	Progress int
	// Tier is 1 to 10: bronze 1–3, silver 4–6, gold 7–9, platinum 10.
	Tier int
}

// Owner is what every page and card says of the person: little, so that a page
// about one title does not change when another title does.
type Owner struct {
	OnlineID string
	Avatar   Picture
	// Sample marks the invented profile that is shown without an account.
	Sample bool
}

// Profile is one person's trophies as the snapshot holds them.
type Profile struct {
	Owner
	// About is the text that the person wrote on PSN.
	About string
	// Plus says that the person subscribes to PlayStation Plus.
	Plus  bool
	Level Level
	// Earned is PSN's own count. It can differ from the sum over Titles, as it
	// includes hidden titles; neither is wrong.
	Earned Counts
	// Titles are in order of activity, newest first. A title that is known and
	// not fetched yet has no groups; see Title.Fetched.
	Titles []Title
	// History is level and counts by day, oldest first, as far back as the
	// snapshot has seen them.
	History []Day
	// Changes is what the last fetches brought, newest first.
	Changes []Change
	// Time is the snapshot's: the last change that PSN told, or the day on
	// which PSN was last asked if that is later.
	Time time.Time
	// Language is what names and details were asked for in, such as "en-us".
	Language string
	// Trouble says why the last fetch could not be completed; "" when all went
	// well.
	Trouble Trouble
}

// Trouble is a reason for which a profile is not up to date.
type Trouble string

// The sorts of trouble.
const (
	SignInEnded Trouble = "sign-in"
	Private     Trouble = "private"
	Unreachable Trouble = "unreachable"
	Unreadable  Trouble = "unreadable"
)

// Pending is the number of titles that are still to be fetched.
func (p *Profile) Pending() int {
	n := 0
	for i := range p.Titles {
		if !p.Titles[i].Fetched {
			n++
		}
	}
	return n
}

// Day is the state of a profile at the end of one day.
type Day struct {
	// Date is midnight UTC of the day.
	Date   time.Time
	Level  int
	Points int
	Earned Counts
}

// Title is one trophy set: the PS4 and the PS5 version of a game are two.
type Title struct {
	// ID is PSN's npCommunicationId, such as NPWR20188_00.
	ID string
	// Slug names the title's page. It is unique in the profile, safe as a file
	// name and never changes once given.
	Slug string
	Name string
	// Detail is the set's description; PS3, PS4 and PS Vita titles only.
	Detail    string
	Platforms []Platform
	Icon      Picture
	// SetVersion is PSN's version of the trophy set, such as "01.00".
	SetVersion string
	// Progress is PSN's percentage, by points and without the platinum.
	Progress        int
	Defined, Earned Counts
	// UpdatedAt is the last trophy's time, or that of the first sync.
	UpdatedAt time.Time
	// Fetched says that the trophies are known. A title of the backfill's rest
	// has figures and no Groups.
	Fetched bool
	// Groups is the base game and what was added, in PSN's order. Some titles
	// have no "default" group.
	Groups []Group
}

// Completed says that every trophy of every group is earned.
func (t *Title) Completed() bool { return t.Progress == 100 }

// HasPlatinum says that the set can be crowned.
func (t *Title) HasPlatinum() bool { return t.Defined.Platinum > 0 }

// Group is the base game's part of a set, or an addition's.
type Group struct {
	// ID is "default", or "001", "002" and so on.
	ID   string
	Name string
	// Detail exists for PS3, PS4 and PS Vita titles only.
	Detail string
	Icon   Picture
	// Progress is PSN's percentage where PSN gave one, else reckoned by points.
	Progress        int
	Defined, Earned Counts
	// UpdatedAt is zero while nothing in the group is earned.
	UpdatedAt time.Time
	Trophies  []Trophy
}

// Trophy is one trophy of a title. Its ID is unique within the title only.
type Trophy struct {
	ID    int
	Grade Grade
	// Name and Detail of a secret trophy are here too: covering them is the
	// page's duty, see Covered.
	Name, Detail string
	Icon         Picture
	// Secret trophies are not to be shown before they are earned.
	Secret bool
	Earned bool
	// EarnedAt is zero when not earned, and for the old PS3 trophies that PSN
	// has no time for: these count as earned and are no unlocks.
	EarnedAt time.Time
	// EarnedRate is the percentage of players who have the trophy.
	EarnedRate float64
	Rarity     Rarity
	// Steps is how far a trophy that counts has come; PS5 only, nil elsewhere.
	Steps *Steps
	// Reward is what earning it gives in the game; PS5 only, nil elsewhere.
	Reward *Reward
	// Rates is the earned rate when it was first seen after the trophy was
	// earned, and since, oldest first.
	Rates []Rate
}

// Covered says that name, detail and icon must not be shown without being
// asked for.
func (t *Trophy) Covered() bool { return t.Secret && !t.Earned }

// Steps is the progress of a trophy that counts something.
type Steps struct {
	Done, Target int
	// Progress is PSN's percentage.
	Progress int
}

// Reward is what a PS5 trophy gives in the game.
type Reward struct {
	Name string
	Icon Picture
}

// Rate is an earned rate on a day.
type Rate struct {
	Date time.Time
	Rate float64
}

// Unlock is one trophy earned at one time, with what a line about it needs.
type Unlock struct {
	TitleID, TitleSlug, TitleName string
	TitleIcon                     Picture
	Platforms                     []Platform
	// GroupName is "" for the base game.
	GroupName string
	Trophy    Trophy
}
