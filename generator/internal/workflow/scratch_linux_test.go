package workflow

import (
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/trophycase/trophycase/generator/psn/psntest"
)

const siteWorkflow = ".github/workflows/site.yml"

// long leaves a test to the command that runs all of them.
func long(t *testing.T) {
	if !*whole {
		t.Skip("run with -whole")
	}
}

// newGitHub is a copy of this repository on a GitHub of the test's, with PSN on
// loopback; the action compiles the program, or gets this binary for it. At the
// end all is searched for secrets.
func newGitHub(t *testing.T, data *psntest.Data, compiled bool) (*github, *psntest.Server) {
	t.Helper()
	for _, program := range []string{"bash", "git", "sha256sum"} {
		if _, err := exec.LookPath(program); err != nil {
			if os.Getenv("CI") != "" {
				t.Fatalf("%s is needed to run the steps of workflows", program)
			}
			t.Skipf("%s is needed to run the steps of workflows, and not here", program)
		}
	}
	source, err := filepath.Abs("../../..")
	must(t, err)
	server := psntest.New(t, data)
	root := t.TempDir()
	g := &github{
		t: t, root: root, origin: filepath.Join(root, "origin.git"), caches: filepath.Join(root, "caches"),
		pages: filepath.Join(root, "pages"), issues: filepath.Join(root, "issues.json"),
		secrets: map[string]any{"PSN_NPSSO": psntest.NPSSO}, inputs: map[string]any{},
	}
	bin := filepath.Join(root, "bin")
	must(t, os.MkdirAll(bin, 0o755))
	must(t, os.MkdirAll(g.caches, 0o755))
	self, err := os.Executable()
	must(t, err)
	must(t, os.Symlink(self, filepath.Join(bin, "gh")))
	g.env = []string{
		"PATH=" + bin + ":" + os.Getenv("PATH"), "PSN_API_URL=" + server.APIURL, "PSN_AUTH_URL=" + server.AuthURL,
		"TROPHYCASE_SOURCE=" + source, "TEST_ISSUES=" + g.issues, "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_NOSYSTEM=1", "GOPROXY=off",
	}
	if compiled {
		for _, name := range []string{"GOCACHE", "GOMODCACHE"} {
			value, err := exec.Command("go", "env", name).Output()
			must(t, err)
			g.env = append(g.env, name+"="+strings.TrimSpace(string(value)))
		}
	} else {
		must(t, os.Symlink(self, filepath.Join(bin, "go")))
	}
	g.push(source, compiled)
	t.Cleanup(func() { g.noSecrets() })
	return g, server
}

// push makes the repository: what a copy has, without what only developers need.
// A test that does not compile needs little of the program.
func (g *github) push(source string, compiled bool) {
	g.t.Helper()
	work := filepath.Join(g.root, "copy")
	for _, name := range []string{"main.go", "go.mod", "go.sum", "site.yaml", "generator", "templates", "assets", ".github", "docs/examples", ".gitignore"} {
		must(g.t, filepath.WalkDir(filepath.Join(source, name), func(path string, d fs.DirEntry, err error) error {
			rel, relErr := filepath.Rel(source, path)
			if err != nil || relErr != nil || d.IsDir() {
				return err
			}
			if strings.HasSuffix(rel, "_test.go") || strings.Contains(rel, "testdata") || strings.Contains(rel, "psntest") ||
				!compiled && (strings.Contains(rel, "assets/fonts") || strings.Contains(rel, "assets/sample")) {
				return nil
			}
			data, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			return g.write(filepath.Join(work, rel), data)
		}))
	}
	g.git("init", "--quiet", "--bare", "--initial-branch=main", g.origin)
	g.git("init", "--quiet", "--initial-branch=main", work)
	g.git("-C", work, "add", "--all", "--force")
	g.git("-C", work, "commit", "--quiet", "--message", "Copy")
	g.git("-C", work, "push", "--quiet", g.origin, "main")
}

// change commits a file to the main branch.
func (g *github) change(name string, edit func(string) string) {
	g.t.Helper()
	work := filepath.Join(g.root, "copy")
	g.git("-C", work, "pull", "--quiet", "--rebase", g.origin, "main")
	old, _ := os.ReadFile(filepath.Join(work, name))
	must(g.t, g.write(filepath.Join(work, name), []byte(edit(string(old)))))
	g.git("-C", work, "add", "--all", "--force")
	g.git("-C", work, "commit", "--quiet", "--message", "Change")
	g.git("-C", work, "push", "--quiet", g.origin, "main")
}

func (g *github) write(path string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, data, 0o644)
}

// commits is how many commits a branch has; 0 if there is no such branch.
func (g *github) commits(branch string) int {
	g.t.Helper()
	if g.git("--git-dir", g.origin, "for-each-ref", "refs/heads/"+branch) == "" {
		return 0
	}
	return strings.Count(g.git("--git-dir", g.origin, "rev-list", branch), "\n")
}

// kept is the files on the branch trophy-data.
func (g *github) kept() string {
	g.t.Helper()
	return g.git("--git-dir", g.origin, "ls-tree", "-r", "--name-only", "trophy-data")
}

// shown is a file that GitHub Pages shows, or "".
func (g *github) shown(name string) string {
	data, err := os.ReadFile(filepath.Join(g.pages, filepath.FromSlash(name)))
	if err != nil {
		return ""
	}
	return string(data)
}

// openIssues is the issues that are not closed.
func (g *github) openIssues() []issue {
	var open []issue
	for _, i := range readIssues(g.issues) {
		if i.Open {
			open = append(open, i)
		}
	}
	return open
}

// noSecrets looks for secrets in all that runs left behind: logs, outputs, each
// command with its arguments, the repository, caches, the site, issues, and the
// runners' disks.
func (g *github) noSecrets() {
	canaries := append([]string{token0, "CanaryFirst", "Canary Hidden"}, psntest.Canaries...)
	search := func(where, text string) {
		for _, canary := range canaries {
			if strings.Contains(text, canary) {
				g.t.Errorf("%s has the secret %q", where, canary)
			}
		}
	}
	if g.runs > 0 && !strings.Contains(g.traced.String(), "+ git ") {
		g.t.Error("the commands of the steps were not seen")
	}
	search("a log or an output", g.said.String())
	search("an argument of a command", g.traced.String())
	search("the repository", g.git("--git-dir", g.origin, "cat-file", "--batch-all-objects", "--batch"))
	must(g.t, filepath.WalkDir(g.root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() || strings.Contains(path, "/bin/") {
			return err
		}
		data, err := os.ReadFile(path)
		search(path, string(data))
		return err
	}))
}

// account is one with n titles.
func account(n int) *psntest.Data {
	d := psntest.Small()
	d.Titles = nil
	for i := range n {
		at := time.Date(2026, 11, 1, 20, 0, 0, 0, time.UTC).AddDate(0, 0, -i)
		d.Add(psntest.Make(fmt.Sprintf("NPWR%05d_00", i+1), "PS4", fmt.Sprintf("Harbour %d", i+1), at, "PBBBSG"), 3)
	}
	return d
}

// has sees that a text matches each of the patterns.
func has(t *testing.T, what, text string, patterns ...string) {
	t.Helper()
	for _, p := range patterns {
		if !regexp.MustCompile(`(?m)` + p).MatchString(text) {
			t.Errorf("%s does not have %q:\n%s", what, p, text)
		}
	}
}

// green sees that a run went well.
func green(t *testing.T, o outcome) {
	t.Helper()
	if o.red() {
		t.Fatalf("the run failed:\n%s", o.log())
	}
}
