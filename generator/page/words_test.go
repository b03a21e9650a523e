package page

import (
	"io/fs"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
	"gopkg.in/yaml.v3"
)

// catalogueFolder is the shipped catalogues.
func catalogueFolder() fs.FS { return os.DirFS("../../assets/words") }

func readWords(t *testing.T, lang string) *Words {
	t.Helper()
	w, err := ReadWords(catalogueFolder(), lang)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// languages is every catalogue that ships.
func languages(t *testing.T) []string {
	t.Helper()
	entries, err := fs.ReadDir(catalogueFolder(), ".")
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, e := range entries {
		list = append(list, strings.TrimSuffix(e.Name(), ".yaml"))
	}
	return list
}

func TestEveryLanguageHasEveryWord(t *testing.T) {
	list := languages(t)
	for _, want := range []string{"en", "de", "fr", "es", "it", "pt-BR", "pl", "tr", "ja", "ko", "zh-Hans", "ar"} {
		if !slices.Contains(list, want) {
			t.Errorf("there is no catalogue for %s", want)
		}
	}
	keys := keysOf(t, "en")
	for _, lang := range list {
		for key, places := range keys {
			theirs, ok := keysOf(t, lang)[key]
			switch {
			case !ok && !pluralKey.MatchString(key):
				t.Errorf("%s lacks %s and falls back to English", lang, key)
			case ok && places != theirs && !pluralKey.MatchString(key) && key != "date":
				t.Errorf("%s: %s has the places %q, in English %q", lang, key, theirs, places)
			}
		}
	}
}

var (
	pluralKey = regexp.MustCompile(`^n_`)
	place     = regexp.MustCompile(`\{[a-z]+\}`)
)

// keysOf is the keys of a catalogue, and the places in the text of each.
func keysOf(t *testing.T, lang string) map[string]string {
	t.Helper()
	data, err := fs.ReadFile(catalogueFolder(), lang+".yaml")
	if err != nil {
		t.Fatal(err)
	}
	var tree map[string]any
	if err := yaml.Unmarshal(data, &tree); err != nil {
		t.Fatal(err)
	}
	keys := map[string]string{}
	flatten(keys, "", tree)
	return keys
}

func flatten(keys map[string]string, prefix string, tree map[string]any) {
	for name, v := range tree {
		switch v := v.(type) {
		case map[string]any:
			flatten(keys, prefix+name+".", v)
		case string:
			places := place.FindAllString(v, -1)
			slices.Sort(places)
			keys[prefix+name] = strings.Join(places, "")
		default:
			keys[prefix+name] = ""
		}
	}
}

// A catalogue has the plural forms that CLDR lists for its language, or the page
// would say "3 trofeów".
func TestPluralForms(t *testing.T) {
	names := map[plural.Form]string{
		plural.Zero: "zero", plural.One: "one", plural.Two: "two", plural.Few: "few", plural.Many: "many", plural.Other: "other",
	}
	for _, lang := range languages(t) {
		w := readWords(t, lang)
		v := reflect.ValueOf(w).Elem()
		for i := range v.NumField() {
			f, ok := v.Field(i).Interface, v.Type().Field(i).Type == reflect.TypeFor[forms]()
			if !ok {
				continue
			}
			for n := range 200 {
				form := names[plural.Cardinal.MatchPlural(language.Make(lang), n, 0, 0, 0, 0)]
				if f().(forms)[form] == "" {
					t.Errorf("%s: %s lacks the form %s, which %d needs", lang, v.Type().Field(i).Name, form, n)
					break
				}
			}
		}
	}
}

func TestNumbersAndDates(t *testing.T) {
	day := time.Date(2026, 3, 9, 0, 0, 0, 0, time.UTC)
	for _, test := range []struct{ lang, number, short, percent, date, trophies string }{
		{"en", "30,075", "1,125", "71.2%", "9 Mar 2026", "1 trophy"},
		{"de", "30.075", "1.125", "71,2 %", "9. März 2026", "1 Trophäe"},
		{"fr", "30 075", "1 125", "71,2 %", "9 mars 2026", "1 trophée"},
		{"es", "30.075", "1125", "71,2 %", "9 mar 2026", "1 trofeo"},
		{"pl", "30 075", "1125", "71,2%", "9 mar 2026", "1 trofeum"},
		{"pt-BR", "30.075", "1.125", "71,2%", "9 de mar. de 2026", "1 troféu"},
		{"tr", "30.075", "1.125", "%71,2", "9 Mar 2026", "1 kupa"},
		{"ja", "30,075", "1,125", "71.2%", "2026年3月9日", "トロフィー1個"},
		{"zh-Hans", "30,075", "1,125", "71.2%", "2026年3月9日", "1个奖杯"},
		{"ar", "30,075", "1,125", "71.2%", "9 مارس 2026", "جائزة واحدة"},
	} {
		w := readWords(t, test.lang)
		got := []string{w.Number(30075), w.Number(1125), w.Percent(71.2, 1), w.Date(day), w.Count(w.NTrophies, 1)}
		for i, want := range []string{test.number, test.short, test.percent, test.date, test.trophies} {
			if plainSpaces(got[i]) != want {
				t.Errorf("%s: %q, want %q", test.lang, plainSpaces(got[i]), want)
			}
		}
	}
}

// plainSpaces drops what cannot be seen in a table.
func plainSpaces(s string) string {
	return strings.NewReplacer("\u00a0", " ", "\u202f", " ", "\u200e", "", "\u200f", "", "\u061c", "").Replace(s)
}

func TestWhichCatalogue(t *testing.T) {
	for wanted, want := range map[string]string{
		"en-GB": "en", "de-AT": "de", "pt": "pt-BR", "pt-PT": "pt-BR", "zh": "zh-Hans", "zh-CN": "zh-Hans", "zh-TW": "en", "sw": "en", "ar-EG": "ar",
	} {
		if got := readWords(t, wanted).Lang; got != want {
			t.Errorf("%s is shown in %s, want %s", wanted, got, want)
		}
	}
}

func TestWordsOfOnesOwn(t *testing.T) {
	english, err := fs.ReadFile(catalogueFolder(), "en.yaml")
	if err != nil {
		t.Fatal(err)
	}
	folder := fstest.MapFS{"en.yaml": {Data: english}, "sw.yaml": {Data: []byte("titles: Michezo\n")}}
	w, err := ReadWords(folder, "sw")
	if err != nil || w.Titles != "Michezo" || w.Stats != "Stats" || w.Months[0] != "Jan" || w.Count(w.NDays, 2) != "2 days" {
		t.Errorf("a catalogue with one word: %v, %+v", err, w)
	}
	folder["sw.yaml"] = &fstest.MapFile{Data: []byte("titles: Michezo\n\ntittles: x\n")}
	if _, err := ReadWords(folder, "sw"); err == nil || !strings.Contains(err.Error(), "sw.yaml: unmarshal errors:   line 3: field tittles not found") {
		t.Errorf("an unknown word: %v", err)
	}
}
