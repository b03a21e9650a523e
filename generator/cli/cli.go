// Package cli is the command line: commands, flags, environment, everything
// that is printed, and the exit codes.
package cli

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"log"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"
	_ "time/tzdata" // for the time_zone setting on systems without zone files

	"github.com/go-text/typesetting/fontscan"
	"github.com/spf13/cobra"
	"golang.org/x/term"
)

// The exit codes.
const (
	ExitDone    = 0 // all done
	ExitNothing = 1 // nothing could be published
	ExitUsage   = 2 // wrong command line or site.yaml
	ExitStale   = 3 // published from the last good snapshot, as the fetch failed
)

// System is what a run needs of the world around it.
type System struct {
	// Files holds templates/, assets/ and the starter site.yaml.
	Files          fs.FS
	Getenv         func(string) string
	Stdout, Stderr io.Writer
	Now            func() time.Time
	// Sleep waits between requests, on the clock of Now; nil means in real time.
	Sleep func(context.Context, time.Duration) error
	// FontFolders is where this computer has its fonts.
	FontFolders []string
	// Timeout bounds one try of a request; 0 means as long as is usual.
	Timeout time.Duration
}

// memory is from when on the garbage collector works more to hold less. Only profiles
// of some thousand titles come near it.
const memory = 208 << 20

// Main runs the program with the process's arguments and ends it.
func Main(files fs.FS) {
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(memory)
	}
	// net/http logs what it thinks odd about a connection, with a part of it.
	log.SetOutput(io.Discard)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	// Without folders there are no fonts to look through, which is no fault.
	folders, _ := fontscan.DefaultFontDirectories(log.New(io.Discard, "", 0))
	os.Exit(Run(ctx, os.Args[1:], System{
		Files: files, Getenv: os.Getenv, Stdout: os.Stdout, Stderr: os.Stderr, Now: time.Now, FontFolders: folders,
	}))
}

// Run runs one command and returns the exit code.
func Run(ctx context.Context, args []string, sys System) int {
	a := &app{System: sys, fonts: fontFolders(sys.FontFolders), console: &console{
		out: sys.Stdout, err: sys.Stderr, github: newGitHub(sys.Getenv),
	}}
	if f, ok := sys.Stderr.(*os.File); ok && !a.console.github.active {
		a.console.terminal = term.IsTerminal(int(f.Fd()))
	}
	root := a.root()
	root.SetArgs(args)
	root.SetOut(sys.Stdout)
	root.SetErr(sys.Stderr)
	err := root.ExecuteContext(ctx)
	a.console.done()
	return a.exitCode(err)
}

// app is one run of the program.
type app struct {
	System
	*console
	flags flags
	fonts fontFolders
}

// An exitError ends the program with a code. What there was to say about it
// has been said when its text is empty.
type exitError struct {
	code int
	err  error
}

func (e *exitError) Error() string {
	if e.err == nil {
		return ""
	}
	return e.err.Error()
}

func (e *exitError) Unwrap() error { return e.err }

// exitCode prints err, if it has not been told yet, and gives its code. An
// error that no command made comes from cobra: the command line was wrong.
func (a *app) exitCode(err error) int {
	if err == nil {
		return ExitDone
	}
	var exit *exitError
	if !errors.As(err, &exit) {
		a.console.fail(err.Error() + "\nRun 'trophycase --help' for the commands and their flags.")
		return ExitUsage
	}
	if exit.err != nil {
		a.console.fail(exit.err.Error())
	}
	return exit.code
}

// flags is what the command line set.
type flags struct {
	config, out, snapshot, baseURL string
	defaultBaseURL                 string
	sample, full, quiet, verbose   bool
	maxRequests                    int
}

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "trophycase",
		Short: "Turn a PlayStation Network trophy profile into a static site",
		Long: `trophycase asks PlayStation Network for what changed in a trophy profile, keeps
the answers in a snapshot, and turns the snapshot into a static site: pages,
trophy cards as PNG pictures, and feeds.

The sign-in is the environment variable PSN_NPSSO and nothing else; it is never
written anywhere. Settings are in site.yaml.

Exit codes:
  0  all done
  1  nothing could be published
  2  wrong command line or site.yaml
  3  published from the last good snapshot, as the fetch failed`,
		Example: `  trophycase build --sample      the invented sample profile, without an account
  trophycase serve --sample      the same, shown in the browser as you change it
  PSN_NPSSO=… trophycase build   your own`,
		SilenceErrors: true,
		SilenceUsage:  true,
		PersistentPreRun: func(*cobra.Command, []string) {
			a.console.quiet, a.console.verbose = a.flags.quiet, a.flags.verbose
		},
	}
	f := root.PersistentFlags()
	f.StringVar(&a.flags.config, "config", "site.yaml", "the file with the settings")
	f.BoolVarP(&a.flags.quiet, "quiet", "q", false, "print warnings and errors only")
	f.BoolVarP(&a.flags.verbose, "verbose", "v", false, "print each request and each decision")
	root.MarkFlagsMutuallyExclusive("quiet", "verbose")
	root.AddCommand(a.buildCommand(), a.fetchCommand(), a.renderCommand(), a.serveCommand(),
		a.checkCommand(), a.initCommand(), a.versionCommand())
	root.InitDefaultCompletionCmd()
	return root
}

func (f *flags) addSnapshot(c *cobra.Command) {
	c.Flags().StringVar(&f.snapshot, "snapshot", "snapshot", "the folder of PSN's answers")
}

func (f *flags) addRender(c *cobra.Command) {
	c.Flags().StringVar(&f.out, "out", "public", "the folder of the site")
	c.Flags().BoolVar(&f.sample, "sample", false, "the invented sample profile: needs no account and no network")
	c.Flags().StringVar(&f.baseURL, "base-url", "", "where the site will stand, instead of base_url in site.yaml")
	c.Flags().StringVar(&f.defaultBaseURL, "default-base-url", "", "where the site will stand if base_url in site.yaml is not a whole address")
}

func (f *flags) addFetch(c *cobra.Command) {
	c.Flags().BoolVar(&f.full, "full", false, "ask for everything again, not only for what changed")
	c.Flags().IntVar(&f.maxRequests, "max-requests", 0, "requests to make at most, instead of fetch.max_requests in site.yaml")
}
