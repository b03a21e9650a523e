package snapshot

import (
	"time"

	"github.com/trophycase/trophycase/generator/psn"
	"github.com/trophycase/trophycase/generator/trophy"
)

// Version is the format of the files. Raise it when an older program would read
// a newer snapshot wrongly, and teach Open to read the older one.
const Version = 1

// Head is snapshot.json: what the snapshot is and whose.
type Head struct {
	Version int `json:"version"`
	// Account is the salted hash of the account ID; see Store.Claim.
	Account string `json:"account,omitempty"`
	Salt    string `json:"salt,omitempty"`
	// Sample marks the invented profile.
	Sample bool `json:"sample,omitempty"`
	// Token is when the token in use was first seen, to reckon its end.
	Token *TokenRecord `json:"token,omitempty"`
}

// TokenRecord recognises an NPSSO without holding it.
type TokenRecord struct {
	// Hash is the salted hash of the NPSSO.
	Hash      string `json:"hash"`
	FirstSeen Day    `json:"firstSeen"`
	// Ends is when PSN says that it stops working; zero if it did not say.
	Ends Day `json:"ends,omitzero"`
}

// Trouble is the model's: the fetch names it, the pages tell it.
type Trouble = trophy.Trouble

// The sorts of trouble.
const (
	SignInEnded = trophy.SignInEnded
	Private     = trophy.Private
	Unreachable = trophy.Unreachable
	Unreadable  = trophy.Unreadable
)

// Day is a date written as 2006-01-02.
type Day struct{ time.Time }

// ProfileRecord is profile.json: the person and the level, with no account ID
// and no real name.
type ProfileRecord struct {
	Profile psn.Profile `json:"profile"`
	// ProfileOn is the day on which Profile was asked for.
	ProfileOn Day               `json:"profileOn"`
	Summary   psn.TrophySummary `json:"summary"`
	// Language is the Accept-Language in force.
	Language string `json:"language"`
	// AskedOn is the day on which PSN last answered.
	AskedOn Day `json:"askedOn"`
	// Trouble is why the last fetch was not completed, a trophy.Trouble; "" when
	// all went well.
	Trouble Trouble `json:"trouble,omitempty"`
	// Doubts are answers that looked like a bad day of PSN's and are believed
	// only when they come again on a later run; keyed by what they are about
	// ("summary", "titles", or a title's ID).
	Doubts map[string]Doubt `json:"doubts,omitempty"`
}

// Doubt is an answer not believed yet.
type Doubt struct {
	// Kind is shorter-list, falling-summary, ghost or zero-rates.
	Kind string `json:"kind"`
	// Answer is a digest of what was answered.
	Answer string `json:"answer"`
	Since  Time   `json:"since"`
}

// Time is PSN's.
type Time = psn.Time

// TitleEntry is one line of titles.json: the title list's entry as last
// believed, in PSN's order.
type TitleEntry struct {
	psn.TrophyTitle
	// Slug is given when the title is first seen and never changes.
	Slug string `json:"slug"`
}

// TitleRecord is titles/ID.json: all that PSN said about one title.
type TitleRecord struct {
	// Title is the list's entry for which the rest was fetched: comparing it
	// with today's entry tells what to ask for again.
	Title psn.TrophyTitle `json:"title"`
	// Slug is the title list's, kept here too in case that file is damaged.
	Slug string `json:"slug"`
	// Language is what the names were asked for in.
	Language string `json:"language"`
	// RatesOn is the day on which the earned rates were last read.
	RatesOn Day `json:"ratesOn"`
	// Groups and EarnedGroups are nil for a title without additional groups.
	Groups       []psn.TrophyGroup  `json:"groups,omitempty"`
	EarnedGroups []psn.EarnedGroup  `json:"earnedGroups,omitempty"`
	Trophies     []psn.Trophy       `json:"trophies"`
	Earned       []psn.EarnedTrophy `json:"earned"`
	// Rates is the history of the earned rate of trophies that are earned.
	Rates []RateRecord `json:"rates,omitempty"`
}

// RateRecord is the earned rate of one trophy over time.
type RateRecord struct {
	TrophyID int `json:"trophyId"`
	// Seen is oldest first; the first entry is the rate when first seen earned.
	Seen []RateSeen `json:"seen"`
}

// RateSeen is an earned rate on a day.
type RateSeen struct {
	On   Day       `json:"on"`
	Rate psn.Float `json:"rate"`
}

// DayRecord is one line of history.jsonl.
type DayRecord struct {
	On     Day              `json:"on"`
	Level  int              `json:"level"`
	Points int              `json:"points"`
	Earned psn.TrophyCounts `json:"earned"`
}

// PictureRecord is one entry of pictures/index.json, keyed by the picture's URL.
type PictureRecord struct {
	File   string `json:"file,omitempty"`
	Width  int    `json:"width,omitempty"`
	Height int    `json:"height,omitempty"`
	// RefusedOn is the day on which the URL led to nothing that can be shown. It
	// then has no file.
	RefusedOn Day `json:"refusedOn,omitzero"`
}
