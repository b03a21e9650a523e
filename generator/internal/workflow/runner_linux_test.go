package workflow

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"gopkg.in/yaml.v3"
)

// A workflow is a file of .github/workflows, as far as the tests need it.
type workflow struct {
	Jobs map[string]*job `yaml:"jobs"`
}

type job struct {
	Needs       list              `yaml:"needs"`
	If          string            `yaml:"if"`
	Outputs     map[string]string `yaml:"outputs"`
	Permissions map[string]string `yaml:"permissions"`
	Steps       []step            `yaml:"steps"`
}

type step struct {
	ID       string            `yaml:"id"`
	Name     string            `yaml:"name"`
	If       string            `yaml:"if"`
	Uses     string            `yaml:"uses"`
	Run      string            `yaml:"run"`
	With     map[string]string `yaml:"with"`
	Env      map[string]string `yaml:"env"`
	Continue bool              `yaml:"continue-on-error"`
}

// An action is an action.yml.
type action struct {
	Inputs map[string]struct {
		Default string `yaml:"default"`
	} `yaml:"inputs"`
	Outputs map[string]struct {
		Value string `yaml:"value"`
	} `yaml:"outputs"`
	Runs struct {
		Steps []step `yaml:"steps"`
	} `yaml:"runs"`
}

// list is one string or several.
type list []string

func (l *list) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind == yaml.ScalarNode {
		*l = list{n.Value}
		return nil
	}
	return n.Decode((*[]string)(l))
}

// github is a repository on GitHub with all that belongs to it.
type github struct {
	t       *testing.T
	root    string
	origin  string // the bare repository
	caches  string // a folder for each key
	pages   string // what GitHub Pages shows
	issues  string
	secrets map[string]any
	inputs  map[string]any
	env     []string // of the runner
	// noPages is that Pages are not switched on.
	noPages bool
	runs    int
	// during, if not nil, is called once while the program runs; true ends the
	// run as cancelling it does.
	during func() (cancel bool)
	// said is everything that was ever written to a log; traced is each command
	// with its arguments.
	said, traced bytes.Buffer
}

// outcome is what a run of a workflow came to.
type outcome struct {
	results map[string]string // of jobs: success, failure, cancelled, skipped
	logs    map[string]string
	summary string
	outputs map[string]map[string]any // of jobs
}

// red says that GitHub would show the run as a failed one and mail the owner.
func (o outcome) red() bool {
	return slices.Contains(slices.Collect(maps.Values(o.results)), "failure")
}

func (o outcome) log() string {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(o.logs)) {
		fmt.Fprintf(&b, "--- %s: %s\n%s", name, o.results[name], o.logs[name])
	}
	return b.String()
}

// run runs a workflow of the repository's main branch.
func (g *github) run(file string) outcome {
	g.t.Helper()
	g.runs++
	machine := filepath.Join(g.root, fmt.Sprintf("run-%d", g.runs))
	var w workflow
	readYAML(g.t, []byte(g.git("--git-dir", g.origin, "show", "main:"+file)), &w)
	o := outcome{results: map[string]string{}, logs: map[string]string{}, outputs: map[string]map[string]any{}}
	for len(o.results) < len(w.Jobs) {
		before := len(o.results)
		for _, name := range slices.Sorted(maps.Keys(w.Jobs)) {
			if o.results[name] == "" && !slices.ContainsFunc(w.Jobs[name].Needs, func(n string) bool { return o.results[n] == "" }) {
				g.job(&o, name, w.Jobs[name], filepath.Join(machine, name))
			}
		}
		if len(o.results) == before {
			g.t.Fatal("jobs need each other")
		}
	}
	g.said.WriteString(o.log() + o.summary)
	return o
}

// machine is a runner with one job on it.
type machine struct {
	*github
	workspace, temp, summary string
	log                      bytes.Buffer
	failed, cancelled        bool
	needs                    map[string]any
	posts                    []func() // what actions do after a job that went well
}

