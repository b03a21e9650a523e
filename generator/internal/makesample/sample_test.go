package main

import (
	"bytes"
	"encoding/json"
	"image"
	_ "image/jpeg"
	_ "image/png"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/trophycase/trophycase/generator/psn"
	"github.com/trophycase/trophycase/generator/psn/psntest"
	"github.com/trophycase/trophycase/generator/snapshot"
)

const folder = "../../../assets/sample"

// TestUpToDate sees that the sample is what this program makes, byte for byte.
func TestUpToDate(t *testing.T) {
	files, err := makeSample()
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	err = fs.WalkDir(os.DirFS(folder), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		found++
		data, err := fs.ReadFile(os.DirFS(folder), name)
		// Curves differ by a little between processors, and pictures with them.
		if !strings.HasPrefix(name, "pictures/") && !bytes.Equal(data, files[name]) {
			t.Errorf("%s is not what the program makes; run it", name)
		}
		return err
	})
	if err != nil || found != len(files) {
		t.Errorf("there are %d files, the program makes %d (%v)", found, len(files), err)
	}
}

// TestDeterministic makes the text twice, and a few titles' pictures.
func TestDeterministic(t *testing.T) {
	var made [2]map[string][]byte
	for i := range made {
		titles, err := loadTitles()
		if err != nil {
			t.Fatal(err)
		}
		for _, title := range titles {
			play(title)
		}
		if made[i], err = writeSnapshot(titles); err != nil {
			t.Fatal(err)
		}
		pictures, err := drawPictures(titles[:4])
		if err != nil {
			t.Fatal(err)
		}
		if err := pictures.addTo(made[i]); err != nil {
			t.Fatal(err)
		}
	}
	if !maps.EqualFunc(made[0], made[1], bytes.Equal) {
		t.Error("two runs give different files")
	}
}

// TestVariety sees that the sample has what the program must cope with.
func TestVariety(t *testing.T) {
	data, err := psntest.Load(os.DirFS(folder))
	if err != nil {
		t.Fatal(err)
	}
	has, trophies := map[string]int{}, 0
	for _, p := range []string{"PS3", "PS4", "PS5", "PSVITA", "PSPC", "PS5,PSPC", "PS3,PSVITA", "PSVITA,PS4", "PS3,PSVITA,PS4"} {
		has[p] = 0
	}
	for _, title := range data.Titles {
		has[title.TrophyTitlePlatform]++
		trophies += len(title.Trophies)
		countKinds(has, title)
	}
	for what, n := range has {
		if n == 0 {
			t.Errorf("the sample has nothing with %s", what)
		}
	}
	if len(data.Titles) < 40 || trophies < 1200 {
		t.Errorf("the sample has %d titles with %d trophies", len(data.Titles), trophies)
	}
}

// countKinds counts what of the kinds to be had a title has.
func countKinds(has map[string]int, title psntest.Title) {
	has["0 %"] += is(title.Progress == 0)
	has["100 %"] += is(title.Progress == 100)
	has["no platinum"] += is(title.DefinedTrophies.Platinum == 0)
	has["groups"] += is(len(title.Groups) > 1)
	has["no default group"] += is(len(title.Groups) > 0 && title.Groups[0].TrophyGroupID != "default")
	has["hidden"] += is(title.HiddenFlag)
	has["long name"] += is(len([]rune(title.TrophyTitleName)) > 100)
	has["detail of lines"] += is(strings.Contains(title.TrophyTitleDetail, "\n"))
	for i, m := range title.Trophies {
		has["secret"] += is(m.TrophyHidden)
		has["rewards"] += is(m.TrophyRewardName != "")
		has["steps"] += is(title.Earned[i].Progress != nil)
		has["undated"] += is(title.Earned[i].Earned && title.Earned[i].EarnedDateTime == nil)
		has["long trophy name"] += is(len([]rune(m.TrophyName)) > 100)
	}
	for script, letters := range scripts {
		has[script] += is(strings.ContainsAny(title.TrophyTitleName, letters))
	}
}

// scripts are a few letters of each script that titles are named in.
var scripts = map[string]string{
	"Japanese": "のを", "Korean": "고체국", "simplified Chinese": "雾", "traditional Chinese": "燈貓", "Arabic": "من",
	"Hebrew": "תש", "Thai": "ร้", "Cyrillic": "шд", "Greek": "ςω", "Polish": "Żół", "emoji": "🐌", "trade marks": "™",
}

func is(b bool) int {
	if b {
		return 1
	}
	return 0
}

// TestConsistent sees that the parts of the sample agree, as PSN's do.
func TestConsistent(t *testing.T) {
	var index map[string]snapshot.PictureRecord
	read(t, "pictures/index.json", &index)
	var entries []snapshot.TitleEntry
	read(t, "titles.json", &entries)
	var all psn.TrophyCounts
	lacking := 0
	for _, e := range entries {
		var r snapshot.TitleRecord
		read(t, "titles/"+e.NPCommunicationID+".json", &r)
		earned := checkTitle(t, e, r)
		all = sum(all, earned)
		if _, ok := index[e.TrophyTitleIconURL]; !ok {
			lacking++
		}
		for _, m := range r.Trophies {
			if _, ok := index[m.TrophyIconURL]; !ok && index[e.TrophyTitleIconURL].File != "" {
				t.Errorf("%s: the picture of %q is missing", e.TrophyTitleName, m.TrophyName)
			}
		}
	}
	if lacking != 1 {
		t.Errorf("%d titles lack their cover, not 1", lacking)
	}
	// PSN's summary counts titles that are hidden, too.
	var hidden snapshot.TitleRecord
	read(t, "hidden.json", &hidden)
	all = sum(all, hidden.Title.EarnedTrophies)
	var p snapshot.ProfileRecord
	read(t, "profile.json", &p)
	s := p.Summary
	if points := 15*all.Bronze + 30*all.Silver + 90*all.Gold + 300*all.Platinum; s.EarnedTrophies != all || s.TrophyPoint != points {
		t.Errorf("%+v with %d points is summed up as %+v", all, points, s)
	}
	if s.TrophyPoint < s.TrophyLevelBasePoint || s.TrophyPoint >= s.TrophyLevelNextPoint {
		t.Errorf("level %d does not have %d points", s.TrophyLevel, s.TrophyPoint)
	}
}

