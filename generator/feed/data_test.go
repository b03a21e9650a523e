package feed

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	ics "github.com/arran4/golang-ical"
	"github.com/mmcdole/gofeed"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/trophycase/trophycase/generator/trophy"
)

// profile has the unlocks of the other tests, and what is hard to write down.
func profile() *trophy.Profile {
	p := &trophy.Profile{
		Owner: owner, Level: trophy.Level{Number: 412, Points: 100, Base: 90, Next: 120, Progress: 33, Tier: 5}, Time: unlocks()[0].Trophy.EarnedAt,
		Earned:  trophy.Counts{Bronze: 1, Platinum: 1},
		History: []trophy.Day{{Date: time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC), Level: 411, Points: 80}},
		Titles: []trophy.Title{
			{ID: "NPWR90001_00", Slug: "灯台-tide", Name: "Tide ]]> 灯台", Platforms: []trophy.Platform{trophy.PS5}, Fetched: true, Earned: trophy.Counts{Bronze: 1, Gold: 1, Platinum: 1}, Groups: []trophy.Group{{ID: "default", Trophies: []trophy.Trophy{
				{ID: 1, Grade: trophy.Bronze, Name: "Covered", Detail: "Covered", Secret: true, Rarity: trophy.Common},
				{ID: 2, Grade: trophy.Gold, Name: "Undated", Earned: true},
			}}}},
			{ID: "NPWR90002_00", Slug: "empty", Name: "Empty"},
		},
	}
	for _, u := range unlocks() {
		p.Titles[0].Groups[0].Trophies = append(p.Titles[0].Groups[0].Trophies, u.Trophy)
	}
	p.Changes = []trophy.Change{
		{At: p.Time, LevelBefore: 411, LevelAfter: 412, Unlocks: unlocks()[:1], Titles: []*trophy.Title{&p.Titles[1]}},
		{At: p.Time.Add(-time.Hour), Unlocks: unlocks()[1:]},
	}
	return p
}

func apiOptions() APIOptions {
	o := options()
	return APIOptions{
		BaseURL: o.BaseURL, Unlock: o.Link, Picture: o.Picture,
		Title: func(t *trophy.Title) string { return "titles/" + t.Slug + "/" },
		Card:  func(t *trophy.Title) string { return "cards/titles/" + t.Slug + ".png" },
		Data:  func(t *trophy.Title) string { return "api/v1/titles/" + t.Slug + ".json" },
	}
}

// TestAPI validates each file by the published schema.
func TestAPI(t *testing.T) {
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	data, err := os.ReadFile("../../assets/api/v1.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if err := compiler.AddResource("v1.json", doc); err != nil {
		t.Fatal(err)
	}
	p, none := profile(), &trophy.Profile{Owner: owner}
	o := apiOptions()
	cards := []APICard{{Name: "profile", URL: "x", Width: 800, Height: 240, Alt: "a", Snippets: map[string]string{"HTML": "b"}}}
	for _, p := range []*trophy.Profile{p, none} {
		s := trophy.NewStatistics(p, time.UTC, nil)
		files := map[string]func(io.Writer) error{
			"profile": func(w io.Writer) error { return APIProfile(w, o, p, s, cards) },
			"titles":  func(w io.Writer) error { return APITitles(w, o, p) },
			"unlocks": func(w io.Writer) error { return APIUnlocks(w, o, s.Unlocks) },
			"stats":   func(w io.Writer) error { return APIStats(w, p, s) },
			"changes": func(w io.Writer) error { return APIChanges(w, o, TellAll, p) },
		}
		for i := range p.Titles {
			files[fmt.Sprint("title ", i)] = func(w io.Writer) error { return APITitle(w, o, &p.Titles[i]) }
		}
		for name, write := range files {
			var b bytes.Buffer
			if err := write(&b); err != nil {
				t.Fatal(err)
			}
			definition, _, _ := strings.Cut(name, " ")
			schema, err := compiler.Compile("v1.json#/$defs/" + definition)
			if err != nil {
				t.Fatal(err)
			}
			value, err := jsonschema.UnmarshalJSON(bytes.NewReader(b.Bytes()))
			if err != nil {
				t.Fatal(err)
			}
			if err := schema.Validate(value); err != nil {
				t.Errorf("%s: %v\n%s", name, err, b.Bytes())
			}
			if strings.Contains(b.String(), "Covered") {
				t.Errorf("%s tells a secret", name)
			}
		}
	}
}

