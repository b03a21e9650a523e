package page

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"path"
	"reflect"
	"strings"
	"time"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
	"gopkg.in/yaml.v3"

	"github.com/trophycase/trophycase/generator/trophy"
)

// Words is the site's own text in one language, and the forms of its numbers and
// dates. It is read from a catalogue, a file of the folder words; what a catalogue
// lacks is English.
type Words struct {
	// Lang is the language of the catalogue, BCP 47: what pages declare.
	Lang string `yaml:"-"`
	// Direction is "ltr" or "rtl".
	Direction string   `yaml:"direction"`
	DateForm  string   `yaml:"date"`
	Months    []string `yaml:"months"`
	Weekdays  []string `yaml:"weekdays"` // from Monday
	Duration  struct {
		Years   string `yaml:"years"`
		Days    string `yaml:"days"`
		Hours   string `yaml:"hours"`
		Minutes string `yaml:"minutes"`
	} `yaml:"duration"`
	Grades struct {
		Bronze   string `yaml:"bronze"`
		Silver   string `yaml:"silver"`
		Gold     string `yaml:"gold"`
		Platinum string `yaml:"platinum"`
	} `yaml:"grades"`
	Rarities struct {
		UltraRare string `yaml:"ultra_rare"`
		VeryRare  string `yaml:"very_rare"`
		Rare      string `yaml:"rare"`
		Common    string `yaml:"common"`
	} `yaml:"rarities"`
	Troubles struct {
		SignIn      string `yaml:"sign_in"`
		Private     string `yaml:"private"`
		Unreachable string `yaml:"unreachable"`
		Unreadable  string `yaml:"unreadable"`
	} `yaml:"troubles"`

	NTrophies forms `yaml:"n_trophies"`
	NPoints   forms `yaml:"n_points"`
	NDays     forms `yaml:"n_days"`
	NFound    forms `yaml:"n_found"`
	NUndated  forms `yaml:"n_undated"`
	NPending  forms `yaml:"n_pending"`

	Home            string `yaml:"home"`
	Titles          string `yaml:"titles"`
	Unlocks         string `yaml:"unlocks"`
	Platinums       string `yaml:"platinums"`
	RarestShort     string `yaml:"rarest_short"`
	Milestones      string `yaml:"milestones"`
	Stats           string `yaml:"stats"`
	Search          string `yaml:"search"`
	Feeds           string `yaml:"feeds"`
	Embed           string `yaml:"embed"`
	Data            string `yaml:"data"`
	Credits         string `yaml:"credits"`
	Menu            string `yaml:"menu"`
	More            string `yaml:"more"`
	Skip            string `yaml:"skip"`
	Appearance      string `yaml:"appearance"`
	Auto            string `yaml:"auto"`
	Light           string `yaml:"light"`
	Dark            string `yaml:"dark"`
	Made            string `yaml:"made"`
	Unofficial      string `yaml:"unofficial"`
	Level           string `yaml:"level"`
	Tier            string `yaml:"tier"`
	ToNext          string `yaml:"to_next"`
	Trophies        string `yaml:"trophies"`
	Progress        string `yaml:"progress"`
	Completion      string `yaml:"completion"`
	Completed       string `yaml:"completed"`
	Complete        string `yaml:"complete"`
	Platinum        string `yaml:"platinum"`
	Latest          string `yaml:"latest"`
	Recent          string `yaml:"recent"`
	Rarest          string `yaml:"rarest"`
	Pinned          string `yaml:"pinned"`
	Closest         string `yaml:"closest"`
	Year            string `yaml:"year"`
	YearHint        string `yaml:"year_hint"`
	Sample          string `yaml:"sample"`
	Trouble         string `yaml:"trouble"`
	AsOf            string `yaml:"as_of"`
	Find            string `yaml:"find"`
	Platform        string `yaml:"platform"`
	State           string `yaml:"state"`
	Order           string `yaml:"order"`
	Shown           string `yaml:"shown"`
	All             string `yaml:"all"`
	Begun           string `yaml:"begun"`
	Untouched       string `yaml:"untouched"`
	ByActivity      string `yaml:"by_activity"`
	ByName          string `yaml:"by_name"`
	ByProgress      string `yaml:"by_progress"`
	ByRarity        string `yaml:"by_rarity"`
	ByPSN           string `yaml:"by_psn"`
	ByTime          string `yaml:"by_time"`
	Page            string `yaml:"page"`
	Previous        string `yaml:"previous"`
	Next            string `yaml:"next"`
	Also            string `yaml:"also"`
	Base            string `yaml:"base"`
	Earned          string `yaml:"earned"`
	Missing         string `yaml:"missing"`
	Secret          string `yaml:"secret"`
	Reveal          string `yaml:"reveal"`
	Players         string `yaml:"players"`
	Reward          string `yaml:"reward"`
	First           string `yaml:"first"`
	Last            string `yaml:"last"`
	TimeToPlatinum  string `yaml:"time_to_platinum"`
	Note            string `yaml:"note"`
	MoreTitles      string `yaml:"more_titles"`
	Fastest         string `yaml:"fastest"`
	Slowest         string `yaml:"slowest"`
	RateThen        string `yaml:"rate_then"`
	RateNow         string `yaml:"rate_now"`
	TrophyNumber    string `yaml:"trophy_number"`
	PlatinumNumber  string `yaml:"platinum_number"`
	Figures         string `yaml:"figures"`
	ByYear          string `yaml:"by_year"`
	ByMonth         string `yaml:"by_month"`
	ByWeekday       string `yaml:"by_weekday"`
	ByHour          string `yaml:"by_hour"`
	ByGrade         string `yaml:"by_grade"`
	ByRarityTitle   string `yaml:"by_rarity_title"`
	ByPlatform      string `yaml:"by_platform"`
	CompletionTitle string `yaml:"completion_title"`
	LevelOverTime   string `yaml:"level_over_time"`
	LongestStreak   string `yaml:"longest_streak"`
	CurrentStreak   string `yaml:"current_streak"`
	SearchHint      string `yaml:"search_hint"`
	SearchNone      string `yaml:"search_none"`
	SearchScript    string `yaml:"search_script"`
	NoTitles        string `yaml:"no_titles"`
	AllHidden       string `yaml:"all_hidden"`
	NoUnlocks       string `yaml:"no_unlocks"`
	NoPlatinums     string `yaml:"no_platinums"`
	NoTrophies      string `yaml:"no_trophies"`
	NotFetched      string `yaml:"not_fetched"`
	NotFound        string `yaml:"not_found"`
	NotFoundText    string `yaml:"not_found_text"`
	Back            string `yaml:"back"`
	EmbedText       string `yaml:"embed_text"`
	Copy            string `yaml:"copy"`
	Copied          string `yaml:"copied"`
	Alt             string `yaml:"alt"`
	KindProfile     string `yaml:"kind_profile"`
	KindCompact     string `yaml:"kind_compact"`
	KindSignature   string `yaml:"kind_signature"`
	KindBadge       string `yaml:"kind_badge"`
	KindSocial      string `yaml:"kind_social"`
	KindReview      string `yaml:"kind_review"`
	KindTitle       string `yaml:"kind_title"`
	FeedsText       string `yaml:"feeds_text"`

	tag      language.Tag
	numerals numerals
}

