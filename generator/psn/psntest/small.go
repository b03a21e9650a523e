package psntest

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"time"

	"github.com/trophycase/trophycase/generator/psn"
)

// The titles of Small.
const (
	Grouped = "NPWR90001_00" // PS5, two groups, counting trophies, a reward
	Crowned = "NPWR90002_00" // PS4, all earned
	Old     = "NPWR90003_00" // PS3, no platinum, a trophy without a date
	Hidden  = "NPWR90004_00" // hidden by its owner
)

// Small is an account with few titles, one of each sort.
func Small() *Data {
	d := &Data{
		AccountID: AccountID,
		Profile: psn.Profile{OnlineID: "Marlowe-Quill", AboutMe: "Hunting slowly.", Avatars: []psn.Avatar{
			{Size: "s", URL: Picture("avatar-s.png")}, {Size: "xl", URL: Picture("avatar-xl.png")},
		}},
		Summary: psn.TrophySummary{
			AccountID: AccountID, TrophyLevel: 12, TrophyPoint: 885, TrophyLevelBasePoint: 840,
			TrophyLevelNextPoint: 900, Progress: 75, Tier: 1,
			EarnedTrophies: psn.TrophyCounts{Bronze: 9, Silver: 3, Gold: 2, Platinum: 1},
		},
		Pictures: map[string][]byte{"avatar-s.png": Icon(32, 32), "avatar-xl.png": Icon(240, 240)},
	}
	d.Add(Make(Grouped, "PS5", "Tidewright", date(2026, 11, 2), "PBBS", "BG"), 3)
	d.Add(Make(Crowned, "PS4", "Ashes of Veldt™", date(2025, 3, 9), "PBBBSG"), 6)
	d.Add(Make(Old, "PS3", "古い灯台", date(2012, 7, 21), "BBS"), 2)
	d.Add(Make(Hidden, "PS4", "Canary Hidden Title", date(2020, 1, 5), "PBB"), 1)
	grouped := d.Title(Grouped)
	three, rate := psn.Int(3), psn.Int(30)
	grouped.Trophies[3].TrophyProgressTargetValue = 10
	grouped.Earned[3].Progress, grouped.Earned[3].ProgressRate = &three, &rate
	grouped.Trophies[1].TrophyRewardName = "Copper lantern"
	d.Title(Old).Earned[0].EarnedDateTime = nil
	d.Title(Hidden).HiddenFlag = true
	return d
}

// Add appends a title of which the first n trophies are earned, and its picture.
func (d *Data) Add(t Title, n int) {
	for i := range min(n, len(t.Earned)) {
		at := psn.Time{Time: t.LastUpdatedDateTime.Add(-time.Duration(n-i) * time.Hour)}
		t.Earned[i].Earned, t.Earned[i].EarnedDateTime = true, &at
		// The platinum comes first by number and last by time.
		if t.Trophies[i].TrophyType == "platinum" {
			at.Time = t.LastUpdatedDateTime.Time
		}
	}
	d.Pictures[t.NPCommunicationID+".png"] = Icon(320, 176)
	t.Sum()
	d.Titles = append(d.Titles, t)
}

// Make is a title with groups of trophies, each named by the letters of its
// trophies' types: P, G, S and B.
func Make(id, platform, name string, updated time.Time, groups ...string) Title {
	service := "trophy"
	if platform == "PS5" || platform == "PSPC" {
		service = "trophy2"
	}
	t := Title{TrophyTitle: psn.TrophyTitle{
		NPServiceName: service, NPCommunicationID: id, TrophySetVersion: "01.00", TrophyTitleName: name,
		TrophyTitleIconURL: Picture(id + ".png"), TrophyTitlePlatform: platform,
		HasTrophyGroups: len(groups) > 1, TrophyGroupCount: psn.Int(len(groups)),
		LastUpdatedDateTime: psn.Time{Time: updated},
	}}
	for i, letters := range groups {
		t.AddGroup(i, letters)
	}
	return t
}

