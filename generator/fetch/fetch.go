// Package fetch decides what to ask PSN next, and writes the answers to the
// snapshot as they come.
//
// A run costs what changed: two requests when nothing did. It begins with the
// newest activity and saves each title when it is complete, so that a run that
// is killed, or that has spent its budget, is continued by the next one.
package fetch

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"time"

	"github.com/trophycase/trophycase/generator/psn"
	"github.com/trophycase/trophycase/generator/snapshot"
)

// Options says what to fetch.
type Options struct {
	// Account is "me", an account ID or an online ID.
	Account  string
	Language string
	// Hidden takes in titles that are hidden on PSN.
	Hidden   bool
	LeaveOut []string // title IDs
	// Icons is which pictures to fetch: "all", "titles" or "none".
	Icons string
	// Refresh is how many titles' earned rates to ask for again at most.
	Refresh int
	// Full asks for everything again, but for what was asked for today: so a
	// full fetch that takes several runs comes to its end.
	Full bool
	// MaxRequests is the budget of each run, for the forecast.
	MaxRequests int
	Now         time.Time
	Log         *slog.Logger
	// Progress is called as titles and pictures come. May be nil.
	Progress func(step string, done, total int, what string)
}

// A Report is what a run did.
type Report struct {
	Requests        int
	Fetched, Reused int // titles
	Refreshed       int // titles of which only the earned rates were asked for
	// Pending is the titles that no run has fetched yet, or that changed and
	// could not be asked for in this one.
	Pending int
	Failed  []Failure
	// Damaged is the snapshot's files that could not be read, and were made anew.
	Damaged []string
	// Pictures came, PicturesFailed did not.
	Pictures, PicturesFailed int
	// Doubts is what was not believed, in sentences.
	Doubts []string
	// Limited is until when PSN's limit holds, if it ended the run.
	Limited time.Time
	// BuildsLeft and TimeLeft tell how far the pending titles are: in runs of
	// this budget, and at PSN's limit.
	BuildsLeft int
	TimeLeft   time.Duration
	// NewUnlocks and NewTitles is what the snapshot did not have before; which
	// they are, it keeps as a change.
	NewUnlocks, NewTitles   int
	LevelBefore, LevelAfter int
}

// A Failure is a title that could not be fetched and keeps its last good state.
type Failure struct {
	ID, Name string
	Err      error
}

// run is one call of Run.
type run struct {
	Options
	ctx    context.Context
	client *psn.Client
	store  *snapshot.Store
	report Report
	bounds pictureBounds

	account string
	record  *snapshot.ProfileRecord
	first   bool // nothing was fetched before
	asked   bool // PSN has answered in this run
	// storms counts failures of PSN in a row.
	storms int
	// need is the requests that pending titles will take.
	need int
	// ratesOn is when the earned rates of the titles that are known were read, by ID.
	ratesOn map[string]snapshot.Day
}

// Run fetches what changed. The error says why the run could not be completed:
// a token, privacy, the network; what came before it is in the snapshot. A spent
// budget is no error, and neither is a title that failed: see the Report.
func Run(ctx context.Context, c *psn.Client, s *snapshot.Store, o Options) (Report, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Progress == nil {
		o.Progress = func(string, int, int, string) {}
	}
	r := &run{Options: o, ctx: ctx, client: c, store: s, bounds: usualBounds, ratesOn: map[string]snapshot.Day{}}
	r.report.Damaged = s.Damaged()
	err := r.do()
	if err = r.polite(err); err == nil {
		err = r.fetchPictures()
	}
	r.report.Requests = c.Requests()
	r.forecast()
	return r.report, errors.Join(err, r.remember(err))
}

func (r *run) do() error {
	if err := r.begin(); err != nil {
		return err
	}
	if err := r.askProfile(); err != nil {
		return err
	}
	titles, err := r.askTitles()
	if err != nil {
		return err
	}
	if err := r.save(titles); err != nil {
		return err
	}
	if err := r.fetchTitles(); err != nil {
		return err
	}
	return r.refreshRates()
}

// begin finds the account and makes sure that the snapshot is its own.
func (r *run) begin() error {
	if r.record = r.store.Profile(); r.record == nil {
		r.record, r.first = new(snapshot.ProfileRecord), true
	}
	r.report.LevelBefore = int(r.record.Summary.TrophyLevel)
	if err := r.client.SignIn(r.ctx); err != nil {
		return err
	}
	account, err := Resolve(r.ctx, r.client, r.Account)
	if err != nil {
		return err
	}
	r.account = account
	summary, err := r.client.TrophySummary(r.ctx, r.account)
	if err != nil {
		return err
	}
	id := summary.AccountID
	if id == "" && r.account != "me" {
		id = r.account
	}
	if id == "" || strings.Trim(id, "0123456789") != "" {
		return &psn.AnswerError{What: "trophy summary", Status: 200, Reason: "there is no account ID in it"}
	}
	if err := r.store.Claim(id); err != nil {
		return err
	}
	if r.account == "me" {
		r.account = id
	}
	r.judgeSummary(summary)
	r.report.LevelAfter = int(r.record.Summary.TrophyLevel)
	return nil
}

