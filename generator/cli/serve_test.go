package cli

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// output is what a running program has written so far.
type output struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.String()
}

// eventually waits for something that another goroutine brings about.
func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for range 2400 {
		if ok() {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatal("it did not happen: ", what)
}

// served is a running "serve --sample" over a folder of its own.
type served struct {
	t    *testing.T
	dir  string
	url  string
	errs *output
}

func serveSample(t *testing.T, yaml string) *served {
	t.Helper()
	s := &served{t: t, dir: t.TempDir(), errs: &output{}}
	s.write("site.yaml", yaml)
	s.write("templates/404.html", `{{define "content"}}<h1>First</h1>{{end}}`)
	ctx, cancel := context.WithCancel(t.Context())
	out := &output{}
	ended := make(chan int, 1)
	go func() {
		ended <- Run(ctx, []string{"serve", "--sample", "--address", "127.0.0.1:0",
			"--config", filepath.Join(s.dir, "site.yaml"), "--out", filepath.Join(s.dir, "public")},
			System{Files: os.DirFS("../.."), Getenv: func(string) string { return "" }, Stdout: out, Stderr: s.errs, Now: time.Now})
	}()
	t.Cleanup(func() {
		cancel()
		if code := <-ended; code != ExitDone {
			t.Errorf("serve ended with %d: %s", code, s.errs)
		}
	})
	address := regexp.MustCompile(`http://\S+`)
	eventually(t, "serve says where the site is", func() bool {
		s.url = address.FindString(out.String())
		return s.url != ""
	})
	return s
}

func (s *served) write(name, text string) {
	s.t.Helper()
	path := filepath.Join(s.dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		s.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		s.t.Fatal(err)
	}
}

func (s *served) get(url string, change func(*http.Request)) (int, string, http.Header) {
	s.t.Helper()
	r, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	if change != nil {
		change(r)
	}
	resp, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return resp.StatusCode, string(body), resp.Header
}

func TestServe(t *testing.T) {
	s := serveSample(t, "base_url: /trophies/")
	if !strings.HasSuffix(s.url, "/trophies/") {
		t.Fatalf("the site is at %s", s.url)
	}
	root := strings.TrimSuffix(s.url, "/trophies/")
	tests := []struct {
		path   string
		status int
		text   string
	}{
		{"/trophies/", 200, "Lanternfox_27"},
		{"/trophies/titles/", 200, "Tidewright"},
		{"/trophies/titles/tidewright", 302, ""},
		{"/trophies/cards/profile.png", 200, "PNG"},
		{"/", 302, ""},
		{"/index.html", 404, "First"},
		{"/trophies/none/", 404, "First"},
		{"/trophies/../site.yaml", 404, "First"},
		{"/trophies/%2e%2e/site.yaml", 404, "First"},
		{"/trophies/..%2fsite.yaml", 404, "First"},
		{"/trophies/.trophycase.json", 404, "First"},
		{"/trophies/%00", 404, "First"},
	}
	for _, tt := range tests {
		status, body, header := s.get(root+tt.path, nil)
		if status != tt.status || !strings.Contains(body, tt.text) || strings.Contains(body, "base_url") {
			t.Errorf("%s: %d %.60q", tt.path, status, body)
		}
		if header.Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%s may be read by other sites", tt.path)
		}
	}
	for host, want := range map[string]int{"evil.example": 421, "evil.example:80": 421, "localhost:" + port(root): 200} {
		status, _, _ := s.get(s.url, func(r *http.Request) { r.Host = host })
		if status != want {
			t.Errorf("Host %s: %d, want %d", host, status, want)
		}
	}
	status, _, _ := s.get(s.url, func(r *http.Request) { r.Method = http.MethodPost })
	if status != http.StatusMethodNotAllowed {
		t.Errorf("POST: %d", status)
	}
}

func port(url string) string { return url[strings.LastIndex(url, ":")+1:] }

// firstEvent is what a browser is told as soon as it asks.
func (s *served) firstEvent() string {
	s.t.Helper()
	resp, err := http.Get(strings.TrimSuffix(s.url, "/") + eventsPath)
	if err != nil {
		s.t.Fatal(err)
	}
	defer resp.Body.Close()
	lines := bufio.NewScanner(resp.Body)
	for lines.Scan() {
		if text, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
			return text
		}
	}
	return ""
}

