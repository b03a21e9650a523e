package psn

import (
	"encoding/json"
	"testing"
	"time"
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

func FuzzTypes(f *testing.F) {
	for _, s := range []string{`{"n":1,"f":"1.6","t":"2026-01-02T03:04:05Z"}`, `{"t":null}`, `{"n":"9e99"}`, `{"t":""}`} {
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
			if y := v.T.Year(); y < 0 || y > 9999 {
				t.Skip()
			}
			t.Fatal(err)
		}
		again := v
		if err := json.Unmarshal(out, &again); err != nil || again.N != v.N || again.F != v.F || !again.T.Equal(v.T.Truncate(time.Second)) {
			t.Fatalf("%s became %s: %v", data, out, err)
		}
	})
}

func FuzzAnswer(f *testing.F) {
	f.Add(200, []byte(`{"trophyTitles":[{"npCommunicationId":"NPWR00001_00","definedTrophies":{"bronze":"3"}}],"nextOffset":5}`))
	f.Add(403, []byte("<html>"))
	f.Add(404, []byte(`{"error":{"code":1,"message":"\u202e"}}`))
	f.Fuzz(func(_ *testing.T, status int, body []byte) {
		a := answer{status: status, body: body}
		if a.judge("fuzz") == nil {
			_ = a.decode("fuzz", new(TrophyTitles))
			_ = a.decode("fuzz", new(EarnedTrophies))
		}
	})
}
