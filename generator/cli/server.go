package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"net"
	"net/http"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/fsnotify/fsnotify"
)

// The addresses of the part that reloads the browser.
const (
	scriptPath = "/.trophycase/reload.js"
	eventsPath = "/.trophycase/events"
)

// writeTime bounds how long one answer, or one event, takes to be sent.
const writeTime = 30 * time.Second

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

// server shows a folder and nothing else, to programs of this computer only unless
// it is told to listen on other addresses.
type server struct {
	root   string
	prefix string // where the site stands, with slashes at both ends
	// host is the address that was listened on: others are refused, so that no
	// page on the web can read the site by a name that leads to this computer.
	host     string
	loopback bool

	mu sync.Mutex
	// waiting is a channel for each browser, with what it is still to be told.
	waiting map[chan string]bool
	// trouble is why the site is not that of the files, as JSON, or "".
	trouble string
}

func newServer(root, address, baseURL string) *server {
	s := &server{root: root, prefix: "/", host: address, waiting: map[chan string]bool{}}
	ip := net.ParseIP(hostOf(address))
	s.loopback = ip != nil && ip.IsLoopback()
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
	for name, value := range map[string]string{
		"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store", "Cross-Origin-Resource-Policy": "same-origin",
		"Cross-Origin-Opener-Policy": "same-origin", "X-Frame-Options": "DENY",
	} {
		w.Header().Set(name, value)
	}
	// A browser that stops reading holds no file open for ever; events set their own.
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(writeTime))
	switch {
	case !s.known(r.Host):
		http.Error(w, "this address is not served here", http.StatusMisdirectedRequest)
	case foreign(r):
		http.Error(w, "this is not for other sites", http.StatusForbidden)
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

// known says that a Host header is the one of this server: the very address, or
// localhost for a loopback one. Who listens on all addresses is known by each of
// them, but by no name, as a name may be anybody's.
func (s *server) known(host string) bool {
	if host == s.host {
		return true
	}
	_, port, err := net.SplitHostPort(s.host)
	name, its, errIts := net.SplitHostPort(host)
	if err != nil || errIts != nil || port != its {
		return false
	}
	if net.ParseIP(hostOf(s.host)).IsUnspecified() {
		return name == "localhost" || net.ParseIP(name) != nil
	}
	return s.loopback && name == "localhost"
}

// foreign says that a page of another site asks. Its visitor may follow a link to
// here, but it can neither show nor read what is here.
func foreign(r *http.Request) bool {
	if origin := r.Header.Get("Origin"); origin != "" && origin != "http://"+r.Host {
		return true
	}
	site := r.Header.Get("Sec-Fetch-Site")
	return (site == "cross-site" || site == "same-site") && r.Header.Get("Sec-Fetch-Mode") != "navigate"
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
	control := http.NewResponseController(w)
	// The time for reading a request would end the stream too; writing bounds it.
	_ = control.SetReadDeadline(time.Time{})
	send := func(text string) error {
		_ = control.SetWriteDeadline(time.Now().Add(writeTime))
		_, err := w.Write([]byte(text))
		return errors.Join(err, control.Flush())
	}
	// A comment now and then finds out that nobody listens any more.
	beat := time.NewTicker(writeTime / 2)
	defer beat.Stop()
	err := send(": here\n\n")
	for err == nil {
		select {
		case <-r.Context().Done():
			return
		case <-beat.C:
			err = send(": here\n\n")
		case trouble := <-c:
			if trouble == "" {
				err = send("data: new\n\n")
			} else {
				err = send("event: trouble\ndata: " + trouble + "\n\n")
			}
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
	data, isFolder, err := read(root, name)
	status := http.StatusOK
	if inside && isFolder && !hidden(name) {
		http.Redirect(w, r, (&url.URL{Path: s.prefix + name + "/"}).String(), http.StatusFound)
		return
	}
	if err != nil || !inside || hidden(name) {
		status, name = http.StatusNotFound, "404.html"
		if data, _, err = read(root, name); err != nil {
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

// read reads a file, and nothing that is not one: a pipe would never end. What a
// link leads to outside of the root is not there.
func read(root *os.Root, name string) (data []byte, isFolder bool, err error) {
	if !fs.ValidPath(name) || strings.Contains(name, "\\") {
		return nil, false, fs.ErrNotExist
	}
	info, err := root.Stat(filepath.FromSlash(name))
	if err != nil {
		return nil, false, err
	}
	if !info.Mode().IsRegular() {
		return nil, info.IsDir(), fs.ErrNotExist
	}
	data, err = root.ReadFile(filepath.FromSlash(name))
	return data, false, err
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
