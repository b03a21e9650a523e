package workflow

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// scope is what an expression of a workflow can name.
type scope struct {
	values map[string]any // github, steps, needs, …
	// failed and cancelled are the state of the job.
	failed, cancelled bool
}

var interpolation = regexp.MustCompile(`(?s)\$\{\{(.*?)\}\}`)

// text replaces each ${{ … }}.
func (s scope) text(t *testing.T, in string) string {
	t.Helper()
	return interpolation.ReplaceAllStringFunc(in, func(m string) string {
		return printed(s.value(t, interpolation.FindStringSubmatch(m)[1]))
	})
}

var statusFunction = regexp.MustCompile(`\b(always|success|failure|cancelled)\(\)`)

// holds says whether a step or job with a condition runs.
func (s scope) holds(t *testing.T, condition string) bool {
	t.Helper()
	if m := interpolation.FindStringSubmatch(condition); m != nil {
		condition = m[1]
	}
	if condition == "" {
		condition = "success()"
	} else if !statusFunction.MatchString(condition) {
		condition = "success() && (" + condition + ")"
	}
	return truth(s.value(t, condition))
}

func truth(v any) bool { return v != nil && v != "" && v != false }

func printed(v any) string {
	if v == nil {
		return ""
	}
	return fmt.Sprint(v)
}

// parser evaluates an expression as it reads it.
type parser struct {
	scope
	t      *testing.T
	tokens []string
}

var token = regexp.MustCompile(`'(?:[^']|'')*'|&&|\|\||==|!=|[!(),]|[A-Za-z_][\w.-]*|\d+`)

func (s scope) value(t *testing.T, expression string) any {
	t.Helper()
	p := &parser{s, t, token.FindAllString(expression, -1)}
	if rest := strings.TrimSpace(token.ReplaceAllString(expression, "")); rest != "" {
		t.Fatalf("the expression %q has %q in it, which this test does not know", expression, rest)
	}
	v := p.or()
	if len(p.tokens) > 0 {
		t.Fatalf("the expression %q has more than this test can read: %q", expression, p.tokens)
	}
	return v
}

func (p *parser) take(token string) bool {
	if len(p.tokens) == 0 || p.tokens[0] != token {
		return false
	}
	p.tokens = p.tokens[1:]
	return true
}

func (p *parser) or() any {
	v := p.and()
	for p.take("||") {
		if w := p.and(); !truth(v) {
			v = w
		}
	}
	return v
}

func (p *parser) and() any {
	v := p.equal()
	for p.take("&&") {
		if w := p.equal(); truth(v) {
			v = w
		}
	}
	return v
}

func (p *parser) equal() any {
	v := p.unary()
	switch {
	case p.take("=="):
		return printed(v) == printed(p.unary())
	case p.take("!="):
		return printed(v) != printed(p.unary())
	}
	return v
}

func (p *parser) unary() any {
	if p.take("!") {
		return !truth(p.unary())
	}
	if p.take("(") {
		v := p.or()
		if !p.take(")") {
			p.t.Fatalf("a bracket is not closed before %q", p.tokens)
		}
		return v
	}
	if len(p.tokens) == 0 {
		p.t.Fatal("an expression ends too early")
	}
	word := p.tokens[0]
	p.tokens = p.tokens[1:]
	if text, ok := strings.CutPrefix(word, "'"); ok {
		return strings.ReplaceAll(strings.TrimSuffix(text, "'"), "''", "'")
	}
	if n, err := strconv.Atoi(word); err == nil {
		return n
	}
	if p.take("(") {
		p.take(")")
		return p.call(word)
	}
	return p.lookup(word)
}

func (p *parser) call(name string) any {
	switch name {
	case "always":
		return true
	case "success":
		return !p.failed && !p.cancelled
	case "failure":
		return p.failed
	case "cancelled":
		return p.cancelled
	}
	p.t.Fatalf("the function %q is not one that this test knows", name)
	return nil
}

func (p *parser) lookup(path string) any {
	switch path {
	case "true":
		return true
	case "false":
		return false
	}
	var v any = p.values
	for part := range strings.SplitSeq(path, ".") {
		m, ok := v.(map[string]any)
		if !ok {
			return nil
		}
		v = m[part]
	}
	return v
}

func TestExpressions(t *testing.T) {
	s := scope{values: map[string]any{
		"steps": map[string]any{"a": map[string]any{"outputs": map[string]any{"sign-in": "ended"}, "outcome": "success"}},
	}}
	for expression, want := range map[string]any{
		"steps.a.outputs.sign-in": "ended", "steps.b.outputs.c": nil, "steps.a.outcome == 'success' && 'x' || 'y'": "x",
		"!success()": false, "always() && (steps.a.outputs.sign-in != '')": true, "steps.a.outputs.none || 'other'": "other",
		"'it''s'": "it's",
	} {
		if got := s.value(t, expression); got != want {
			t.Errorf("%s is %v, want %v", expression, got, want)
		}
	}
	if s.failed = true; s.holds(t, "") || s.holds(t, "steps.a.outcome == 'success'") || !s.holds(t, "always()") {
		t.Error("a step after a failed one runs, or one that always runs does not")
	}
}