func (g *github) job(o *outcome, name string, j *job, dir string) {
	m := &machine{github: g, workspace: filepath.Join(dir, "work"), temp: filepath.Join(dir, "temp"), summary: filepath.Join(dir, "summary.md"), needs: map[string]any{}}
	for _, d := range []string{m.workspace, m.temp, filepath.Join(dir, "home")} {
		must(g.t, os.MkdirAll(d, 0o755))
	}
	upstream := scope{values: map[string]any{"needs": m.needs}}
	for _, n := range j.Needs {
		m.needs[n] = map[string]any{"outputs": o.outputs[n], "result": o.results[n]}
		upstream.failed = upstream.failed || o.results[n] != "success"
	}
	if !upstream.holds(g.t, j.If) {
		o.results[name] = "skipped"
		return
	}
	steps := map[string]any{}
	m.steps(j.Steps, steps, nil, nil)
	if !m.failed && !m.cancelled {
		for _, post := range slices.Backward(m.posts) {
			post()
		}
	}
	outputs := map[string]any{}
	for k, v := range j.Outputs {
		outputs[k] = m.scope(steps, nil).text(g.t, v)
	}
	o.outputs[name], o.logs[name] = outputs, m.log.String()
	o.results[name] = map[bool]string{true: "failure", false: "success"}[m.failed]
	if m.cancelled {
		o.results[name] = "cancelled"
	}
	if text, err := os.ReadFile(m.summary); err == nil {
		o.summary += string(text)
	}
}

func (m *machine) scope(steps, inputs map[string]any) scope {
	if inputs == nil {
		inputs = m.inputs
	}
	return scope{failed: m.failed, cancelled: m.cancelled, values: map[string]any{
		"steps": steps, "inputs": inputs, "needs": m.needs, "secrets": m.secrets,
		"runner": map[string]any{"temp": m.temp, "os": "Linux", "arch": "X64"},
		"github": map[string]any{"token": token0, "repository": "marlowe/trophies", "run_id": fmt.Sprint(m.runs)},
	}}
}

// token0 stands for the GITHUB_TOKEN.
const token0 = "CanaryGitHubToken"

// steps runs steps one after another, those of an action with its inputs and
// in its folder.
func (m *machine) steps(list []step, results, inputs map[string]any, env []string) {
	for _, s := range list {
		result := map[string]any{"outputs": map[string]any{}, "outcome": "skipped"}
		if s.ID != "" {
			results[s.ID] = result
		}
		in := m.scope(results, inputs)
		if !in.holds(m.t, s.If) {
			continue
		}
		fmt.Fprintf(&m.log, "##[group]%s%s\n", s.Name, s.Uses)
		ok := m.step(s, in, result, env)
		result["outcome"] = map[bool]string{true: "success", false: "failure"}[ok]
		if !ok && !s.Continue && !m.cancelled {
			m.failed = true
		}
	}
}

func (m *machine) step(s step, in scope, result map[string]any, env []string) bool {
	with := map[string]any{}
	for k, v := range s.With {
		with[k] = in.text(m.t, v)
	}
	if s.Uses != "" {
		return m.use(s.Uses, with, result)
	}
	stepEnv := slices.Clone(env)
	for k, v := range s.Env {
		stepEnv = append(stepEnv, k+"="+in.text(m.t, v))
	}
	return m.shell(in.text(m.t, s.Run), stepEnv, result["outputs"].(map[string]any))
}

