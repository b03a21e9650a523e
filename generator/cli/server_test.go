package cli

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// place is a folder to be served, with secrets beside it and links that lead there.
func place(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"secret.txt": "OUTSIDE", "elsewhere/index.html": "OUTSIDE", "public/index.html": "<head></head>home", "public/404.html": "not here",
		"public/titles/one/index.html": "one", "public/.git/config": "HIDDEN", "public/.trophycase.json": "HIDDEN", "public/a/.env": "HIDDEN",
	} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for name, target := range map[string]string{
		"link.txt": "../secret.txt", "absolute.txt": filepath.Join(dir, "secret.txt"), "dir": "../elsewhere", "root": "/",
		"chain": "dir/../../secret.txt", "inside": "titles/one",
	} {
		if err := os.Symlink(target, filepath.Join(dir, "public", name)); err != nil {
			t.Skipf("this system has no symbolic links for us: %v", err)
		}
	}
	return filepath.Join(dir, "public")
}

// ask sends a request as it stands, with no client in between that would mend it.
func ask(h http.Handler, method, target, host string, header ...string) *httptest.ResponseRecorder {
	raw := fmt.Sprintf("%s %s HTTP/1.1\r\nHost: %s\r\n", method, target, host)
	for _, h := range header {
		raw += h + "\r\n"
	}
	w := httptest.NewRecorder()
	r, err := http.ReadRequest(bufio.NewReader(strings.NewReader(raw + "\r\n")))
	if err != nil {
		w.Code = http.StatusBadRequest
		return w
	}
	h.ServeHTTP(w, r)
	return w
}

func TestServesTheSiteAlone(t *testing.T) {
	const host = "127.0.0.1:8080"
	for _, prefix := range []string{"/", "/trophies/"} {
		s := newServer(place(t), host, prefix)
		for _, path := range []string{"", "index.html", "titles/one/", "inside/"} {
			if w := ask(s, "GET", prefix+path, host); w.Code != http.StatusOK {
				t.Errorf("%s%s: %d", prefix, path, w.Code)
			}
		}
		for _, path := range []string{
			"../secret.txt", "..%2fsecret.txt", "%2e%2e/secret.txt", "%2e%2e%2fsecret.txt", "..%5csecret.txt", `..\secret.txt`, "titles/../../secret.txt",
			"%252e%252e/secret.txt", "..%c0%afsecret.txt", "....//secret.txt", "%00", "index.html%00.txt", "../secret.txt%00.html", "link.txt", "absolute.txt",
			"dir/index.html", "dir/", "root/etc/passwd", "root/", "chain", ".git/config", ".git/", ".git", ".trophycase.json", "a/.env", "a%2f.env", "./.git/config",
			"C:/secret.txt", "//secret.txt", "/etc/passwd", "index.html/", strings.Repeat("a/", 3000), "CON", "titles/one/index.html::$DATA", "~/secret.txt",
		} {
			w := ask(s, "GET", prefix+path, host)
			body := w.Body.String()
			if w.Code == http.StatusOK || strings.Contains(body, "OUTSIDE") || strings.Contains(body, "HIDDEN") || strings.Contains(body, "root:") {
				t.Errorf("%s%.60s: %d %.60q", prefix, path, w.Code, body)
			}
		}
	}
}

// TestRedirects sees that no address makes the server send a browser to another
// one's site.
func TestRedirects(t *testing.T) {
	const host = "127.0.0.1:8080"
	s := newServer(place(t), host, "")
	for path, want := range map[string]string{
		"/titles": "/titles/", "//titles": "/titles/", "///titles": "/titles/", "/./titles": "/titles/", "/titles/one": "/titles/one/",
		"//evil.example/..": "", "//evil.example": "", "/\\evil.example": "", "/%5cevil.example": "", "http://evil.example/titles": "",
	} {
		w := ask(s, "GET", path, host)
		if got := w.Header().Get("Location"); got != want {
			t.Errorf("%s leads to %q, want %q", path, got, want)
		}
	}
}

