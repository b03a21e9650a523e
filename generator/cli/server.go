package cli

import (
	"bytes"
	"encoding/json"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"

	"github.com/fsnotify/fsnotify"
)

// The addresses of the part that reloads the browser.
const (
	scriptPath = "/.trophycase/reload.js"
	eventsPath = "/.trophycase/events"
)

// reloadScript reloads the page when there is a new site, and lays what went wrong
// over the old one. Styles are set one by one: the pages' policy forbids others.
const reloadScript = `const events = new EventSource("` + eventsPath + `");
events.onmessage = () => location.reload();
events.addEventListener("trouble", event => {
  const box = document.getElementById("trophycase-trouble") ?? document.body.appendChild(document.createElement("pre"));
  box.id = "trophycase-trouble";
  box.setAttribute("role", "alert");
  box.dir = "ltr";
  box.textContent = JSON.parse(event.data);
  Object.assign(box.style, {
    position: "fixed", insetInline: "0", bottom: "0", zIndex: "9", margin: "0", padding: "16px 24px", maxHeight: "50vh", overflow: "auto",
    background: "#7a1420", color: "#ffffff", font: "14px/1.5 ui-monospace, Consolas, monospace", whiteSpace: "pre-wrap",
  });
});
`

// server shows a folder and nothing else, to programs of this computer only.
type server struct {
	root   string
	prefix string // where the site stands, with slashes at both ends
	// host is the address that was listened on: others are refused, so that no
	// page on the web can read the site by a name that leads to this computer.
	host string

	mu sync.Mutex
	// waiting is a channel for each browser, with what it is still to be told.
	waiting map[chan string]bool
	// trouble is why the site is not that of the files, as JSON, or "".
	trouble string
}

func newServer(root, address, baseURL string) *server {
	s := &server{root: root, prefix: "/", host: address, waiting: map[chan string]bool{}}
	if u, err := url.Parse(baseURL); err == nil && strings.HasSuffix(u.Path, "/") {
		s.prefix = u.Path
	}
	return s
}

// tell tells all browsers that the site is a new one, or why it is not.
func (s *server) tell(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.trouble = ""
	if err != nil {
		text, _ := json.Marshal(err.Error())
		s.trouble = string(text)
	}
	for c := range s.waiting {
		// Only the latest counts.
		select {
		case <-c:
		default:
		}
		c <- s.trouble
	}
}

// ServeHTTP implements http.Handler.
func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Cache-Control", "no-store")
	switch {
	case !s.known(r.Host):
		http.Error(w, "this address is not served here", http.StatusMisdirectedRequest)
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		http.Error(w, "only reading is possible", http.StatusMethodNotAllowed)
	case r.URL.Path == scriptPath:
		w.Header().Set("Content-Type", "text/javascript")
		_, _ = w.Write([]byte(reloadScript))
	case r.URL.Path == eventsPath:
		s.events(w, r)
	case s.prefix != "/" && r.URL.Path == "/":
		http.Redirect(w, r, s.prefix, http.StatusFound)
	default:
		s.file(w, r)
	}
}

// known says that a Host header is the one of this server.
func (s *server) known(host string) bool {
	if host == s.host {
		return true
	}
	_, port, err := net.SplitHostPort(s.host)
	ip := net.ParseIP(strings.TrimSuffix(strings.TrimPrefix(hostOf(s.host), "["), "]"))
	loopback := err == nil && ip != nil && (ip.IsLoopback() || ip.IsUnspecified())
	return loopback && host == net.JoinHostPort("localhost", port)
}

func hostOf(address string) string {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return address
	}
	return host
}

func (s *server) events(w http.ResponseWriter, r *http.Request) {
	c := make(chan string, 1)
	s.mu.Lock()
	s.waiting[c] = true
	if s.trouble != "" {
		c <- s.trouble
	}
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		delete(s.waiting, c)
		s.mu.Unlock()
	}()
	w.Header().Set("Content-Type", "text/event-stream")
	flusher := http.NewResponseController(w)
	_ = flusher.Flush()
	for {
		select {
		case <-r.Context().Done():
			return
		case trouble := <-c:
			if trouble == "" {
				_, _ = io.WriteString(w, "data: new\n\n")
			} else {
				_, _ = io.WriteString(w, "event: trouble\ndata: "+trouble+"\n\n")
			}
			_ = flusher.Flush()
		}
	}
}

// file answers with a file of the site, or with its page for wrong addresses.
func (s *server) file(w http.ResponseWriter, r *http.Request) {
	// A root is opened for each request: a build replaces the folder.
	root, err := os.OpenRoot(s.root)
	if err != nil {
		http.Error(w, "the site is gone: "+err.Error(), http.StatusInternalServerError)
		return
	}
	defer root.Close()
	name, inside := strings.CutPrefix(path.Clean(r.URL.Path), strings.TrimSuffix(s.prefix, "/"))
	name = strings.TrimPrefix(name, "/")
	if strings.HasSuffix(r.URL.Path, "/") || name == "" {
		name = path.Join(name, "index.html")
	}
	data, err := fs.ReadFile(root.FS(), name)
	status := http.StatusOK
	if info, statErr := root.Stat(filepath.FromSlash(name)); inside && err != nil && statErr == nil && info.IsDir() {
		http.Redirect(w, r, r.URL.Path+"/", http.StatusFound)
		return
	}
	if err != nil || !inside || hidden(name) {
		status, name = http.StatusNotFound, "404.html"
		if data, err = fs.ReadFile(root.FS(), name); err != nil {
			data = []byte("nothing here")
		}
	}
	kind := contentType(name)
	w.Header().Set("Content-Type", kind)
	if strings.HasPrefix(kind, "text/html") {
		data = bytes.Replace(data, []byte("</head>"), []byte(`<script src="`+scriptPath+`" defer></script></head>`), 1)
	}
	w.WriteHeader(status)
	_, _ = w.Write(data)
}

func hidden(name string) bool { return strings.HasPrefix(name, ".") || strings.Contains(name, "/.") }

// contentType does not ask the system, which knows other types on each machine.
func contentType(name string) string {
	types := map[string]string{
		".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
		".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".xml": "application/xml",
		".json": "application/json", ".txt": "text/plain; charset=utf-8", ".woff2": "font/woff2", ".ico": "image/x-icon",
	}
	if t, ok := types[strings.ToLower(path.Ext(name))]; ok {
		return t
	}
	return "application/octet-stream"
}

// addFolders follows a folder and all below it; what is not one is nothing to
// follow.
func addFolders(w *fsnotify.Watcher, root string) {
	_ = filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return nil
		}
		if d.IsDir() {
			return w.Add(name)
		}
		return nil
	})
}
