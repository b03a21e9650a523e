package card

import (
	"fmt"
	"io"
	"math"

	"github.com/trophycase/trophycase/generator/card/text"
	"github.com/trophycase/trophycase/generator/trophy"
)

// A strip is a small card of a profile: who, the counts and the level, and where
// each stands.
type strip struct {
	size                 size
	avatar               float64 // its side; it stands at its distance from the edge
	x                    float64 // of what stands beside the avatar
	name, nameAt         float64
	line, lineAt         float64 // the sums; 0 for none
	cup, count, countsAt float64
	step                 float64 // from one count to the next
	latestAt             float64 // the latest trophy; 0 for none
	ring, ringAt, thick  float64 // radius, its middle's x, width
	level                float64
}

// strips is the small cards by name.
var strips = map[string]strip{
	"compact": {
		size: size{400, 120, 1, 14, true}, avatar: 76, x: 112, name: 20, nameAt: 44, line: 13, lineAt: 64,
		cup: 18, count: 14, countsAt: 80, step: 52, ring: 30, ringAt: 356, thick: 6, level: 20,
	},
	"signature-500x100": {
		size: size{500, 100, 1, 12, true}, avatar: 68, x: 100, name: 20, nameAt: 36, line: 13, lineAt: 56,
		cup: 18, count: 14, countsAt: 68, step: 62, ring: 34, ringAt: 450, thick: 6, level: 22,
	},
	"signature-468x60": {
		size: size{468, 60, 1, 10, true}, avatar: 44, x: 62, name: 16, nameAt: 26,
		cup: 16, count: 13, countsAt: 34, step: 60, ring: 21, ringAt: 438, thick: 4, level: 15,
	},
	"signature-550x150": {
		size: size{550, 150, 1, 14, true}, avatar: 106, x: 148, name: 24, nameAt: 48, line: 14, lineAt: 70,
		cup: 22, count: 17, countsAt: 84, step: 66, latestAt: 128, ring: 46, ringAt: 484, thick: 8, level: 32,
	},
}

// Strips is the names of the small cards.
var Strips = []string{"compact", "signature-500x100", "signature-468x60", "signature-550x150"}

// Strip draws a small card of a profile, by its name in Strips.
func (r *Renderer) Strip(w io.Writer, name string, p *trophy.Profile, s *trophy.Statistics, zoom int) error {
	l, ok := strips[name]
	if !ok {
		return fmt.Errorf("card: there is no strip %q", name)
	}
	l.size.zoom = zoom
	return r.draw(w, l.size, func(c *canvas) {
		c.alt = c.words.Alt(p, s)
		edge := (c.height - l.avatar) / 2
		c.box(p.Avatar, p.OnlineID, edge, edge, l.avatar, max(6, l.avatar/9))
		width := l.ringAt - l.ring - 16 - l.x
		c.write(p.OnlineID, text.Style{Size: l.name, Bold: true, Least: l.name * 0.7}, "ink", l.x, l.nameAt, width)
		if l.line > 0 {
			c.write(c.sums(p, s), text.Style{Size: l.line, Least: 11}, "soft", l.x, l.lineAt, width)
		}
		c.stripCounts(l, p.Earned, width)
		if l.latestAt > 0 && !c.o.hides("latest") {
			c.latest(s, l.x, l.latestAt, width)
		}
		middle := c.height / 2
		c.ring(l.ringAt, middle, l.ring, l.thick, p.Level.Progress, p.Level.Metal().String())
		c.centre(c.words.Number(p.Level.Number), text.Style{Size: l.level, Bold: true, Least: 11}, "ink", l.ringAt, middle+l.level*0.36, 2*l.ring-l.thick-4)
	})
}

// sums is how many trophies there are, and how complete the titles.
func (c *canvas) sums(p *trophy.Profile, s *trophy.Statistics) string {
	if c.o.hides("completion") {
		return c.words.TrophyCount(p.Earned.Total())
	}
	return c.join(c.words.TrophyCount(p.Earned.Total()), c.words.Percent(s.Completion, 1)+" "+c.words.Complete)
}

// stripCounts is what is earned of each grade, all in the largest size in which
// they have room.
func (c *canvas) stripCounts(l strip, n trophy.Counts, width float64) {
	scale := 1.0
	var figures []text.Line
	for {
		figures = figures[:0]
		used := 0.0
		for _, g := range trophy.Grades {
			line := c.line(c.words.Number(n.Of(g)), text.Style{Size: l.count * scale, Bold: true}, width)
			figures = append(figures, line)
			used += l.cup*scale + 4 + c.reach(line)
		}
		if used+3*8 <= width || scale < 0.55 {
			break
		}
		scale -= 0.05
	}
	gap := l.step
	for i, line := range figures {
		gap = min(gap, (width-l.cup*scale-4-c.reach(line))/max(1, float64(i)))
	}
	cup, x := l.cup*scale, l.x
	middle := l.countsAt + l.cup/2
	for i, g := range trophy.Grades {
		c.cup(g, x, math.Round(middle-cup/2), cup)
		c.put(figures[i], "ink", x+cup+4, math.Round(middle+l.count*scale*0.36))
		x += max(gap, cup+4+c.reach(figures[i])+8)
	}
}

// latest is the latest trophy on a line.
func (c *canvas) latest(s *trophy.Statistics, x, baseline, width float64) {
	if len(s.Unlocks) == 0 {
		c.write(c.words.NoTrophies, text.Style{Size: 13}, "faint", x, baseline, width)
		return
	}
	u := s.Unlocks[0]
	c.cup(u.Trophy.Grade, x, baseline-12, 15)
	end := c.write(u.Trophy.Name, text.Style{Size: 13, Bold: true}, "ink", x+20, baseline, width-20)
	if room := x + width - end - 8; room > 50 {
		c.write(u.TitleName, text.Style{Size: 13}, "faint", end+8, baseline, room)
	}
}

// StripSize is the width and height of a small card.
func StripSize(name string) (width, height int) {
	return strips[name].size.width, strips[name].size.height
}