// shell runs a step's script as GitHub does for "shell: bash", and keeps each
// command with its arguments.
func (m *machine) shell(script string, env []string, outputs map[string]any) bool {
	dir, err := os.MkdirTemp(m.root, "step-")
	must(m.t, err)
	file, out := filepath.Join(dir, "script.sh"), filepath.Join(dir, "output")
	must(m.t, os.WriteFile(file, []byte(script), 0o755))
	must(m.t, os.WriteFile(out, nil, 0o644))
	trace, err := os.Create(filepath.Join(dir, "trace"))
	must(m.t, err)
	defer trace.Close()
	c := exec.Command("bash", "--noprofile", "--norc", "-exo", "pipefail", file)
	c.Dir, c.Stdout, c.Stderr, c.ExtraFiles = m.workspace, &m.log, &m.log, []*os.File{trace}
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	c.Env = slices.Concat(m.github.env, []string{
		"BASH_XTRACEFD=3", "CI=true", "GITHUB_ACTIONS=true", "GITHUB_OUTPUT=" + out, "GITHUB_STEP_SUMMARY=" + m.summary,
		"HOME=" + filepath.Join(filepath.Dir(m.workspace), "home"), "RUNNER_TEMP=" + m.temp, "RUNNER_OS=Linux", "GITHUB_WORKSPACE=" + m.workspace, "GITHUB_REPOSITORY=marlowe/trophies",
		"GITHUB_REPOSITORY_OWNER=marlowe", "GITHUB_SERVER_URL=https://github.example", fmt.Sprintf("GITHUB_RUN_ID=%d", m.runs),
	}, env)
	must(m.t, c.Start())
	if m.during != nil && strings.Contains(script, "bin/trophycase\" build") {
		m.cancelled = m.during()
		m.during = nil
	}
	if m.cancelled && strings.Contains(script, "bin/trophycase\" build") {
		must(m.t, syscall.Kill(-c.Process.Pid, syscall.SIGKILL))
	}
	err = c.Wait()
	data, readErr := os.ReadFile(out)
	must(m.t, readErr)
	for line := range strings.Lines(string(data)) {
		if k, v, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "="); ok {
			outputs[k] = v
		} else {
			m.t.Errorf("an output is not of the form NAME=VALUE: %q", line)
		}
	}
	commands, readErr := os.ReadFile(trace.Name())
	must(m.t, readErr)
	m.traced.Write(commands)
	m.said.Write(data)
	return err == nil
}

// use runs an action: one of the repository's, or what stands in for GitHub's.
func (m *machine) use(name string, with, result map[string]any) bool {
	outputs := result["outputs"].(map[string]any)
	folder, local := strings.CutPrefix(name, "./")
	if remote, ok := strings.CutPrefix(name, "trophycase/trophycase/"); ok {
		// What init writes and the examples use; it is the repository's own here.
		folder, local = strings.TrimSuffix(remote, "@v1"), true
	}
	if local {
		return m.composite(filepath.Join(m.workspace, folder), with, outputs)
	}
	switch action, _, _ := strings.Cut(name, "@"); action {
	case "actions/checkout":
		m.git("clone", "--quiet", "--depth=1", "--branch=main", "file://"+m.origin, m.workspace)
	case "actions/setup-go":
		return exists(printed(with["go-version-file"]))
	case "actions/cache":
		return m.cache(with, outputs)
	case "actions/cache/restore":
		m.restore(with, outputs)
	case "actions/cache/save":
		m.save(with)
	case "actions/configure-pages":
		if m.noPages {
			return false
		}
		outputs["base_url"] = "https://marlowe.github.io/trophies"
	case "actions/upload-pages-artifact":
		return m.upload(printed(with["path"]))
	case "actions/deploy-pages":
		must(m.t, os.RemoveAll(m.pages))
		must(m.t, os.Rename(m.artifact(), m.pages))
		outputs["page_url"] = "https://marlowe.github.io/trophies/"
	default:
		m.t.Fatalf("the action %s is not one that this test knows", name)
	}
	return true
}

func (m *machine) composite(folder string, with, outputs map[string]any) bool {
	data, err := os.ReadFile(filepath.Join(folder, "action.yml"))
	must(m.t, err)
	var a action
	readYAML(m.t, data, &a)
	inputs := map[string]any{}
	for k, i := range a.Inputs {
		inputs[k] = i.Default
	}
	for k, v := range with {
		if _, ok := a.Inputs[k]; !ok {
			m.t.Errorf("%s has no input %s", folder, k)
		}
		// GitHub gives an empty value for a default only where nothing is written.
		inputs[k] = v
	}
	before := m.failed
	results := map[string]any{}
	m.steps(a.Runs.Steps, results, inputs, []string{"GITHUB_ACTION_PATH=" + folder})
	ok := m.failed == before && !m.cancelled
	for k, o := range a.Outputs {
		outputs[k] = m.scope(results, inputs).text(m.t, o.Value)
	}
	return ok
}

