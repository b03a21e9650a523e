package cli

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/trophycase/trophycase/generator/psn/psntest"
)

// requestKinds is every kind of request that a build can make.
var requestKinds = []string{
	psntest.Authorize, psntest.Token, psntest.Search, psntest.Summary, psntest.ProfileKind, psntest.Titles,
	psntest.Trophies, psntest.Earned, psntest.Groups, psntest.EarnedGroups, psntest.PictureKind,
}

// A fault is one of the things that can go wrong with a request.
type fault struct {
	name string
	// make is a new fault; other is the address of a host that is not PSN's.
	make func(now time.Time, other string) psntest.Fault
	// says is what the user must read when a request to the API fails by it; ""
	// for a fault that is survived, or that shows in some answers only.
	says string
	// whole says that such a build ends as if nothing had been wrong, unless the
	// sign-in or a picture is hit, which are not asked again.
	whole bool
	// rendered takes the fault into the tests that build the site too.
	rendered bool
	timeout  time.Duration
}

func status(code int, body string, header ...string) func(time.Time, string) psntest.Fault {
	return func(time.Time, string) psntest.Fault {
		f := psntest.Fault{Status: code, Body: body, Header: http.Header{}}
		for i := 0; i < len(header); i += 2 {
			f.Header.Set(header[i], header[i+1])
		}
		return f
	}
}

func changed(make func() psntest.Change) func(time.Time, string) psntest.Fault {
	return func(time.Time, string) psntest.Fault { return psntest.Fault{Change: make()} }
}

// passing is a fault that hits once.
func passing(make func(time.Time, string) psntest.Fault) func(time.Time, string) psntest.Fault {
	return func(now time.Time, other string) psntest.Fault {
		f := make(now, other)
		f.Times = 1
		return f
	}
}

// after is a 429 that says until when, as a proxy or PSN does.
func after(header string, form func(time.Time) string, wait time.Duration) func(time.Time, string) psntest.Fault {
	return func(now time.Time, _ string) psntest.Fault {
		return status(429, `{"error":{"code":2240000,"message":"Rate limit exceeded"}}`, header, form(now.Add(wait)))(now, "")
	}
}

func unix(t time.Time) string { return strconv.FormatInt(t.Unix(), 10) }
func date(t time.Time) string { return t.UTC().Format(http.TimeFormat) }

// bomb is a gigabyte of spaces in a megabyte.
var bomb = sync.OnceValue(func() string {
	var b bytes.Buffer
	z, _ := gzip.NewWriterLevel(&b, gzip.BestSpeed)
	block := bytes.Repeat([]byte(" "), 1<<20)
	for range 1 << 10 {
		_, _ = z.Write(block)
	}
	_ = z.Close()
	return b.String()
})

const (
	notPermitted = `{"error":{"code":2240526,"message":"Not permitted by access control"}}`
	notFound     = `{"error":{"code":2240525,"message":"Resource not found"}}`
	badToken     = `{"error":{"code":2240473,"message":"Invalid token"}}`
	half         = `{"trophyTitles":[{"npCommunicationId":"NPW`
)

