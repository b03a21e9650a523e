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
}

func newGitHub(getenv func(string) string) github {
	if getenv("GITHUB_ACTIONS") != "true" {
		return github{}
	}
	return github{active: true, summary: getenv("GITHUB_STEP_SUMMARY")}
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
	if g.summary == "" {
		return nil
	}
	f, err := os.OpenFile(g.summary, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return fmt.Errorf("job summary: %w", err)
	}
	if _, err := f.WriteString(markdown + "\n"); err != nil {
		f.Close()
		return fmt.Errorf("job summary: %w", err)
	}
	return f.Close()
}

func escapeCommand(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(s)
}

func escapeProperty(s string) string {
	return strings.NewReplacer(":", "%3A", ",", "%2C").Replace(escapeCommand(s))
}
