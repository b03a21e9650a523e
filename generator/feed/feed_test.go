package feed

import (
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"

	"github.com/trophycase/trophycase/generator/trophy"
)

var update = flag.Bool("update", false, "write the golden files")

func options() Options {
	return Options{
		Title: "Trophy case", Language: "en", BaseURL: "https://me.example/trophies/", Self: "feed.xml", Items: 50,
		Link:    func(u trophy.Unlock) string { return fmt.Sprintf("titles/%s/#t%d", u.TitleSlug, u.Trophy.ID) },
		Picture: func(p trophy.Picture) string { return "pictures/" + p.File },
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

func write(t testing.TB, o Options, list []trophy.Unlock) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := RSS(&b, o, owner, list); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestGolden(t *testing.T) {
	got := write(t, options(), unlocks())
	const name = "testdata/feed.xml"
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
		t.Errorf("the feed changed; run go test -update if that is meant:\n%s", got)
	}
}

func TestRoundTrip(t *testing.T) {
	f, err := gofeed.NewParser().Parse(bytes.NewReader(write(t, options(), unlocks())))
	if err != nil {
		t.Fatal(err)
	}
	if f.Title != "Trophy case" || f.Link != "https://me.example/trophies/" || f.Description != "The latest trophies of Marlowe-Quill" || len(f.Items) != 2 {
		t.Fatalf("read back %+v", f)
	}
	first := f.Items[0]
	if first.GUID != "tag:trophycase,2026:NPWR90001_00/0" || first.Link != "https://me.example/trophies/titles/tidewright/#t0" {
		t.Errorf("first item is %q at %q", first.GUID, first.Link)
	}
	if !first.PublishedParsed.Equal(unlocks()[0].Trophy.EarnedAt) || strings.Join(first.Categories, ",") != "Tidewright <b>™</b> & 灯台,platinum,PS5,PC" {
		t.Errorf("first item is of %v about %q", first.PublishedParsed, first.Categories)
	}
	if !strings.Contains(first.Description, "Two<br>lines &lt;script&gt;") || !strings.Contains(first.Description, "1.3 % of players") {
		t.Errorf("first item says %s", first.Description)
	}
}

func TestIDsStay(t *testing.T) {
	ids := func(o Options, list []trophy.Unlock) (ids []string) {
		f, err := gofeed.NewParser().Parse(bytes.NewReader(write(t, o, list)))
		if err != nil {
			t.Fatal(err)
		}
		for _, item := range f.Items {
			ids = append(ids, item.GUID)
		}
		return ids
	}
	before := ids(options(), unlocks())
	o := options()
	o.BaseURL, o.Language, o.Title = "https://elsewhere.example/", "ja", "別"
	list := unlocks()
	for i := range list {
		list[i].TitleName, list[i].TitleSlug, list[i].Trophy.Name = "Renamed", "renamed", "Also renamed"
	}
	if after := ids(o, list); strings.Join(after, " ") != strings.Join(before, " ") {
		t.Errorf("IDs were %q and are %q", before, after)
	}
}

func TestSizes(t *testing.T) {
	if f, err := gofeed.NewParser().Parse(bytes.NewReader(write(t, options(), nil))); err != nil || len(f.Items) != 0 {
		t.Errorf("without unlocks: %v, %v", f, err)
	}
	many := make([]trophy.Unlock, 100_000)
	for i := range many {
		many[i] = unlocks()[1]
	}
	if f, err := gofeed.NewParser().Parse(bytes.NewReader(write(t, options(), many))); err != nil || len(f.Items) != 50 {
		t.Errorf("with 100,000 unlocks: %v, %v", f, err)
	}
}

func TestNoBase(t *testing.T) {
	for _, base := range []string{"", "/trophies/"} {
		o := options()
		o.BaseURL = base
		if err := RSS(io.Discard, o, owner, nil); !errors.Is(err, ErrNoBase) {
			t.Errorf("%q: error is %v", base, err)
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
