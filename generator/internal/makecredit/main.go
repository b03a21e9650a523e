// Makecredit writes assets/credits: whose work is in the program, under which
// licences, and the licences' texts.
//
//	go run ./generator/internal/makecredit
//
// The modules are those that are linked into the program on any of the systems
// that it is made for; the fonts are those of assets/fonts.
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

const folder = "assets/credits"

// likeGo is a module by the authors of Go, with the licence of Go itself, which
// not every installation holds a file of.
const likeGo = "golang.org/x/text"

func main() {
	if err := write(); err != nil {
		fmt.Fprintln(os.Stderr, "makecredit:", err)
		os.Exit(1)
	}
}

// A credit is one line of credits.json.
type credit struct {
	Name    string `json:"name"`
	Licence string `json:"licence"`
	URL     string `json:"url,omitempty"`
	Text    string `json:"text"` // a file of the repository
}

type credits struct {
	Modules []credit `json:"modules"`
	Fonts   []credit `json:"fonts"`
}

func write() error {
	files, err := makeFiles("linux", "darwin", "windows")
	if err != nil {
		return err
	}
	if err := errors.Join(os.RemoveAll(folder), os.MkdirAll(folder, 0o755)); err != nil {
		return err
	}
	for name, data := range files {
		if err := os.WriteFile(name, data, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// makeFiles is all files of the folder, with the modules of the systems.
func makeFiles(systems ...string) (map[string][]byte, error) {
	modules, err := linked(systems)
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	var c credits
	for _, m := range modules {
		text, err := licenceOf(m.Dir)
		if err != nil {
			return nil, err
		}
		one := credit{Name: strings.TrimPrefix(m.Path, "github.com/"), Licence: kind(text), URL: "https://pkg.go.dev/" + m.Path, Text: place(files, m.Path, text)}
		if one.Licence == "" {
			return nil, fmt.Errorf("the licence of %s is not one that is known here: read it, then teach this program its form", m.Path)
		}
		if m.Path == likeGo {
			golang := credit{Name: "Go", Licence: one.Licence, URL: "https://go.dev", Text: one.Text}
			c.Modules = append([]credit{golang}, c.Modules...)
		}
		c.Modules = append(c.Modules, one)
	}
	if c.Fonts, err = fonts(); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err = e.Encode(c)
	files[folder+"/credits.json"] = b.Bytes()
	return files, err
}

// place keeps a licence's text under a name made from the module's, once for
// all modules that have the same.
func place(files map[string][]byte, module string, text []byte) string {
	for name, other := range files {
		if bytes.Equal(text, other) {
			return name
		}
	}
	name := folder + "/" + strings.ReplaceAll(module, "/", "-") + ".txt"
	files[name] = text
	return name
}

type module struct{ Path, Dir string }

// linked is the modules below the program, by their paths.
func linked(systems []string) ([]module, error) {
	var list []module
	for _, system := range systems {
		c := exec.Command("go", "list", "-deps", "-f", `{{with .Module}}{{if not .Main}}{{.Path}} {{.Dir}}{{end}}{{end}}`, ".")
		c.Env = append(os.Environ(), "GOOS="+system, "CGO_ENABLED=0")
		out, err := c.Output()
		if err != nil {
			return nil, fmt.Errorf("go list for %s: %w", system, err)
		}
		for line := range strings.Lines(string(out)) {
			if f := strings.SplitN(strings.TrimSpace(line), " ", 2); len(f) == 2 {
				list = append(list, module{f[0], f[1]})
			}
		}
	}
	slices.SortFunc(list, func(a, b module) int { return strings.Compare(a.Path, b.Path) })
	return slices.Compact(list), nil
}

// latin1 is an old text in UTF-8.
func latin1(data []byte) []byte {
	runes := make([]rune, len(data))
	for i, b := range data {
		runes[i] = rune(b)
	}
	return []byte(string(runes))
}

// licenceOf is the licence of a module, with what it refers to in files beside
// it.
func licenceOf(dir string) ([]byte, error) {
	var text []byte
	for _, pattern := range []string{"LICENSE*", "licenses/ftl.txt", "NOTICE*"} {
		names, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			data, err := os.ReadFile(name)
			if err != nil {
				return nil, err
			}
			if !utf8.Valid(data) {
				data = latin1(data)
			}
			data = append(bytes.TrimSpace(bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))), '\n')
			if text != nil {
				text = append(text, '\n')
			}
			text = append(text, data...)
		}
	}
	if text == nil {
		return nil, fmt.Errorf("%s has no licence", dir)
	}
	return text, nil
}

var forms = []struct {
	name string
	form *regexp.Regexp
}{
	{"FreeType License", regexp.MustCompile(`The FreeType Project LICENSE`)},
	{"MIT", regexp.MustCompile(`Permission is hereby granted, free of charge`)},
	{"BSD-3-Clause", regexp.MustCompile(`(?s)Redistribution and use in source and binary forms.*Neither the name`)},
	{"Apache-2.0", regexp.MustCompile(`Apache License,?\s+Version 2\.0`)},
}

var spdx = regexp.MustCompile(`(?m)^SPDX-License-Identifier: (.+)$`)

// kind is the names of the licences in a text, or "" for one that this program
// does not know and somebody has to look at.
func kind(text []byte) string {
	if m := spdx.FindSubmatch(text); m != nil {
		return string(m[1])
	}
	var names []string
	for _, f := range forms {
		if f.form.Match(text) {
			names = append(names, f.name)
		}
	}
	return strings.Join(names, ", ")
}

// fonts is the families of the cards' fonts, one for each licence file.
func fonts() ([]credit, error) {
	names, err := filepath.Glob("assets/fonts/OFL-*.txt")
	if err != nil || len(names) == 0 {
		return nil, errors.Join(err, errors.New("assets/fonts has no licences"))
	}
	var list []credit
	for _, name := range names {
		words := strings.Split(strings.TrimSuffix(strings.TrimPrefix(filepath.Base(name), "OFL-"), ".txt"), "-")
		for i, w := range words {
			words[i] = strings.ToUpper(w[:1]) + w[1:]
			if len(w) == 2 {
				words[i] = strings.ToUpper(w)
			}
		}
		list = append(list, credit{
			Name: strings.Join(words, " "), Licence: "SIL Open Font License 1.1", Text: filepath.ToSlash(name),
		})
	}
	return list, nil
}
