package trophy

import (
	"testing"
	"time"

	_ "time/tzdata"

	"github.com/google/go-cmp/cmp"
)

func at(s string) time.Time {
	t, err := time.Parse("2006-01-02 15:04", s)
	if err != nil {
		panic(err)
	}
	return t
}

// sample is two titles with hand-worked figures.
func sample() *Profile {
	return &Profile{
		Level: Level{Number: 12, Points: 885, Base: 840, Next: 900},
		Time:  at("2026-03-30 00:00"),
		Titles: []Title{
			{ID: "NPWR00002_00", Name: "Tidewright", Platforms: []Platform{PS5}, Progress: 100,
				Earned: Counts{Bronze: 2, Platinum: 1}, Defined: Counts{Bronze: 2, Platinum: 1},
				Groups: []Group{{ID: "default", Trophies: []Trophy{
					{ID: 0, Grade: Platinum, Earned: true, EarnedAt: at("2026-03-29 00:30"), EarnedRate: 1.5},
					{ID: 1, Grade: Bronze, Earned: true, EarnedAt: at("2026-03-27 23:30"), EarnedRate: 60, Rarity: Common, Rates: []Rate{{Rate: 50}}},
					{ID: 2, Grade: Bronze, Earned: true, EarnedAt: at("2026-03-29 00:30"), EarnedRate: 8, Rarity: VeryRare},
				}}}},
			{ID: "NPWR00001_00", Name: "Tidewright", Platforms: []Platform{PS4, PSVita}, Progress: 33,
				Earned: Counts{Bronze: 2}, Defined: Counts{Bronze: 3, Gold: 1},
				Groups: []Group{
					{ID: "default", Trophies: []Trophy{
						{ID: 0, Grade: Bronze, Earned: true, Rarity: Common, EarnedRate: 90},
						{ID: 1, Grade: Gold}},
					},
					{ID: "001", Name: "Depths", Trophies: []Trophy{
						{ID: 2, Grade: Bronze, Earned: true, EarnedAt: at("2025-12-31 23:30"), EarnedRate: 0, Rarity: UltraRare},
					}},
				}},
			{ID: "NPWR00003_00", Name: "Unplayed", Platforms: []Platform{PS3}, Defined: Counts{Bronze: 1}},
		},
	}
}

func ids(list []Unlock) []string {
	var out []string
	for _, u := range list {
		out = append(out, u.TitleID[4:9]+"/"+string(rune('0'+u.Trophy.ID)))
	}
	return out
}

func TestUnlocks(t *testing.T) {
	p := sample()
	want := []string{"00002/0", "00002/2", "00002/1", "00001/2"}
	if diff := cmp.Diff(want, ids(p.Unlocks())); diff != "" {
		t.Error(diff)
	}
	if p.Undated() != 1 {
		t.Errorf("%d undated, want 1", p.Undated())
	}
	if u := p.Unlocks()[3]; u.GroupName != "Depths" || u.TitleName != "Tidewright" {
		t.Errorf("unlock is %+v", u)
	}
	if diff := cmp.Diff([]string{"00002/0", "00002/2"}, ids(Rarest(p.Unlocks(), 2))); diff != "" {
		t.Error(diff)
	}
	if n := len(Rarest(p.Unlocks(), 9)); n != 3 {
		t.Errorf("%d are among the rarest, want the 3 with a rate", n)
	}
}

func TestTimes(t *testing.T) {
	title := &sample().Titles[0]
	if took, ok := title.TimeToPlatinum(); !ok || took != 25*time.Hour {
		t.Errorf("took %v, %v", took, ok)
	}
	if !title.FirstUnlock().Equal(at("2026-03-27 23:30")) || !title.LastUnlock().Equal(at("2026-03-29 00:30")) {
		t.Errorf("from %v to %v", title.FirstUnlock(), title.LastUnlock())
	}
	if _, ok := sample().Titles[1].TimeToPlatinum(); ok {
		t.Error("a platinum that is not there took time")
	}
	if !sample().Titles[2].FirstUnlock().IsZero() {
		t.Error("a title without trophies has a first one")
	}
}

