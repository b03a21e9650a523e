package page

import (
	"io"

	"github.com/trophycase/trophycase/generator/trophy"
)

// A Credit is somebody's work that is in the program.
type Credit struct {
	Name, Licence string
	URL           string // of the work, or ""
	Text          string // the path of the licence's text
}

// Credits is whose work is in the program.
type Credits struct{ Modules, Fonts []Credit }

// Credits writes the page that tells whose work is in the program, which is in
// English.
func (r *Renderer) Credits(w io.Writer, owner trophy.Owner, c Credits) error {
	v := r.view(r.o.Links.Credits+"index.html", owner)
	v.Title, v.Current, v.Page = r.words.Credits, r.o.Links.Credits, c
	v.describe(r.words.Credits + " · " + owner.OnlineID)
	v.card(r, r.o.Links.PageSocial(r.o.Links.Credits), v.Title)
	return r.render(w, "credits", v)
}
