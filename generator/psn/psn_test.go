package psn_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/trophycase/trophycase/generator/psn"
	"github.com/trophycase/trophycase/generator/psn/psntest"
)

// clock is a time that passes only where the client waits.
type clock struct {
	mu    sync.Mutex
	now   time.Time
	slept []time.Duration
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) Sleep(_ context.Context, d time.Duration) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.slept = append(c.slept, d)
	c.now = c.now.Add(d)
	return nil
}

var start = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

func connect(t *testing.T, s *psntest.Server, change func(*psn.Options)) (*psn.Client, *clock) {
	t.Helper()
	clock := &clock{now: start}
	o := psn.Options{
		APIURL: s.APIURL, AuthURL: s.AuthURL, NPSSO: psntest.NPSSO, Language: "en-us",
		Timeout: 5 * time.Second, Now: clock.Now, Sleep: clock.Sleep,
	}
	if change != nil {
		change(&o)
	}
	c, err := psn.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return c, clock
}

func TestCalls(t *testing.T) {
	s := psntest.New(t, psntest.Small())
	c, _ := connect(t, s, nil)
	ctx := t.Context()

	summary, err := c.TrophySummary(ctx, "me")
	if err != nil || summary.TrophyLevel != 12 || summary.AccountID != psntest.AccountID {
		t.Errorf("summary = %+v, %v", summary, err)
	}
	titles, err := c.TrophyTitles(ctx, "me")
	if err != nil || len(titles) != 4 || titles[2].TrophyTitleName != "古い灯台" {
		t.Errorf("titles = %+v, %v", titles, err)
	}
	profile, err := c.Profile(ctx, psntest.AccountID)
	if err != nil || profile.OnlineID != "Marlowe-Quill" || len(profile.Avatars) != 2 {
		t.Errorf("profile = %+v, %v", profile, err)
	}
	groups, err := c.TrophyGroups(ctx, psntest.Grouped, "trophy2")
	if err != nil || len(groups.TrophyGroups) != 2 {
		t.Errorf("groups = %+v, %v", groups, err)
	}
	earnedGroups, err := c.EarnedGroups(ctx, "me", psntest.Grouped, "trophy2")
	if err != nil || len(earnedGroups.TrophyGroups) != 2 || earnedGroups.TrophyGroups[1].Progress != 0 {
		t.Errorf("earned groups = %+v, %v", earnedGroups, err)
	}
	trophies, err := c.Trophies(ctx, psntest.Old, "trophy", "all")
	if err != nil || len(trophies.Trophies) != 3 {
		t.Errorf("trophies = %+v, %v", trophies, err)
	}
	earned, err := c.EarnedTrophies(ctx, "me", psntest.Old, "trophy", "default")
	if err != nil || len(earned.Trophies) != 3 || earned.Trophies[0].EarnedDateTime != nil || !earned.Trophies[0].Earned {
		t.Errorf("earned = %+v, %v", earned, err)
	}
	found, err := c.Search(ctx, "marlowe-quill")
	if err != nil || len(found) != 1 || found[0].AccountID != psntest.AccountID {
		t.Errorf("search = %+v, %v", found, err)
	}
	if n := s.Count(psntest.Authorize); n != 1 {
		t.Errorf("signed in %d times, want once", n)
	}
	if c.Requests() != s.Count() || c.Requests() != 8 {
		t.Errorf("counted %d requests, the server %d, want 8", c.Requests(), s.Count())
	}
	for _, r := range s.Requests() {
		if r.Language != "en-us" {
			t.Errorf("%s was asked for in %q", r.Kind, r.Language)
		}
	}
}

