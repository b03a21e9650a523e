package feed

import (
	"fmt"
	"io"
	"net/url"
	"strings"
	"time"

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
	for _, p := range s.Platinums {
		if err := o.event(c, fmt.Sprintf("platinum-%s-%d", p.TitleID, p.Trophy.ID), fmt.Sprintf("Platinum #%d: %s", p.Number, p.TitleName), p.Unlock); err != nil {
			return err
		}
	}
	for _, m := range s.Milestones {
		if m.Kind != trophy.TrophyMilestone {
			continue
		}
		if err := o.event(c, fmt.Sprintf("milestone-%d", m.Number), fmt.Sprintf("Trophy #%d: %s", m.Number, o.name(m.Unlock)), m.Unlock); err != nil {
			return err
		}
	}
	if err := ical.NewEncoder(w).Encode(c); err != nil {
		return fmt.Errorf("calendar: %w", err)
	}
	return nil
}

// event adds a moment: it begins and ends at the earned time.
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
	e.Props.SetDateTime(ical.PropDateTimeEnd, at)
	e.Props.SetText(ical.PropSummary, line(summary))
	e.Props.SetURI(ical.PropURL, link)
	e.Props.SetText(ical.PropTransparency, "TRANSPARENT")
	c.Children = append(c.Children, e.Component)
	return nil
}

// line is a text without what a calendar cannot hold.
func line(s string) string { return strings.Join(strings.Fields(clean(s)), " ") }
