package psn_test

import (
	"bytes"
	"context"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/trophycase/trophycase/generator/psn"
	"github.com/trophycase/trophycase/generator/psn/psntest"
)

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// TestPrintedByMistake prints, logs and encodes what holds secrets in every way,
// from the outside and from within other values.
func TestPrintedByMistake(t *testing.T) {
	s := psntest.New(t, psntest.Small())
	transport := http.DefaultTransport.(*http.Transport).Clone()
	t.Cleanup(transport.CloseIdleConnections)
	c, _ := connect(t, s, func(o *psn.Options) {
		o.RefreshToken = psntest.RefreshToken
		// The inside of a connection that lives must not be read while it works.
		o.Transport = roundTrip(transport.RoundTrip)
	})
	if err := c.SignIn(t.Context()); err != nil {
		t.Fatal(err)
	}
	o := psn.Options{NPSSO: psntest.NPSSO, RefreshToken: psntest.RefreshToken}
	holders := []any{
		c, o, &o, o.NPSSO, &o.NPSSO, []psn.Secret{o.NPSSO}, map[string]psn.Secret{"a": o.NPSSO},
		struct{ C *psn.Client }{c}, struct{ client *psn.Client }{c},
	}
	for _, h := range holders {
		for _, said := range everyWay(h) {
			if found := psntest.Secrets([]byte(said)); len(found) > 0 {
				t.Errorf("%T tells %q: %s", h, found, said)
			}
		}
	}
	if got := fmt.Sprint(o.NPSSO, "|", psn.Secret("")); got != "[secret]|" {
		t.Errorf("a secret and none are printed as %q", got)
	}
}

func everyWay(v any) []string {
	var list []string
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "% x", "%d", "%T", "%40s", "%.3s", "%t"} {
		list = append(list, fmt.Sprintf(verb, v))
	}
	list = append(list, fmt.Sprint(v), fmt.Sprintln(v), fmt.Errorf("it: %v", v).Error())
	for _, encode := range []func(any) ([]byte, error){json.Marshal, encodeYAML, xml.Marshal} {
		data, err := encode(v)
		list = append(list, string(data), fmt.Sprint(err))
	}
	var b bytes.Buffer
	for _, h := range []slog.Handler{slog.NewTextHandler(&b, nil), slog.NewJSONHandler(&b, nil)} {
		slog.New(h).Info("it", "v", v, slog.Any("w", []any{v}), slog.Group("g", "v", v))
	}
	return append(list, b.String())
}

// encodeYAML is for what YAML can hold: it panics over functions.
func encodeYAML(v any) (data []byte, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("yaml: %v", p)
		}
	}()
	return yaml.Marshal(v)
}

// TestEchoed lets PSN, or who poses as it, send back all that it was sent so far, in
// every place of an answer that an error may quote.
func TestEchoed(t *testing.T) {
	sent := map[string]string{psntest.Authorize: psntest.NPSSO + " " + psntest.AccountID}
	sent[psntest.Token] = sent[psntest.Authorize] + " " + psntest.Code
	sent[""] = sent[psntest.Token] + " " + psntest.AccessToken + "-1 " + psntest.RefreshToken
	bodies := []string{
		`{"error":{"code":1,"message":"no: …"}}`, `{"error":"…"}`, `…`, `{"…":1`,
		`{"trophyLevel":"…","onlineId":{"…":1},"aboutMe":[],"nextOffset":"…","trophyTitles":[{"lastUpdatedDateTime":"…"}]}`,
		`{"trophyTitles":[{"progress":"…"}],"trophies":[{"earnedDateTime":"…"}],"trophyGroups":"…","isPlus":"…"}`,
		`{"trophyLevel":` + psntest.AccountID + psntest.AccountID + `,"trophies":[{"trophyId":` + psntest.AccountID + `}]}`,
	}
	for kind, all := range sent {
		for _, status := range []int{200, 302, 400, 401, 403, 404, 418, 500} {
			for _, body := range bodies {
				testEcho(t, kind, status, strings.ReplaceAll(body, "…", all), all)
			}
		}
	}
}

// testEcho breaks one step of the sign-in or, for "", every request after it.
func testEcho(t *testing.T, kind string, status int, body, all string) {
	s := psntest.New(nil, psntest.Small())
	defer s.Close()
	var log bytes.Buffer
	c, _ := connect(t, s, func(o *psn.Options) {
		o.Log = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	})
	defer c.Close()
	if kind == "" {
		if err := c.SignIn(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	header := http.Header{"Location": {"https://evil.example/?error=" + url.QueryEscape(all)}, "Retry-After": {all}}
	s.Fault(psntest.Fault{Kind: kind, Status: status, Body: body, Header: header})
	errs := []error{c.SignIn(t.Context())}
	for _, ask := range everyCall(c) {
		errs = append(errs, ask(t.Context()))
	}
	said := log.String()
	for _, err := range errs {
		said += fmt.Sprintf("%v %+v %#v\n", err, err, err)
	}
	if found := psntest.Secrets([]byte(said)); len(found) > 0 {
		t.Errorf("%s answered with %d and %.60s: %q was told: %s", kind, status, body, found, said)
	}
}

func everyCall(c *psn.Client) []func(context.Context) error {
	const id = psntest.Grouped
	return []func(context.Context) error{
		func(ctx context.Context) error { _, err := c.TrophySummary(ctx, psntest.AccountID); return err },
		func(ctx context.Context) error { _, err := c.TrophyTitles(ctx, psntest.AccountID); return err },
		func(ctx context.Context) error { _, err := c.Profile(ctx, psntest.AccountID); return err },
		func(ctx context.Context) error { _, err := c.Search(ctx, "somebody"); return err },
		func(ctx context.Context) error { _, err := c.Trophies(ctx, id, "trophy2", "all"); return err },
		func(ctx context.Context) error { _, err := c.TrophyGroups(ctx, id, "trophy2"); return err },
		func(ctx context.Context) error {
			_, err := c.EarnedTrophies(ctx, psntest.AccountID, id, "trophy2", "all")
			return err
		},
		func(ctx context.Context) error {
			_, err := c.EarnedGroups(ctx, psntest.AccountID, id, "trophy2")
			return err
		},
	}
}
