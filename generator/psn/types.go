package psn

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// Int is a whole number that PSN sends as a JSON number or as a string of
// digits, depending on the field, the service and the year.
type Int int

// UnmarshalJSON accepts 12, 12.0, "12" and "", the last as 0. It refuses what is
// not a number and what an int32 and a half cannot hold: no figure of PSN's
// comes near 2^53.
func (n *Int) UnmarshalJSON(b []byte) error {
	f, err := number(b)
	if err != nil {
		return err
	}
	*n = Int(f)
	return nil
}

// Float is a decimal number that PSN sends as a JSON number or as a string.
type Float float64

// UnmarshalJSON accepts 1.6, "1.6" and "", the last as 0.
func (n *Float) UnmarshalJSON(b []byte) error {
	f, err := number(b)
	if err != nil {
		return err
	}
	*n = Float(f)
	return nil
}

func number(b []byte) (float64, error) {
	b = bytes.TrimSpace(b)
	if bytes.Equal(b, []byte("null")) {
		return 0, nil
	}
	s := strings.TrimSpace(strings.Trim(string(b), `"`))
	if s == "" {
		return 0, nil
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsNaN(f) || math.Abs(f) > 1<<53 {
		return 0, fmt.Errorf("not a number: %.4096q", b)
	}
	return f, nil
}

// Time is a moment as PSN writes it: RFC 3339 in UTC, with or without fractions
// of a second. The zero Time stands for an absent one.
type Time struct{ time.Time }

// UnmarshalJSON accepts RFC 3339, null and "".
func (t *Time) UnmarshalJSON(b []byte) error {
	var s *string
	if err := json.Unmarshal(b, &s); err != nil {
		return fmt.Errorf("not a date: %.4096q", b)
	}
	if s == nil || *s == "" {
		t.Time = time.Time{}
		return nil
	}
	v, err := time.Parse(time.RFC3339, *s)
	// In another zone the last day of the year 9999 has no such form any more.
	if v = v.UTC(); err != nil || v.Year() < 1 || v.Year() > 9999 {
		return fmt.Errorf("not a date: %.4096q", *s)
	}
	t.Time = v
	return nil
}

// MarshalJSON writes RFC 3339 to the second, as PSN does, and null for zero.
func (t Time) MarshalJSON() ([]byte, error) {
	if t.IsZero() {
		return []byte("null"), nil
	}
	return json.Marshal(t.UTC().Format(time.RFC3339))
}

// TrophyCounts is a number of trophies by type (our "grade").
type TrophyCounts struct {
	Bronze   Int `json:"bronze"`
	Silver   Int `json:"silver"`
	Gold     Int `json:"gold"`
	Platinum Int `json:"platinum"`
}

// Total is the number of trophies of all types.
func (c TrophyCounts) Total() int { return int(c.Bronze + c.Silver + c.Gold + c.Platinum) }

// TrophySummary is the answer of …/users/{accountId}/trophySummary.
type TrophySummary struct {
	// AccountID is up to 19 digits, beyond 2^53. It is never stored.
	AccountID            string       `json:"accountId,omitempty"`
	TrophyLevel          Int          `json:"trophyLevel"`
	TrophyPoint          Int          `json:"trophyPoint"`
	TrophyLevelBasePoint Int          `json:"trophyLevelBasePoint"`
	TrophyLevelNextPoint Int          `json:"trophyLevelNextPoint"`
	Progress             Int          `json:"progress"`
	Tier                 Int          `json:"tier"`
	EarnedTrophies       TrophyCounts `json:"earnedTrophies"`
}

// TrophyTitle is one entry of …/users/{accountId}/trophyTitles.
type TrophyTitle struct {
	NPServiceName       string       `json:"npServiceName"`
	NPCommunicationID   string       `json:"npCommunicationId"`
	TrophySetVersion    string       `json:"trophySetVersion"`
	TrophyTitleName     string       `json:"trophyTitleName"`
	TrophyTitleDetail   string       `json:"trophyTitleDetail,omitempty"`
	TrophyTitleIconURL  string       `json:"trophyTitleIconUrl"`
	TrophyTitlePlatform string       `json:"trophyTitlePlatform"`
	HasTrophyGroups     bool         `json:"hasTrophyGroups"`
	TrophyGroupCount    Int          `json:"trophyGroupCount,omitempty"`
	DefinedTrophies     TrophyCounts `json:"definedTrophies"`
	Progress            Int          `json:"progress"`
	EarnedTrophies      TrophyCounts `json:"earnedTrophies"`
	HiddenFlag          bool         `json:"hiddenFlag"`
	LastUpdatedDateTime Time         `json:"lastUpdatedDateTime"`
}

// TrophyTitles is one page of the title list.
type TrophyTitles struct {
	TrophyTitles   []TrophyTitle `json:"trophyTitles"`
	TotalItemCount Int           `json:"totalItemCount"`
	// NextOffset is nil on the last page.
	NextOffset *Int `json:"nextOffset,omitempty"`
}

// TrophyGroup is one entry of …/npCommunicationIds/{id}/trophyGroups.
type TrophyGroup struct {
	TrophyGroupID      string       `json:"trophyGroupId"`
	TrophyGroupName    string       `json:"trophyGroupName"`
	TrophyGroupDetail  string       `json:"trophyGroupDetail,omitempty"`
	TrophyGroupIconURL string       `json:"trophyGroupIconUrl"`
	DefinedTrophies    TrophyCounts `json:"definedTrophies"`
}

// TrophyGroups is the answer of …/npCommunicationIds/{id}/trophyGroups.
type TrophyGroups struct {
	TrophySetVersion    string        `json:"trophySetVersion"`
	TrophyTitleName     string        `json:"trophyTitleName"`
	TrophyTitleDetail   string        `json:"trophyTitleDetail,omitempty"`
	TrophyTitleIconURL  string        `json:"trophyTitleIconUrl"`
	TrophyTitlePlatform string        `json:"trophyTitlePlatform"`
	DefinedTrophies     TrophyCounts  `json:"definedTrophies"`
	TrophyGroups        []TrophyGroup `json:"trophyGroups"`
}

// Trophy is one entry of …/npCommunicationIds/{id}/trophyGroups/all/trophies.
type Trophy struct {
	TrophyID      Int    `json:"trophyId"`
	TrophyHidden  bool   `json:"trophyHidden"`
	TrophyType    string `json:"trophyType"`
	TrophyName    string `json:"trophyName"`
	TrophyDetail  string `json:"trophyDetail"`
	TrophyIconURL string `json:"trophyIconUrl"`
	TrophyGroupID string `json:"trophyGroupId"`
	// The rest is sent for PS5 sets only, and only where it applies.
	TrophyProgressTargetValue Int    `json:"trophyProgressTargetValue,omitempty"`
	TrophyRewardName          string `json:"trophyRewardName,omitempty"`
	TrophyRewardImageURL      string `json:"trophyRewardImageUrl,omitempty"`
}

// Trophies is the answer of …/trophyGroups/{group}/trophies, all pages joined.
type Trophies struct {
	TrophySetVersion string   `json:"trophySetVersion"`
	HasTrophyGroups  bool     `json:"hasTrophyGroups"`
	Trophies         []Trophy `json:"trophies"`
	TotalItemCount   Int      `json:"totalItemCount"`
	NextOffset       *Int     `json:"nextOffset,omitempty"`
}

// EarnedTrophy is one entry of …/users/{accountId}/…/trophyGroups/all/trophies.
// It has neither name nor group.
type EarnedTrophy struct {
	TrophyID         Int    `json:"trophyId"`
	TrophyHidden     bool   `json:"trophyHidden"`
	Earned           bool   `json:"earned"`
	EarnedDateTime   *Time  `json:"earnedDateTime,omitzero"`
	TrophyType       string `json:"trophyType"`
	TrophyRare       Int    `json:"trophyRare"`
	TrophyEarnedRate Float  `json:"trophyEarnedRate"`
	// The rest is sent for PS5 trophies with a target that are not earned yet.
	Progress           *Int  `json:"progress,omitempty"`
	ProgressRate       *Int  `json:"progressRate,omitempty"`
	ProgressedDateTime *Time `json:"progressedDateTime,omitzero"`
}

// RarestTrophy is an earned trophy with the lowest rate of its title.
type RarestTrophy struct {
	EarnedTrophy
}

// EarnedTrophies is the answer of …/users/{accountId}/…/trophies, all pages
// joined.
type EarnedTrophies struct {
	TrophySetVersion    string         `json:"trophySetVersion"`
	HasTrophyGroups     bool           `json:"hasTrophyGroups"`
	LastUpdatedDateTime Time           `json:"lastUpdatedDateTime"`
	Trophies            []EarnedTrophy `json:"trophies"`
	RarestTrophies      []RarestTrophy `json:"rarestTrophies,omitempty"`
	TotalItemCount      Int            `json:"totalItemCount"`
	NextOffset          *Int           `json:"nextOffset,omitempty"`
}

// EarnedGroup is one entry of …/users/{accountId}/…/trophyGroups.
type EarnedGroup struct {
	TrophyGroupID  string       `json:"trophyGroupId"`
	Progress       Int          `json:"progress"`
	EarnedTrophies TrophyCounts `json:"earnedTrophies"`
	// LastUpdatedDateTime is absent while nothing in the group is earned.
	LastUpdatedDateTime *Time `json:"lastUpdatedDateTime,omitzero"`
}

// EarnedGroups is the answer of
// …/users/{accountId}/npCommunicationIds/{id}/trophyGroups.
type EarnedGroups struct {
	TrophySetVersion    string        `json:"trophySetVersion"`
	HiddenFlag          bool          `json:"hiddenFlag"`
	Progress            Int           `json:"progress"`
	EarnedTrophies      TrophyCounts  `json:"earnedTrophies"`
	TrophyGroups        []EarnedGroup `json:"trophyGroups"`
	LastUpdatedDateTime Time          `json:"lastUpdatedDateTime"`
}

// Avatar is one size of a profile's picture.
type Avatar struct {
	// Size is s, m, l or xl.
	Size string `json:"size"`
	URL  string `json:"url"`
}

// Profile is the answer of …/userProfile/v1/internal/users/{accountId}/profiles.
// Real names, which PSN sends to the owner, are not decoded.
type Profile struct {
	OnlineID string   `json:"onlineId"`
	AboutMe  string   `json:"aboutMe"`
	Avatars  []Avatar `json:"avatars"`
	IsPlus   bool     `json:"isPlus"`
}
