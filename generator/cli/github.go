package cli

import (
	"fmt"
	"os"
	"strings"
)

// github speaks the workflow commands of GitHub Actions; its zero value is
// silent.
type github struct {
	active  bool
	summary string // the file of the job summary, or ""
	outputs string // the file of the step's outputs, or ""
}

func newGitHub(getenv func(string) string) github {
	if getenv("GITHUB_ACTIONS") != "true" {
		return github{}
	}
	return github{active: true, summary: getenv("GITHUB_STEP_SUMMARY"), outputs: getenv("GITHUB_OUTPUT")}
}

// annotation is the command that marks a run with a warning or an error; file
// and line may be empty.
func (g github) annotation(level, file string, line int, text string) string {
	var properties string
	if file != "" {
		properties = fmt.Sprintf(" file=%s,line=%d", escapeProperty(file), line)
	}
	return fmt.Sprintf("::%s%s::%s", level, properties, escapeCommand(text))
}

// addSummary appends Markdown to the job summary.
func (g github) addSummary(markdown string) error {
	return appendTo(g.summary, "job summary", markdown+"\n")
}

// A stepOutput is what later steps of a job can know of this one.
type stepOutput struct{ name, value string }

// addOutputs hands values to the later steps of the job. A value that had
// several lines could be taken for further outputs, so it is made one line.
func (g github) addOutputs(list []stepOutput) error {
	var b strings.Builder
	for _, o := range list {
		fmt.Fprintf(&b, "%s=%s\n", o.name, strings.Join(strings.Fields(o.value), " "))
	}
	return appendTo(g.outputs, "outputs of the step", b.String())
}

func appendTo(file, what, text string) error {
	if file == "" {
		return nil
	}
	f, err := os.OpenFile(file, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	if _, err := f.WriteString(text); err != nil {
		f.Close()
		return fmt.Errorf("%s: %w", what, err)
	}
	return f.Close()
}

func escapeCommand(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(s)
}

func escapeProperty(s string) string {
	return strings.NewReplacer(":", "%3A", ",", "%2C").Replace(escapeCommand(s))
}