func sum(a, b psn.TrophyCounts) psn.TrophyCounts {
	return psn.TrophyCounts{Bronze: a.Bronze + b.Bronze, Silver: a.Silver + b.Silver, Gold: a.Gold + b.Gold, Platinum: a.Platinum + b.Platinum}
}

// checkTitle says what is earned of a title after comparing it with the list.
func checkTitle(t *testing.T, e snapshot.TitleEntry, r snapshot.TitleRecord) psn.TrophyCounts {
	t.Helper()
	var defined, earned psn.TrophyCounts
	var last time.Time
	for i, m := range r.Trophies {
		grade := strings.ToUpper(m.TrophyType)[0]
		count(&defined, grade)
		if r.Earned[i].Earned {
			count(&earned, grade)
		}
		if int(m.TrophyID) != i || int(r.Earned[i].TrophyID) != i {
			t.Errorf("%s: trophy %d is numbered %d and %d", e.TrophyTitleName, i, m.TrophyID, r.Earned[i].TrophyID)
		}
		if at := r.Earned[i].EarnedDateTime; at != nil {
			last = slices.MaxFunc([]time.Time{last, at.Time}, time.Time.Compare)
			if at.After(lastDay) || at.Year() < 2011 {
				t.Errorf("%s: trophy %d was earned at %v", e.TrophyTitleName, i, at)
			}
		}
	}
	if defined != e.DefinedTrophies || earned != e.EarnedTrophies || r.Title != e.TrophyTitle {
		t.Errorf("%s does not agree with the list", e.TrophyTitleName)
	}
	if e.LastUpdatedDateTime.Before(last) {
		t.Errorf("%s was last changed at %v, after a trophy at %v", e.TrophyTitleName, e.LastUpdatedDateTime, last)
	}
	for _, seen := range r.Rates {
		at := r.Earned[seen.TrophyID].EarnedDateTime
		if at != nil && seen.Seen[0].On.Before(at.Time) {
			t.Errorf("%s: the rate of trophy %d was seen before it was earned", e.TrophyTitleName, seen.TrophyID)
		}
	}
	return earned
}

// TestPictures sees that every picture is in the index, can be decoded, has the
// size that the index says, and that all are small.
func TestPictures(t *testing.T) {
	var index map[string]snapshot.PictureRecord
	read(t, "pictures/index.json", &index)
	names := map[string]bool{"index.json": true}
	total := 0
	for url, p := range index {
		if !strings.HasPrefix(url, "https://") {
			t.Errorf("%s is not a picture's address", url)
		}
		if names[p.File] {
			continue
		}
		names[p.File] = true
		data, err := os.ReadFile(folder + "/pictures/" + p.File)
		if err != nil {
			t.Fatal(err)
		}
		total += len(data)
		c, _, err := image.DecodeConfig(bytes.NewReader(data))
		if err != nil || c.Width != p.Width || c.Height != p.Height {
			t.Errorf("%s: %d × %d, not %d × %d (%v)", p.File, c.Width, c.Height, p.Width, p.Height, err)
		}
	}
	files, err := os.ReadDir(folder + "/pictures")
	if err != nil || len(files) != len(names) || total > 3_000_000 {
		t.Errorf("%d files, %d in the index, %d bytes (%v)", len(files), len(names), total, err)
	}
}

func TestParseShapes(t *testing.T) {
	for _, text := range []string{"fore o 0 0 1", "= a", "= a b", "= a 1\n= a 1"} {
		if _, err := parseShapes(text); err == nil {
			t.Errorf("%q is read", text)
		}
	}
	for name, text := range map[string]string{"motifs": motifText, "heroes": heroText} {
		all, err := parseShapes(text)
		if err != nil || len(all) < 30 {
			t.Errorf("%s: %d shapes (%v)", name, len(all), err)
		}
	}
}

func TestParseLine(t *testing.T) {
	for _, test := range []struct {
		line, names, details string
	}{
		{"B A name | A detail", "A name", "A detail"},
		{"~S Beat {}. | One = the one; Two", "One,Two", "Beat the one.,Beat Two."},
		{"*B3 Step | Go {} miles. | 5", "Step I,Step II,Step III", "Go 5 miles.,Go 10 miles.,Go 15 miles."},
	} {
		list, err := parseLine(test.line)
		if err != nil {
			t.Fatal(err)
		}
		var names, details []string
		for _, a := range list {
			names, details = append(names, a.name), append(details, a.detail)
		}
		if strings.Join(names, ",") != test.names || strings.Join(details, ",") != test.details {
			t.Errorf("%q gives %q and %q", test.line, names, details)
		}
	}
	for _, line := range []string{"", "X a | b", "B a", "B#x a | b", "*B a | b | 1", "*B99 a | b | 1", "*B2 a | b | c"} {
		if _, err := parseLine(line); err == nil {
			t.Errorf("%q is read", line)
		}
	}
}

func read(t *testing.T, name string, into any) {
	t.Helper()
	data, err := os.ReadFile(folder + "/" + name)
	if err == nil {
		err = json.Unmarshal(data, into)
	}
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}