func TestJSONLines(t *testing.T) {
	var b bytes.Buffer
	if err := JSONLines(&b, apiOptions(), profile()); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(b.String()), "\n")
	if len(lines) != 4 {
		t.Fatalf("%d lines", len(lines))
	}
	var first map[string]any
	if err := json.Unmarshal([]byte(lines[0]), &first); err != nil || first["title"] != "Tide ]]> 灯台" || first["name"] != nil {
		t.Errorf("%v, %v", first, err)
	}
}

// TestChangesTellWhatFeedsTell writes the news with each choice of spoilers.
func TestChangesTellWhatFeedsTell(t *testing.T) {
	p := profile()
	p.Changes[0].Unlocks[0].Trophy.Secret = true
	for spoilers, want := range map[Spoilers][3]bool{NameOnly: {true, false, true}, TellAll: {true, true, true}, TellNone: {false, false, false}} {
		var b bytes.Buffer
		if err := APIChanges(&b, apiOptions(), spoilers, p); err != nil {
			t.Fatal(err)
		}
		got := [3]bool{strings.Contains(b.String(), "]]> All"), strings.Contains(b.String(), "Two"), strings.Contains(b.String(), "a.png")}
		if got != want {
			t.Errorf("%q tells name, detail and picture: %v, want %v", spoilers, got, want)
		}
	}
}

// TestCalendar reads the calendar back, and checks the form that RFC 5545 asks for.
func TestCalendar(t *testing.T) {
	p := profile()
	p.Titles[0].Name = strings.Repeat("灯台 منارة, 🏆; ", 20)
	s := trophy.NewStatistics(p, time.UTC, nil)
	s.Milestones = append(s.Milestones, trophy.Milestone{Unlock: s.Unlocks[0], Kind: trophy.TrophyMilestone, Number: 100})
	var b bytes.Buffer
	if err := Calendar(&b, options(), s); err != nil {
		t.Fatal(err)
	}
	c, err := ics.ParseCalendar(bytes.NewReader(b.Bytes()))
	if err != nil || len(c.Events()) != 2 {
		t.Fatalf("%v in %s", err, b.Bytes())
	}
	e := c.Events()[0]
	at, err := e.GetStartAt()
	if err != nil || !at.Equal(unlocks()[0].Trophy.EarnedAt) || e.Id() != "platinum-NPWR90001_00-0-1794687300@trophycase" {
		t.Errorf("%s at %v, %v", e.Id(), at, err)
	}
	if got, want := ics.FromText(e.GetProperty(ics.ComponentPropertySummary).Value), "#1 platinum: "+line(p.Titles[0].Name); got != want {
		t.Errorf("is about %q, want %q", got, want)
	}
	if url := e.GetProperty(ics.ComponentPropertyUrl).Value; url != "https://me.example/trophies/titles/%E7%81%AF%E5%8F%B0-tide/#t0" {
		t.Errorf("leads to %s", url)
	}
	for line := range strings.SplitSeq(strings.TrimSuffix(b.String(), "\r\n"), "\r\n") {
		if len(line) > 75 || strings.ContainsAny(line, "\r\n") || !utf8.ValidString(line) {
			t.Errorf("the line %q has %d bytes", line, len(line))
		}
	}
	for _, want := range []string{"\r\nDTSTART:20261114T201500Z\r\n", "\r\nDTSTAMP:20261114T201500Z\r\n", "\r\nREFRESH-INTERVAL;VALUE=DURATION:PT21600S\r\n", "\r\nVERSION:2.0\r\n"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("there is no %q in %s", want, b.String())
		}
	}
	// An event that ends when it begins is none: it says no end.
	if strings.Contains(b.String(), "DTEND") || strings.Contains(b.String(), "TZID") || strings.Contains(b.String(), "VTIMEZONE") {
		t.Errorf("there is an end or a zone in %s", b.String())
	}
	if err := Calendar(io.Discard, Options{}, s); err == nil {
		t.Error("a calendar without addresses")
	}
}