func (m *machine) cache(with, outputs map[string]any) bool {
	m.restore(with, outputs)
	if outputs["cache-hit"] != "true" {
		m.posts = append(m.posts, func() { m.save(with) })
	}
	return true
}

// paths is where a cache's files are on this machine, and their place in it.
func (m *machine) paths(with map[string]any) map[string]string {
	paths := map[string]string{}
	for i, p := range strings.Fields(printed(with["path"])) {
		if home, ok := strings.CutPrefix(p, "~/"); ok {
			p = filepath.Join(filepath.Dir(m.workspace), "home", home)
		} else if !filepath.IsAbs(p) {
			p = filepath.Join(m.workspace, p)
		}
		paths[p] = fmt.Sprint(i)
	}
	return paths
}

func (m *machine) restore(with, outputs map[string]any) {
	key := printed(with["key"])
	if !exists(filepath.Join(m.caches, key)) {
		found := m.newest(printed(with["restore-keys"]))
		if found == "" {
			return
		}
		key = found
	}
	for p, name := range m.paths(with) {
		if from := filepath.Join(m.caches, key, name); exists(from) {
			m.copy(from, p)
		}
	}
	outputs["cache-matched-key"] = key
	if key == printed(with["key"]) {
		outputs["cache-hit"] = "true"
	}
}

// newest is the newest cache whose key begins so, or "".
func (m *machine) newest(prefix string) string {
	var name string
	var at time.Time
	entries, err := os.ReadDir(m.caches)
	must(m.t, err)
	for _, e := range entries {
		info, err := e.Info()
		must(m.t, err)
		if prefix != "" && strings.HasPrefix(e.Name(), prefix) && info.ModTime().After(at) {
			name, at = e.Name(), info.ModTime()
		}
	}
	return name
}

func (m *machine) save(with map[string]any) {
	to := filepath.Join(m.caches, printed(with["key"]))
	if exists(to) {
		m.t.Errorf("the cache %s is there already", filepath.Base(to))
		return
	}
	must(m.t, os.MkdirAll(to, 0o755))
	for p, name := range m.paths(with) {
		if exists(p) {
			m.copy(p, filepath.Join(to, name))
		}
	}
}

func (g *github) artifact() string { return filepath.Join(g.root, fmt.Sprintf("artifact-%d", g.runs)) }

// upload keeps a site as the action does: without hidden files.
func (m *machine) upload(from string) bool {
	to := m.artifact()
	if !filepath.IsAbs(from) {
		from = filepath.Join(m.workspace, from)
	}
	m.copy(from, to)
	return filepath.WalkDir(to, func(path string, d fs.DirEntry, err error) error {
		if err == nil && strings.HasPrefix(d.Name(), ".") && !d.IsDir() {
			return os.Remove(path)
		}
		return err
	}) == nil
}

func (g *github) copy(from, to string) {
	g.t.Helper()
	must(g.t, os.MkdirAll(filepath.Dir(to), 0o755))
	if out, err := exec.Command("cp", "-a", "-T", from, to).CombinedOutput(); err != nil {
		g.t.Fatalf("copying: %v: %s", err, out)
	}
}

// git runs git for the test itself.
func (g *github) git(args ...string) string {
	g.t.Helper()
	c := exec.Command("git", args...)
	c.Env = append(slices.Clone(g.env), "GIT_AUTHOR_NAME=m", "GIT_AUTHOR_EMAIL=m@m.example", "GIT_COMMITTER_NAME=m", "GIT_COMMITTER_EMAIL=m@m.example")
	var stderr bytes.Buffer
	c.Stderr = &stderr
	out, err := c.Output()
	if err != nil {
		g.t.Fatalf("git %q: %v: %s", args, err, stderr.Bytes())
	}
	return string(out)
}

func readYAML(t *testing.T, data []byte, into any) {
	t.Helper()
	must(t, yaml.Unmarshal(data, into))
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
