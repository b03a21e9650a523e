package psn

import (
	"errors"
	"fmt"
	"net/url"
	"time"
)

// A TokenError says that PSN does not accept the sign-in: the NPSSO is missing,
// wrong or at its end, or PSN wants its new terms to be accepted first.
type TokenError struct {
	Missing bool   // there was none to try
	Reason  string // PSN's, such as "login_required"
}

func (e *TokenError) Error() string {
	if e.Missing {
		return "there is no NPSSO to sign in with"
	}
	return fmt.Sprintf("PSN does not accept the NPSSO (%s)", e.Reason)
}

// A PrivateError says that the account's privacy settings keep its trophies from
// who is signed in.
type PrivateError struct{ What string }

func (e *PrivateError) Error() string { return fmt.Sprintf("%s: the account is private", e.What) }

// A NotFoundError says that PSN knows no such thing, or not with this account.
type NotFoundError struct{ What string }

func (e *NotFoundError) Error() string { return fmt.Sprintf("%s: PSN knows no such thing", e.What) }

// A RateLimitError says that PSN's limit is reached for longer than a run waits.
type RateLimitError struct {
	What  string
	Until time.Time // zero if PSN did not say
}

func (e *RateLimitError) Error() string {
	if e.Until.IsZero() {
		return fmt.Sprintf("%s: PSN's request limit is reached", e.What)
	}
	return fmt.Sprintf("%s: PSN's request limit is reached until %s", e.What, e.Until.UTC().Format("15:04 MST"))
}

// An EdgeError says that the servers in front of PSN refuse this address: the
// answer was a page, not an answer of PSN's.
type EdgeError struct {
	What   string
	Status int
}

func (e *EdgeError) Error() string {
	return fmt.Sprintf("%s: PSN's front servers refuse this address (status %d)", e.What, e.Status)
}

// A NetworkError says that no answer came, or that PSN could not give one.
type NetworkError struct {
	What   string
	Status int // 5xx, or 0 if there was no answer
	Err    error
}

func (e *NetworkError) Error() string {
	if e.Status != 0 {
		return fmt.Sprintf("%s: PSN is out of order (status %d)", e.What, e.Status)
	}
	return fmt.Sprintf("%s: no answer from PSN: %v", e.What, plain(e.Err))
}

func (e *NetworkError) Unwrap() error { return e.Err }

// A BudgetError says that MaxRequests are spent; nothing was asked.
type BudgetError struct{ Max int }

func (e *BudgetError) Error() string {
	return fmt.Sprintf("the budget of %d requests is spent", e.Max)
}

// An AnswerError says that an answer came that cannot be right.
type AnswerError struct {
	What   string
	Status int
	Reason string
}

func (e *AnswerError) Error() string {
	return fmt.Sprintf("%s: PSN's answer cannot be used (status %d): %s", e.What, e.Status, e.Reason)
}

// plain takes the address out of an error of net/http: it can hold a code or an
// account ID.
func plain(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}
