package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"

	"github.com/spf13/cobra"
)

const welcome = `---
title: About
description: Who hunts these trophies
menu: true
---

Write here what you like, in Markdown. The page appears in the site's menu; to
be rid of it, delete this file.
`

// ownAction is where the workflow of a copy of the program's repository uses an
// action that lies beside it; elsewhere there is none.
var ownAction = regexp.MustCompile(`uses: \./(\.github/actions/[a-z]+)`)

func (a *app) initCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "init [dir]",
		Short: "Write a starter site.yaml, an example page and the GitHub workflow",
		Long: `Init writes what a site of your own needs: site.yaml, an example page in
content/, and the workflow that builds and publishes the site on GitHub Pages.
It never overwrites: files that exist are left as they are.`,
		Example: `  trophycase init
  trophycase init my-trophies`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			dir := "."
			if len(args) == 1 {
				dir = args[0]
			}
			if err := a.initialise(dir); err != nil {
				return &exitError{ExitNothing, err}
			}
			return nil
		},
	}
}

func (a *app) initialise(dir string) error {
	files := []struct{ name, from string }{
		{"site.yaml", "site.yaml"},
		{"assets/site.schema.json", "assets/site.schema.json"},
		{".github/workflows/site.yml", ".github/workflows/site.yml"},
	}
	for _, f := range files {
		data, err := fs.ReadFile(a.Files, f.from)
		if err != nil {
			return err
		}
		data = ownAction.ReplaceAll(data, []byte("uses: trophycase/trophycase/$1@v1"))
		if err := a.writeNew(dir, f.name, data); err != nil {
			return err
		}
	}
	if err := a.writeNew(dir, "content/about.md", []byte(welcome)); err != nil {
		return err
	}
	if err := a.writeNew(dir, ".gitignore", []byte("/public/\n/snapshot/\n/.public.*\n")); err != nil {
		return err
	}
	a.say(`
Next:
  1. Open https://ca.account.sony.com/api/v1/ssocookie in a browser that is signed
     in to PlayStation, and copy the 64 characters of "npsso".
  2. Push this folder to a repository on GitHub; in its settings add the characters
     as a secret named PSN_NPSSO (Secrets and variables, Actions), and under Pages
     choose "GitHub Actions" as the source.
  3. Under Actions, run the workflow "Site". To build here instead:
     PSN_NPSSO=… trophycase build`)
	return nil
}

// writeNew writes a file that is not there yet.
func (a *app) writeNew(dir, name string, data []byte) error {
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return fmt.Errorf("init: %w", err)
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if errors.Is(err, fs.ErrExist) {
		a.say("kept     %s", name)
		return nil
	}
	if err != nil {
		return fmt.Errorf("init: %w", err)
	}
	if _, err := bytes.NewReader(data).WriteTo(f); err != nil {
		f.Close()
		return fmt.Errorf("init: %w", err)
	}
	if err := f.Close(); err != nil {
		return fmt.Errorf("init: %w", err)
	}
	a.say("written  %s", name)
	return nil
}
