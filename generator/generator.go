// Package generator is the whole program in one sentence: ask PSN for what
// changed, keep what it said, derive the model, render pages, cards and feeds
// from the model alone, publish what differs, all or nothing.
//
// [Job.Fetch] is the first half, [Job.Render] the second, [Job.Build] both.
// What a site consists of, at which paths and with which links, stands in
// artifacts.go and nowhere else.
package generator

import (
	"context"
	"io/fs"
	"log/slog"
	"time"

	"github.com/trophycase/trophycase/generator/config"
	"github.com/trophycase/trophycase/generator/psn"
)

// A Job is one profile's site to be built.
type Job struct {
	Config *config.Config
	// Files holds the folders templates and assets, and the owner's fonts by
	// the names that cards.fonts in site.yaml gives them.
	Files fs.FS
	// Fonts gives the names in Files of the fonts of this computer. They are looked
	// through for a character that no other font has. May be nil.
	Fonts func() []string
	// SnapshotDir is the folder that Fetch writes to.
	SnapshotDir string
	// Snapshot is the same folder, or the sample profile, to render from.
	Snapshot fs.FS
	// Out is the folder of the site.
	Out string
	// Program identifies the code that renders: an artifact that another
	// program made is rendered again.
	Program string
	Access  Access
	// Full asks for everything again.
	Full bool
	// Embeds asks for what to copy for the cards also if nothing changed.
	Embeds bool
	Now    time.Time
	Log    *slog.Logger
	// Sleep waits between requests and Clock is the time there; nil means real
	// time.
	Sleep func(context.Context, time.Duration) error
	Clock func() time.Time
	// Timeout bounds one try of a request; 0 means as long as is usual.
	Timeout time.Duration
	// Progress is called as the work goes on, never twice at once. May be nil.
	Progress func(Progress)
}

// A Secret is a text that is never shown, however it is printed.
type Secret = psn.Secret

// Access is how PSN is reached. It comes from the environment only.
type Access struct {
	NPSSO Secret
	// APIURL and AuthURL replace PSN's addresses when they are not "".
	APIURL, AuthURL string
}

// Progress is how far a step has come.
type Progress struct {
	Step        string // such as "Fetching"
	Done, Total int
	What        string // what is worked on, or ""
}

func (j *Job) progress(step string, done, total int, what string) {
	if j.Progress != nil {
		j.Progress(Progress{Step: step, Done: done, Total: total, What: what})
	}
}
