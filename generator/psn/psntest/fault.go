package psntest

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// A Fault is what goes wrong with some requests.
type Fault struct {
	// Kind and Path choose the requests: of this kind, with this in the path.
	// What is "" chooses all.
	Kind, Path string
	// Skip is how many of them pass first, Times how many are hit after that;
	// 0 means all.
	Skip, Times int

	Delay  time.Duration
	Status int // without one the true answer follows the delay
	Header http.Header
	Body   string
	// Length, if not 0, is a Content-Length that may be wrong.
	Length int
	// Raw, if set, is all that the connection carries.
	Raw string
	// Repeat writes Body so many times, at least once.
	Repeat int
	// Reset ends the connection, after Body if there is one.
	Reset bool
	// Change, if set, makes the answer from the true one. It must not change
	// what it is given.
	Change Change
}

// AccessDenied is the page of the servers in front of PSN.
const AccessDenied = "<HTML><HEAD><TITLE>Access Denied</TITLE></HEAD><BODY><H1>Access Denied</H1></BODY></HTML>"

// Fault makes something go wrong with the requests to come.
func (s *Server) Fault(f Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if f.Times == 0 {
		f.Times = -1
	}
	s.faults = append(s.faults, &f)
}

// takeFault is the first fault that hits a request.
func (s *Server) takeFault(kind, path string) *Fault {
	for _, f := range s.faults {
		if f.Times == 0 || f.Kind != "" && f.Kind != kind || !strings.Contains(path, f.Path) {
			continue
		}
		if f.Skip > 0 {
			f.Skip--
			continue
		}
		if f.Times > 0 {
			f.Times--
		}
		hit := *f
		return &hit
	}
	return nil
}

// apply does the damage; false means that the true answer is to follow.
func (f *Fault) apply(w http.ResponseWriter, r *http.Request, closed <-chan struct{}) bool {
	if f.Delay > 0 {
		select {
		case <-r.Context().Done():
			return true
		case <-closed:
			return true
		case <-time.After(f.Delay):
		}
	}
	if f.Raw != "" {
		f.writeRaw(w)
		return true
	}
	if f.Status == 0 && !f.Reset {
		return false
	}
	if f.Status == 0 {
		panic(http.ErrAbortHandler)
	}
	for k, v := range f.Header {
		w.Header()[k] = v
	}
	if f.Length > 0 {
		w.Header().Set("Content-Length", strconv.Itoa(f.Length))
	}
	w.WriteHeader(f.Status)
	for range max(1, f.Repeat) {
		if _, err := w.Write([]byte(f.Body)); err != nil {
			break
		}
	}
	if f.Reset {
		if flusher, ok := w.(http.Flusher); ok {
			flusher.Flush()
		}
		panic(http.ErrAbortHandler)
	}
	return true
}

func (f *Fault) writeRaw(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic("psntest: " + err.Error())
	}
	defer conn.Close()
	// Who has gone away meanwhile does not miss it.
	_, _ = conn.Write([]byte(f.Raw))
}
