// Package psn asks the PlayStation Network about trophies, in PSN's own names
// and types.
//
// The services are those of the PlayStation app. They are not documented by
// Sony; what is known of them was gathered by the authors of public clients. So
// a [Client] trusts nothing: it bounds the size and the time of every answer,
// follows no redirect to another host, and sends its token nowhere but to the
// API's own address.
//
// # Limits
//
// PSN allows an account about 300 requests in 15 minutes. One Client paces all
// its requests to that, and it signs in once: too many sign-ins get an address
// blocked for days.
package psn

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// PSN's addresses, and the limit that is known for an account.
const (
	DefaultAPIURL  = "https://m.np.playstation.com/api"
	DefaultAuthURL = "https://ca.account.sony.com/api/authz/v3/oauth"
	DefaultLimit   = 300
	DefaultWindow  = 15 * time.Minute
)

// Options says how to reach PSN. NPSSO or RefreshToken is needed to sign in,
// the zero value of everything else is fine.
type Options struct {
	NPSSO        Secret
	RefreshToken Secret
	// Language is the Accept-Language of names and details, such as "ja-jp".
	Language string
	// APIURL and AuthURL replace PSN's addresses. Plain http is for loopback
	// addresses only.
	APIURL, AuthURL string
	// Limit requests are made in any Window at most.
	Limit  int
	Window time.Duration
	// MaxRequests bounds the requests of this Client; 0 means no bound.
	MaxRequests int
	// MaxWait bounds the wait that PSN asks for: a longer one is a
	// [*RateLimitError] at once. 0 means two minutes.
	MaxWait time.Duration
	// Timeout bounds one try of a request; 0 means 30 seconds.
	Timeout   time.Duration
	UserAgent string
	Log       *slog.Logger
	// Transport makes the connections; nil means the standard one.
	Transport http.RoundTripper
	// Now and Sleep replace the clock, for tests of waiting.
	Now   func() time.Time
	Sleep func(context.Context, time.Duration) error
}

// A Client asks PSN for one account. Its methods are safe for concurrent use.
type Client struct {
	o         Options
	api, auth *url.URL
	npsso     hidden
	known     *known
	http      *http.Client
	pace      *pace
	requests  atomic.Int64
	pictures  atomic.Int64

	mu       sync.Mutex
	token    hidden
	expires  time.Time // of token
	refresh  hidden
	lasts    time.Time // until the refresh token ends; zero if PSN did not say
	signIns  int
	signedIn error // the sign-in's failure, which holds for the whole run
}

// New makes a Client. The error is about Options; nothing is asked yet.
func New(o Options) (*Client, error) {
	o.complete()
	c := &Client{pace: newPace(o), npsso: hide(string(o.NPSSO)), refresh: hide(string(o.RefreshToken)), known: new(known)}
	c.known.add(string(o.NPSSO))
	c.known.add(string(o.RefreshToken))
	o.NPSSO, o.RefreshToken = "", ""
	c.o = o
	var err error
	if c.api, err = base("PSN_API_URL", o.APIURL); err != nil {
		return nil, err
	}
	if c.auth, err = base("PSN_AUTH_URL", o.AuthURL); err != nil {
		return nil, err
	}
	c.http = &http.Client{
		Transport:     o.Transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return c, nil
}

func (o *Options) complete() {
	if o.APIURL == "" {
		o.APIURL = DefaultAPIURL
	}
	if o.AuthURL == "" {
		o.AuthURL = DefaultAuthURL
	}
	if o.Limit <= 0 {
		o.Limit = DefaultLimit
	}
	if o.Window <= 0 {
		o.Window = DefaultWindow
	}
	if o.MaxWait <= 0 {
		o.MaxWait = 2 * time.Minute
	}
	if o.Timeout <= 0 {
		o.Timeout = 30 * time.Second
	}
	if o.UserAgent == "" {
		o.UserAgent = "trophycase"
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Transport == nil {
		t := http.DefaultTransport.(*http.Transport).Clone()
		t.MaxResponseHeaderBytes = 1 << 18
		o.Transport = t
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Sleep == nil {
		o.Sleep = sleep
	}
}

func sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}

// base checks an address that replaces one of PSN's.
func base(name, address string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimSuffix(address, "/"))
	if err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" {
		return nil, fmt.Errorf("%s: %q is not an address like https://psn.example/api", name, address)
	}
	if u.Scheme == "https" || u.Scheme == "http" && loopback(u) {
		return u, nil
	}
	return nil, fmt.Errorf("%s: %q must begin with https://, as a token is sent there", name, address)
}

func loopback(u *url.URL) bool {
	ip := net.ParseIP(u.Hostname())
	return u.Hostname() == "localhost" || ip != nil && ip.IsLoopback()
}

// Close ends the connections that wait for a next request.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// Requests is how many API requests were made, retries included. Sign-ins and
// pictures do not count: PSN's limit does not apply to them.
func (c *Client) Requests() int { return int(c.requests.Load()) }

// Pictures is how many pictures were asked for.
func (c *Client) Pictures() int { return int(c.pictures.Load()) }

// Left is how many requests MaxRequests still allows.
func (c *Client) Left() int {
	if c.o.MaxRequests == 0 {
		return 1 << 30
	}
	return max(0, c.o.MaxRequests-c.Requests())
}
