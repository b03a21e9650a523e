package card

import (
	"fmt"
	"io"

	"github.com/trophycase/trophycase/generator/card/text"
	"github.com/trophycase/trophycase/generator/trophy"
)

// Milestone draws the latest milestone, 800×180, or that there is none yet.
func (r *Renderer) Milestone(w io.Writer, p *trophy.Profile, s *trophy.Statistics, zoom int) error {
	return r.draw(w, size{800, 180, zoom, corner, false}, func(c *canvas) {
		if len(s.Milestones) == 0 {
			c.alt = p.OnlineID + ": " + c.words.NoTrophies
			c.write(p.OnlineID, text.Style{Size: name, Bold: true}, "ink", frame, 80, 700)
			c.write(c.words.NoTrophies, text.Style{Size: small}, "faint", frame, 112, 700)
			return
		}
		m := s.Milestones[0]
		number, metal, what := "#"+c.words.Number(m.Number), "ink", c.words.Trophies
		if m.Kind == trophy.PlatinumMilestone {
			metal, what = "platinum", c.words.Platinums
		}
		c.alt = fmt.Sprintf("%s: %s, %s, %s", p.OnlineID, number, what, m.Trophy.Name)
		icon := m.Trophy.Icon
		if icon.None() {
			icon = m.TitleIcon
		}
		c.box(icon, m.Trophy.Name, frame, frame, 132, 12)
		const x = 184.0
		end := c.write(number, text.Style{Size: hero, Bold: true, Least: 30}, metal, x, 66, 330)
		c.write(what, text.Style{Size: small}, "soft", end+14, 66, 800-frame-end-14)
		c.cup(m.Trophy.Grade, x, 86, 24)
		c.write(m.Trophy.Name, text.Style{Size: 20, Bold: true, Least: small}, "ink", x+34, 106, 800-frame-x-34)
		c.write(m.TitleName, text.Style{Size: small}, "soft", x, 136, 800-frame-x)
		c.write(c.join(p.OnlineID, c.words.Date(m.Trophy.EarnedAt.In(c.o.Location))), text.Style{Size: 14}, "faint", x, 158, 800-frame-x)
	})
}
