package feed

import (
	"bytes"
	"fmt"
	"io"
	"net/url"
	"time"
	"unicode/utf8"

	"github.com/emersion/go-ical"

	"github.com/trophycase/trophycase/generator/trophy"
)

// Calendar writes platinums and milestones as events of a calendar, by RFC 5545,
// of which there must be at least one. The error is [ErrNoBase] for a site without
// an absolute address.
func Calendar(w io.Writer, o Options, s *trophy.Statistics) error {
	if err := o.check(); err != nil {
		return err
	}
	c := ical.NewCalendar()
	c.Props.SetText(ical.PropVersion, "2.0")
	c.Props.SetText(ical.PropProductID, "-//trophycase//unlocks//EN")
	c.Props.SetText(ical.PropName, line(o.Title))
	c.Props.SetText("X-WR-CALNAME", line(o.Title))
	every := ical.NewProp(ical.PropRefreshInterval)
	every.SetDuration(6 * time.Hour)
	every.Params.Set(ical.ParamValue, string(ical.ValueDuration))
	c.Props.Set(every)
	for _, p := range s.Platinums {
		if err := o.event(c, fmt.Sprintf("platinum-%s-%d-%d", p.TitleID, p.Trophy.ID, p.Trophy.EarnedAt.Unix()), o.numbered(o.Words.PlatinumNumber, p.Number)+": "+p.TitleName, p.Unlock); err != nil {
			return err
		}
	}
	for _, m := range s.Milestones {
		if m.Kind != trophy.TrophyMilestone {
			continue
		}
		if err := o.event(c, fmt.Sprintf("milestone-%d", m.Number), o.numbered(o.Words.TrophyNumber, m.Number)+": "+o.name(m.Unlock)+" – "+m.TitleName, m.Unlock); err != nil {
			return err
		}
	}
	var b bytes.Buffer
	if err := ical.NewEncoder(&b).Encode(c); err != nil {
		return fmt.Errorf("calendar: %w", err)
	}
	_, err := w.Write(fold(b.Bytes()))
	return err
}

// fold breaks lines after 75 bytes, between characters, as the format asks for and
// the encoder does not do.
func fold(text []byte) []byte {
	const most = 75
	var b bytes.Buffer
	for line := range bytes.Lines(text) {
		for limit := most; len(bytes.TrimRight(line, "\r\n")) > limit; limit = most - 1 {
			n := limit
			for !utf8.RuneStart(line[n]) {
				n--
			}
			b.Write(line[:n])
			b.WriteString("\r\n ")
			line = line[n:]
		}
		b.Write(line)
	}
	return b.Bytes()
}

// event adds a moment, which begins and, as it says no end, ends at the earned time.
func (o *Options) event(c *ical.Calendar, uid, summary string, u trophy.Unlock) error {
	link, err := url.Parse(absolute(o.BaseURL, o.Link(u)))
	if err != nil {
		return fmt.Errorf("calendar: %w", err)
	}
	at := u.Trophy.EarnedAt.UTC().Truncate(time.Second)
	e := ical.NewEvent()
	e.Props.SetText(ical.PropUID, uid+"@trophycase")
	// The stamp is the moment's own: a calendar changes only when there is news.
	e.Props.SetDateTime(ical.PropDateTimeStamp, at)
	e.Props.SetDateTime(ical.PropDateTimeStart, at)
	e.Props.SetText(ical.PropSummary, line(summary))
	e.Props.SetURI(ical.PropURL, link)
	e.Props.SetText(ical.PropTransparency, "TRANSPARENT")
	c.Children = append(c.Children, e.Component)
	return nil
}