func TestServeRebuilds(t *testing.T) {
	s := serveSample(t, "title: One")
	resp, err := http.Get(s.url[:strings.Index(s.url, "/")+2] + strings.Split(s.url, "/")[2] + eventsPath)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	events := make(chan string, 16)
	go func() {
		for lines := bufio.NewScanner(resp.Body); lines.Scan(); {
			events <- lines.Text()
		}
	}()
	shows := func(path, text string) func() bool {
		return func() bool {
			_, body, _ := s.get(s.url+path, nil)
			return strings.Contains(body, text)
		}
	}
	if !shows("", scriptPath)() {
		t.Error("the page has no script that reloads it")
	}
	s.write("site.yaml", "title: Two")
	eventually(t, "a change of site.yaml shows", shows("", "Two"))
	select {
	case <-events:
	case <-time.After(30 * time.Second):
		t.Error("the browser was not told")
	}
	s.write("templates/404.html", `{{define "content"}}<h1>Second</h1>{{end}}`)
	eventually(t, "a change of a template shows", shows("none", "Second"))
	s.write("assets/new/own.css", "/* new */")
	eventually(t, "a new file in a new folder shows", shows("assets/new/own.css", "new"))

	s.write("templates/404.html", `{{if}}`)
	eventually(t, "a broken template is told", func() bool { return strings.Contains(s.errs.String(), "404.html:1") })
	eventually(t, "the browser shows the broken template", func() bool {
		select {
		case line := <-events:
			return strings.HasPrefix(line, "data: ") && strings.Contains(line, "404.html:1")
		default:
			return false
		}
	})
	if !shows("none", "Second")() {
		t.Error("the site that was there is gone")
	}
	if line := s.firstEvent(); !strings.Contains(line, "404.html:1") {
		t.Errorf("a browser that comes later is told %q", line)
	}
	s.write("site.yaml", "titel: x")
	eventually(t, "a mistake in site.yaml is told", func() bool { return strings.Contains(s.errs.String(), "titel") })
}

func TestPagesURL(t *testing.T) {
	for repository, want := range map[string]string{
		"Marlowe/trophies": "https://marlowe.github.io/trophies/", "marlowe/Marlowe.github.io": "https://marlowe.github.io/",
	} {
		if got := pagesURL(repository); got != want {
			t.Errorf("%s is at %s, want %s", repository, got, want)
		}
	}
}

func TestRepository(t *testing.T) {
	for remote, want := range map[string]string{
		"https://github.com/marlowe/trophies.git": "marlowe/trophies", "git@github.com:marlowe/trophies.git": "marlowe/trophies",
		"https://github.com/marlowe/trophies": "marlowe/trophies", "https://example.com/marlowe/trophies": "",
	} {
		dir := t.TempDir()
		if err := os.Mkdir(filepath.Join(dir, ".git"), 0o755); err != nil {
			t.Fatal(err)
		}
		text := fmt.Sprintf("[remote \"origin\"]\n\turl = %s\n\tfetch = x\n", remote)
		if err := os.WriteFile(filepath.Join(dir, ".git", "config"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		a := &app{System: System{Getenv: func(string) string { return "" }}}
		a.flags.config = filepath.Join(dir, "site.yaml")
		if got := a.repository(); got != want {
			t.Errorf("%s is %q, want %q", remote, got, want)
		}
	}
}

func TestConsole(t *testing.T) {
	var out, errs bytes.Buffer
	c := &console{out: &out, err: &errs, terminal: true}
	c.progress("Fetching", 3, 12, "evil \x1b[31m\u202ename")
	c.say("done")
	if got := errs.String(); strings.Contains(got, "\x1b[31m") || strings.Contains(got, "\u202e") || !strings.Contains(got, "3/12") {
		t.Errorf("the terminal got %q", got)
	}
	if out.String() != "done\n" {
		t.Errorf("out is %q", out.String())
	}
	errs.Reset()
	c = &console{out: &out, err: &errs}
	for i := range 101 {
		c.progress("Fetching", i, 100, "")
	}
	if n := strings.Count(errs.String(), "\n"); n != 11 || strings.Contains(errs.String(), "\r") {
		t.Errorf("a log got %d lines", n)
	}
	for s, want := range map[string]string{"short": "short", "a long name of a title": "a long na…", "長い題名です": "長い題名…"} {
		if got := shorten(s, 10); got != want {
			t.Errorf("%q became %q", s, got)
		}
	}
}
