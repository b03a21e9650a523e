package generator

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"github.com/trophycase/trophycase/generator/page"
	"github.com/trophycase/trophycase/generator/publish"
	"github.com/trophycase/trophycase/generator/trophy"
)

// readContent reads what the owner wrote.
func (s *site) readContent() error {
	content, err := fs.Sub(s.files, "content")
	if err != nil {
		return err
	}
	if s.content, err = page.ReadProse(content, page.ProseOptions{HTML: s.job.Config.AllowHTML, Title: s.titleLink}); err != nil {
		return err
	}
	s.sums.notes = map[string]sum{}
	for _, p := range s.content.Notes() {
		if s.sums.notes[p.TitleID], err = sumOf(s.sums.notes[p.TitleID], p, p.HTML("")); err != nil {
			return err
		}
	}
	var texts []any
	for _, p := range s.content.Prose {
		texts = append(texts, p, p.HTML(""))
	}
	s.sums.content, err = sumOf(texts...)
	return err
}

// titleLink finds the page of a title, or a trophy on it. The sample profile stands
// in for the owner's, whose titles it does not have: there, all of them are found.
func (s *site) titleLink(id string, trophyID int) (string, bool) {
	t := s.title(id)
	switch {
	case t == nil:
		return titlesDir(1), s.profile.Sample
	case trophyID < 0:
		return titleDir(t), true
	case !t.Fetched || t.Trophy(trophyID) != nil:
		return fmt.Sprintf("%s#t%d", titleDir(t), trophyID), true
	}
	return titleDir(t), s.profile.Sample
}

func (s *site) title(id string) *trophy.Title {
	for i := range s.profile.Titles {
		if s.profile.Titles[i].ID == id {
			return &s.profile.Titles[i]
		}
	}
	return nil
}

// strayNotes names the notes on titles and trophies that the profile does not
// have. They may come with a later fetch, so they are no mistake.
func (s *site) strayNotes() []string {
	var list []string
	for _, p := range s.content.Notes() {
		if t := s.title(p.TitleID); t == nil || p.TrophyID >= 0 && t.Fetched && t.Trophy(p.TrophyID) == nil {
			list = append(list, "content/"+p.File)
		}
	}
	return list
}

// tellsStray says that there are notes to tell about. The sample's owner is not the
// one who wrote them.
func (s *site) tellsStray() bool { return !s.profile.Sample && len(s.strayNotes()) > 0 }

// contentFiles is the pictures and the like that the owner's texts show.
func (s *site) contentFiles() []publish.Artifact {
	var list []publish.Artifact
	for _, name := range s.content.Files {
		data, err := fs.ReadFile(s.files, "content/"+name)
		a := file(name, data)
		if err != nil {
			a.Write = func(io.Writer) error { return err }
		}
		list = append(list, a)
	}
	return list
}

// checkLinks finds the links of the owner's texts that lead to no file of the
// site.
func (s *site) checkLinks(artifacts []publish.Artifact) error {
	there := map[string]bool{}
	for _, a := range artifacts {
		there[a.Path] = true
	}
	var errs []error
	for _, p := range s.content.Prose {
		for _, l := range p.Links {
			to := l.Path
			if to == "" || strings.HasSuffix(to, "/") {
				to += homePath
			}
			if !there[to] && !there[to+"/"+homePath] {
				errs = append(errs, fmt.Errorf("content/%s:%d: the link to /%s leads nowhere; write a link to a title as title:NPWR00000_00, one to another text as the name of its file", p.File, l.Line, l.Path))
			}
		}
	}
	return errors.Join(errs...)
}
