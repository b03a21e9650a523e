package page

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/trophycase/trophycase/generator/trophy"
)

// searchPart is how many trophies a part of the index has at the least, the last
// one aside: parts are fetched one after the other, so that first results come
// soon.
const searchPart = 20_000

// SearchParts divides titles, in their order, into the ranges of the parts of the
// index of trophies: from the first index to before the second.
func SearchParts(titles []trophy.Title) [][2]int {
	var parts [][2]int
	from, n := 0, 0
	for i := range titles {
		n += titles[i].Defined.Total()
		if n >= searchPart || i == len(titles)-1 {
			parts = append(parts, [2]int{from, i + 1})
			from, n = i+1, 0
		}
	}
	return parts
}

// searchIndex is the first file of the index: titles and the owner's texts.
type searchIndex struct {
	Parts  int           `json:"parts"`
	Titles []searchTitle `json:"titles"`
	Texts  []searchText  `json:"texts"`
}

type searchTitle struct {
	Path string `json:"path"`
	Name string `json:"name"`
	Icon string `json:"icon,omitempty"`
	Note string `json:"note,omitempty"`
}

type searchText struct {
	Path string `json:"path"`
	Name string `json:"name"`
	Text string `json:"text"`
}

// searchTrophies is a part of the index: a trophy is the place of its title in the
// first file, its ID, grade, name and detail.
type searchTrophies struct {
	Trophies [][5]any `json:"trophies"`
}

// SearchIndex writes the first file of the search index.
func (r *Renderer) SearchIndex(w io.Writer, p *trophy.Profile, texts []Prose) error {
	index := searchIndex{Parts: len(SearchParts(p.Titles)), Titles: make([]searchTitle, 0, len(p.Titles)), Texts: []searchText{}}
	for i := range p.Titles {
		t := &p.Titles[i]
		s := searchTitle{Path: r.o.Links.Title(t), Name: t.Name, Note: r.o.Notes.of(t.ID, -1).Plain()}
		if !t.Icon.None() {
			s.Icon = r.o.Links.Picture(t.Icon)
		}
		index.Titles = append(index.Titles, s)
	}
	for _, text := range texts {
		index.Texts = append(index.Texts, searchText{text.Path, text.Title, text.Plain()})
	}
	return writeJSON(w, index)
}

// SearchTrophies writes a part of the search index. What a page covers is not in
// it.
func (r *Renderer) SearchTrophies(w io.Writer, titles []trophy.Title, part [2]int) error {
	index := searchTrophies{Trophies: [][5]any{}}
	for i := part[0]; i < part[1]; i++ {
		for _, g := range titles[i].Groups {
			for _, m := range g.Trophies {
				if !m.Covered() {
					index.Trophies = append(index.Trophies, [5]any{i, m.ID, m.Grade.String(), m.Name, m.Detail})
				}
			}
		}
	}
	return writeJSON(w, index)
}

func writeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return fmt.Errorf("json: %w", err)
	}
	return nil
}

// searchView is what search.html receives.
type searchView struct {
	Index string // the folder of the index
	Forms string // of the number of results, as JSON
}

// Search writes the page of the search.
func (r *Renderer) Search(w io.Writer, owner trophy.Owner) error {
	forms, err := json.Marshal(r.words.NFound)
	if err != nil {
		return err
	}
	v := r.view(r.o.Links.Search+"index.html", owner)
	v.Title, v.Current, v.Page = r.words.Search, r.o.Links.Search, searchView{r.o.Links.Search, string(forms)}
	v.Module = "search.js"
	v.describe(r.words.SearchHint)
	v.card(r, r.o.Links.PageSocial(r.o.Links.Search), v.Title)
	return r.render(w, "search", v)
}
