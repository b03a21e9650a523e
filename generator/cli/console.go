package cli

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"unicode"

	"github.com/rivo/uniseg"

	"github.com/trophycase/trophycase/generator/config"
)

// console prints what a command has to say: results on out, progress, warnings
// and errors on err.
type console struct {
	out, err io.Writer
	// terminal says that err is one, so that progress may rewrite its line.
	terminal       bool
	quiet, verbose bool
	github         github

	mu    sync.Mutex
	live  bool   // an unfinished progress line stands on the terminal
	step  string // of the last progress line
	tenth int    // of step that was told last
}

// say prints a line of the result.
func (c *console) say(format string, args ...any) {
	if c.quiet {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.clear()
	fmt.Fprintln(c.out, config.Redact(fmt.Sprintf(format, args...)))
}

// answer prints what a command was asked for, also when it is to be quiet.
func (c *console) answer(text string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.clear()
	fmt.Fprintln(c.out, text)
}

// warn tells what did not go as it should and did not stop the build.
func (c *console) warn(text string) { c.complain("warning", "", 0, text) }

// fail tells why a command ends.
func (c *console) fail(text string) { c.complain("error", "", 0, text) }

func (c *console) complain(level, file string, line int, text string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.clear()
	text = config.Redact(printable(text))
	if c.github.active {
		fmt.Fprintln(c.err, c.github.annotation(level, file, line, text))
		return
	}
	if file != "" {
		fmt.Fprintf(c.err, "%s:%d: %s\n", file, line, text)
		return
	}
	fmt.Fprintf(c.err, "%s: %s\n", level, text)
}

// detail prints a line for who asked for all of them.
func (c *console) detail(format string, args ...any) {
	if !c.verbose {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.clear()
	fmt.Fprintln(c.err, config.Redact(printable(fmt.Sprintf(format, args...))))
}

// progress shows how far a step has come: as one line that changes on a
// terminal, else as a line for each tenth of the way.
func (c *console) progress(step string, done, total int, what string) {
	if c.quiet {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.terminal {
		c.bar(step, done, total, what)
		return
	}
	tenth := 10
	if total > 0 {
		tenth = 10 * done / total
	}
	if step == c.step && tenth == c.tenth {
		return
	}
	c.step, c.tenth = step, tenth
	fmt.Fprintf(c.err, "%s %d/%d\n", step, done, total)
}

// bar rewrites the terminal's last line.
func (c *console) bar(step string, done, total int, what string) {
	const width = 20
	filled := width
	if total > 0 {
		filled = width * done / total
	}
	fmt.Fprintf(c.err, "\r\x1b[K%-10s %s%s %d/%d  %s", step,
		strings.Repeat("━", filled), strings.Repeat("┈", width-filled), done, total, shorten(printable(what), 36))
	c.live = true
}

// clear removes the progress line, so that the next one begins at the left.
func (c *console) clear() {
	if c.live {
		fmt.Fprint(c.err, "\r\x1b[K")
		c.live = false
	}
}

// done ends the progress line.
func (c *console) done() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.clear()
}

// printable replaces what would control the terminal: names come from outside.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' || !unicode.IsControl(r) && !unicode.In(r, unicode.Bidi_Control) {
			return r
		}
		return unicode.ReplacementChar
	}, s)
}

// shorten cuts s to a number of terminal columns.
func shorten(s string, columns int) string {
	if uniseg.StringWidth(s) <= columns {
		return s
	}
	var b strings.Builder
	used := 1
	for g := uniseg.NewGraphemes(s); g.Next(); {
		if used += g.Width(); used > columns {
			break
		}
		b.WriteString(g.Str())
	}
	return b.String() + "…"
}
