package main

import (
	"bytes"
	"encoding/json"
	"os"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestCurrent sees that the folder of credits has each module that is linked
// into the program on this system, with today's licence, and none that go.mod
// lacks.
func TestCurrent(t *testing.T) {
	t.Chdir("../../..")
	now, err := makeFiles(runtime.GOOS)
	if err != nil {
		t.Fatal(err)
	}
	const advice = "; run: go run ./generator/internal/makecredit"
	kept := parse(t, must(os.ReadFile(folder+"/credits.json")))
	today := parse(t, now[folder+"/credits.json"])
	for _, m := range append(today.Modules, today.Fonts...) {
		i := slices.IndexFunc(append(kept.Modules, kept.Fonts...), func(k credit) bool { return k.Name == m.Name && k.Licence == m.Licence })
		if i < 0 {
			t.Errorf("%s (%s) is not among the credits%s", m.Name, m.Licence, advice)
			continue
		}
		k := append(kept.Modules, kept.Fonts...)[i]
		text, err := os.ReadFile(k.Text)
		want, ok := now[m.Text]
		if err != nil || ok && !bytes.Equal(text, want) {
			t.Errorf("the licence of %s is another one now (%v)%s", m.Name, err, advice)
		}
	}
	inMod := must(os.ReadFile("go.mod"))
	for _, m := range kept.Modules {
		path, isModule := strings.CutPrefix(m.URL, "https://pkg.go.dev/")
		if isModule && !bytes.Contains(inMod, []byte("\t"+path+" v")) {
			t.Errorf("%s has gone from go.mod%s", m.Name, advice)
		}
	}
}

// TestReasons sees that the modules that go.mod requires directly are those that
// docs/dependencies.md has a reason for.
func TestReasons(t *testing.T) {
	t.Chdir("../../..")
	direct := firsts(`(?m)^\t(\S+) v\S+$`, must(os.ReadFile("go.mod")))
	told := firsts(`(?m)^\| (\S+\.\S+/\S+) \| .+ \|$`, must(os.ReadFile("docs/dependencies.md")))
	if diff := cmp.Diff(direct, told); diff != "" || len(direct) == 0 {
		t.Errorf("modules without a reason or reasons without a module (-go.mod +docs/dependencies.md):\n%s", diff)
	}
}

func firsts(form string, text []byte) []string {
	var list []string
	for _, m := range regexp.MustCompile(form).FindAllSubmatch(text, -1) {
		list = append(list, string(m[1]))
	}
	slices.Sort(list)
	return list
}

func parse(t *testing.T, data []byte) credits {
	t.Helper()
	var c credits
	if err := json.Unmarshal(data, &c); err != nil {
		t.Fatal(err)
	}
	return c
}

func must(data []byte, err error) []byte {
	if err != nil {
		panic(err)
	}
	return data
}
