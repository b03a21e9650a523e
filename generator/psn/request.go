package psn

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

const (
	// tries bounds how often one request is made.
	tries = 4
	// maxAnswer is far above the largest answer known, 800 titles in 800 kB.
	maxAnswer = 16 << 20
)

// A call is one request to the API.
type call struct {
	what   string // for errors and logs, such as "titles"
	method string
	path   string
	query  url.Values
	body   []byte
}

// ask makes a call and decodes its answer.
func (c *Client) ask(ctx context.Context, q call, into any) error {
	signedAgain := false
	for try := 1; ; try++ {
		answer, err := c.once(ctx, q)
		if err != nil {
			return err
		}
		switch verdict := answer.judge(q.what); {
		case verdict == nil:
			return answer.decode(q.what, into)
		case answer.status == http.StatusUnauthorized && !signedAgain:
			signedAgain = true
			if err := c.signInAgain(ctx, answer.token); err != nil {
				return err
			}
		case !answer.passing() || try == tries:
			return verdict
		default:
			if err := c.rest(ctx, answer, try, verdict); err != nil {
				return err
			}
		}
	}
}

// rest waits before the next try.
func (c *Client) rest(ctx context.Context, a answer, try int, verdict error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	wait := backoff(try)
	if a.status == http.StatusTooManyRequests {
		now := c.o.Now()
		until := nextAvailable(a.header, now)
		if until.IsZero() {
			until = now.Add(10 * wait)
		}
		if until.Sub(now) > c.o.MaxWait {
			return verdict
		}
		c.pace.close(until)
		wait = until.Sub(now)
	}
	c.o.Log.Debug("waiting", "for", wait.Round(time.Millisecond), "because", verdict)
	return c.o.Sleep(ctx, wait)
}

// backoff doubles with every try, with a random part so that many clients do
// not return together.
func backoff(try int) time.Duration {
	d := 500 * time.Millisecond << try
	return d/2 + rand.N(d/2)
}

// nextAvailable is when PSN allows the next request, or zero. The header of
// PSN's is a Unix time; proxies send Retry-After in seconds or as a date.
func nextAvailable(h http.Header, now time.Time) time.Time {
	if n, err := strconv.ParseInt(h.Get("X-RateLimit-Next-Available"), 10, 64); err == nil && n > 0 && n < 1<<40 {
		return time.Unix(n, 0)
	}
	after := h.Get("Retry-After")
	if n, err := strconv.ParseInt(after, 10, 32); err == nil && n >= 0 {
		return now.Add(time.Duration(n) * time.Second)
	}
	if t, err := http.ParseTime(after); err == nil {
		return t
	}
	return time.Time{}
}

// An answer is what came back for one try; status 0 stands for nothing.
type answer struct {
	status int
	header http.Header
	body   []byte
	err    error
	token  string // that the request carried
	known  *known // what must not be told of it
	now    time.Time
}

// once makes one try. Its error ends the run; what may be tried again is in the
// answer.
func (c *Client) once(ctx context.Context, q call) (answer, error) {
	token, err := c.signedInToken(ctx)
	if err != nil {
		return answer{}, err
	}
	if c.o.MaxRequests > 0 && c.requests.Add(1) > int64(c.o.MaxRequests) {
		c.requests.Add(-1)
		return answer{}, &BudgetError{c.o.MaxRequests}
	} else if c.o.MaxRequests == 0 {
		c.requests.Add(1)
	}
	if err := c.pace.wait(ctx); err != nil {
		return answer{}, err
	}
	u := *c.api
	u.Path += q.path
	u.RawQuery = q.query.Encode()
	r, err := http.NewRequestWithContext(ctx, q.method, u.String(), bytes.NewReader(q.body))
	if err != nil {
		return answer{}, &AnswerError{What: q.what, Reason: "the address cannot be made"}
	}
	r.Header.Set("Authorization", "Bearer "+token)
	if q.body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	start := c.o.Now()
	a := c.send(r, maxAnswer)
	a.token, a.now = token, c.o.Now()
	c.o.Log.Debug("asked PSN", "what", q.what, "status", a.status, "bytes", len(a.body),
		"took", a.now.Sub(start).Round(time.Millisecond), "requests", c.Requests())
	return a, ctx.Err()
}

// send makes a request and reads its answer within the client's bounds.
func (c *Client) send(r *http.Request, most int64) answer {
	ctx, cancel := context.WithTimeout(r.Context(), c.o.Timeout)
	defer cancel()
	r.Header.Set("User-Agent", c.o.UserAgent)
	if c.o.Language != "" {
		r.Header.Set("Accept-Language", c.o.Language)
	}
	resp, err := c.http.Do(r.WithContext(ctx))
	if err != nil {
		return answer{err: c.known.cleanError(err), known: c.known}
	}
	defer resp.Body.Close()
	a := answer{status: resp.StatusCode, header: resp.Header, known: c.known}
	a.body, err = io.ReadAll(io.LimitReader(resp.Body, most+1))
	switch {
	case int64(len(a.body)) > most:
		a.err = errTooLarge
	case err != nil:
		a.status, a.err = 0, c.known.cleanError(err)
	}
	return a
}

var errTooLarge = errors.New("it is too large")

// passing says that the same request may succeed later.
func (a answer) passing() bool {
	return a.status == 0 || a.status == http.StatusTooManyRequests || a.status >= 500
}

// judge is what is wrong with an answer, or nil.
func (a answer) judge(what string) error {
	switch {
	case a.status == 0:
		return &NetworkError{What: what, Err: a.err}
	case a.err != nil:
		return &AnswerError{what, a.status, a.err.Error()}
	case a.status == http.StatusOK:
		return nil
	case a.status == http.StatusTooManyRequests:
		return &RateLimitError{what, nextAvailable(a.header, a.now)}
	case a.status >= 500:
		return &NetworkError{What: what, Status: a.status}
	case a.status == http.StatusUnauthorized:
		return &TokenError{Reason: "the access token is refused"}
	case a.status == http.StatusForbidden && !a.isJSON():
		return &EdgeError{what, a.status}
	case a.status == http.StatusForbidden:
		return &PrivateError{what}
	case a.status == http.StatusNotFound && a.isJSON():
		return &NotFoundError{what}
	}
	return &AnswerError{what, a.status, a.message()}
}

func (a answer) isJSON() bool { return bytes.HasPrefix(bytes.TrimSpace(a.body), []byte("{")) }

// message is PSN's own word about an error.
func (a answer) message() string {
	var e struct {
		Error struct {
			Code    json.Number `json:"code"`
			Message string      `json:"message"`
		} `json:"error"`
	}
	if json.Unmarshal(a.body, &e) != nil || e.Error.Message == "" {
		return "it is not one that PSN is known to give"
	}
	return a.known.clean(e.Error.Message) + " (" + a.known.clean(e.Error.Code.String()) + ")"
}

// clip keeps foreign text in an error short and on one line.
func clip(s string) string {
	s = strings.Map(func(r rune) rune {
		if r == utf8.RuneError || !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, s)
	if runes := []rune(s); len(runes) > 120 {
		return string(runes[:120]) + "…"
	}
	return s
}

func (a answer) decode(what string, into any) error {
	if !utf8.Valid(a.body) {
		return &AnswerError{what, a.status, "it is not UTF-8"}
	}
	if !a.isJSON() {
		return &AnswerError{what, a.status, "it is not JSON"}
	}
	if err := json.Unmarshal(a.body, into); err != nil {
		return &AnswerError{what, a.status, a.known.clean(err.Error())}
	}
	return nil
}
