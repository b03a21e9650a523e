// Package psntest is PSN on loopback: every service that trophycase asks, over a
// data set in the snapshot's format, with faults on demand and a log of the
// requests. Tests alone import it.
package psntest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// What signs in, and what must never be seen outside of requests to the API.
const (
	NPSSO        = "CanaryNpssoCanaryNpssoCanaryNpssoCanaryNpssoCanaryNpssoCanaryNps"
	AccessToken  = "canary-access-token"
	RefreshToken = "canary-refresh-token"
	Code         = "v3.CanaryCode"
	IDToken      = "canary-id-token"
	AccountID    = "7355608173556081735"
	// OtherAccountID is of whom a test signs in with instead.
	OtherAccountID = "6428913506428913506"
	FirstName      = "CanaryFirst"
	LastName       = "CanaryLast"
)

// Canaries is all of these: a test looks for them in what a program wrote.
var Canaries = []string{NPSSO, AccessToken, RefreshToken, Code, AccountID}

// The kinds of requests.
const (
	Authorize    = "authorize"
	Token        = "token"
	Cookie       = "cookie"
	Summary      = "summary"
	Titles       = "titles"
	Groups       = "groups"
	Trophies     = "trophies"
	EarnedGroups = "earned-groups"
	Earned       = "earned"
	ProfileKind  = "profile"
	Search       = "search"
	PictureKind  = "picture"
)

// A Request is one that the server got.
type Request struct {
	Kind, Path string
	Query      url.Values
	Language   string
	// Token says that it carried an access token.
	Token bool
}

// A Server is PSN on loopback.
type Server struct {
	APIURL, AuthURL string

	server *httptest.Server
	mu     sync.Mutex
	data   *Data
	log    []Request
	faults []*Fault
	issued int // access tokens, told apart by a number
	valid  string
	// Limit, if not 0, is after how many API requests each is answered with 429.
	limit     int
	available time.Time
	dead      bool
	life      time.Duration // of the NPSSO, as told; 0 for not telling
	closed    chan struct{} // by Close
}

// New starts a server over data. With a nil t the caller closes it.
func New(t testing.TB, data *Data) *Server {
	s := &Server{data: data, closed: make(chan struct{})}
	s.server = httptest.NewUnstartedServer(http.HandlerFunc(s.serve))
	address := "http://" + s.server.Listener.Addr().String()
	s.APIURL, s.AuthURL = address+"/api", address+"/auth"
	s.server.Start()
	if t != nil {
		t.Cleanup(s.Close)
	}
	return s
}

// Close stops the server.
func (s *Server) Close() {
	close(s.closed)
	s.server.CloseClientConnections()
	s.server.Close()
}

// Edit changes the account between requests.
func (s *Server) Edit(change func(*Data)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(s.data)
}

// KillToken makes the NPSSO one that PSN does not accept, or accepts again.
func (s *Server) KillToken(dead bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.dead = dead
}

// TellLife makes PSN tell how long the NPSSO still lasts, which it does not do
// at first.
func (s *Server) TellLife(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.life = d
}

// ExpireToken makes PSN refuse the access token that it gave last.
func (s *Server) ExpireToken() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.valid = ""
}

// Allow lets n more API requests pass and then answers 429 until a time.
func (s *Server) Allow(n int, available time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.limit, s.available = n+1, available
}

// Requests is the log, in order.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Request(nil), s.log...)
}

// Count is how many requests of the kinds came, or of all API kinds.
func (s *Server) Count(kinds ...string) int {
	n := 0
	for _, r := range s.Requests() {
		if len(kinds) == 0 && r.Kind != Authorize && r.Kind != Token && r.Kind != Cookie && r.Kind != PictureKind {
			n++
		}
		for _, k := range kinds {
			if r.Kind == k {
				n++
			}
		}
	}
	return n
}

// Forget empties the log and drops all faults.
func (s *Server) Forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.log, s.faults, s.limit = nil, nil, 0
}

func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	kind, args := route(r)
	s.mu.Lock()
	s.log = append(s.log, Request{
		Kind: kind, Path: r.URL.Path, Query: r.URL.Query(),
		Language: r.Header.Get("Accept-Language"), Token: r.Header.Get("Authorization") != "",
	})
	fault := s.takeFault(kind, r.URL.Path)
	s.mu.Unlock()
	if fault != nil && fault.apply(w, r, s.closed) {
		return
	}
	if fault != nil && fault.Change != nil {
		fault.Change.answer(w, r, func(w http.ResponseWriter) { s.answer(w, r, kind, args) })
		return
	}
	s.answer(w, r, kind, args)
}

