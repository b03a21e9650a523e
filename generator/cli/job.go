package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"github.com/trophycase/trophycase/generator"
	"github.com/trophycase/trophycase/generator/config"
)

// job is what the command line, the environment and site.yaml ask for.
func (a *app) job() (*generator.Job, error) {
	c, err := a.loadConfig()
	if err != nil {
		return nil, err
	}
	if err := a.setBaseURL(c); err != nil {
		return nil, err
	}
	if a.flags.maxRequests < 0 {
		return nil, &exitError{ExitUsage, errors.New("--max-requests: the number of requests cannot be negative")}
	}
	if a.flags.maxRequests > 0 {
		c.Fetch.MaxRequests = a.flags.maxRequests
	}
	job := &generator.Job{
		Config:  c,
		Files:   a.siteFiles(),
		Out:     a.flags.out,
		Program: programID(),
		Full:    a.flags.full,
		Embeds:  a.verbose,
		Now:     a.Now().UTC(),
		Access: generator.Access{
			NPSSO:  generator.Secret(a.Getenv("PSN_NPSSO")),
			APIURL: a.Getenv("PSN_API_URL"), AuthURL: a.Getenv("PSN_AUTH_URL"),
		},
		Log: a.logger(), Sleep: a.Sleep, Timeout: a.Timeout, Fonts: a.fonts.names,
		Progress: func(p generator.Progress) { a.progress(p.Step, p.Done, p.Total, p.What) },
	}
	if a.Sleep != nil {
		job.Clock = a.Now
	}
	if a.flags.sample {
		job.Snapshot, err = fs.Sub(a.Files, "assets/sample")
		return job, err
	}
	job.SnapshotDir = a.flags.snapshot
	job.Snapshot = os.DirFS(a.flags.snapshot)
	return job, nil
}

// setBaseURL takes the site's address from the command line: instead of the
// settings' own, or where they have none.
func (a *app) setBaseURL(c *config.Config) (err error) {
	if a.flags.baseURL != "" {
		if config.Redact(a.flags.baseURL) != a.flags.baseURL {
			return &exitError{ExitUsage, errors.New("--base-url: this looks like a secret, and it would be published; the NPSSO belongs into the environment variable PSN_NPSSO")}
		}
		if c.BaseURL, err = config.BaseURL(a.flags.baseURL); err != nil {
			return &exitError{ExitUsage, fmt.Errorf("--base-url: %w", err)}
		}
		return nil
	}
	if a.flags.defaultBaseURL == "" || strings.Contains(c.BaseURL, "://") {
		return nil
	}
	if c.BaseURL, err = config.BaseURL(a.flags.defaultBaseURL); err != nil {
		return &exitError{ExitUsage, fmt.Errorf("--default-base-url: %w", err)}
	}
	return nil
}

// siteFiles is the owner's files before the program's own.
func (a *app) siteFiles() fs.FS {
	return overlay{os.DirFS(filepath.Dir(a.flags.config)), a.Files, a.fonts}
}

// loadConfig reads site.yaml. Without one the defaults hold, unless the command
// line names the file.
func (a *app) loadConfig() (*config.Config, error) {
	data, err := os.ReadFile(a.flags.config)
	if errors.Is(err, fs.ErrNotExist) && a.flags.config == "site.yaml" {
		a.detail("there is no site.yaml here: all settings have their defaults")
		return config.Default(), nil
	}
	if err != nil {
		return nil, &exitError{ExitUsage, fmt.Errorf("--config: %w", err)}
	}
	c, err := config.Parse(filepath.ToSlash(a.flags.config), data)
	var list *config.Errors
	if errors.As(err, &list) {
		for _, p := range list.Problems {
			a.complain("error", p.File, p.Line, p.Text)
		}
		return nil, &exitError{code: ExitUsage}
	}
	return c, err
}

// logger writes what --verbose asks for; nothing else.
func (a *app) logger() *slog.Logger {
	if !a.verbose {
		return slog.New(slog.DiscardHandler)
	}
	return slog.New(slog.NewTextHandler(a.Stderr, &slog.HandlerOptions{
		Level: slog.LevelDebug,
		ReplaceAttr: func(_ []string, attr slog.Attr) slog.Attr {
			if attr.Key == slog.TimeKey || attr.Key == slog.LevelKey {
				return slog.Attr{}
			}
			return attr
		},
	}))
}
