package main

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"strings"
	"testing"

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

// TestVariety sees that the sample has what the program must cope with.
func TestVariety(t *testing.T) {
	data, err := psntest.Load(os.DirFS(folder))
	if err != nil {
		t.Fatal(err)
	}
	trophies, none, all, noPlatinum, groups, secret, steps, rewards, undated, hidden := 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
	platforms := map[string]bool{}
	for _, title := range data.Titles {
		platforms[title.TrophyTitlePlatform] = true
		trophies += len(title.Trophies)
		none += is(title.Progress == 0)
		all += is(title.Progress == 100)
		noPlatinum += is(title.DefinedTrophies.Platinum == 0)
		groups += is(len(title.Groups) > 1)
		hidden += is(title.HiddenFlag)
		for i, m := range title.Trophies {
			secret += is(m.TrophyHidden)
			rewards += is(m.TrophyRewardName != "")
			steps += is(title.Earned[i].Progress != nil)
			undated += is(title.Earned[i].Earned && title.Earned[i].EarnedDateTime == nil)
		}
	}
	for what, n := range map[string]int{
		"0 %": none, "100 %": all, "no platinum": noPlatinum, "groups": groups, "secret": secret,
		"steps": steps, "rewards": rewards, "undated": undated, "hidden": hidden,
	} {
		if n == 0 {
			t.Errorf("the sample has nothing with %s", what)
		}
	}
	for _, p := range []string{"PS3", "PS4", "PS5", "PSVITA", "PSPC", "PS5,PSPC", "PS3,PSVITA"} {
		if !platforms[p] {
			t.Errorf("the sample has no title for %s", p)
		}
	}
	if len(data.Titles) < 38 || trophies < 1000 {
		t.Errorf("the sample has %d titles with %d trophies", len(data.Titles), trophies)
	}
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
	for url, p := range index {
		info, err := os.Stat(folder + "/pictures/" + p.File)
		if err != nil || info.Size() > 100_000 || !strings.HasPrefix(url, "https://") {
			t.Errorf("%s: %v", url, err)
		}
	}
	var entries []snapshot.TitleEntry
	read(t, "titles.json", &entries)
	for _, e := range entries {
		var r snapshot.TitleRecord
		read(t, "titles/"+e.NPCommunicationID+".json", &r)
		var defined, earned psn.TrophyCounts
		for i, m := range r.Trophies {
			count(&defined, strings.ToUpper(m.TrophyType)[0])
			if r.Earned[i].Earned {
				count(&earned, strings.ToUpper(m.TrophyType)[0])
			}
			if at := r.Earned[i].EarnedDateTime; at != nil && at.After(lastDay) {
				t.Errorf("%s: trophy %d was earned at %v", e.TrophyTitleName, i, at)
			}
		}
		if defined != e.DefinedTrophies || earned != e.EarnedTrophies || r.Title != e.TrophyTitle {
			t.Errorf("%s does not agree with the list", e.TrophyTitleName)
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
