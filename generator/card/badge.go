package card

import (
	"io"
	"math"

	"github.com/trophycase/trophycase/generator/card/text"
	"github.com/trophycase/trophycase/generator/trophy"
)

// A Badge is one figure on a line, to stand beside those of other services.
type Badge struct {
	Name          string // of the file: "level"
	Label, Figure string
	Grade         trophy.Grade // of the cup before the label
}

// Badges is the badges of a profile.
func (r *Renderer) Badges(p *trophy.Profile, s *trophy.Statistics) []Badge {
	w := r.words
	latest := w.NoTrophies
	if len(s.Unlocks) > 0 {
		latest = s.Unlocks[0].Trophy.Name
	}
	return []Badge{
		{"level", w.Level, w.Number(p.Level.Number), p.Level.Metal()},
		{"platinums", w.Platinums, w.Number(p.Earned.Platinum), trophy.Platinum},
		{"total", w.Trophies, w.Number(p.Earned.Total()), trophy.Gold},
		{"completion", w.Completion, w.Percent(s.Completion, 1), trophy.Silver},
		{"latest", w.Latest, latest, latestGrade(s)},
	}
}

func latestGrade(s *trophy.Statistics) trophy.Grade {
	if len(s.Unlocks) == 0 {
		return trophy.Bronze
	}
	return s.Unlocks[0].Trophy.Grade
}

// Badge draws a badge that is height high, 20 or 28, and as wide as its text.
func (r *Renderer) Badge(w io.Writer, b Badge, height, zoom int) error {
	setter := r.setters.Get().(*text.Setter)
	defer r.setters.Put(setter)
	h := float64(height)
	size, cup := math.Round(h*0.56), math.Round(h*0.7)
	// Whole units, so that a badge is as sharp at twice the size.
	z := float64(zoom)
	label := setter.Line(b.Label, text.Style{Size: size * z}, 200*z)
	figure := setter.Line(b.Figure, text.Style{Size: size * z, Bold: true}, 240*z)
	pad := math.Round(h * 0.35)
	at := math.Round(h*0.25) + cup + math.Round(h*0.2)
	split := at + math.Ceil(label.Width()/z) + pad
	width := split + pad + math.Ceil(figure.Width()/z) + pad
	c := newCanvas(r, setter, int(width), height, zoom)
	defer c.free()
	c.badgeGround(split, math.Round(h/5))
	c.cup(b.Grade, math.Round(h*0.25), math.Round((h-cup)/2), cup)
	baseline := math.Round(h*0.5 + size*0.36)
	c.put(label, "soft", at, baseline)
	c.put(figure, "ink", split+pad, baseline)
	if err := setter.Err(); err != nil {
		return err
	}
	return encode(w, artwork{image: c.image, text: b.Label + ": " + b.Figure})
}

// badgeGround is two plates with a hairline around them.
func (c *canvas) badgeGround(split, radius float64) {
	clear(c.image.Pix)
	c.use("line")
	c.DrawRoundedRectangle(0, 0, c.width, c.height, radius)
	c.Fill()
	c.use("raised")
	c.DrawRoundedRectangle(1, 1, c.width-2, c.height-2, radius-1)
	c.Fill()
	c.use("surface")
	c.DrawRoundedRectangle(1, 1, split-1, c.height-2, radius-1)
	c.DrawRectangle(split-radius, 1, radius, c.height-2)
	c.Fill()
	c.use("line")
	c.DrawRectangle(split, 1, 1, c.height-2)
	c.Fill()
}
