package page

import (
	"html/template"
	"strings"

	"github.com/trophycase/trophycase/generator/trophy"
)

// What the parts of pages receive; see parts.html. A page has many trophies and
// unlocks, and a template calls functions slowly, also that which escapes a value: so
// those two get plain values, and markup that has no choices left.
type (
	barView struct {
		Value int
		Label string
	}
	unlockView struct {
		Unlock          *trophy.Unlock
		Address         string
		Name, TitleName string
		Icon, Cup, Mark template.HTML
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
		Trophy          *trophy.Trophy
		ID              int
		Name            string
		Detail          template.HTML // with its lines
		Icon, Cup, Mark template.HTML
		Earned, Dated   bool
		Covered         bool // as a secret that is not earned
		Unix            int64
		When            template.HTML
		Rate            float64
		Rarity          string
		Noted           bool
		Note            Prose
	}
)

// parts makes what the parts receive: a template cannot build a value itself.
func (r *Renderer) parts() template.FuncMap {
	return template.FuncMap{
		"picture":  r.picture,
		"cup":      r.cup,
		"diamonds": r.diamonds,
		"note":     func(root string, p Prose) noteView { return noteView{root, r.words, p} },
		"bar":      func(value int, label string) barView { return barView{value, label} },
		"unlock":   r.unlock,
		"tile":     func(root string, t *trophy.Title) tileView { return tileView{root, t} },
		"drift":    r.drift,
	}
}

var safe = template.HTMLEscapeString

// picture is a picture as an element, or the first letter of a name where there is
// none. Those on the first screen are not waited for: that would show.
func (r *Renderer) picture(root string, p trophy.Picture, class, name string) template.HTML {
	if p.None() {
		return template.HTML(`<span class="` + safe(class) + ` blank" aria-hidden="true">` + safe(trophy.Initial(name)) + `</span>`)
	}
	lazy := ` loading="lazy" decoding="async"`
	if class == "avatar" || class == "icon big" || class == "cover first" {
		lazy = ""
	}
	return template.HTML(`<img class="` + safe(class) + `" src="` + safe(root+escape(r.o.Links.Picture(p))) + `" width="` + itoa(p.Width) + `" height="` + itoa(p.Height) + `" alt=""` + lazy + `>`)
}

// cup is the emblem of a grade.
func (r *Renderer) cup(g trophy.Grade) template.HTML {
	name := g.String()
	return template.HTML(`<svg class="emblem ` + name + `" role="img" aria-label="` + safe(r.words.Grade(g)) + `"><use href="#cup-` + name + `"></use></svg>`)
}

// diamonds is how rare a trophy is: diamonds, and the share of players that have it.
func (r *Renderer) diamonds(t *trophy.Trophy) template.HTML {
	share := ""
	if t.EarnedRate > 0 {
		share = "<b>" + string(r.percent(t.EarnedRate)) + "</b>"
	}
	return template.HTML(`<span class="rarity"><svg class="diamonds n` + itoa(4-min(int(t.Rarity), 3)) + `" viewBox="0 0 44 10" aria-hidden="true">` +
		`<path d="M5 0l5 5-5 5-5-5z"/><path d="M16.3 0l5 5-5 5-5-5z"/><path d="M27.6 0l5 5-5 5-5-5z"/><path d="M38.9 0l5 5-5 5-5-5z"/></svg> ` + share + `</span>`)
}

// unlock is a line of lists of unlocks.
func (r *Renderer) unlock(root string, u *trophy.Unlock) unlockView {
	return unlockView{
		Unlock: u, Address: root + r.o.Links.Unlock(*u), Name: u.Trophy.Name, TitleName: u.TitleName,
		Icon: r.picture(root, u.Trophy.Icon, "icon", u.Trophy.Name), Cup: r.cup(u.Trophy.Grade), Mark: r.diamonds(u.Trophy),
	}
}

// trophy is a line of a title's page.
func (r *Renderer) trophy(root, titleID string, t *trophy.Trophy) trophyView {
	v := trophyView{
		Trophy: t, ID: t.ID, Name: t.Name, Detail: template.HTML(strings.ReplaceAll(safe(t.Detail), "\n", "<br>")),
		Icon: r.picture(root, t.Icon, "icon", t.Name), Cup: r.cup(t.Grade), Mark: r.diamonds(t),
		Earned: t.Earned, Dated: !t.EarnedAt.IsZero(), Covered: t.Covered(), Rate: t.EarnedRate, Note: r.o.Notes.of(titleID, t.ID),
	}
	v.Noted = !v.Note.Empty()
	if t.EarnedRate > 0 {
		v.Rarity = r.words.Rarity(t.Rarity)
	}
	if v.Dated {
		at := t.EarnedAt.In(r.o.Location)
		v.Unix = t.EarnedAt.Unix()
		v.When = template.HTML(`<time datetime="` + iso(t.EarnedAt) + `">` + safe(r.words.Date(at)) + ` <span class="faint">` + at.Format("15:04") + `</span></time>`)
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
