// Makehostile builds the site of an account whose every text is an attack, from
// the stand-in for PSN, to look at it in a browser.
//
//	go run ./generator/internal/makehostile [-base-url URL] FOLDER
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/trophycase/trophycase/generator/cli"
	"github.com/trophycase/trophycase/generator/psn/psntest"
)

func main() {
	base := flag.String("base-url", "https://hunter.example/trophies/", "where the site will stand")
	flag.Parse()
	if flag.NArg() != 1 {
		fmt.Fprintln(os.Stderr, "usage: makehostile [-base-url URL] FOLDER")
		os.Exit(2)
	}
	code, err := build(flag.Arg(0), *base)
	if err != nil {
		fmt.Fprintln(os.Stderr, "makehostile:", err)
		os.Exit(1)
	}
	os.Exit(code)
}

// build makes the site from the repository's root, where templates and assets
// are.
func build(out, base string) (int, error) {
	dir, err := os.MkdirTemp("", "makehostile")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(dir)
	if err := os.MkdirAll(filepath.Join(dir, "content"), 0o755); err != nil {
		return 0, err
	}
	settings := "title: '<script>canary()</script>'\n"
	for name, text := range map[string]string{"site.yaml": settings, "content/prose.md": psntest.HostileProse()} {
		if err := os.WriteFile(filepath.Join(dir, filepath.FromSlash(name)), []byte(text), 0o644); err != nil {
			return 0, err
		}
	}
	server := psntest.New(nil, psntest.Hostile())
	defer server.Close()
	server.Fault(psntest.Fault{Change: psntest.HalfPairs()})
	env := map[string]string{"PSN_NPSSO": psntest.NPSSO, "PSN_API_URL": server.APIURL, "PSN_AUTH_URL": server.AuthURL}
	args := []string{"build", "--quiet", "--config", filepath.Join(dir, "site.yaml"), "--snapshot", filepath.Join(dir, "snapshot"), "--out", out, "--base-url", base}
	return cli.Run(context.Background(), args, cli.System{
		Files: os.DirFS("."), Getenv: func(name string) string { return env[name] }, Stdout: os.Stdout, Stderr: os.Stderr,
		Now: time.Now,
	}), nil
}