// AddGroup appends the trophies of a group; group 0 is the base game.
func (t *Title) AddGroup(number int, letters string) {
	group := "default"
	if number > 0 {
		group = fmt.Sprintf("%03d", number)
	}
	if t.HasTrophyGroups {
		t.Groups = append(t.Groups, psn.TrophyGroup{
			TrophyGroupID: group, TrophyGroupName: fmt.Sprintf("%s, part %d", t.TrophyTitleName, number+1),
			TrophyGroupIconURL: t.TrophyTitleIconURL,
		})
		t.EarnedGroups = append(t.EarnedGroups, psn.EarnedGroup{TrophyGroupID: group})
	}
	types := map[rune]string{'P': "platinum", 'G': "gold", 'S': "silver", 'B': "bronze"}
	for _, letter := range letters {
		n := len(t.Trophies)
		t.Trophies = append(t.Trophies, psn.Trophy{
			TrophyID: psn.Int(n), TrophyType: types[letter], TrophyName: fmt.Sprintf("%s trophy %d", t.TrophyTitleName, n),
			TrophyDetail: fmt.Sprintf("Do the thing number %d.", n), TrophyIconURL: t.TrophyTitleIconURL, TrophyGroupID: group,
		})
		t.Earned = append(t.Earned, psn.EarnedTrophy{
			TrophyID: psn.Int(n), TrophyType: types[letter], TrophyRare: psn.Int(min(3, n)), TrophyEarnedRate: psn.Float(3 + 7*n),
		})
	}
}

// Sum makes the title's counts and progress those of its trophies.
func (t *Title) Sum() {
	t.DefinedTrophies, t.EarnedTrophies = psn.TrophyCounts{}, psn.TrophyCounts{}
	for i := range t.EarnedGroups {
		t.EarnedGroups[i].EarnedTrophies = psn.TrophyCounts{}
		t.Groups[i].DefinedTrophies = psn.TrophyCounts{}
	}
	for i, e := range t.Earned {
		count(&t.DefinedTrophies, e.TrophyType)
		if e.Earned {
			count(&t.EarnedTrophies, e.TrophyType)
		}
		for j := range t.Groups {
			if t.Groups[j].TrophyGroupID != t.Trophies[i].TrophyGroupID {
				continue
			}
			count(&t.Groups[j].DefinedTrophies, e.TrophyType)
			if e.Earned {
				count(&t.EarnedGroups[j].EarnedTrophies, e.TrophyType)
			}
			t.EarnedGroups[j].Progress = progress(t.EarnedGroups[j].EarnedTrophies, t.Groups[j].DefinedTrophies)
		}
	}
	t.Progress = progress(t.EarnedTrophies, t.DefinedTrophies)
}

func count(c *psn.TrophyCounts, kind string) {
	switch kind {
	case "platinum":
		c.Platinum++
	case "gold":
		c.Gold++
	case "silver":
		c.Silver++
	default:
		c.Bronze++
	}
}

func progress(earned, defined psn.TrophyCounts) psn.Int {
	points := func(c psn.TrophyCounts) psn.Int { return 15*c.Bronze + 30*c.Silver + 90*c.Gold }
	if points(defined) == 0 || earned.Total() == 0 {
		return 0
	}
	return max(1, 100*points(earned)/points(defined))
}

// Icon is a PNG of a size.
func Icon(width, height int) []byte {
	m := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			m.SetRGBA(x, y, color.RGBA{uint8(40 + x*180/width), uint8(60 + y*120/height), 120, 255})
		}
	}
	var b bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&b, m); err != nil {
		panic("psntest: " + err.Error())
	}
	return b.Bytes()
}

func date(year, month, day int) time.Time {
	return time.Date(year, time.Month(month), day, 20, 0, 0, 0, time.UTC)
}
