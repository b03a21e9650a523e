package workflow

import (
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gopkg.in/yaml.v3"
)

// pinned is an action by commit with its version, by full version, of the same
// repository, or the project's own as others use it.
var pinned = regexp.MustCompile(`uses: (\S+@[0-9a-f]{40} # v\d+\.\d+\.\d+|\S+@v\d+\.\d+\.\d+|\./\.github/actions/\w+|trophycase/trophycase/\.github/actions/\w+@v1)$`)

func TestActionsArePinned(t *testing.T) {
	found := 0
	for _, pattern := range []string{".github/workflows/*.yml", ".github/actions/*/action.yml", "docs/examples/*.yml"} {
		files, err := filepath.Glob(filepath.Join("../../..", pattern))
		must(t, err)
		for _, file := range files {
			data, err := os.ReadFile(file)
			must(t, err)
			for line := range strings.Lines(string(data)) {
				if !strings.Contains(line, "uses:") {
					continue
				}
				if found++; !pinned.MatchString(strings.TrimSpace(line)) {
					t.Errorf("%s: %s", file, strings.TrimSpace(line))
				}
			}
		}
	}
	if found < 12 {
		t.Errorf("only %d uses of actions were found", found)
	}
}

// TestPermissions sees that each job may do what it needs to and nothing else,
// and that no run is killed by the next one.
func TestPermissions(t *testing.T) {
	data, err := os.ReadFile("../../../.github/workflows/site.yml")
	must(t, err)
	var w workflow
	readYAML(t, data, &w)
	got := map[string]map[string]string{}
	for name, j := range w.Jobs {
		got[name] = j.Permissions
	}
	want := map[string]map[string]string{
		"build":  {"contents": "write", "pages": "read"},
		"deploy": {"pages": "write", "id-token": "write"},
		"tell":   {"issues": "write"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	var top struct {
		Permissions map[string]string `yaml:"permissions"`
		Concurrency struct {
			Group  string `yaml:"group"`
			Cancel bool   `yaml:"cancel-in-progress"`
		} `yaml:"concurrency"`
		On struct {
			Schedule []struct {
				Cron string `yaml:"cron"`
			} `yaml:"schedule"`
		} `yaml:"on"`
	}
	readYAML(t, data, &top)
	if top.Permissions == nil || len(top.Permissions) > 0 || top.Concurrency.Group == "" || top.Concurrency.Cancel {
		t.Errorf("the workflow has %+v", top)
	}
	if len(top.On.Schedule) != 1 || strings.HasPrefix(top.On.Schedule[0].Cron, "0 ") {
		t.Errorf("the schedule is %v; at the full hour GitHub drops runs", top.On.Schedule)
	}
}

// TestScriptsOfActions looks at what actionlint does not: it reads workflows only.
func TestScriptsOfActions(t *testing.T) {
	files, err := filepath.Glob("../../../.github/actions/*/action.yml")
	must(t, err)
	for _, file := range files {
		data, err := os.ReadFile(file)
		must(t, err)
		var a action
		readYAML(t, data, &a)
		var raw struct {
			Runs struct {
				Steps []map[string]yaml.Node `yaml:"steps"`
			} `yaml:"runs"`
		}
		readYAML(t, data, &raw)
		for i, s := range a.Runs.Steps {
			if strings.Contains(s.Run, "${{") {
				t.Errorf("%s: %s: an expression in a script can smuggle commands in; use env", file, s.Name)
			}
			if _, ok := raw.Runs.Steps[i]["shell"]; s.Run != "" && !ok {
				t.Errorf("%s: %s: a step of an action needs its shell", file, s.Name)
			}
		}
		for name, o := range a.Outputs {
			if !strings.HasSuffix(strings.TrimSpace(o.Value), "."+name+" }}") {
				t.Errorf("%s: the output %s is %s", file, name, o.Value)
			}
		}
		if strings.Contains(file, "build") {
			want := []string{"npsso", "config", "out", "snapshot", "max-requests"}
			for _, name := range want {
				if _, ok := a.Inputs[name]; !ok {
					t.Errorf("%s has no input %s: %v", file, name, slices.Sorted(maps.Keys(a.Inputs)))
				}
			}
		}
	}
}

// TestShellcheck gives the shell of each step to shellcheck, which actionlint does
// for workflows and not for actions.
func TestShellcheck(t *testing.T) {
	long(t)
	files, err := filepath.Glob("../../../.github/actions/*/action.yml")
	must(t, err)
	for _, file := range files {
		data, err := os.ReadFile(file)
		must(t, err)
		var a action
		readYAML(t, data, &a)
		for _, s := range a.Runs.Steps {
			if s.Run == "" {
				continue
			}
			c := exec.Command("shellcheck", "--shell=bash", "-")
			c.Stdin = strings.NewReader("set -eo pipefail\n" + s.Run)
			if out, err := c.CombinedOutput(); err != nil {
				t.Errorf("%s: %s: %v\n%s", file, s.Name, err, out)
			}
		}
	}
}