func TestStatistics(t *testing.T) {
	s := NewStatistics(sample(), time.UTC, nil)
	if diff := cmp.Diff(Counts{Bronze: 4, Platinum: 1}, s.ByGrade); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([4]int{2, 1, 0, 2}, s.ByRarity); diff != "" {
		t.Error(diff)
	}
	want := []PlatformCount{
		{PS5, 1, Counts{Bronze: 2, Platinum: 1}}, {PS4, 1, Counts{Bronze: 2}}, {PS3, 1, Counts{}},
	}
	if diff := cmp.Diff(want, s.ByPlatform); diff != "" {
		t.Error(diff)
	}
	if s.Completion < 44.33 || s.Completion > 44.34 || s.Completed != 1 {
		t.Errorf("completion is %v, %d completed", s.Completion, s.Completed)
	}
	if diff := cmp.Diff([11]int{0: 1, 3: 1, 10: 1}, s.Distribution); diff != "" {
		t.Error(diff)
	}
	if len(s.Closest) != 1 || s.Closest[0].ID != "NPWR00001_00" {
		t.Errorf("closest are %v", s.Closest)
	}
	if len(s.Platinums) != 1 || s.Platinums[0].Number != 1 || s.Platinums[0].Took != 25*time.Hour {
		t.Errorf("platinums are %+v", s.Platinums)
	}
	if len(s.Stacks) != 1 || s.Stacks[0].Name != "Tidewright" || len(s.Stacks[0].Titles) != 2 {
		t.Errorf("stacks are %+v", s.Stacks)
	}
	s = NewStatistics(sample(), time.UTC, map[string][]string{"Both": {"NPWR00001_00", "NPWR00003_00"}})
	if len(s.Stacks) != 1 || s.Stacks[0].Name != "Both" || s.Stacks[0].Titles[1].Name != "Unplayed" {
		t.Errorf("stacks are %+v", s.Stacks)
	}
}

func TestNothing(t *testing.T) {
	s := NewStatistics(&Profile{}, time.UTC, nil)
	if s.Completion != 0 || s.Calendar.Longest.Days != 0 || len(s.Calendar.Year(time.Time{}, time.UTC)) != 53 {
		t.Errorf("statistics of nothing: %+v", s)
	}
}

// TestZones uses the night on which Berlin went to summer time: 00:30 UTC on
// 29 March is 01:30 there, 23:30 UTC on the 27th is the 28th.
func TestZones(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	c := NewStatistics(sample(), berlin, nil).Calendar
	if c.Longest.Days != 2 || c.Current.Days != 2 || !c.Longest.First.Equal(at("2026-03-28 00:00")) {
		t.Errorf("streaks are %+v and %+v", c.Longest, c.Current)
	}
	if diff := cmp.Diff(map[int]int{2026: 4}, c.ByYear); diff != "" {
		t.Error("a new year begins an hour earlier in Berlin:", diff)
	}
	c = NewStatistics(sample(), time.UTC, nil).Calendar
	if c.Longest.Days != 1 || c.Current.Days != 1 || c.ByYear[2025] != 1 {
		t.Errorf("in UTC: %+v", c)
	}
	if c.ByHour[0] != 2 || c.ByHour[23] != 2 || c.ByWeekday[time.Sunday] != 2 || c.ByMonth[at("2026-03-01 00:00")] != 3 {
		t.Errorf("in UTC: %+v", c)
	}
}

func TestYear(t *testing.T) {
	c := NewStatistics(sample(), time.UTC, nil).Calendar
	weeks := c.Year(at("2026-04-01 12:00"), time.UTC) // a Wednesday
	last := weeks[52]
	if !last[2].Date.Equal(at("2026-04-01 00:00")) || !last[3].Date.IsZero() || !last[0].Date.Equal(at("2026-03-30 00:00")) {
		t.Errorf("the last week is %+v", last)
	}
	if weeks[51][6].Count != 2 || weeks[51][4].Count != 1 {
		t.Errorf("the week before is %+v", weeks[51])
	}
	if weeks[0][0].Date.Weekday() != time.Monday {
		t.Errorf("a week begins on %v", weeks[0][0].Date.Weekday())
	}
}

