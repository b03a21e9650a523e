package psntest

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"

	"github.com/trophycase/trophycase/generator/psn"
)

// Data is what PSN knows of one account.
type Data struct {
	AccountID string
	Profile   psn.Profile
	Summary   psn.TrophySummary
	// Titles is in PSN's order, newest activity first.
	Titles []Title
	// Pictures are by the last part of the address that Picture makes.
	Pictures map[string][]byte
	// Private keeps the trophies from who asks.
	Private bool
	// Language, if set, is asked for what a name is in a language.
	Language func(language, name string) string
}

// Title is one title with all that PSN tells about it.
type Title struct {
	psn.TrophyTitle
	Groups       []psn.TrophyGroup
	EarnedGroups []psn.EarnedGroup
	Trophies     []psn.Trophy
	Earned       []psn.EarnedTrophy
}

// Title is the title with an ID, or nil.
func (d *Data) Title(id string) *Title {
	i := slices.IndexFunc(d.Titles, func(t Title) bool { return t.NPCommunicationID == id })
	if i < 0 {
		return nil
	}
	return &d.Titles[i]
}

// Load reads an account from a snapshot's folder. Titles that the snapshot does
// not hold the trophies of are left out. The file hidden.json, where there is
// one, is a further title, hidden by its owner.
func Load(fsys fs.FS) (*Data, error) {
	var profile struct {
		Profile psn.Profile       `json:"profile"`
		Summary psn.TrophySummary `json:"summary"`
	}
	if err := read(fsys, "profile.json", &profile); err != nil {
		return nil, err
	}
	var entries []psn.TrophyTitle
	if err := read(fsys, "titles.json", &entries); err != nil {
		return nil, err
	}
	d := &Data{AccountID: AccountID, Profile: profile.Profile, Summary: profile.Summary, Pictures: map[string][]byte{}}
	names := []string{"hidden.json"}
	for _, e := range entries {
		names = append(names, "titles/"+e.NPCommunicationID+".json")
	}
	for _, name := range names {
		if err := d.loadTitle(fsys, name); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(d.Titles, func(a, b Title) int {
		return b.LastUpdatedDateTime.Compare(a.LastUpdatedDateTime.Time)
	})
	return d, d.loadPictures(fsys)
}

func (d *Data) loadTitle(fsys fs.FS, name string) error {
	var r struct {
		Title        psn.TrophyTitle    `json:"title"`
		Groups       []psn.TrophyGroup  `json:"groups"`
		EarnedGroups []psn.EarnedGroup  `json:"earnedGroups"`
		Trophies     []psn.Trophy       `json:"trophies"`
		Earned       []psn.EarnedTrophy `json:"earned"`
	}
	err := read(fsys, name, &r)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	r.Title.HiddenFlag = name == "hidden.json"
	d.Titles = append(d.Titles, Title{r.Title, r.Groups, r.EarnedGroups, r.Trophies, r.Earned})
	return nil
}

// loadPictures serves the snapshot's pictures under the addresses that the data
// name, and makes those lead to the stand-in.
func (d *Data) loadPictures(fsys fs.FS) error {
	index := map[string]struct {
		File string `json:"file"`
	}{}
	if err := read(fsys, "pictures/index.json", &index); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for _, p := range index {
		data, err := fs.ReadFile(fsys, path.Join("pictures", p.File))
		if err != nil {
			return fmt.Errorf("psntest: %w", err)
		}
		d.Pictures[p.File] = data
	}
	d.eachURL(func(url *string) {
		if p, ok := index[*url]; ok {
			*url = Picture(p.File)
		}
	})
	return nil
}

// Picture is an address that the server turns into one of its own.
func Picture(name string) string { return "picture:" + name }

// eachURL visits every address of a picture in the data.
func (d *Data) eachURL(visit func(*string)) {
	for i := range d.Profile.Avatars {
		visit(&d.Profile.Avatars[i].URL)
	}
	for i := range d.Titles {
		t := &d.Titles[i]
		visit(&t.TrophyTitleIconURL)
		for j := range t.Groups {
			visit(&t.Groups[j].TrophyGroupIconURL)
		}
		for j := range t.Trophies {
			visit(&t.Trophies[j].TrophyIconURL)
			if t.Trophies[j].TrophyRewardImageURL != "" {
				visit(&t.Trophies[j].TrophyRewardImageURL)
			}
		}
	}
}

func read(fsys fs.FS, name string, into any) error {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return fmt.Errorf("psntest: %w", err)
	}
	if err := json.Unmarshal(data, into); err != nil {
		return fmt.Errorf("psntest: %s: %w", name, err)
	}
	return nil
}
