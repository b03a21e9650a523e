package page

import "html/template"

// Notes is the owner's texts on titles and trophies.
type Notes map[noteKey]Prose

type noteKey struct {
	titleID  string
	trophyID int
}

// NotesOf arranges texts by what they are on.
func NotesOf(list []Prose) Notes {
	notes := Notes{}
	for _, p := range list {
		notes[noteKey{p.TitleID, p.TrophyID}] = p
	}
	return notes
}

// of is the note on a title, or on its trophy if the ID is not -1; without one its
// text is empty.
func (n Notes) of(titleID string, trophyID int) Prose { return n[noteKey{titleID, trophyID}] }

// HTML is the note on a trophy; see [Prose.HTML].
func (n Notes) HTML(titleID string, trophyID int, root string) template.HTML {
	return n.of(titleID, trophyID).HTML(root)
}

// Empty says that there is no text.
func (p Prose) Empty() bool { return p.body == "" }
