package card

import (
	"io"

	"github.com/trophycase/trophycase/generator/card/text"
	"github.com/trophycase/trophycase/generator/trophy"
)

// listed is how many lines the cards with lists have at the most.
const listed = 5

func (r *Renderer) listed() int {
	if r.o.Rows == 0 {
		return listed
	}
	return min(r.o.Rows, listed)
}

// A row is a line of a card with a list.
type row struct {
	icon             trophy.Picture
	grade            trophy.Grade // 0 for a title
	name, below, end string
}

// Recent draws the latest unlocks, 800 wide and as high as they need.
func (r *Renderer) Recent(w io.Writer, p *trophy.Profile, s *trophy.Statistics, zoom int) error {
	var rows []row
	for _, u := range s.Unlocks[:min(r.listed(), len(s.Unlocks))] {
		rows = append(rows, r.unlockRow(u, r.words.Date(u.Trophy.EarnedAt.In(r.o.Location))))
	}
	return r.list(w, r.words.Recent, p, rows, zoom)
}

// Rarest draws the rarest trophies.
func (r *Renderer) Rarest(w io.Writer, p *trophy.Profile, s *trophy.Statistics, zoom int) error {
	var rows []row
	for _, u := range trophy.Rarest(s.Unlocks, r.listed()) {
		rows = append(rows, r.unlockRow(u, r.words.Percent(u.Trophy.EarnedRate, 1)))
	}
	return r.list(w, r.words.Rarest, p, rows, zoom)
}

// Pinned draws what the owner pinned.
func (r *Renderer) Pinned(w io.Writer, p *trophy.Profile, pins []trophy.Pinned, zoom int) error {
	var rows []row
	for _, pin := range pins[:min(r.listed(), len(pins))] {
		if pin.Unlock != nil {
			rows = append(rows, r.unlockRow(*pin.Unlock, r.words.Percent(pin.Unlock.Trophy.EarnedRate, 1)))
			continue
		}
		t := pin.Title
		rows = append(rows, row{icon: t.Icon, name: t.Name, below: r.words.TrophyCount(t.Earned.Total()), end: r.words.Percent(float64(t.Progress), 0)})
	}
	return r.list(w, r.words.Pinned, p, rows, zoom)
}

func (r *Renderer) unlockRow(u trophy.Unlock, end string) row {
	icon := u.Trophy.Icon
	if icon.None() {
		icon = u.TitleIcon
	}
	return row{icon, u.Trophy.Grade, u.Trophy.Name, u.TitleName, end}
}

func (r *Renderer) list(w io.Writer, heading string, p *trophy.Profile, rows []row, zoom int) error {
	const head, step = 64, 60
	return r.draw(w, size{800, ListHeight(len(rows)), zoom, corner, false}, func(c *canvas) {
		c.alt = heading + ": " + p.OnlineID
		c.write(heading, text.Style{Size: 20, Bold: true}, "ink", frame, 42, 480)
		c.right(p.OnlineID, text.Style{Size: small}, "faint", 800-frame, 42, 260)
		if len(rows) == 0 {
			c.write(c.words.NoTrophies, text.Style{Size: small}, "faint", frame, head+34, 700)
		}
		for i, row := range rows {
			if i > 0 {
				c.rule(frame, head+step*float64(i)-5, 800-2*frame)
			}
			c.row(row, head+step*float64(i))
			c.alt += "; " + row.name
		}
	})
}

func (c *canvas) row(row row, y float64) {
	const x, end = frame + 64.0, 800.0 - frame
	name := row.name
	c.box(row.icon, name, frame, y, 48, 8)
	left := c.right(row.end, text.Style{Size: small, Bold: true}, "soft", end, y+30, 160)
	at := x
	if row.grade != 0 {
		c.cup(row.grade, x, y+3, 18)
		at += 24
	}
	c.write(name, text.Style{Size: small, Bold: true}, "ink", at, y+18, left-24-at)
	c.write(row.below, text.Style{Size: 14}, "soft", x, y+40, left-24-x)
}

// ListHeight is the height of a card that lists n things.
func ListHeight(n int) int { return 76 + 60*max(1, min(listed, n)) }
