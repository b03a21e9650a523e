package generator

import (
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"path"

	"github.com/trophycase/trophycase/generator/page"
	"github.com/trophycase/trophycase/generator/publish"
)

// credits is the page that tells whose work is in the program, and the licences
// that it leads to.
func (s *site) credits() []publish.Artifact {
	list, texts, err := s.readCredits()
	if err != nil {
		return []publish.Artifact{{Path: creditsDir + homePath, Write: func(io.Writer) error { return err }}}
	}
	what, err := sumOf(s.sums.owner, list)
	artifacts := []publish.Artifact{s.artifact(creditsDir+homePath, s.sums.pages, what, func(w io.Writer) error {
		if err != nil {
			return err
		}
		return s.pages.Credits(w, s.profile.Owner, list)
	})}
	for name, data := range texts {
		artifacts = append(artifacts, file(name, data))
	}
	return artifacts
}

// readCredits reads the list that makecredit wrote, and the texts of the licences
// by the path that they have on the site.
func (s *site) readCredits() (page.Credits, map[string][]byte, error) {
	const listFile = "assets/credits/credits.json"
	var list page.Credits
	data, err := fs.ReadFile(s.files, listFile)
	if err != nil {
		return list, nil, err
	}
	if err := json.Unmarshal(data, &list); err != nil {
		return list, nil, fmt.Errorf("%s: %w", listFile, err)
	}
	texts := map[string][]byte{}
	for _, part := range [][]page.Credit{list.Modules, list.Fonts} {
		for i := range part {
			text, err := fs.ReadFile(s.files, part[i].Text)
			if err != nil {
				return list, nil, fmt.Errorf("%s: the licence of %s: %w", listFile, part[i].Name, err)
			}
			part[i].Text = creditsDir + path.Base(part[i].Text)
			texts[part[i].Text] = text
		}
	}
	return list, texts, nil
}
