package page

import (
	"html/template"

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
		Links  Links
		Unlock trophy.Unlock
	}
	tileView struct {
		Root  string
		Links Links
		Title *trophy.Title
	}
	trophyView struct {
		Root   string
		Words  words
		Trophy *trophy.Trophy
	}
)

// parts makes what the parts receive: a template cannot build a value itself.
func (r *Renderer) parts() template.FuncMap {
	return template.FuncMap{
		"picture": func(root string, p trophy.Picture, class, name string) pictureView {
			v := pictureView{Picture: p, Class: class, Name: name}
			v.Eager = class == "avatar" || class == "icon big" || class == "cover first"
			if !p.None() {
				v.Src = root + r.o.Links.Picture(p)
			}
			return v
		},
		"bar": func(value int, label string) barView { return barView{value, label} },
		"unlock": func(root string, links Links, u any) unlockView {
			if p, ok := u.(*trophy.Unlock); ok {
				return unlockView{root, links, *p}
			}
			return unlockView{root, links, u.(trophy.Unlock)}
		},
		"tile":   func(root string, links Links, t *trophy.Title) tileView { return tileView{root, links, t} },
		"trophy": func(root string, w words, t *trophy.Trophy) trophyView { return trophyView{root, w, t} },
	}
}
