package generator

import (
	"bytes"
	"strings"
	"testing"
	"testing/fstest"
)

// TestInputs sees that each thing that a site is made from is among its inputs.
func TestInputs(t *testing.T) {
	inputs := func(yaml string, files fstest.MapFS, snapshot fstest.MapFS, program string) string {
		t.Helper()
		j := sampleJob(t, yaml)
		j.Files, j.Snapshot, j.Program = overlaid{files, j.Files}, overlaid{snapshot, j.Snapshot}, program
		sum, err := j.inputs()
		if err != nil {
			t.Fatal(err)
		}
		return sum
	}
	file := func(name string) fstest.MapFS { return fstest.MapFS{name: {Data: []byte("x")}} }
	seen := map[string]string{}
	for name, sum := range map[string]string{
		"nothing":    inputs("", nil, nil, "a"),
		"a program":  inputs("", nil, nil, "b"),
		"a setting":  inputs("cards:\n  titles: 7", nil, nil, "a"),
		"a zone":     inputs("time_zone: Asia/Tokyo", nil, nil, "a"),
		"a template": inputs("", file("templates/title.html"), nil, "a"),
		"an asset":   inputs("", file("assets/site.css"), nil, "a"),
		"a text":     inputs("", file("content/about.md"), nil, "a"),
		"a title":    inputs("", nil, file("titles/NPWR90101_00.json"), "a"),
		"the list":   inputs("", nil, file("titles.json"), "a"),
		"a day":      inputs("", nil, file("history.jsonl"), "a"),
		"pictures":   inputs("", nil, file("pictures/index.json"), "a"),
	} {
		if other, ok := seen[sum]; ok {
			t.Errorf("%s changes nothing beside %s", name, other)
		}
		seen[sum] = name
	}
}

// TestCardsOfTitles sees that only as many titles have cards as the settings say,
// and that links to the others show the card of the profile.
func TestCardsOfTitles(t *testing.T) {
	s, err := sampleJob(t, "cards:\n  titles: 2").site()
	if err != nil {
		t.Fatal(err)
	}
	artifacts, err := s.artifacts()
	if err != nil {
		t.Fatal(err)
	}
	cards, platinums := 0, 0
	pages := map[string]string{}
	for _, a := range artifacts {
		switch {
		case strings.HasPrefix(a.Path, "cards/titles/"), strings.HasPrefix(a.Path, "cards/social/"):
			cards++
		case strings.HasPrefix(a.Path, "cards/platinum/"):
			platinums++
		case a.Path == titlePath(&s.profile.Titles[1]), a.Path == titlePath(&s.profile.Titles[2]), a.Path == titleDataPath(&s.profile.Titles[2]):
			var b bytes.Buffer
			if err := a.Write(&b); err != nil {
				t.Fatal(err)
			}
			pages[a.Path] = b.String()
		}
	}
	if cards != 4 || platinums > 4 {
		t.Errorf("%d cards of titles and %d of platinums", cards, platinums)
	}
	if page := pages[titlePath(&s.profile.Titles[1])]; !strings.Contains(page, titleSocialPath(&s.profile.Titles[1])) {
		t.Error("the second title does not show its own card")
	}
	if page := pages[titlePath(&s.profile.Titles[2])]; !strings.Contains(page, socialCardPath) || strings.Contains(page, "cards/social/") {
		t.Error("the third title does not show the card of the profile")
	}
	if data := pages[titleDataPath(&s.profile.Titles[2])]; strings.Contains(data, `"card"`) {
		t.Errorf("the data of the third title names a card: %.400s", data)
	}
}