func TestErrors(t *testing.T) {
	tests := []struct {
		name  string
		spoil func(*psntest.Server)
		want  any // the error's type
		text  string
		most  int // API requests
	}{
		{"dead NPSSO", func(s *psntest.Server) { s.KillToken(true) }, new(*psn.TokenError), "login_required", 0},
		{"token endpoint refuses", func(s *psntest.Server) {
			s.Fault(psntest.Fault{Kind: psntest.Token, Status: 400, Body: `{"error":"invalid_grant"}`})
		}, new(*psn.TokenError), "invalid_grant", 0},
		{"sign-in blocked", func(s *psntest.Server) {
			s.Fault(psntest.Fault{Kind: psntest.Authorize, Status: 403, Body: psntest.AccessDenied})
		}, new(*psn.EdgeError), "403", 0},
		{"sign-in without token", func(s *psntest.Server) {
			s.Fault(psntest.Fault{Kind: psntest.Token, Status: 200, Body: `{"access_token":7,"x":"canary-access-token"}`})
		}, new(*psn.AnswerError), "no token", 0},
		{"sign-in out of order", func(s *psntest.Server) {
			s.Fault(psntest.Fault{Kind: psntest.Authorize, Status: 500})
		}, new(*psn.NetworkError), "500", 0},
		{"private", func(s *psntest.Server) {
			s.Edit(func(d *psntest.Data) { d.Private = true })
		}, new(*psn.PrivateError), "private", 1},
		{"edge", func(s *psntest.Server) {
			s.Fault(psntest.Fault{Kind: psntest.Summary, Status: 403, Body: psntest.AccessDenied})
		}, new(*psn.EdgeError), "refuse this address", 1},
		{"not found", func(s *psntest.Server) {
			s.Fault(psntest.Fault{Kind: psntest.Summary, Status: 404, Body: `{"error":{"code":2240525,"message":"Resource not found"}}`})
		}, new(*psn.NotFoundError), "no such thing", 1},
		{"bad request", func(s *psntest.Server) {
			s.Fault(psntest.Fault{Kind: psntest.Summary, Status: 400, Body: `{"error":{"code":2281473,"message":"Bad Request"}}`})
		}, new(*psn.AnswerError), "Bad Request (2281473)", 1},
		{"out of order", func(s *psntest.Server) {
			s.Fault(psntest.Fault{Kind: psntest.Summary, Status: 503})
		}, new(*psn.NetworkError), "503", 4},
		{"reset", func(s *psntest.Server) {
			s.Fault(psntest.Fault{Kind: psntest.Summary, Reset: true})
		}, new(*psn.NetworkError), "no answer", 5}, // net/http itself tries once more on a kept connection
		{"truncated", func(s *psntest.Server) {
			s.Fault(psntest.Fault{Kind: psntest.Summary, Status: 200, Body: `{"trophyLevel":`, Length: 500})
		}, new(*psn.NetworkError), "unexpected EOF", 4},
		{"truncated quietly", func(s *psntest.Server) {
			s.Fault(psntest.Fault{Kind: psntest.Summary, Status: 200, Body: `{"trophyLevel":`})
		}, new(*psn.AnswerError), "JSON", 1},
		{"page for JSON", func(s *psntest.Server) {
			s.Fault(psntest.Fault{Kind: psntest.Summary, Status: 200, Body: "<html>"})
		}, new(*psn.AnswerError), "not JSON", 1},
		{"wrong types", func(s *psntest.Server) {
			s.Fault(psntest.Fault{Kind: psntest.Summary, Status: 200, Body: `{"trophyLevel":[1]}`})
		}, new(*psn.AnswerError), "not a number", 1},
		{"not UTF-8", func(s *psntest.Server) {
			s.Fault(psntest.Fault{Kind: psntest.Summary, Status: 200, Body: "{\"trophyLevel\":\"\xff\"}"})
		}, new(*psn.AnswerError), "UTF-8", 1},
		{"too large", func(s *psntest.Server) {
			s.Fault(psntest.Fault{Kind: psntest.Summary, Status: 200, Body: strings.Repeat(" ", 1<<20), Repeat: 20})
		}, new(*psn.AnswerError), "too large", 1},
		{"redirect elsewhere", func(s *psntest.Server) {
			s.Fault(psntest.Fault{Kind: psntest.Summary, Status: 302, Header: http.Header{"Location": {"http://127.0.0.1:9/x"}}})
		}, new(*psn.AnswerError), "302", 1},
		{"limit for long", func(s *psntest.Server) {
			s.Allow(0, start.Add(time.Hour))
		}, new(*psn.RateLimitError), "until 13:00 UTC", 1},
		{"every token refused", func(s *psntest.Server) {
			s.Fault(psntest.Fault{Kind: psntest.Summary, Status: 401, Body: `{"error":{}}`})
		}, new(*psn.TokenError), "access token", 2},
		{"budget", nil, new(*psn.BudgetError), "budget of 1", 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := psntest.New(t, psntest.Small())
			var log bytes.Buffer
			c, _ := connect(t, s, func(o *psn.Options) {
				o.Log = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
				if tt.spoil == nil {
					o.MaxRequests = 1
				}
			})
			if tt.spoil != nil {
				tt.spoil(s)
			} else if _, err := c.TrophySummary(t.Context(), "me"); err != nil {
				t.Fatal(err)
			}
			_, err := c.TrophySummary(t.Context(), "me")
			if !errors.As(err, tt.want) {
				t.Fatalf("error is %T %v, want %T", err, err, tt.want)
			}
			if !strings.Contains(err.Error(), tt.text) {
				t.Errorf("error %q does not say %q", err, tt.text)
			}
			if n := s.Count(); n > tt.most {
				t.Errorf("made %d requests, want at most %d", n, tt.most)
			}
			if n := s.Count(psntest.Authorize); n > 1 {
				t.Errorf("signed in by NPSSO %d times", n)
			}
			said := err.Error() + log.String()
			for _, canary := range psntest.Canaries {
				if strings.Contains(said, canary) {
					t.Errorf("a secret was told: %s", said)
				}
			}
		})
	}
}