// Resolve turns an account as the settings name it, "me", an account ID or an
// online ID, into what PSN takes. An online ID costs a request.
func Resolve(ctx context.Context, c *psn.Client, account string) (string, error) {
	if account == "" || account == "me" {
		return "me", nil
	}
	if strings.Trim(account, "0123456789") == "" {
		return account, nil
	}
	found, err := c.Search(ctx, account)
	if err != nil {
		return "", err
	}
	for _, a := range found {
		if strings.EqualFold(a.OnlineID, account) {
			return a.AccountID, nil
		}
	}
	return "", &psn.NotFoundError{What: "search for " + account}
}

// askProfile asks for the online ID and the avatar, once a day.
func (r *run) askProfile() error {
	today := snapshot.DayOf(r.Now)
	if !r.Full && r.record.Profile.OnlineID != "" && r.record.ProfileOn.Equal(today.Time) {
		return nil
	}
	p, err := r.client.Profile(r.ctx, r.account)
	if err == nil && p.OnlineID == "" {
		err = &psn.AnswerError{What: "profile", Status: 200, Reason: "there is no online ID in it"}
	}
	if err == nil {
		// Everybody has an avatar.
		if len(p.Avatars) == 0 || p.Avatars[0].URL == "" {
			p.Avatars = r.record.Profile.Avatars
		}
		r.record.Profile, r.record.ProfileOn = *p, today
		return nil
	}
	if r.record.Profile.OnlineID == "" || r.ends(err) {
		return err
	}
	r.report.Failed = append(r.report.Failed, Failure{Name: "profile", Err: err})
	return nil
}

// askTitles asks for the title list, and sorts out what is not to be kept or
// not to be believed.
func (r *run) askTitles() ([]psn.TrophyTitle, error) {
	answered, err := r.client.TrophyTitles(r.ctx, r.account)
	if err != nil {
		return nil, err
	}
	return r.believe(answered), nil
}

// secret says that a title must not be in the snapshot.
func (r *run) secret(t psn.TrophyTitle) bool {
	return t.HiddenFlag && !r.Hidden || slices.Contains(r.LeaveOut, t.NPCommunicationID)
}

// save writes all that is not a title's own.
func (r *run) save(titles []psn.TrophyTitle) error {
	r.record.Language = r.Language
	r.record.AskedOn = snapshot.DayOf(r.Now)
	if err := r.noteList(titles); err != nil {
		return err
	}
	if err := r.store.PutTitles(titles); err != nil {
		return err
	}
	if err := r.store.PutProfile(r.record); err != nil {
		return err
	}
	r.asked = true
	known := map[string]bool{}
	for _, t := range titles {
		known[t.NPCommunicationID] = true
	}
	files, err := r.store.Fetched()
	if err != nil {
		return err
	}
	for _, id := range files {
		if !known[id] {
			if err := r.store.RemoveTitle(id); err != nil {
				return err
			}
		}
	}
	s := r.record.Summary
	return r.store.AddDay(snapshot.DayRecord{
		On: snapshot.DayOf(r.Now), Level: int(s.TrophyLevel), Points: int(s.TrophyPoint), Earned: s.EarnedTrophies,
	})
}

// ends says that after an error there is no use in asking on.
func (r *run) ends(err error) bool {
	var network *psn.NetworkError
	switch {
	case r.ctx.Err() != nil,
		errors.As(err, new(*psn.TokenError)), errors.As(err, new(*psn.EdgeError)),
		errors.As(err, new(*psn.BudgetError)), errors.As(err, new(*psn.RateLimitError)):
		return true
	case errors.As(err, &network) && network.Status == 0:
		return true
	}
	return !errors.As(err, new(*psn.AnswerError)) && !errors.As(err, new(*psn.NotFoundError)) &&
		!errors.As(err, new(*psn.PrivateError)) && network == nil
}

// polite forgives what is no failure: a spent budget, and PSN's limit.
func (r *run) polite(err error) error {
	var limit *psn.RateLimitError
	switch {
	case errors.As(err, new(*psn.BudgetError)) && r.asked:
		return nil
	case errors.As(err, &limit) && r.asked:
		r.report.Limited = limit.Until
		return nil
	}
	return err
}

// remember keeps why the run failed, for the readers of the site.
func (r *run) remember(err error) error {
	p := r.store.Profile()
	if p == nil || r.ctx.Err() != nil || errors.As(err, new(*snapshot.OtherAccountError)) {
		return nil
	}
	p.Trouble, p.Doubts = trouble(err), r.record.Doubts
	return r.store.PutProfile(p)
}

// trouble is an error as somebody who only reads the site needs it, in the
// words of trophy.Trouble.
func trouble(err error) snapshot.Trouble {
	switch {
	case err == nil:
		return ""
	case errors.As(err, new(*psn.TokenError)):
		return snapshot.SignInEnded
	case errors.As(err, new(*psn.PrivateError)):
		return snapshot.Private
	case errors.As(err, new(*psn.NetworkError)), errors.As(err, new(*psn.EdgeError)), errors.As(err, new(*psn.RateLimitError)):
		return snapshot.Unreachable
	}
	return snapshot.Unreadable
}
