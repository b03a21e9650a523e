package psn

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"
)

func TestNumbers(t *testing.T) {
	tests := []struct {
		in   string
		want float64
		ok   bool
	}{
		{`12`, 12, true}, {`"12"`, 12, true}, {`12.0`, 12, true}, {`"1.6"`, 1.6, true}, {`""`, 0, true}, {`null`, 0, true},
		{`-3`, -3, true}, {`"abc"`, 0, false}, {`true`, 0, false}, {`[1]`, 0, false}, {`{}`, 0, false}, {`"NaN"`, 0, false},
		{`1e300`, 0, false}, {`"Infinity"`, 0, false},
	}
	for _, tt := range tests {
		var f Float
		err := json.Unmarshal([]byte(tt.in), &f)
		if (err == nil) != tt.ok || tt.ok && float64(f) != tt.want {
			t.Errorf("%s: %v, %v", tt.in, f, err)
		}
	}
}

// FuzzTypes holds that what is read can be written, and reads the same again.
func FuzzTypes(f *testing.F) {
	for _, s := range []string{
		`{"n":1,"f":"1.6","t":"2026-01-02T03:04:05Z"}`, `{"t":null}`, `{"n":"9e99"}`, `{"t":""}`,
		`{"t":"9999-12-31T23:59:59-01:00"}`, `{"t":"0000-01-01T00:00:00+01:00"}`, `{"n":-9007199254740992}`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var v struct {
			N Int   `json:"n"`
			F Float `json:"f"`
			T Time  `json:"t"`
		}
		if json.Unmarshal(data, &v) != nil {
			return
		}
		out, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		again := v
		if err := json.Unmarshal(out, &again); err != nil || again.N != v.N || again.F != v.F || !again.T.Equal(v.T.Truncate(time.Second)) {
			t.Fatalf("%s became %s: %v", data, out, err)
		}
	})
}

// FuzzAnswer holds that an answer is one that can be kept and read again, or is
// refused in words that can be shown.
func FuzzAnswer(f *testing.F) {
	f.Add(200, []byte(`{"trophyTitles":[{"npCommunicationId":"NPWR00001_00","definedTrophies":{"bronze":"3"}}],"nextOffset":5}`))
	f.Add(200, []byte(`{"trophies":[{"trophyId":"1","earned":true,"earnedDateTime":"2026-01-02T03:04:05Z","trophyEarnedRate":"1.6","progress":"3"}]}`))
	f.Add(200, []byte(`{"trophyGroups":[{"trophyGroupId":"001","trophyGroupName":"\ud800","lastUpdatedDateTime":null}]}`))
	f.Add(200, []byte(`{"trophyLevel":"12","earnedTrophies":{"gold":null},"onlineId":"x","avatars":[{"size":"xl","url":"u"}]}`))
	f.Add(403, []byte("<html>"))
	f.Add(404, []byte(`{"error":{"code":1,"message":"\u202e\u001b[2J"}}`))
	f.Fuzz(func(t *testing.T, status int, body []byte) {
		a := answer{status: status, body: body, known: new(known)}
		if err := a.judge("fuzz"); err != nil {
			told(t, err)
			return
		}
		for _, into := range []func() any{
			func() any { return new(TrophySummary) }, func() any { return new(TrophyTitles) }, func() any { return new(Trophies) },
			func() any { return new(EarnedTrophies) }, func() any { return new(TrophyGroups) }, func() any { return new(EarnedGroups) },
			func() any { return new(Profile) },
		} {
			v, again := into(), into()
			if err := a.decode("fuzz", v); err != nil {
				told(t, err)
				continue
			}
			kept, err := json.Marshal(v)
			if err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal(kept, again); err != nil {
				t.Fatalf("%s: %v", kept, err)
			}
			if twice, err := json.Marshal(again); err != nil || !bytes.Equal(kept, twice) {
				t.Fatalf("%s became %s: %v", kept, twice, err)
			}
		}
	})
}

// told sees that an error is a short line that does nothing to a terminal.
func told(t *testing.T, err error) {
	t.Helper()
	s := err.Error()
	if len([]rune(s)) > 400 || !utf8.ValidString(s) || strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsPrint(r) }) {
		t.Errorf("the error is %q", s)
	}
}
