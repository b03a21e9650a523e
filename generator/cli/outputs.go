package cli

import (
	"path/filepath"
	"strconv"
	"time"

	"github.com/trophycase/trophycase/generator"
)

// The states of a site after a build, as the output "state" tells them.
const (
	stateCurrent = "current" // all that PSN has
	statePartial = "partial" // a backfill goes on
	stateStale   = "stale"   // from the last good snapshot, as the fetch failed
	stateSample  = "sample"  // the sample profile
	stateNone    = "none"    // nothing was published
)

// The states of the sign-in, as the output "sign-in" tells them; "" when the
// build did not come to know.
const (
	signInFine    = "fine"
	signInEnding  = "ending" // within warnDays
	signInEnded   = "ended"
	signInMissing = "missing"
)

// tellOutputs hands to the later steps of a job what a build did.
func (a *app) tellOutputs(r generator.Result, err error) {
	list := []stepOutput{
		{"state", state(r)},
		{"sign-in", a.signIn(r)},
		{"message", message(r, err)},
	}
	if p := r.Render; p != nil {
		where, absErr := filepath.Abs(a.flags.out)
		if absErr != nil {
			where = a.flags.out
		}
		fresh := 0
		if r.Fetch != nil {
			fresh = r.Fetch.NewUnlocks
			if !r.Fetch.SignInEnds.IsZero() {
				list = append(list, stepOutput{"sign-in-ends", r.Fetch.SignInEnds.Format(time.DateOnly)})
			}
		}
		list = append(list,
			stepOutput{"level", strconv.Itoa(p.Profile.Level.Number)},
			stepOutput{"platinums", strconv.Itoa(p.Profile.Earned.Platinum)},
			stepOutput{"new-unlocks", strconv.Itoa(fresh)},
			stepOutput{"files", strconv.Itoa(p.Written + p.Unchanged)},
			stepOutput{"path", where},
		)
	}
	if err := a.github.addOutputs(list); err != nil {
		a.warn(err.Error())
	}
}

func state(r generator.Result) string {
	switch {
	case r.Render == nil:
		return stateNone
	case r.Render.Profile.Sample:
		return stateSample
	case r.FetchErr != nil:
		return stateStale
	case r.Fetch != nil && r.Fetch.Pending > 0:
		return statePartial
	}
	return stateCurrent
}

func (a *app) signIn(r generator.Result) string {
	failed, missing := r.SignInFailed()
	switch {
	case missing, r.Render != nil && r.Render.Profile.Sample:
		return signInMissing
	case failed:
		return signInEnded
	case r.Fetch == nil || r.Fetch.SignInEnds.IsZero():
		return ""
	case a.daysLeft(r.Fetch.SignInEnds) <= warnDays:
		return signInEnding
	}
	return signInFine
}

// message is why the owner should look at the build, in one line, or "".
func message(r generator.Result, err error) string {
	switch {
	case r.Render != nil && r.FetchErr != nil:
		return advised(r.FetchErr).Error()
	case err != nil && err.Error() != "":
		return err.Error()
	case err != nil:
		return "Nothing was published; the log of this step says why."
	}
	return ""
}
