package generator

import (
	"context"
	"slices"
	"time"

	"github.com/trophycase/trophycase/generator/fetch"
	"github.com/trophycase/trophycase/generator/psn"
	"github.com/trophycase/trophycase/generator/snapshot"
)

// A CheckReport is what a build would work on.
type CheckReport struct {
	OnlineID string
	Level    int
	Trophies int
	// Titles would be shown; Hidden are hidden on PSN, LeftOut by the settings.
	Titles, Hidden, LeftOut int
	// Requests is what a full fetch takes, and Lasts how long at PSN's limit.
	Requests int
	Lasts    time.Duration
	Builds   int
	About    bool // there is a text about the person
}

// Check signs in and tells what a build would do. It takes three requests and
// changes nothing.
func (j *Job) Check(ctx context.Context) (*CheckReport, error) {
	client, err := j.client()
	if err != nil {
		return nil, err
	}
	defer client.Close()
	account, err := fetch.Resolve(ctx, client, j.Config.Account)
	if err != nil {
		return nil, err
	}
	summary, err := client.TrophySummary(ctx, account)
	if err != nil {
		return nil, err
	}
	titles, err := client.TrophyTitles(ctx, account)
	if err != nil {
		return nil, err
	}
	if summary.AccountID != "" {
		account = summary.AccountID
	}
	profile, err := client.Profile(ctx, account)
	if err != nil {
		return nil, err
	}
	r := &CheckReport{
		OnlineID: profile.OnlineID, About: profile.AboutMe != "",
		Level: int(summary.TrophyLevel), Trophies: summary.EarnedTrophies.Total(),
	}
	r.plan(j, titles)
	return r, nil
}

// plan counts the titles and what fetching them takes.
func (r *CheckReport) plan(j *Job, titles []psn.TrophyTitle) {
	var shown []psn.TrophyTitle
	for _, t := range titles {
		switch {
		case t.HiddenFlag && !j.Config.HiddenTitles:
			r.Hidden++
		case slices.Contains(j.Config.LeaveOut, t.NPCommunicationID):
			r.LeftOut++
		case snapshot.ValidID(t.NPCommunicationID):
			shown = append(shown, t)
		}
	}
	r.Titles = len(shown)
	r.Requests, r.Lasts = fetch.Estimate(shown, psn.DefaultLimit, psn.DefaultWindow)
	overhead := fetch.Overhead(len(shown))
	budget := max(1, j.Config.Fetch.MaxRequests-overhead)
	r.Builds = max(1, (r.Requests-overhead+budget-1)/budget)
}

// An Account is a person that a search found.
type Account = psn.Account

// Lookup searches for an online ID.
func (j *Job) Lookup(ctx context.Context, onlineID string) ([]Account, error) {
	client, err := j.client()
	if err != nil {
		return nil, err
	}
	defer client.Close()
	return client.Search(ctx, onlineID)
}
