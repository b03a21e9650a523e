package main

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"time"
)

// lastDay is the day after the last unlock, on which PSN was last asked.
var lastDay = time.Date(2026, time.November, 15, 0, 0, 0, 0, time.UTC)

// play decides which of t's trophies were earned, and when.
func play(t *title) {
	r := rand.New(rand.NewPCG(uint64(t.ID), 1994))
	setEfforts(t, r)
	setRates(t, r)
	for _, g := range t.groups {
		chosen := choose(t, g)
		times := sessions(r, g.from, g.to, len(chosen))
		for i, a := range chosen {
			a.earned, a.at = true, times[i]
		}
		crown(g)
	}
	for i, a := range byTime(t.trophies) {
		if i < t.Undated {
			a.at = time.Time{}
		}
	}
	setSteps(t, r)
	setMotifs(t, r)
}

func setEfforts(t *title, r *rand.Rand) {
	weight := map[byte]float64{'B': 0.12, 'S': 0.48, 'G': 0.85, 'P': 1}
	for gi, g := range t.groups {
		for i, a := range g.trophies {
			a.effort = 0.5*weight[a.grade] + 0.32*float64(i)/float64(len(g.trophies)) + 0.2*r.Float64()
			if gi > 0 {
				a.effort = 0.3 + 0.7*a.effort
			}
			if a.grade == 'P' {
				a.effort = 1
			}
		}
	}
}

// setRates gives each trophy the percentage of players who have it: none of a
// base game falls below that of its platinum.
func setRates(t *title, r *rand.Rand) {
	top, d := 70+26*r.Float64(), rand.New(rand.NewPCG(uint64(t.ID), 2020))
	for _, a := range t.trophies {
		rate := top * math.Pow(t.Rate/top, a.effort)
		a.rate = math.Max(0.1, math.Round(10*rate)/10)
		if a.group.id == "default" {
			a.rate = math.Max(a.rate, t.Rate)
		}
		// Late players of a game are the better ones, mostly.
		a.drift = -0.03 + 0.12*d.Float64()
	}
}

// choose picks the trophies of g that are earned, easiest first, without the
// platinum.
func choose(t *title, g *group) []*award {
	var list []*award
	for _, a := range g.trophies {
		if a.grade != 'P' {
			list = append(list, a)
		}
	}
	slices.SortFunc(list, func(a, b *award) int { return cmp.Compare(a.effort, b.effort) })
	part := 1.0
	switch t.Earned {
	case "all":
	case "base":
		if g.id != "default" {
			part = t.Extra
		}
	default:
		part, _ = strconv.ParseFloat(t.Earned, 64)
		if g.id != "default" {
			part *= 0.6
		}
	}
	return list[:int(math.Round(part*float64(len(list))))]
}

// crown earns the platinum of g with its last trophy.
func crown(g *group) {
	p := g.trophies[0]
	if p.grade != 'P' {
		return
	}
	var last time.Time
	for _, a := range g.trophies[1:] {
		if !a.earned {
			return
		}
		if a.at.After(last) {
			last = a.at
		}
	}
	p.earned, p.at = true, last.Add(time.Duration(p.id+len(g.trophies)%3)*time.Second)
}

// sessions is n times in order, in evenings of play between two days: the first
// of them on from, the last on to.
func sessions(r *rand.Rand, from, to time.Time, n int) []time.Time {
	if n == 0 {
		return nil
	}
	days := int(to.Sub(from).Hours()/24) + 1
	evenings := min(days, n, 1+int(float64(n)/(1.6+1.6*r.Float64())))
	picked := map[int]bool{0: true}
	if evenings > 1 {
		picked[days-1] = true
	}
	for len(picked) < evenings {
		picked[r.IntN(days)] = true
	}
	var starts []time.Time
	for d := range days {
		if picked[d] {
			starts = append(starts, evening(r, from.AddDate(0, 0, d)))
		}
	}
	counts := make([]int, len(starts))
	for i := range n {
		if i < len(counts) {
			counts[i]++
			continue
		}
		counts[r.IntN(len(counts))]++
	}
	var times []time.Time
	for i, at := range starts {
		for range counts[i] {
			times = append(times, at)
			if r.IntN(14) > 0 {
				at = at.Add(time.Duration(70+r.IntN(1500)) * time.Second)
			}
		}
	}
	slices.SortFunc(times, time.Time.Compare)
	return times
}

// evening is when play begins on a day: earlier on weekends.
func evening(r *rand.Rand, d time.Time) time.Time {
	first, span := 17, 4
	if w := d.Weekday(); w == time.Saturday || w == time.Sunday {
		first, span = 9, 11
	}
	return d.Add(time.Duration(first*3600+r.IntN(span*3600)) * time.Second)
}

// setSteps brings trophies that count and are not earned part of the way.
func setSteps(t *title, r *rand.Rand) {
	for _, a := range t.trophies {
		if a.target == 0 || a.earned || t.Earned == "0" || !t.modern() {
			continue
		}
		a.steps = int(float64(a.target) * (0.1 + 0.85*r.Float64()))
		a.stepsAt = sessions(r, a.group.to, a.group.to, 1)[0]
	}
}

// setMotifs gives each trophy one of its title's drawings, never that of the
// trophy before it. The first is the platinum's.
func setMotifs(t *title, r *rand.Rand) {
	n := len(t.Art.Motifs)
	last := 0
	for _, a := range t.trophies {
		if a.grade == 'P' {
			continue
		}
		m := 1 + r.IntN(n-1)
		if m == last {
			m = 1 + m%(n-1)
		}
		a.motif, last = m, m
	}
}

// byTime is the earned trophies, oldest first.
func byTime(list []*award) []*award {
	var earned []*award
	for _, a := range list {
		if a.earned {
			earned = append(earned, a)
		}
	}
	slices.SortStableFunc(earned, func(a, b *award) int {
		return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.id, b.id))
	})
	return earned
}
