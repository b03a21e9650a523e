package page

import (
	"strings"
	"time"

	"github.com/trophycase/trophycase/generator/trophy"
)

// words is the pages' own text in one language.
type words struct {
	Lang string

	Home, Titles, Feed, Skip, Menu                                  string
	Level, Points, ToNext, Tier, Trophies, Progress, Completion     string
	Completed, Platinum, Latest, Recent, Rarest, Platinums          string
	Pinned, Closest, Year, YearHint, Earned, Missing, Secret        string
	Reveal, Players, Reward, First, Last, TimeToPlatinum            string
	NoTitles, NoUnlocks, NoPlatinums, NotFetched, NotFound          string
	NotFoundText, Back, Sample, Pending, PendingOne, Trouble        string
	Search, Platform, State, Sort, All, Order, Base, Began, None    string
	ByActivity, ByName, ByProgress, ByRarity, ByPSN, ByTime         string
	Unlocks, AsOf, Made, Undated, Unofficial, MoreTitles            string
	History, Milestones, Stats, RarestShort, Fastest, Slowest       string
	RateThen, RateNow, TrophyNumber, PlatinumNumber, Figures        string
	ByYear, ByMonth, ByWeekday, ByHour, ByGrade, ByRarityTitle      string
	ByPlatform, CompletionTitle, LevelOverTime                      string
	Also, Day, Untouched, Shown, Days, LongestStreak, CurrentStreak string
	grades                                                          [5]string
	troubles                                                        map[trophy.Trouble]string
	rarities                                                        [4]string
	months                                                          [12]string
	weekdays                                                        [7]string
}

var english = words{
	Lang: "en",
	Home: "Profile", Titles: "Titles", Feed: "Feed", Skip: "Skip to the content", Menu: "Main",
	Level: "Level", Points: "points", ToNext: "to the next level", Tier: "Tier", Trophies: "Trophies", Progress: "Progress",
	Completion: "Average completion", Completed: "Completed", Platinum: "Platinum", Latest: "Latest trophy",
	Recent: "Recent trophies", Rarest: "Rarest trophies", Platinums: "Platinums", Pinned: "Pinned", Closest: "Close to completion",
	Year: "A year of trophies", YearHint: "Trophies by day", Earned: "Earned", Missing: "Missing", Secret: "Secret trophy",
	Reveal: "Show name and details", Players: "of players", Reward: "Reward", First: "First trophy", Last: "Last trophy",
	TimeToPlatinum: "Time to platinum", NoTitles: "Titles will be here once there is a first one.",
	NoUnlocks: "Trophies will be here once the first one is earned.", NoPlatinums: "The wall for platinums is ready.",
	NotFetched:   "The trophies of this title are still being fetched. They will be here after one of the next builds.",
	NotFound:     "Nothing here",
	NotFoundText: "There is no page at this address. It may have been moved, or never been there.", Back: "To the profile",
	Sample:  "This is an invented sample profile. Add your own sign-in and it becomes yours.",
	Pending: "%d titles are still being fetched; they come with the next builds.", PendingOne: "One title is still being fetched; it comes with the next build.",
	Trouble: "Not up to date:",
	Search:  "Find", Platform: "Platform", State: "State", Sort: "Order", All: "All", Order: "Order", Base: "Base game", Began: "Begun", None: "None",
	ByActivity: "Last activity", ByName: "Name", ByProgress: "Progress", ByRarity: "Rarest first", ByPSN: "As on PSN", ByTime: "Last earned first",
	Unlocks: "trophies", AsOf: "As of", Made: "Made with trophycase", Undated: "earned at an unknown time",
	Unofficial: "Not affiliated with Sony Interactive Entertainment.", MoreTitles: "All titles",
	History: "Unlocks", Milestones: "Milestones", Stats: "Stats", RarestShort: "Rarest", Fastest: "Fastest", Slowest: "Slowest",
	RateThen: "When earned", RateNow: "now", TrophyNumber: "trophy", PlatinumNumber: "platinum", Figures: "Figures",
	ByYear: "By year", ByMonth: "By month", ByWeekday: "By weekday", ByHour: "By hour", ByGrade: "By grade", ByRarityTitle: "By rarity",
	ByPlatform: "By platform", CompletionTitle: "Titles by completion", LevelOverTime: "Points and level over time",
	Also: "Also:", Day: "day", Untouched: "Not begun", Shown: "Show", Days: "days", LongestStreak: "Longest streak", CurrentStreak: "Current streak",
	troubles: map[trophy.Trouble]string{
		trophy.SignInEnded: "The sign-in to PlayStation Network has ended.",
		trophy.Private:     "The trophies of this account have become private.",
		trophy.Unreachable: "PlayStation Network could not be reached.",
		trophy.Unreadable:  "PlayStation Network gave an answer that could not be read.",
	},
	grades:   [5]string{"", "bronze", "silver", "gold", "platinum"},
	rarities: [4]string{"ultra rare", "very rare", "rare", "common"},
	months:   [12]string{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"},
	weekdays: [7]string{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"},
}

// wordsOf is the words of a language, or the English ones: a page says which it
// is written in, so that it is read out right.
func wordsOf(language string) words {
	base, _, _ := strings.Cut(strings.ToLower(language), "-")
	if base == "de" {
		return german
	}
	return english
}

// Reason is why a profile is not up to date.
func (w words) Reason(t trophy.Trouble) string { return w.troubles[t] }

// Grade is the name of a grade.
func (w words) Grade(g trophy.Grade) string { return w.grades[g] }

// Rarity is the name of a rarity.
func (w words) Rarity(r trophy.Rarity) string { return w.rarities[min(int(r), len(w.rarities)-1)] }

// Date is a day as people write it.
func (w words) Date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return itoa(t.Day()) + " " + w.months[t.Month()-1] + " " + itoa(t.Year())
}
