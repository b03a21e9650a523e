package fetch

import (
	"cmp"
	"errors"
	"io/fs"
	"maps"
	"slices"
	"time"

	"github.com/trophycase/trophycase/generator/psn"
	"github.com/trophycase/trophycase/generator/snapshot"
)

const (
	// maxStorms is how many failures of PSN's in a row end a run: one title
	// can be broken, three mean that PSN is.
	maxStorms = 3
	// ratesAge is how old earned rates are at least before they are asked for
	// again.
	ratesAge = 30 * 24 * time.Hour
)

// needs is what to ask for about a title.
type needs struct{ names, earned bool }

// plan compares what is known of a title with its entry in today's list.
// A set that grows announces it by neither version nor date, so the counts are
// compared too.
func plan(r *snapshot.TitleRecord, now psn.TrophyTitle, language string) needs {
	if r == nil {
		return needs{names: true, earned: true}
	}
	old := r.Title
	grown := old.TrophySetVersion != now.TrophySetVersion || old.DefinedTrophies != now.DefinedTrophies ||
		old.HasTrophyGroups != now.HasTrophyGroups || old.TrophyGroupCount != now.TrophyGroupCount
	return needs{
		names: grown || r.Language != language || old.TrophyTitleName != now.TrophyTitleName ||
			old.TrophyTitleIconURL != now.TrophyTitleIconURL,
		earned: grown || old.EarnedTrophies != now.EarnedTrophies || old.Progress != now.Progress ||
			!old.LastUpdatedDateTime.Equal(now.LastUpdatedDateTime.Time),
	}
}

// cost is how many requests the needs of a title take.
func (n needs) cost(t psn.TrophyTitle) int {
	calls := 0
	if n.names {
		calls++
	}
	if n.earned {
		calls++
	}
	if t.HasTrophyGroups {
		calls *= 2
	}
	return calls
}

// Overhead is the requests that a run makes before it asks about any title, of a
// number of them: the summary, the profile, and the pages of the list.
func Overhead(titles int) int { return 2 + max(1, (titles+psn.PageSize-1)/psn.PageSize) }

// Estimate is how many requests a fetch of all titles takes, and how long that
// lasts when PSN lets limit requests pass in a window.
func Estimate(titles []psn.TrophyTitle, limit int, window time.Duration) (requests int, lasts time.Duration) {
	requests = Overhead(len(titles))
	for _, t := range titles {
		requests += needs{names: true, earned: true}.cost(t)
	}
	return requests, atLimit(requests, limit, window)
}

// atLimit is how long requests last: the first ones of a window pass at once.
func atLimit(requests, limit int, window time.Duration) time.Duration {
	return time.Duration(max(0, requests-1)/limit) * window
}

// fetchTitles asks for what changed, the newest activity first.
func (r *run) fetchTitles() error {
	type job struct {
		entry psn.TrophyTitle
		old   *snapshot.TitleRecord
		needs needs
	}
	var jobs []job
	for _, e := range r.store.Titles() {
		old, err := r.store.Title(e.NPCommunicationID)
		if err != nil && !errors.Is(err, fs.ErrNotExist) && !errors.As(err, new(*snapshot.DamagedError)) {
			return err
		}
		if damaged := new(snapshot.DamagedError); errors.As(err, &damaged) {
			r.report.Damaged = append(r.report.Damaged, damaged.File)
		}
		if old != nil {
			r.ratesOn[e.NPCommunicationID] = old.RatesOn
		}
		n := plan(old, e.TrophyTitle, r.Language)
		if r.Full && (old == nil || old.RatesOn != snapshot.DayOf(r.Now)) {
			n = needs{names: true, earned: true}
		}
		if n == (needs{}) {
			r.report.Reused++
			continue
		}
		jobs = append(jobs, job{e.TrophyTitle, old, n})
	}
	slices.SortStableFunc(jobs, func(a, b job) int {
		return b.entry.LastUpdatedDateTime.Compare(a.entry.LastUpdatedDateTime.Time)
	})
	var ended error
	for i, j := range jobs {
		r.Progress("Fetching", i, len(jobs), j.entry.TrophyTitleName)
		if ended == nil && r.client.Left() < j.needs.cost(j.entry) {
			ended = &psn.BudgetError{Max: r.MaxRequests}
		}
		if ended == nil {
			ended = r.fetchTitle(j.entry, j.old, j.needs)
		}
		if ended != nil {
			r.report.Pending++
			r.need += j.needs.cost(j.entry)
		}
	}
	if ended == nil {
		r.Progress("Fetching", len(jobs), len(jobs), "")
	}
	return ended
}

// fetchTitle asks for one title. Its error ends the run; a failure of the title
// alone is reported.
func (r *run) fetchTitle(t psn.TrophyTitle, old *snapshot.TitleRecord, n needs) error {
	record, err := r.askTitle(t, old, n)
	if err == nil {
		r.storms = 0
		r.report.Fetched++
		if err := r.noteUnlocks(old, record); err != nil {
			return err
		}
		r.ratesOn[t.NPCommunicationID] = record.RatesOn
		return r.store.PutTitle(record)
	}
	if r.ends(err) {
		return err
	}
	if r.storms++; r.storms == maxStorms {
		return err
	}
	r.Log.Debug("title failed", "title", t.TrophyTitleName, "error", err)
	r.report.Failed = append(r.report.Failed, Failure{t.NPCommunicationID, t.TrophyTitleName, err})
	return nil
}