// forms is a text by CLDR's plural category: "one", "other" and so on.
type forms map[string]string

// fallback is the language of what a catalogue lacks.
const fallback = "en"

// ReadWords reads the catalogue of a language from a folder: that of "pt-BR", or
// else of "pt", or else the English one. The error names the file and the line.
func ReadWords(folder fs.FS, lang string) (*Words, error) {
	w := &Words{Lang: fallback}
	if err := w.read(folder, fallback); err != nil {
		return nil, fmt.Errorf("words: %w", err)
	}
	for _, name := range catalogues(folder, lang) {
		if err := w.read(folder, name); err != nil {
			return nil, fmt.Errorf("words: %w", err)
		}
		w.Lang = name
	}
	w.tag = language.Make(w.Lang)
	w.numerals = numeralsOf(w.tag)
	if len(w.Months) != 12 || len(w.Weekdays) != 7 {
		return nil, fmt.Errorf("words: %s.yaml: there are 12 months and 7 weekdays", w.Lang)
	}
	return w, nil
}

// catalogues is the files that speak a language, the general one first.
func catalogues(folder fs.FS, lang string) []string {
	var names []string
	entries, _ := fs.ReadDir(folder, ".")
	tag := language.Make(lang)
	for _, e := range entries {
		name, ok := strings.CutSuffix(e.Name(), ".yaml")
		if !ok || name == fallback {
			continue
		}
		if speaks(language.Make(name), tag) {
			names = append(names, name)
		}
	}
	return names
}

// speaks says that who asks for one language can read the other: "pt" reads
// "pt-BR", "zh-TW" does not read "zh-Hans".
func speaks(catalogue, wanted language.Tag) bool {
	base, _ := catalogue.Base()
	wantedBase, _ := wanted.Base()
	script, _ := catalogue.Script()
	wantedScript, _ := wanted.Script()
	return base == wantedBase && script == wantedScript
}

