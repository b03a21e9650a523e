package trophy

// A Pin names a title or one of its trophies that the owner shows first.
type Pin struct {
	TitleID  string
	TrophyID int // -1 for the title itself
}

// Pinned is a title that is shown first, or with Unlock its trophy, earned or not.
type Pinned struct {
	Title  *Title
	Unlock *Unlock
}

// Pinned finds what pins name. What the profile does not have, or covers, is left
// out.
func (p *Profile) Pinned(pins []Pin) []Pinned {
	titles := make(map[string]*Title, len(p.Titles))
	for i := range p.Titles {
		titles[p.Titles[i].ID] = &p.Titles[i]
	}
	var list []Pinned
	for _, pin := range pins {
		t := titles[pin.TitleID]
		if t == nil {
			continue
		}
		if pin.TrophyID < 0 {
			list = append(list, Pinned{Title: t})
			continue
		}
		if m := t.Trophy(pin.TrophyID); m != nil && !m.Covered() {
			list = append(list, Pinned{t, &Unlock{TitleLine: t.line(), Trophy: m}})
		}
	}
	return list
}

// Trophy is the title's trophy with an ID, nil if it has none.
func (t *Title) Trophy(id int) *Trophy {
	for i := range t.Groups {
		for k := range t.Groups[i].Trophies {
			if m := &t.Groups[i].Trophies[k]; m.ID == id {
				return m
			}
		}
	}
	return nil
}