var faults = []fault{
	{name: "401 for good", make: status(401, badToken), says: "PSN_NPSSO", rendered: true},
	{name: "401 once", make: passing(status(401, badToken)), whole: true},
	{name: "401 mid-run", make: func(now time.Time, other string) psntest.Fault {
		f := passing(status(401, badToken))(now, other)
		f.Skip = 1
		return f
	}, whole: true},
	{name: "403 JSON", make: status(403, notPermitted), says: "private", rendered: true},
	{name: "403 page", make: status(403, psntest.AccessDenied), says: "refuse this address", rendered: true},
	{name: "404", make: status(404, notFound), says: "knows no such thing"},
	{name: "404 page", make: status(404, "<html>"), says: "cannot be used"},
	{name: "429 without a time", make: status(429, `{}`), says: "limit is reached"},
	{name: "429 once", make: passing(status(429, `{}`)), whole: true},
	{name: "Retry-After in seconds, once", make: passing(status(429, `{}`, "Retry-After", "60")), whole: true},
	{name: "Retry-After as a date, once", make: passing(after("Retry-After", date, time.Minute)), whole: true},
	{name: "X-RateLimit-Next-Available, once", make: passing(after("X-RateLimit-Next-Available", unix, time.Minute)), whole: true},
	{name: "Retry-After in hours", make: status(429, `{}`, "Retry-After", "9000"), says: "limit is reached", rendered: true},
	{name: "Retry-After tomorrow", make: after("Retry-After", date, 24*time.Hour), says: "limit is reached"},
	{name: "Next-Available in an hour", make: after("X-RateLimit-Next-Available", unix, time.Hour), says: "limit is reached"},
	{name: "Retry-After that is none", make: status(429, `{}`, "Retry-After", "-1; soon"), says: "limit is reached"},
	{name: "500", make: status(500, ""), says: "out of order"},
	{name: "503", make: status(503, "<html>"), says: "out of order", rendered: true},
	{name: "503 once", make: passing(status(503, "<html>")), whole: true},
	{name: "connection refused", make: func(time.Time, string) psntest.Fault { return psntest.Fault{Reset: true} }, says: "no answer"},
	{name: "reset in the body", make: func(time.Time, string) psntest.Fault {
		return psntest.Fault{Status: 200, Body: half, Length: 900, Reset: true}
	}, says: "no answer"},
	{name: "reset in the body once", make: func(time.Time, string) psntest.Fault {
		return psntest.Fault{Status: 200, Body: half, Length: 900, Reset: true, Times: 1}
	}, whole: true},
	{name: "stall", make: func(time.Time, string) psntest.Fault { return psntest.Fault{Delay: 30 * time.Second} }, says: "no answer", timeout: 200 * time.Millisecond},
	{name: "truncated", make: changed(psntest.Cut), says: "cannot be used"},
	{name: "longer than its length", make: func(time.Time, string) psntest.Fault {
		return psntest.Fault{Raw: "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 5\r\n\r\n" + half}
	}, says: "cannot be used"},
	{name: "shorter than its length", make: func(time.Time, string) psntest.Fault {
		return psntest.Fault{Status: 200, Body: half, Length: 900}
	}, says: "no answer"},
	{name: "gzip bomb", make: func(time.Time, string) psntest.Fault {
		return psntest.Fault{Status: 200, Body: bomb(), Header: http.Header{"Content-Encoding": {"gzip"}}}
	}, says: "too large"},
	{name: "a gigabyte", make: func(time.Time, string) psntest.Fault {
		return psntest.Fault{Status: 200, Body: strings.Repeat(" ", 1<<16), Repeat: 1 << 14}
	}, says: "too large"},
	{name: "not UTF-8", make: changed(psntest.InvalidUTF8), says: "not UTF-8"},
	{name: "page for JSON", make: status(200, "<html>"), says: "not JSON"},
	{name: "null", make: status(200, "null"), says: "not JSON"},
	{name: "nothing in it", make: status(200, "{}")},
	{name: "empty lists", make: changed(psntest.Empty)},
	{name: "wrong types", make: changed(psntest.WrongTypes), says: "cannot be used"},
	{name: "null everywhere", make: changed(psntest.Nulls), rendered: true},
	{name: "negative numbers", make: changed(func() psntest.Change { return psntest.Numbers("-7") }), rendered: true},
	{name: "huge numbers", make: changed(func() psntest.Change { return psntest.Numbers("9007199254740991") }), rendered: true},
	{name: "numbers beyond all", make: changed(func() psntest.Change { return psntest.Numbers("1e300") })},
	{name: "all of it twice", make: changed(psntest.Twice), whole: true},
	{name: "dates of another form", make: changed(func() psntest.Change { return psntest.Dates("2026-11-02 20:00") })},
	{name: "dates in the far past", make: changed(func() psntest.Change { return psntest.Dates("0001-01-02T00:00:00Z") })},
	{name: "dates in the far future", make: changed(func() psntest.Change { return psntest.Dates("9999-12-31T23:59:59Z") }), rendered: true},
	{name: "a list that shifts", make: changed(psntest.Shifting), whole: true},
	{name: "a total of none", make: changed(func() psntest.Change { return psntest.Total(0) }), whole: true},
	{name: "a total of many", make: changed(func() psntest.Change { return psntest.Total(1 << 40) }), whole: true},
	{name: "no last page", make: changed(psntest.Endless), whole: true},
	{name: "redirect to another host", make: func(_ time.Time, other string) psntest.Fault {
		return status(302, "", "Location", other+"/?code=elsewhere")(time.Time{}, "")
	}, says: "302"},
}