// read lays a catalogue over what is there.
func (w *Words) read(folder fs.FS, name string) error {
	data, err := fs.ReadFile(folder, name+".yaml")
	if err != nil {
		return err
	}
	before := *w
	// A list or a set of forms is one language's as a whole.
	v := reflect.ValueOf(w).Elem()
	for i := range v.NumField() {
		if k := v.Field(i).Kind(); (k == reflect.Map || k == reflect.Slice) && v.Field(i).CanSet() {
			v.Field(i).SetZero()
		}
	}
	d := yaml.NewDecoder(bytes.NewReader(data))
	d.KnownFields(true)
	if err := d.Decode(w); err != nil {
		text := strings.TrimPrefix(strings.ReplaceAll(err.Error(), "\n", " "), "yaml: ")
		return errors.New(path.Join("words", name+".yaml") + ": " + strings.ReplaceAll(text, " in type page.Words", ""))
	}
	old := reflect.ValueOf(&before).Elem()
	for i := range v.NumField() {
		if k := v.Field(i).Kind(); (k == reflect.Map || k == reflect.Slice) && v.Field(i).CanSet() && v.Field(i).Len() == 0 {
			v.Field(i).Set(old.Field(i))
		}
	}
	return nil
}

// Reason is why a profile is not up to date.
func (w *Words) Reason(t trophy.Trouble) string {
	switch t {
	case trophy.SignInEnded:
		return w.Troubles.SignIn
	case trophy.Private:
		return w.Troubles.Private
	case trophy.Unreadable:
		return w.Troubles.Unreadable
	}
	return w.Troubles.Unreachable
}

// Grade is the name of a grade.
func (w *Words) Grade(g trophy.Grade) string {
	return [...]string{"", w.Grades.Bronze, w.Grades.Silver, w.Grades.Gold, w.Grades.Platinum}[g]
}

// Rarity is the name of a rarity.
func (w *Words) Rarity(r trophy.Rarity) string {
	return [...]string{w.Rarities.UltraRare, w.Rarities.VeryRare, w.Rarities.Rare, w.Rarities.Common}[min(int(r), 3)]
}

// Date is a day as people write it, or "".
func (w *Words) Date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return fill(w.DateForm, "d", itoa(t.Day()), "month", w.Months[t.Month()-1], "m", itoa(int(t.Month())), "y", itoa(t.Year()))
}

// form is the text for a number, still with its {n}.
func (w *Words) form(f forms, n int) string {
	category := map[plural.Form]string{
		plural.Zero: "zero", plural.One: "one", plural.Two: "two", plural.Few: "few", plural.Many: "many",
	}[plural.Cardinal.MatchPlural(w.tag, n, 0, 0, 0, 0)]
	if text, ok := f[category]; ok {
		return text
	}
	return f["other"]
}

// Count is a number of things in words.
func (w *Words) Count(f forms, n int) string { return fill(w.form(f, n), "n", w.Number(n)) }

// count is Count with an emphasis on the number.
func (w *Words) count(f forms, n int) template.HTML {
	text := template.HTMLEscapeString(w.form(f, n))
	return template.HTML(fill(text, "n", "<b>"+w.Number(n)+"</b>"))
}

// About is a text about a number.
func (w *Words) About(text string, n int) string { return fill(text, "n", w.Number(n)) }

// bold is a text about a number, with an emphasis on it.
func (w *Words) bold(text string, n int) template.HTML {
	return template.HTML(fill(template.HTMLEscapeString(text), "n", "<b>"+w.Number(n)+"</b>"))
}

// fill puts values in the places of a text, which are named in braces.
func fill(text string, pairs ...string) string {
	for i := 0; i < len(pairs); i += 2 {
		text = strings.ReplaceAll(text, "{"+pairs[i]+"}", pairs[i+1])
	}
	return text
}

// Span is a length of time in its two largest units.
func (w *Words) Span(d time.Duration) string {
	days, hours, minutes := int(d.Hours())/24, int(d.Hours())%24, int(d.Minutes())%60
	part := func(form string, n int) string { return fill(form, "n", w.Number(n)) }
	switch {
	case days >= 365:
		return part(w.Duration.Years, days/365) + " " + part(w.Duration.Days, days%365)
	case days > 0:
		return part(w.Duration.Days, days) + " " + part(w.Duration.Hours, hours)
	case hours > 0:
		return part(w.Duration.Hours, hours) + " " + part(w.Duration.Minutes, minutes)
	}
	return part(w.Duration.Minutes, minutes)
}

// ProfileAlt is what a profile's card says, for who cannot see it.
func (w *Words) ProfileAlt(p *trophy.Profile, s *trophy.Statistics) string {
	return fill(w.Alt, "name", p.OnlineID, "level", w.Number(p.Level.Number), "trophies", w.Count(w.NTrophies, p.Earned.Total()),
		"platinums", w.Number(p.Earned.Platinum), "completion", w.Percent(s.Completion, 1))
}