func read(t *testing.T, o Options, entries []Entry) *gofeed.Feed {
	t.Helper()
	var b bytes.Buffer
	if err := RSS(&b, o, owner, entries); err != nil {
		t.Fatal(err)
	}
	f, err := gofeed.NewParser().Parse(&b)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestSpoilers(t *testing.T) {
	list := unlocks()[:1]
	list[0].Trophy.Secret = true
	for spoilers, want := range map[Spoilers][3]bool{"": {true, false, true}, NameOnly: {true, false, true}, TellAll: {true, true, true}, TellNone: {false, false, false}} {
		o := options()
		o.Spoilers = spoilers
		item := read(t, o, o.Entries(list, nil)).Items[0]
		got := [3]bool{strings.Contains(item.Title, "All of it"), strings.Contains(item.Description, "Two"), strings.Contains(item.Description, "a.png")}
		if got != want {
			t.Errorf("%q tells name, detail and picture: %v, want %v", spoilers, got, want)
		}
	}
}

func TestGroups(t *testing.T) {
	o := options()
	o.Group = 2 * time.Hour
	f := read(t, o, o.Entries(unlocks(), nil))
	if len(f.Items) != 1 || f.Items[0].GUID != "tag:trophycase,2026:NPWR90001_00/12/20261114T191500Z" || !strings.HasPrefix(f.Items[0].Title, "2 trophies – ") {
		t.Errorf("grouped to %+v", f.Items)
	}
	o.Group = time.Minute
	if n := len(read(t, o, o.Entries(unlocks(), nil)).Items); n != 2 {
		t.Errorf("%d items of unlocks an hour apart", n)
	}
}

func TestNotesAndEnclosures(t *testing.T) {
	o := options()
	o.Size = func(trophy.Picture) int64 { return 1234 }
	o.Note = func(u trophy.Unlock) string { return "<p>My note.</p>" }
	notes := []Note{{File: "about.md", Title: "About", Link: "about/", Body: "<p>Hello</p>", At: unlocks()[0].Trophy.EarnedAt.Add(-time.Minute)}}
	f := read(t, o, o.Entries(unlocks(), notes))
	if len(f.Items) != 3 || f.Items[1].GUID != "tag:trophycase,2026:note/2026-11-14/about.md" || f.Items[1].Link != "https://me.example/trophies/about/" {
		t.Fatalf("items are %+v", f.Items)
	}
	if !strings.Contains(f.Items[0].Description, "My note.") {
		t.Error("the note on a trophy is missing")
	}
	if e := f.Items[0].Enclosures; len(e) != 1 || e[0].Length != "1234" || e[0].Type != "image/png" || e[0].URL != "https://me.example/trophies/pictures/a.png" {
		t.Errorf("enclosures are %+v", e)
	}
}

func TestMilestoneFeed(t *testing.T) {
	o := options()
	list := o.Milestones([]trophy.Milestone{{Unlock: unlocks()[0], Kind: trophy.PlatinumMilestone, Number: 10}})
	if len(list) != 1 || list[0].ID != "tag:trophycase,2026:milestone/platinum/10" || !strings.HasPrefix(list[0].Title, "#10 platinum: ") {
		t.Errorf("items are %+v", list)
	}
}
