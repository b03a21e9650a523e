package feed

import (
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"

	"github.com/trophycase/trophycase/generator/trophy"
)

var update = flag.Bool("update", false, "write the golden files")

func options() Options {
	return Options{
		Words: words(), About: "feeds/",
		Title: "Trophy case", Language: "en", BaseURL: "https://me.example/trophies/", Self: "feed.xml", Items: 50,
		Link:    func(u trophy.Unlock) string { return fmt.Sprintf("titles/%s/#t%d", u.TitleSlug, u.Trophy.ID) },
		Picture: func(p trophy.Picture) string { return "pictures/" + p.File },
	}
}

func words() Words {
	return Words{
		Recent: "Recent trophies", Players: "of players", Secret: "Secret trophy", TrophyNumber: "trophy", PlatinumNumber: "platinum",
		Level: "Level", Total: "Trophies", Platinums: "Platinums", Completion: "Completion", Latest: "Latest trophy", NoTrophies: "No trophies yet",
		Grade:    func(g trophy.Grade) string { return strings.ToUpper(g.String()) },
		Number:   strconv.Itoa,
		Percent:  func(f float64, places int) string { return strconv.FormatFloat(f, 'f', places, 64) + "%" },
		Trophies: func(n int) string { return fmt.Sprintf("%d trophies", n) },
	}
}

func unlocks() []trophy.Unlock {
	at := time.Date(2026, 11, 14, 20, 15, 0, 0, time.UTC)
	return []trophy.Unlock{
		{TitleID: "NPWR90001_00", TitleSlug: "tidewright", TitleName: "Tidewright <b>™</b> & 灯台", Platforms: []trophy.Platform{trophy.PS5, trophy.PC},
			Trophy: trophy.Trophy{ID: 0, Grade: trophy.Platinum, Name: "]]> All\u0000 of\u0001 it 🏆 \u202eabc", Detail: "Two\nlines <script>", Earned: true,
				EarnedAt: at, EarnedRate: 1.25, Icon: trophy.Picture{File: "a.png"}}},
		{TitleID: "NPWR90001_00", TitleSlug: "tidewright", TitleName: "Tidewright", GroupName: "Depths",
			Trophy: trophy.Trophy{ID: 12, Grade: trophy.Bronze, Name: "منارة", Detail: "", Earned: true, EarnedAt: at.Add(-time.Hour)}},
	}
}

var owner = trophy.Owner{OnlineID: "Marlowe-Quill"}

// formats is the three formats by the file's name.
var formats = map[string]func(io.Writer, Options, trophy.Owner, []Entry) error{
	"feed.xml": RSS, "atom.xml": Atom, "feed.json": JSON,
}

func write(t testing.TB, o Options, list []trophy.Unlock) []byte {
	t.Helper()
	return writeAs(t, "feed.xml", o, list)
}