func TestMilestones(t *testing.T) {
	var list []Unlock
	for i := range 205 {
		grade := Bronze
		if i%20 == 0 {
			grade = Platinum
		}
		list = append(list, Unlock{TitleLine: &TitleLine{}, Trophy: &Trophy{ID: 204 - i, Grade: grade}})
	}
	// The oldest is number 6, as five had no time; platinums are IDs 4, 24, …
	var got []int
	for _, m := range Milestones(list, 5) {
		got = append(got, m.Number, m.Trophy.ID)
	}
	if diff := cmp.Diff([]int{200, 194, 10, 184, 100, 94, 1, 4}, got); diff != "" {
		t.Error(diff)
	}
	if m := Milestones(list, 0); m[len(m)-1].Number != 1 || m[len(m)-1].Kind != TrophyMilestone {
		t.Errorf("the first milestone is %+v", m[len(m)-1])
	}
}

func TestProgressOf(t *testing.T) {
	tests := []struct {
		earned, defined Counts
		want            int
	}{
		{Counts{}, Counts{Bronze: 5}, 0},
		{Counts{Bronze: 1}, Counts{Bronze: 200}, 1},
		{Counts{Bronze: 2, Silver: 1}, Counts{Bronze: 4, Silver: 2, Platinum: 1}, 50},
		{Counts{Bronze: 199}, Counts{Bronze: 200}, 99},
		{Counts{Bronze: 4, Silver: 2, Platinum: 1}, Counts{Bronze: 4, Silver: 2, Platinum: 1}, 100},
		{Counts{Bronze: 70}, Counts{}, 0},
		{Counts{Bronze: 9}, Counts{Bronze: 3}, 100},
	}
	for _, tt := range tests {
		if got := ProgressOf(tt.earned, tt.defined); got != tt.want {
			t.Errorf("%+v of %+v is %d, want %d", tt.earned, tt.defined, got, tt.want)
		}
	}
}

func TestShow(t *testing.T) {
	for n, want := range map[int]string{0: "0", 9999: "9999", 12345: "12\u202f345", 1234567: "1\u202f234\u202f567", -12345: "-12\u202f345"} {
		if got := Digits(n); got != want {
			t.Errorf("%d is %q, want %q", n, got, want)
		}
	}
	for name, want := range map[string]string{"tide": "T", "™ äh": "Ä", "星": "星", "🐌": "…", "": "…"} {
		if got := Initial(name); got != want {
			t.Errorf("the initial of %q is %q, want %q", name, got, want)
		}
	}
	for tier, want := range map[int]Grade{0: Bronze, 3: Bronze, 4: Silver, 6: Silver, 7: Gold, 9: Gold, 10: Platinum} {
		if got := (Level{Tier: tier}).Metal(); got != want {
			t.Errorf("tier %d is of %v, want %v", tier, got, want)
		}
	}
}

func TestDrift(t *testing.T) {
	title := sample().Titles[0]
	if d, ok := title.Groups[0].Trophies[1].Drift(); !ok || d != 10 {
		t.Errorf("drift is %v, %v", d, ok)
	}
	if _, ok := title.Groups[0].Trophies[0].Drift(); ok {
		t.Error("a trophy without history drifts")
	}
}

func BenchmarkStatistics1000(b *testing.B) {
	p := &Profile{Time: at("2026-03-30 00:00")}
	for i := range 1000 {
		t := Title{ID: "NPWR00001_00", Progress: 50, Platforms: []Platform{PS4}, Groups: []Group{{ID: "default"}}}
		for j := range 40 {
			t.Earned.Bronze++
			t.Groups[0].Trophies = append(t.Groups[0].Trophies, Trophy{
				ID: j, Grade: Bronze, Earned: true, EarnedRate: float64(j + 1), EarnedAt: p.Time.Add(-time.Duration(i*40+j) * 3 * time.Hour),
			})
		}
		p.Titles = append(p.Titles, t)
	}
	for b.Loop() {
		NewStatistics(p, time.UTC, nil)
	}
}
