package psn

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// The PlayStation app's public client, which every public PSN library uses. It
// identifies the app, not a person.
const (
	clientID     = "09515159-7237-4370-9b40-3806e67c0891"
	clientSecret = "ucPjka5tntB2KqsP"
	redirectURI  = "com.scee.psxandroid.scecompcall://redirect"
	scope        = "psn:mobile.v2.core psn:clientapp"
	maxToken     = 1 << 20
)

// SignIn signs in, if that has not happened yet. The error is a [*TokenError]
// for an NPSSO that PSN does not accept, else about the network.
func (c *Client) SignIn(ctx context.Context) error {
	_, err := c.signedInToken(ctx)
	return err
}

// RefreshExpires is when the sign-in ends, as PSN said it, or zero.
func (c *Client) RefreshExpires() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.lasts
}

// signedInToken is the access token, after the one sign-in of a run. A failed
// sign-in is not tried again.
func (c *Client) signedInToken(ctx context.Context) (string, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.signedIn != nil {
		return "", c.signedIn
	}
	if c.token != nil && c.o.Now().Before(c.expires) {
		return c.token.reveal(), nil
	}
	err := c.renew(ctx)
	return c.token.reveal(), err
}

// signInAgain replaces a token that PSN refused, unless somebody has meanwhile.
func (c *Client) signInAgain(ctx context.Context, refused string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.signedIn != nil || c.token.reveal() != refused {
		return c.signedIn
	}
	return c.renew(ctx)
}

// renew gets an access token: by the refresh token where there is one, else by
// the NPSSO. Three are the most that a run may need: one to begin, one for each
// hour, and never more by mistake.
func (c *Client) renew(ctx context.Context) error {
	const most = 4
	c.token = nil
	err := ctx.Err()
	if c.signIns++; c.signIns > most {
		err = &TokenError{Reason: "PSN refuses each new access token"}
	} else if err == nil {
		err = c.exchange(ctx)
	}
	if err != nil && ctx.Err() == nil {
		c.signedIn = err
	}
	return err
}

func (c *Client) exchange(ctx context.Context) error {
	npsso := c.npsso.reveal()
	if refresh := c.refresh.reveal(); refresh != "" {
		form := url.Values{
			"refresh_token": {refresh}, "grant_type": {"refresh_token"},
			"token_format": {"jwt"}, "scope": {scope},
		}
		err := c.redeem(ctx, form)
		if err == nil || npsso == "" {
			return err
		}
	}
	if npsso == "" {
		return &TokenError{Missing: true}
	}
	if strings.ContainsFunc(npsso, func(r rune) bool { return r <= ' ' || r >= 0x7f || strings.ContainsRune(`",;\`, r) }) {
		return &TokenError{Reason: "it has characters that no NPSSO has"}
	}
	code, err := c.authorize(ctx)
	if err != nil {
		return err
	}
	return c.redeem(ctx, url.Values{
		"code": {code}, "redirect_uri": {redirectURI},
		"grant_type": {"authorization_code"}, "token_format": {"jwt"},
	})
}

// authorize exchanges the NPSSO for a code. PSN answers with a redirect in
// either case; only its target tells success from failure.
func (c *Client) authorize(ctx context.Context) (string, error) {
	const what = "sign-in"
	u := *c.auth
	u.Path += "/authorize"
	u.RawQuery = url.Values{
		"access_type": {"offline"}, "client_id": {clientID}, "redirect_uri": {redirectURI},
		"response_type": {"code"}, "scope": {scope},
	}.Encode()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return "", &AnswerError{What: what, Reason: "the address cannot be made"}
	}
	r.Header.Set("Cookie", "npsso="+c.npsso.reveal())
	a := c.send(r, maxToken)
	a.now = c.o.Now()
	c.o.Log.Debug("signing in", "step", "code", "status", a.status)
	if a.status/100 != 3 {
		if err := a.judge(what); err != nil {
			return "", err
		}
		return "", &AnswerError{what, a.status, "there is no redirect"}
	}
	target, err := url.Parse(a.header.Get("Location"))
	if err != nil {
		return "", &AnswerError{what, a.status, "the redirect cannot be read"}
	}
	if code := target.Query().Get("code"); code != "" {
		c.known.add(code)
		return code, nil
	}
	reason := c.known.clean(target.Query().Get("error"))
	if reason == "" {
		reason = "no reason given"
	}
	return "", &TokenError{Reason: reason}
}

// redeem gets the tokens for a code or a refresh token.
func (c *Client) redeem(ctx context.Context, form url.Values) error {
	const what = "sign-in"
	u := *c.auth
	u.Path += "/token"
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, u.String(), strings.NewReader(form.Encode()))
	if err != nil {
		return &AnswerError{What: what, Reason: "the address cannot be made"}
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.SetBasicAuth(clientID, clientSecret)
	a := c.send(r, maxToken)
	a.now = c.o.Now()
	c.o.Log.Debug("signing in", "step", "token", "status", a.status)
	if a.status == http.StatusBadRequest || a.status == http.StatusUnauthorized {
		return &TokenError{Reason: a.oauthError()}
	}
	if err := a.judge(what); err != nil {
		return err
	}
	var t struct {
		AccessToken           string `json:"access_token"`
		RefreshToken          string `json:"refresh_token"`
		ExpiresIn             Int    `json:"expires_in"`
		RefreshTokenExpiresIn Int    `json:"refresh_token_expires_in"`
	}
	// The text of a decoding error could quote a token.
	if json.Unmarshal(a.body, &t) != nil || t.AccessToken == "" {
		return &AnswerError{what, a.status, "there is no token in it"}
	}
	return c.accept(t.AccessToken, t.RefreshToken, int(t.ExpiresIn), int(t.RefreshTokenExpiresIn))
}

func (c *Client) accept(token, refresh string, seconds, refreshSeconds int) error {
	if strings.ContainsAny(token, " \r\n") {
		return &AnswerError{What: "sign-in", Status: http.StatusOK, Reason: "there is no token in it"}
	}
	now := c.o.Now()
	// Half a minute early, so that no request is under way when it ends.
	c.known.add(token)
	c.known.add(refresh)
	c.token, c.expires = hide(token), now.Add(time.Duration(max(seconds, 60))*time.Second-30*time.Second)
	if refresh != "" {
		c.refresh = hide(refresh)
	}
	if refreshSeconds > 0 {
		c.lasts = now.Add(time.Duration(refreshSeconds) * time.Second)
	}
	return nil
}

// oauthError is the reason in a token endpoint's error.
func (a answer) oauthError() string {
	var e struct {
		Error string `json:"error"`
	}
	if json.Unmarshal(a.body, &e) != nil || e.Error == "" {
		return "no reason given"
	}
	return fmt.Sprintf("%s at the token", a.known.clean(e.Error))
}