func TestFailedSignInIsNotRepeated(t *testing.T) {
	s := psntest.New(t, psntest.Small())
	s.KillToken(true)
	c, _ := connect(t, s, nil)
	for range 3 {
		if err := c.SignIn(t.Context()); !errors.As(err, new(*psn.TokenError)) {
			t.Fatalf("error is %v", err)
		}
	}
	if n := s.Count(psntest.Authorize); n != 1 {
		t.Errorf("tried to sign in %d times, want once", n)
	}
}

func TestRecovers(t *testing.T) {
	limited := `{"error":{"code":1,"message":"Rate limit exceeded"}}`
	tests := []struct {
		name  string
		fault psntest.Fault
		wait  time.Duration // at least
	}{
		{"500 once", psntest.Fault{Status: 500, Times: 1}, 0},
		{"HTML 503 twice", psntest.Fault{Status: 503, Body: "<html>", Times: 2}, 0},
		{"reset once", psntest.Fault{Reset: true, Times: 1}, 0},
		{"reset in the body", psntest.Fault{Status: 200, Body: `{"trophy`, Length: 900, Reset: true, Times: 1}, 0},
		{"429 with next available", psntest.Fault{Status: 429, Body: limited, Times: 1, Header: http.Header{
			"X-Ratelimit-Next-Available": {strconv.FormatInt(start.Add(70*time.Second).Unix(), 10)},
		}}, 70 * time.Second},
		{"429 with seconds", psntest.Fault{Status: 429, Body: limited, Times: 1, Header: http.Header{"Retry-After": {"45"}}}, 45 * time.Second},
		{"429 with date", psntest.Fault{Status: 429, Body: limited, Times: 1, Header: http.Header{
			"Retry-After": {start.Add(30 * time.Second).Format(http.TimeFormat)},
		}}, 30 * time.Second},
		{"429 without", psntest.Fault{Status: 429, Body: limited, Times: 1}, time.Second},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := psntest.New(t, psntest.Small())
			tt.fault.Kind = psntest.Summary
			s.Fault(tt.fault)
			c, clock := connect(t, s, nil)
			if _, err := c.TrophySummary(t.Context(), "me"); err != nil {
				t.Fatal(err)
			}
			if waited := clock.Now().Sub(start); waited < tt.wait {
				t.Errorf("waited %v, want at least %v", waited, tt.wait)
			}
			if n := s.Count(psntest.Authorize); n != 1 {
				t.Errorf("signed in %d times", n)
			}
		})
	}
}