func (r *run) askTitle(t psn.TrophyTitle, old *snapshot.TitleRecord, n needs) (*snapshot.TitleRecord, error) {
	record := new(snapshot.TitleRecord)
	if old != nil {
		*record = *old
	}
	record.Title, record.Language = t, r.Language
	if n.earned {
		if err := r.askEarned(record); err != nil {
			return nil, err
		}
	}
	// A set can have grown since the title list was made.
	if n.names || unnamed(record) {
		if err := r.askNames(record); err != nil {
			return nil, err
		}
	}
	return record, nil
}

func (r *run) askEarned(record *snapshot.TitleRecord) error {
	t := record.Title
	earned, err := r.client.EarnedTrophies(r.ctx, r.account, t.NPCommunicationID, t.NPServiceName, "all")
	if err != nil {
		return err
	}
	if len(earned.Trophies) == 0 && t.DefinedTrophies.Total() > 0 {
		return &psn.AnswerError{What: "earned trophies of " + t.NPCommunicationID, Status: 200, Reason: "it is empty"}
	}
	if err := r.judge(r.poorerEarned(t, earned.Trophies, record.Earned), "earned trophies", t); err != nil {
		return err
	}
	r.judgeRates(t, record.Earned, earned.Trophies)
	before := record.EarnedGroups
	record.EarnedGroups = nil
	if t.HasTrophyGroups {
		groups, err := r.client.EarnedGroups(r.ctx, r.account, t.NPCommunicationID, t.NPServiceName)
		if err != nil {
			return err
		}
		if err := r.judge(poorerGroupEarnings(groups.TrophyGroups, before), "group progress", t); err != nil {
			return err
		}
		record.EarnedGroups = groups.TrophyGroups
	}
	record.Earned, record.RatesOn = earned.Trophies, snapshot.DayOf(r.Now)
	return nil
}

func (r *run) askNames(record *snapshot.TitleRecord) error {
	t := record.Title
	trophies, err := r.client.Trophies(r.ctx, t.NPCommunicationID, t.NPServiceName, "all")
	if err != nil {
		return err
	}
	if len(trophies.Trophies) == 0 && t.DefinedTrophies.Total() > 0 {
		return &psn.AnswerError{What: "trophies of " + t.NPCommunicationID, Status: 200, Reason: "it is empty"}
	}
	if err := r.judge(poorerNames(t, trophies.Trophies, record.Trophies), "trophies", t); err != nil {
		return err
	}
	before := record.Groups
	record.Groups = nil
	if t.HasTrophyGroups {
		groups, err := r.client.TrophyGroups(r.ctx, t.NPCommunicationID, t.NPServiceName)
		if err != nil {
			return err
		}
		if err := r.judge(poorerGroups(groups.TrophyGroups, before), "groups", t); err != nil {
			return err
		}
		record.Groups = groups.TrophyGroups
	}
	record.Trophies = trophies.Trophies
	return nil
}

// unnamed says that there are earnings of trophies whose names are not known.
func unnamed(r *snapshot.TitleRecord) bool {
	named := map[psn.Int]bool{}
	for _, t := range r.Trophies {
		named[t.TrophyID] = true
	}
	return slices.ContainsFunc(r.Earned, func(e psn.EarnedTrophy) bool { return !named[e.TrophyID] })
}

// refreshRates spends left-over requests on the oldest earned rates, which
// drift without anybody playing.
func (r *run) refreshRates() error {
	old := slices.DeleteFunc(slices.Collect(maps.Keys(r.ratesOn)), func(id string) bool { return r.Now.Sub(r.ratesOn[id].Time) < ratesAge })
	slices.SortFunc(old, func(a, b string) int {
		return cmp.Or(r.ratesOn[a].Compare(r.ratesOn[b].Time), cmp.Compare(a, b))
	})
	for _, id := range old[:min(len(old), r.Refresh)] {
		t, err := r.store.Title(id)
		if err != nil {
			return err
		}
		n := needs{earned: true}
		if r.client.Left() < n.cost(t.Title) {
			break
		}
		fetched := r.report.Fetched
		if err := r.fetchTitle(t.Title, t, n); err != nil {
			return err
		}
		if r.report.Fetched > fetched {
			r.report.Fetched, r.report.Reused = fetched, r.report.Reused-1
			r.report.Refreshed++
		}
	}
	return nil
}

// forecast tells when the rest will be there.
func (r *run) forecast() {
	if r.report.Pending == 0 {
		return
	}
	perBuild := max(1, r.MaxRequests-Overhead(len(r.store.Titles())))
	r.report.BuildsLeft = (r.need + perBuild - 1) / perBuild
	if r.MaxRequests <= 0 {
		r.report.BuildsLeft = 1
	}
	r.report.TimeLeft = time.Duration((r.need+psn.DefaultLimit-1)/psn.DefaultLimit) * psn.DefaultWindow
}
