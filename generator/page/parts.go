package page

import (
	"html/template"
	"strings"

	"github.com/trophycase/trophycase/generator/trophy"
)

// What the parts of pages receive; see parts.html.
type (
	pictureView struct {
		Picture          trophy.Picture
		Src, Class, Name string
		// Eager pictures are on the first screen: waiting for them would show.
		Eager bool
	}
	barView struct {
		Value int
		Label string
	}
	unlockView struct {
		Root   string
		Unlock trophy.Unlock
	}
	tileView struct {
		Root  string
		Title *trophy.Title
	}
	noteView struct {
		Root  string
		Words *Words
		Note  Prose
	}
	driftView struct {
		Words     *Words
		Then, Now float64
		Known     bool
	}
	trophyView struct {
		Root   string
		Words  *Words
		Trophy *trophy.Trophy
		Note   Prose
		// What follows is plain values, as a page has many trophies and a template
		// calls methods and functions slowly.
		Covered, Dated, Noted bool
		Unix                  int64
		ISO, Date, Clock      string
		Lines                 []string // of the detail
		Icon                  pictureView
	}
)

// parts makes what the parts receive: a template cannot build a value itself.
func (r *Renderer) parts() template.FuncMap {
	return template.FuncMap{
		"picture": r.picture,
		"note":    func(root string, p Prose) noteView { return noteView{root, r.words, p} },
		"bar":     func(value int, label string) barView { return barView{value, label} },
		"unlock":  func(root string, u *trophy.Unlock) unlockView { return unlockView{root, *u} },
		"tile":    func(root string, t *trophy.Title) tileView { return tileView{root, t} },
		"drift":   r.drift,
		"trophy":  r.trophy,
	}
}

func (r *Renderer) picture(root string, p trophy.Picture, class, name string) pictureView {
	v := pictureView{Picture: p, Class: class, Name: name}
	v.Eager = class == "avatar" || class == "icon big" || class == "cover first"
	if !p.None() {
		v.Src = root + r.o.Links.Picture(p)
	}
	return v
}

// trophy is a line of a title's page.
func (r *Renderer) trophy(root string, w *Words, titleID string, t *trophy.Trophy) trophyView {
	v := trophyView{
		Root: root, Words: w, Trophy: t, Note: r.o.Notes.of(titleID, t.ID), Covered: t.Covered(), Dated: !t.EarnedAt.IsZero(),
		Lines: strings.Split(t.Detail, "\n"), Icon: r.picture(root, t.Icon, "icon", t.Name),
	}
	v.Noted = !v.Note.Empty()
	if v.Dated {
		at := t.EarnedAt.In(r.o.Location)
		v.Unix, v.ISO, v.Date, v.Clock = t.EarnedAt.Unix(), iso(t.EarnedAt), r.words.Date(at), at.Format("15:04")
	}
	return v
}

// drift is how rare a trophy was when it was first seen earned, and is now, where
// that differs.
func (r *Renderer) drift(u trophy.Unlock) driftView {
	v := driftView{Words: r.words, Now: u.Trophy.EarnedRate}
	if points, ok := u.Trophy.Drift(); ok && points != 0 {
		v.Then, v.Known = v.Now-points, true
	}
	return v
}
