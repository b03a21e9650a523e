//go:build unix

package cli

import (
	"net/http"
	"path/filepath"
	"syscall"
	"testing"
)

// TestPipe serves a pipe, which would never end.
func TestPipe(t *testing.T) {
	dir := place(t)
	if err := syscall.Mkfifo(filepath.Join(dir, "pipe"), 0o644); err != nil {
		t.Fatal(err)
	}
	if w := ask(newServer(dir, "127.0.0.1:8080", ""), "GET", "/pipe", "127.0.0.1:8080"); w.Code != http.StatusNotFound {
		t.Errorf("a pipe was answered with %d", w.Code)
	}
}
