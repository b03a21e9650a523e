package cli

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/fsnotify/fsnotify"
	"github.com/spf13/cobra"
)

func (a *app) serveCommand() *cobra.Command {
	var address string
	c := &cobra.Command{
		Use:   "serve",
		Short: "Show the site on this computer and rebuild it as its files change",
		Long: `Serve builds the site from the snapshot, shows it at a loopback address, builds it
again when templates, assets, content or site.yaml change, and reloads the
browser, or shows there what is wrong and on which line. It asks PSN for nothing.`,
		Example: `  trophycase serve --sample
  trophycase serve --address 127.0.0.1:9000`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return a.serve(c.Context(), address) },
	}
	a.flags.addRender(c)
	a.flags.addSnapshot(c)
	c.Flags().StringVar(&address, "address", "127.0.0.1:8080", "where to listen; port 0 takes a free one, 0.0.0.0 lets other computers in")
	return c
}

func (a *app) serve(ctx context.Context, address string) error {
	job, err := a.job()
	if err != nil {
		return err
	}
	if err := a.render(ctx); err != nil {
		return err
	}
	listener, err := listen(address)
	if err != nil {
		return &exitError{ExitNothing, fmt.Errorf("serve: %w", err)}
	}
	site := newServer(a.flags.out, listener.Addr().String(), job.Config.BaseURL)
	watcher, err := a.watch()
	if err != nil {
		return &exitError{ExitNothing, fmt.Errorf("serve: %w", err)}
	}
	defer watcher.Close()
	a.answer("The site is at http://" + listener.Addr().String() + site.prefix)
	if !site.loopback {
		a.warn("The site can be read by everybody who reaches this computer at " + listener.Addr().String() + ".")
	}
	server := bounded(site)
	var wait sync.WaitGroup
	wait.Go(func() { a.rebuild(ctx, watcher, site.tell) })
	wait.Go(func() {
		<-ctx.Done()
		server.Close()
	})
	err = server.Serve(listener)
	wait.Wait()
	if !errors.Is(err, http.ErrServerClosed) {
		return &exitError{ExitNothing, err}
	}
	return nil
}

// bounded is a server that nobody can keep busy by being slow. How long an answer
// takes to be written is bounded by its handler.
func bounded(h http.Handler) *http.Server {
	return &http.Server{
		Handler: h, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 20 * time.Second, IdleTimeout: time.Minute,
		MaxHeaderBytes: 32 << 10,
	}
}

// listen takes the address, or the next free port when it is taken.
func listen(address string) (net.Listener, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	if host == "" { // who gives a port alone does not ask for all networks
		host = "127.0.0.1"
	}
	n, err := strconv.Atoi(port)
	if err != nil {
		return nil, fmt.Errorf("%q is not a port", port)
	}
	for try := 0; ; try++ {
		l, err := net.Listen("tcp", net.JoinHostPort(host, strconv.Itoa(n+try)))
		if err == nil || n == 0 || try == 9 {
			return l, err
		}
	}
}

// watched is what a site is made from, in the folder of site.yaml.
var watched = []string{"templates", "assets", "content"}

// watch follows the folders that the site is made from, with all below them.
func (a *app) watch() (*fsnotify.Watcher, error) {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	root := filepath.Dir(a.flags.config)
	// Editors replace files, so the folder of site.yaml is followed too.
	if err := w.Add(root); err != nil {
		w.Close()
		return nil, err
	}
	for _, name := range watched {
		addFolders(w, filepath.Join(root, name))
	}
	return w, nil
}

// rebuild builds the site again after each change, once for many at a time.
func (a *app) rebuild(ctx context.Context, w *fsnotify.Watcher, done func(error)) {
	var pause <-chan time.Time
	for {
		select {
		case <-ctx.Done():
			return
		case e, ok := <-w.Events:
			if !ok {
				return
			}
			if !a.concerns(e.Name) {
				continue
			}
			if e.Has(fsnotify.Create) {
				addFolders(w, e.Name)
			}
			pause = time.After(150 * time.Millisecond)
		case <-pause:
			pause = nil
			// What went wrong has been told or is told here; the old site stays.
			err := a.render(ctx)
			if err != nil {
				a.exitCode(err)
			}
			done(err)
		case err, ok := <-w.Errors:
			if !ok {
				return
			}
			a.warn("watching the files: " + err.Error())
		}
	}
}

// concerns says that a file is one that the site is made from.
func (a *app) concerns(name string) bool {
	relative, err := filepath.Rel(filepath.Dir(a.flags.config), name)
	if err != nil {
		return false
	}
	if relative == filepath.Base(a.flags.config) {
		return true
	}
	for _, folder := range watched {
		if relative == folder || strings.HasPrefix(relative, folder+string(filepath.Separator)) {
			return true
		}
	}
	return false
}