// answer gives the true answer.
func (s *Server) answer(w http.ResponseWriter, r *http.Request, kind string, args []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch kind {
	case Authorize:
		s.authorize(w, r)
	case Token:
		s.token(w, r)
	case Cookie:
		s.cookie(w, r)
	case PictureKind:
		s.picture(w, args)
	case "":
		apiError(w, http.StatusNotFound, 2240525, "Resource not found")
	default:
		s.api(w, r, kind, args)
	}
}

// route tells a request's kind, and the IDs in its path.
func route(r *http.Request) (kind string, args []string) {
	p := strings.Split(strings.Trim(r.URL.Path, "/"), "/")
	forms := []struct{ kind, form string }{
		{Authorize, "auth/authorize"},
		{Token, "auth/token"},
		{Cookie, "auth/ssocookie"},
		{Summary, "api/trophy/v1/users/*/trophySummary"},
		{Titles, "api/trophy/v1/users/*/trophyTitles"},
		{Groups, "api/trophy/v1/npCommunicationIds/*/trophyGroups"},
		{Trophies, "api/trophy/v1/npCommunicationIds/*/trophyGroups/*/trophies"},
		{EarnedGroups, "api/trophy/v1/users/*/npCommunicationIds/*/trophyGroups"},
		{Earned, "api/trophy/v1/users/*/npCommunicationIds/*/trophyGroups/*/trophies"},
		{ProfileKind, "api/userProfile/v1/internal/users/*/profiles"},
		{Search, "api/search/v1/universalSearch"},
		{PictureKind, "api/pictures/*"},
	}
	for _, f := range forms {
		if args, ok := match(strings.Split(f.form, "/"), p); ok {
			return f.kind, args
		}
	}
	return "", nil
}

func match(form, path []string) (args []string, ok bool) {
	if len(form) != len(path) {
		return nil, false
	}
	for i, part := range form {
		if part == "*" {
			args = append(args, path[i])
		} else if part != path[i] {
			return nil, false
		}
	}
	return args, true
}

func (s *Server) authorize(w http.ResponseWriter, r *http.Request) {
	cookie, err := r.Cookie("npsso")
	target := "https://my.account.sony.com/sonyacct/signin/?error=login_required&error_code=4165&error_description=User+is+not+authenticated"
	if err == nil && cookie.Value == NPSSO && !s.dead && r.URL.Query().Get("response_type") == "code" {
		target = r.URL.Query().Get("redirect_uri") + "/?code=" + Code + "&cid=00000000-0000-0000-0000-000000000000"
	}
	w.Header().Set("Location", target)
	w.WriteHeader(http.StatusFound)
}

func (s *Server) token(w http.ResponseWriter, r *http.Request) {
	_, _, basic := r.BasicAuth()
	byCode := r.PostFormValue("grant_type") == "authorization_code" && r.PostFormValue("code") == Code
	byRefresh := r.PostFormValue("grant_type") == "refresh_token" && r.PostFormValue("refresh_token") == RefreshToken
	if !basic || s.dead || !byCode && !byRefresh {
		answer(w, http.StatusBadRequest, map[string]any{"error": "invalid_grant", "error_description": "Invalid code", "error_code": 4159})
		return
	}
	s.issued++
	s.valid = AccessToken + "-" + strconv.Itoa(s.issued)
	answer(w, http.StatusOK, map[string]any{
		"access_token": s.valid, "token_type": "bearer", "expires_in": 3599, "scope": "psn:mobile.v2.core psn:clientapp",
		"id_token": IDToken, "refresh_token": RefreshToken, "refresh_token_expires_in": 863999,
	})
}

func (s *Server) cookie(w http.ResponseWriter, r *http.Request) {
	cookie, err := r.Cookie("npsso")
	if err != nil || cookie.Value != NPSSO || s.dead || s.life == 0 {
		answer(w, http.StatusUnauthorized, map[string]any{"error": "invalid_grant", "error_description": "Invalid login", "error_code": 20})
		return
	}
	answer(w, http.StatusOK, map[string]any{"npsso": NPSSO, "expires_in": int(s.life.Seconds())})
}

func (s *Server) picture(w http.ResponseWriter, args []string) {
	data, ok := s.data.Pictures[args[0]]
	if !ok {
		http.Error(w, "no such picture", http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Type", http.DetectContentType(data))
	_, _ = w.Write(data)
}

func answer(w http.ResponseWriter, status int, v any) {
	data, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("psntest: %v", err))
	}
	w.Header().Set("Content-Type", "application/json;charset=UTF-8")
	w.WriteHeader(status)
	_, _ = w.Write(data)
}

func apiError(w http.ResponseWriter, status, code int, message string) {
	answer(w, status, map[string]any{"error": map[string]any{
		"referenceId": "00000000-0000-0000-0000-000000000000", "code": code, "message": message,
	}})
}