func TestWhoMayAsk(t *testing.T) {
	tests := []struct {
		listens, method, target, host string
		header                        []string
		want                          int
	}{
		{"127.0.0.1:8080", "GET", "/", "127.0.0.1:8080", nil, 200},
		{"127.0.0.1:8080", "HEAD", "/", "127.0.0.1:8080", nil, 200},
		{"127.0.0.1:8080", "GET", "/", "localhost:8080", nil, 200},
		{"[::1]:8080", "GET", "/", "localhost:8080", nil, 200},
		{"127.0.0.1:8080", "GET", "/", "localhost:81", nil, 421},
		{"127.0.0.1:8080", "GET", "/", "127.0.0.1", nil, 421},
		{"127.0.0.1:8080", "GET", "/", "evil.example", nil, 421},
		{"127.0.0.1:8080", "GET", "/", "evil.example:8080", nil, 421},
		{"127.0.0.1:8080", "GET", "/", "localhost.evil.example:8080", nil, 421},
		{"127.0.0.1:8080", "GET", "/", "127.0.0.1:8080.evil.example", nil, 421},
		{"127.0.0.1:8080", "GET", "/", "10.0.0.1:8080", nil, 421},
		{"127.0.0.1:8080", "GET", "/", "", nil, 421},
		{"127.0.0.1:8080", "GET", "http://evil.example/", "127.0.0.1:8080", nil, 421},
		{"127.0.0.1:8080", "GET", scriptPath, "evil.example", nil, 421},
		{"127.0.0.1:8080", "GET", eventsPath, "evil.example", nil, 421},
		// Who listens for other computers is known by its addresses, not by names.
		{"0.0.0.0:8080", "GET", "/", "192.0.2.7:8080", nil, 200},
		{"[::]:8080", "GET", "/", "[2001:db8::7]:8080", nil, 200},
		{"0.0.0.0:8080", "GET", "/", "evil.example:8080", nil, 421},
		{"192.0.2.7:8080", "GET", "/", "192.0.2.7:8080", nil, 200},
		{"192.0.2.7:8080", "GET", "/", "localhost:8080", nil, 421},
		{"127.0.0.1:8080", "POST", "/", "127.0.0.1:8080", nil, 405},
		{"127.0.0.1:8080", "PUT", "/", "127.0.0.1:8080", nil, 405},
		{"127.0.0.1:8080", "DELETE", "/", "127.0.0.1:8080", nil, 405},
		{"127.0.0.1:8080", "OPTIONS", "/", "127.0.0.1:8080", nil, 405},
		{"127.0.0.1:8080", "TRACE", "/", "127.0.0.1:8080", nil, 405},
		{"127.0.0.1:8080", "get", "/", "127.0.0.1:8080", nil, 405},
		{"127.0.0.1:8080", "GET", "/", "127.0.0.1:8080", []string{"Origin: http://127.0.0.1:8080"}, 200},
		{"127.0.0.1:8080", "GET", "/", "127.0.0.1:8080", []string{"Origin: https://evil.example"}, 403},
		{"127.0.0.1:8080", "GET", "/", "127.0.0.1:8080", []string{"Origin: null"}, 403},
		{"127.0.0.1:8080", "GET", eventsPath, "127.0.0.1:8080", []string{"Origin: https://evil.example"}, 403},
		{"127.0.0.1:8080", "GET", eventsPath, "127.0.0.1:8080", []string{"Origin: http://127.0.0.1:9"}, 403},
		{"127.0.0.1:8080", "GET", scriptPath, "127.0.0.1:8080", []string{"Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors"}, 403},
		{"127.0.0.1:8080", "GET", "/", "127.0.0.1:8080", []string{"Sec-Fetch-Site: same-site", "Sec-Fetch-Mode: cors"}, 403},
		{"127.0.0.1:8080", "GET", "/", "127.0.0.1:8080", []string{"Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate"}, 200},
		{"127.0.0.1:8080", "GET", "/", "127.0.0.1:8080", []string{"Sec-Fetch-Site: same-origin", "Sec-Fetch-Mode: no-cors"}, 200},
	}
	dir := place(t)
	for _, tt := range tests {
		w := ask(newServer(dir, tt.listens, ""), tt.method, tt.target, tt.host, tt.header...)
		if w.Code != tt.want {
			t.Errorf("%s %s of %q at %s, %q: %d, want %d", tt.method, tt.target, tt.host, tt.listens, tt.header, w.Code, tt.want)
		}
		for name := range w.Header() {
			if strings.HasPrefix(name, "Access-Control") {
				t.Errorf("%s %s: %s lets other sites in", tt.method, tt.target, name)
			}
		}
		if got := w.Header().Get("Cross-Origin-Resource-Policy"); got != "same-origin" {
			t.Errorf("%s %s may be shown by other sites: %q", tt.method, tt.target, got)
		}
	}
}

func TestBounded(t *testing.T) {
	s := bounded(nil)
	if s.ReadHeaderTimeout <= 0 || s.ReadTimeout <= 0 || s.IdleTimeout <= 0 || s.MaxHeaderBytes <= 0 || s.MaxHeaderBytes > 1<<20 {
		t.Errorf("the server waits without end: %+v", s)
	}
}

func TestListensOnLoopback(t *testing.T) {
	for _, address := range []string{"127.0.0.1:0", ":0", "localhost:0"} {
		l, err := listen(address)
		if err != nil {
			t.Fatal(err)
		}
		if tcp := l.Addr().(*net.TCPAddr); !tcp.IP.IsLoopback() {
			t.Errorf("%q listens at %s", address, tcp)
		}
		l.Close()
	}
}

// TestEventsEnd sees that who waits for news is forgotten when he goes.
func TestEventsEnd(t *testing.T) {
	s := newServer(place(t), "", "")
	server := httptest.NewServer(s)
	defer server.Close()
	s.host = server.Listener.Addr().String()
	waiting := func() int {
		s.mu.Lock()
		defer s.mu.Unlock()
		return len(s.waiting)
	}
	client := server.Client()
	client.Timeout = 30 * time.Second
	resp, err := client.Get(server.URL + eventsPath)
	if err != nil {
		t.Fatal(err)
	}
	eventually(t, "somebody waits", func() bool { return waiting() == 1 })
	s.tell(nil)
	lines := bufio.NewScanner(resp.Body)
	for lines.Scan() && lines.Text() != "data: new" {
	}
	if lines.Text() != "data: new" {
		t.Errorf("the browser was not told: %v", lines.Err())
	}
	resp.Body.Close()
	eventually(t, "nobody waits", func() bool { return waiting() == 0 })
}