func TestTokenExpiresMidRun(t *testing.T) {
	s := psntest.New(t, psntest.Small())
	c, _ := connect(t, s, nil)
	for i := range 2 {
		if _, err := c.TrophySummary(t.Context(), "me"); err != nil {
			t.Fatalf("request %d: %v", i, err)
		}
		s.ExpireToken()
	}
	if a, n := s.Count(psntest.Authorize), s.Count(psntest.Token); a != 1 || n != 2 {
		t.Errorf("signed in %d times by NPSSO and got %d tokens, want 1 and 2", a, n)
	}
}

// TestRefreshToken signs in without an NPSSO, and by the NPSSO where a refresh token
// has ended.
func TestRefreshToken(t *testing.T) {
	for _, tt := range []struct {
		refresh, npsso psn.Secret
		codes, tokens  int
		fails          bool
	}{
		{psntest.RefreshToken, "", 0, 1, false},
		{psntest.RefreshToken, psntest.NPSSO, 0, 1, false},
		{"ended", psntest.NPSSO, 1, 2, false},
		{"ended", "", 0, 1, true},
	} {
		s := psntest.New(t, psntest.Small())
		c, _ := connect(t, s, func(o *psn.Options) { o.RefreshToken, o.NPSSO = tt.refresh, tt.npsso })
		_, err := c.TrophySummary(t.Context(), "me")
		if tt.fails != errors.As(err, new(*psn.TokenError)) || !tt.fails && err != nil {
			t.Errorf("%+v: error is %v", tt, err)
		}
		if a, n := s.Count(psntest.Authorize), s.Count(psntest.Token); a != tt.codes || n != tt.tokens {
			t.Errorf("%+v: %d codes and %d tokens", tt, a, n)
		}
	}
}

func TestTokenEndsByTheClock(t *testing.T) {
	s := psntest.New(t, psntest.Small())
	c, clock := connect(t, s, nil)
	if err := c.SignIn(t.Context()); err != nil {
		t.Fatal(err)
	}
	if want := start.Add(863999 * time.Second); !c.RefreshExpires().Equal(want) {
		t.Errorf("sign-in ends %v, want %v", c.RefreshExpires(), want)
	}
	_ = clock.Sleep(t.Context(), time.Hour)
	if _, err := c.TrophySummary(t.Context(), "me"); err != nil {
		t.Fatal(err)
	}
	if n := s.Count(psntest.Token); n != 2 {
		t.Errorf("got %d tokens, want 2", n)
	}
}

func TestPace(t *testing.T) {
	s := psntest.New(t, psntest.Small())
	c, clock := connect(t, s, func(o *psn.Options) { o.Limit, o.Window = 5, time.Minute })
	for i := range 12 {
		if _, err := c.TrophySummary(t.Context(), "me"); err != nil {
			t.Fatal(err)
		}
		want := time.Duration(i/5) * time.Minute
		if got := clock.Now().Sub(start); got != want {
			t.Errorf("request %d was made after %v, want %v", i+1, got, want)
		}
	}
}

func TestTitlePages(t *testing.T) {
	data := psntest.Small()
	for i := range 1700 {
		data.Titles = append(data.Titles, psntest.Make(fmt.Sprintf("NPWR%05d_00", i), "PS4", "Filler", start, "B"))
	}
	s := psntest.New(t, data)
	c, _ := connect(t, s, nil)
	titles, err := c.TrophyTitles(t.Context(), "me")
	if err != nil || len(titles) != 1704 {
		t.Fatalf("got %d titles, %v, want 1704", len(titles), err)
	}
	if n := s.Count(psntest.Titles); n != 3 {
		t.Errorf("asked %d times, want 3", n)
	}
}

func TestListsThatLie(t *testing.T) {
	page := func(next string) string {
		return `{"trophyTitles":[{"npCommunicationId":"NPWR00001_00"},{"npCommunicationId":"NPWR00001_00"}],"totalItemCount":9` + next + `}`
	}
	tests := []struct {
		name, body string
		fails      bool
		most       int
	}{
		{"same twice", page(""), false, 1},
		{"offset does not move", page(`,"nextOffset":0`), false, 1},
		{"offset moves back", page(`,"nextOffset":-5`), false, 1},
		{"null offset", page(`,"nextOffset":null`), false, 1},
		{"empty with offset", `{"trophyTitles":[],"nextOffset":7}`, false, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := psntest.New(t, psntest.Small())
			s.Fault(psntest.Fault{Kind: psntest.Titles, Status: 200, Body: tt.body})
			c, _ := connect(t, s, nil)
			titles, err := c.TrophyTitles(t.Context(), "me")
			if err != nil || len(titles) > 1 {
				t.Errorf("got %d titles, %v", len(titles), err)
			}
			if n := s.Count(psntest.Titles); n > tt.most {
				t.Errorf("asked %d times", n)
			}
		})
	}
}