func writeAs(t testing.TB, format string, o Options, list []trophy.Unlock) []byte {
	t.Helper()
	var b bytes.Buffer
	o.Self = format
	if err := formats[format](&b, o, owner, o.Entries(list, nil)); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestGolden(t *testing.T) {
	for format := range formats {
		golden(t, format, writeAs(t, format, options(), unlocks()))
	}
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	name = "testdata/" + name
	if *update {
		if err := os.WriteFile(name, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s changed; run go test -update if that is meant:\n%s", name, got)
	}
}

func TestRoundTrip(t *testing.T) {
	f, err := gofeed.NewParser().Parse(bytes.NewReader(write(t, options(), unlocks())))
	if err != nil {
		t.Fatal(err)
	}
	if f.Title != "Trophy case" || f.Link != "https://me.example/trophies/" || f.Description != "Recent trophies · Marlowe-Quill" || len(f.Items) != 2 {
		t.Fatalf("read back %+v", f)
	}
	first := f.Items[0]
	if first.GUID != "tag:trophycase,2026:NPWR90001_00/0/20261114T201500Z" || first.Link != "https://me.example/trophies/titles/tidewright/#t0" {
		t.Errorf("first item is %q at %q", first.GUID, first.Link)
	}
	if !first.PublishedParsed.Equal(unlocks()[0].Trophy.EarnedAt) || strings.Join(first.Categories, ",") != "Tidewright <b>™</b> & 灯台,platinum,PS5,PC" {
		t.Errorf("first item is of %v about %q", first.PublishedParsed, first.Categories)
	}
	if !strings.Contains(first.Description, "Two<br>lines &lt;script&gt;") || !strings.Contains(first.Description, "1.2% of players") {
		t.Errorf("first item says %s", first.Description)
	}
}

// TestFormatsAgree reads all formats with an independent reader and finds the
// same items in each.
func TestFormatsAgree(t *testing.T) {
	items := map[string][]string{}
	for format := range formats {
		for name, list := range map[string][]trophy.Unlock{"some": unlocks(), "none": nil} {
			f, err := gofeed.NewParser().Parse(bytes.NewReader(writeAs(t, format, options(), list)))
			if err != nil || len(f.Items) != len(list) || f.Title != "Trophy case" {
				t.Fatalf("%s with %s unlocks: %+v, %v", format, name, f, err)
			}
			for _, i := range f.Items {
				items[format] = append(items[format], fmt.Sprint(i.GUID, i.Link, i.Title, i.PublishedParsed.Unix(), i.Categories))
			}
		}
	}
	for format, list := range items {
		if fmt.Sprint(list) != fmt.Sprint(items["feed.xml"]) {
			t.Errorf("%s has %q, the RSS feed %q", format, list, items["feed.xml"])
		}
	}
}

func TestCSV(t *testing.T) {
	p := &trophy.Profile{Titles: []trophy.Title{{ID: "NPWR90001_00", Name: "=HYPERLINK(1)", Platforms: []trophy.Platform{trophy.PS5, trophy.PC},
		Groups: []trophy.Group{{ID: "default", Trophies: []trophy.Trophy{
			{ID: 0, Grade: trophy.Gold, Name: "Quote \" and, comma", Detail: "Two\nlines", Earned: true, EarnedAt: unlocks()[0].Trophy.EarnedAt, EarnedRate: 1.25},
			{ID: 1, Grade: trophy.Bronze, Name: "Covered", Detail: "Covered", Secret: true, Rarity: trophy.Common},
		}}}}}}
	var b bytes.Buffer
	if err := CSV(&b, p); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&b).ReadAll()
	if err != nil || len(rows) != 3 {
		t.Fatal(rows, err)
	}
	want := []string{"NPWR90001_00", "'=HYPERLINK(1)", "PS5 PC", "default", "0", "Quote \" and, comma", "Two\nlines", "gold", "false", "true", "2026-11-14T20:15:00Z", "1.3", "ultra-rare"}
	for i, cell := range want {
		if rows[1][i] != cell {
			t.Errorf("%s is %q, want %q", rows[0][i], rows[1][i], cell)
		}
	}
	if rows[2][5] != "" || rows[2][6] != "" {
		t.Errorf("a secret trophy is told: %q", rows[2])
	}
}

func TestBadges(t *testing.T) {
	p := &trophy.Profile{Level: trophy.Level{Number: 412, Tier: 5}, Earned: trophy.Counts{Bronze: 3, Platinum: 1}}
	o := options()
	badges := o.Badges(p, trophy.NewStatistics(p, time.UTC, nil), map[string]string{"silver": "#bcc4cf"})
	if got := badges["level"]; got != (Badge{1, "Level", "412", "bcc4cf"}) {
		t.Errorf("level is %+v", got)
	}
	for name, want := range map[string]string{
		"total": "4", "platinums": "1", "platinum": "1", "gold": "0", "silver": "0", "bronze": "3", "completion": "0.0%", "latest": "No trophies yet",
	} {
		if got := badges[name]; got.Message != want || got.SchemaVersion != 1 || got.Label == "" {
			t.Errorf("%s is %+v, want %s", name, got, want)
		}
	}
}

func TestNoBase(t *testing.T) {
	for _, base := range []string{"", "/trophies/"} {
		o := options()
		o.BaseURL = base
		for format, write := range formats {
			if err := write(io.Discard, o, owner, nil); !errors.Is(err, ErrNoBase) {
				t.Errorf("%s at %q: error is %v", format, base, err)
			}
		}
	}
}

func FuzzRSS(f *testing.F) {
	f.Add("name", "detail")
	f.Add("]]>\x00\xff", "\u202e<a href='javascript:x'>")
	f.Fuzz(func(t *testing.T, name, detail string) {
		list := unlocks()[:1]
		list[0].TitleName, list[0].Trophy.Name, list[0].Trophy.Detail = name, name, detail
		data := write(t, options(), list)
		if err := xml.Unmarshal(data, new(struct{})); err != nil {
			t.Fatalf("%v in %s", err, data)
		}
	})
}
