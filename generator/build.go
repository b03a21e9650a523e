package generator

import (
	"context"
	"errors"
	"time"

	"github.com/trophycase/trophycase/generator/fetch"
	"github.com/trophycase/trophycase/generator/psn"
	"github.com/trophycase/trophycase/generator/publish"
	"github.com/trophycase/trophycase/generator/snapshot"
)

// A Result is what a build did.
type Result struct {
	// Fetch is nil when nothing was asked.
	Fetch *FetchReport
	// FetchErr is why PSN could not be asked for all; the site was rendered
	// from what the snapshot has.
	FetchErr error
	Render   *RenderReport
}

// A FetchReport is what a fetch did.
type FetchReport struct {
	fetch.Report
	// SignInEnds is when the NPSSO stops working: as PSN told it if SignInTold,
	// else as reckoned from when it was first seen. Zero if it is not known.
	SignInEnds time.Time
	SignInTold bool
}

// npssoLasts is how long an NPSSO works, as the users of public clients report.
const npssoLasts = 60 * 24 * time.Hour

// Build fetches and renders. When the fetch fails, the site is rendered from the
// last good snapshot; an error says that there is no new site.
func (j *Job) Build(ctx context.Context) (Result, error) {
	var r Result
	r.Fetch, r.FetchErr = j.Fetch(ctx)
	if r.FetchErr != nil && (ctx.Err() != nil || unsafe(r.FetchErr)) {
		return r, errors.Join(ctx.Err(), errNothing)
	}
	var err error
	r.Render, err = j.Render(ctx)
	if errors.Is(err, snapshot.ErrEmpty) && r.FetchErr != nil {
		return r, errNothing
	}
	return r, err
}

// SignInFailed says whether a build could not sign in, and whether there was no
// NPSSO to try.
func (r Result) SignInFailed() (failed, missing bool) {
	var token *psn.TokenError
	failed = errors.As(r.FetchErr, &token)
	return failed, failed && token.Missing
}

// errNothing says that a fetch failed and there is nothing to render.
var errNothing = errors.New("nothing was published; the site is as it was")

// unsafe says that the snapshot is not the one to show: another account's, a
// newer program's, or one that another build is changing.
func unsafe(err error) bool {
	return errors.As(err, new(*snapshot.OtherAccountError)) || errors.As(err, new(*snapshot.VersionError)) ||
		errors.Is(err, snapshot.ErrLocked) || errors.Is(err, publish.ErrBusy)
}

// Fetch brings the snapshot up to date, as far as the request budget goes.
func (j *Job) Fetch(ctx context.Context) (*FetchReport, error) {
	client, err := j.client()
	if err != nil {
		return nil, err
	}
	store, err := snapshot.Open(j.SnapshotDir)
	if err != nil {
		return nil, err
	}
	c := j.Config
	report := new(FetchReport)
	report.Report, err = fetch.Run(ctx, client, store, fetch.Options{
		Account: c.Account, Language: c.PSNLanguage, Hidden: c.HiddenTitles, LeaveOut: c.LeaveOut,
		Icons: c.Icons, Refresh: c.Fetch.Refresh, Full: j.Full, MaxRequests: c.Fetch.MaxRequests,
		Now: j.Now, Log: j.Log, Progress: j.progress,
	})
	if err == nil && j.Access.NPSSO != "" {
		err = j.seeToken(ctx, client, store, report)
	}
	return report, errors.Join(err, store.Close())
}

// seeToken finds out when the NPSSO ends. PSN is asked on the day on which it is
// first seen only: its end stands.
func (j *Job) seeToken(ctx context.Context, client *psn.Client, store *snapshot.Store, report *FetchReport) error {
	token, err := store.SeeToken(j.Access.NPSSO, j.Now)
	if err != nil {
		return err
	}
	if token.Ends.IsZero() && token.FirstSeen.Equal(snapshot.DayOf(j.Now).Time) {
		if lasts := client.NPSSOLasts(ctx); lasts > 0 {
			at := j.Now.Add(lasts)
			token.Ends = snapshot.DayOf(at)
			err = store.TokenEnds(at)
		}
	}
	report.SignInEnds, report.SignInTold = token.FirstSeen.Add(npssoLasts), false
	if !token.Ends.IsZero() {
		report.SignInEnds, report.SignInTold = token.Ends.Time, true
	}
	return err
}

func (j *Job) client() (*psn.Client, error) {
	return psn.New(psn.Options{
		NPSSO: j.Access.NPSSO, APIURL: j.Access.APIURL, AuthURL: j.Access.AuthURL,
		Language: j.Config.PSNLanguage, MaxRequests: j.Config.Fetch.MaxRequests, Log: j.Log, Sleep: j.Sleep,
	})
}