func TestMissingService(t *testing.T) {
	s := psntest.New(t, psntest.Small())
	c, _ := connect(t, s, nil)
	_, err := c.Trophies(t.Context(), psntest.Old, "", "all")
	if !errors.As(err, new(*psn.NotFoundError)) {
		t.Errorf("error is %v, want a NotFoundError", err)
	}
}

func TestPicture(t *testing.T) {
	s := psntest.New(t, psntest.Small())
	c, _ := connect(t, s, nil)
	data, err := c.Picture(t.Context(), s.APIURL+"/pictures/avatar-s.png")
	if err != nil || !bytes.HasPrefix(data, []byte("\x89PNG")) {
		t.Errorf("got %d bytes, %v", len(data), err)
	}
	for _, address := range []string{
		"http://127.0.0.1:9/x.png", "https://example.com/x.png", "https://playstation.com.example/x.png",
		"file:///etc/passwd", "//image.api.playstation.com/x", "https://me:pw@image.api.playstation.com/x.png", ":",
		"https://notplaystation.com/x.png",
	} {
		if _, err := c.Picture(t.Context(), address); !errors.Is(err, psn.ErrForeignPicture) {
			t.Errorf("%s: error is %v, want ErrForeignPicture", address, err)
		}
	}
	for _, r := range s.Requests() {
		if r.Token {
			t.Error("a token was sent with a picture")
		}
	}
	if c.Requests() != 0 || c.Pictures() != 1 {
		t.Errorf("counted %d requests and %d pictures", c.Requests(), c.Pictures())
	}
}

func TestAddresses(t *testing.T) {
	for address, ok := range map[string]bool{
		"https://psn.example/api": true, "http://127.0.0.1:8080/api": true, "http://localhost/api": true, "http://[::1]:1/": true,
		"http://psn.example/api": false, "ftp://psn.example": false, "psn.example": false, "https://me@psn.example": false,
	} {
		_, err := psn.New(psn.Options{APIURL: address})
		if (err == nil) != ok {
			t.Errorf("%s: error is %v", address, err)
		}
		if err != nil && !strings.Contains(err.Error(), "PSN_API_URL") {
			t.Errorf("%s: error %q does not name the setting", address, err)
		}
	}
}

func TestNothingToSignInWith(t *testing.T) {
	for npsso, want := range map[string]string{"": "no NPSSO", "a b": "characters", "a;b": "characters"} {
		s := psntest.New(t, psntest.Small())
		c, _ := connect(t, s, func(o *psn.Options) { o.NPSSO = psn.Secret(npsso) })
		err := c.SignIn(t.Context())
		if !errors.As(err, new(*psn.TokenError)) || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error is %v", npsso, err)
		}
		if len(s.Requests()) != 0 {
			t.Errorf("%q: PSN was asked", npsso)
		}
	}
}

func TestCancelled(t *testing.T) {
	s := psntest.New(t, psntest.Small())
	s.Fault(psntest.Fault{Kind: psntest.Summary, Delay: time.Minute})
	c, _ := connect(t, s, nil)
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(50*time.Millisecond, cancel)
	if _, err := c.TrophySummary(ctx, "me"); !errors.Is(err, context.Canceled) {
		t.Errorf("error is %v, want context.Canceled", err)
	}
}

func TestStalled(t *testing.T) {
	s := psntest.New(t, psntest.Small())
	s.Fault(psntest.Fault{Kind: psntest.Summary, Delay: time.Minute, Times: 1})
	c, _ := connect(t, s, func(o *psn.Options) { o.Timeout = 100 * time.Millisecond })
	if _, err := c.TrophySummary(t.Context(), "me"); err != nil {
		t.Errorf("did not recover from a stall: %v", err)
	}
}
