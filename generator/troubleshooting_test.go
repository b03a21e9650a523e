package generator

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestTroubleshooting keeps docs/troubleshooting.md and the messages in step: each
// text that the program or its actions can complain with has a row, and no row is
// about a text that is gone.
func TestTroubleshooting(t *testing.T) {
	page, err := os.ReadFile("../docs/troubleshooting.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := troubleRows(t, string(page))
	messages := goMessages(t)
	maps.Copy(messages, actionMessages(t))
	if len(messages) < 120 || len(rows) < 30 {
		t.Fatalf("found only %d messages and %d rows", len(messages), len(rows))
	}
	used := map[string]bool{}
	for _, m := range slices.Sorted(maps.Keys(messages)) {
		covered := false
		for _, row := range rows {
			for _, form := range row {
				if matches(form, m) {
					covered, used[form] = true, true
				}
			}
		}
		if !covered {
			t.Errorf("%s: no row of docs/troubleshooting.md is about %q", messages[m], m)
		}
	}
	for _, row := range rows {
		for _, form := range row {
			if !used[form] {
				t.Errorf("docs/troubleshooting.md: nothing says %q any more", form)
			}
		}
	}
}

var code = regexp.MustCompile("`([^`]+)`")

// troubleRows is the forms of messages in the first column of the page's tables;
// the second column says what to do.
func troubleRows(t *testing.T, page string) [][]string {
	var rows [][]string
	for line := range strings.Lines(page) {
		cells := strings.Split(strings.TrimSpace(line), " | ")
		if !strings.HasPrefix(line, "| `") {
			continue
		}
		if len(cells) != 2 || len(cells[1]) < 20 {
			t.Errorf("this row does not say what to do: %s", line)
		}
		var forms []string
		for _, m := range code.FindAllStringSubmatch(cells[0], -1) {
			forms = append(forms, m[1])
		}
		rows = append(rows, forms)
	}
	return rows
}

// matches says that the pieces of a form, between its dots, come in a message one
// after another.
func matches(form, message string) bool {
	for piece := range strings.SplitSeq(form, "…") {
		piece = strings.TrimSpace(piece)
		i := strings.Index(message, piece)
		if i < 0 {
			return false
		}
		message = message[i+len(piece):]
	}
	return true
}

// sentence is a text of several words, or what stands before another message;
// what is left is names and formats.
var sentence = regexp.MustCompile(`[A-Za-z]{2}[,;]? [A-Za-z]|^[a-z -]+…?: …$`)

var verb = regexp.MustCompile(`%[-+#0-9.]*[a-z]`)

// goMessages is the texts of errors and warnings in the source, with dots for what
// they are filled with, and where they are.
func goMessages(t *testing.T) map[string]string {
	found := map[string]string{}
	files := token.NewFileSet()
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() && (d.Name() == "internal" || d.Name() == "psntest") {
			return fs.SkipDir
		}
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		f, err := parser.ParseFile(files, path, nil, 0)
		if err != nil {
			return err
		}
		collect := func(n ast.Node) {
			ast.Inspect(n, func(n ast.Node) bool {
				if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.STRING {
					text, _ := strconv.Unquote(l.Value)
					text = verb.ReplaceAllString(text, "…")
					if sentence.MatchString(text) {
						found[text] = files.Position(l.Pos()).String()
					}
				}
				return true
			})
		}
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncDecl:
				if n.Name.Name == "Error" || n.Name.Name == "notices" || n.Name.Name == "tokenText" {
					collect(n.Body)
				}
			case *ast.CallExpr:
				if complains(n) {
					for _, arg := range n.Args {
						collect(arg)
					}
				}
			case *ast.CompositeLit:
				if name, ok := n.Type.(*ast.Ident); ok && strings.HasSuffix(name.Name, "Error") {
					collect(n)
				}
				if name, ok := n.Type.(*ast.SelectorExpr); ok && strings.HasSuffix(name.Sel.Name, "Error") {
					collect(n)
				}
			case *ast.ValueSpec:
				if strings.HasSuffix(n.Names[0].Name, "Text") {
					collect(n)
				}
			case *ast.AssignStmt:
				if name, ok := n.Lhs[0].(*ast.Ident); ok && name.Name == "text" && f.Name.Name == "config" {
					collect(n)
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// complains says that a call makes or prints an error or a warning.
func complains(c *ast.CallExpr) bool {
	if f, ok := c.Fun.(*ast.Ident); ok && f.Name == "appendTo" {
		return true
	}
	f, ok := c.Fun.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	of := ""
	if x, ok := f.X.(*ast.Ident); ok {
		of = x.Name
	}
	switch f.Sel.Name {
	case "New":
		return of == "errors"
	case "Errorf":
		return of == "fmt"
	case "warn", "fail", "doubt", "problem", "bad":
		return true
	}
	return false
}

// actionMessages is the annotations of the workflow and its actions.
func actionMessages(t *testing.T) map[string]string {
	files, err := filepath.Glob("../.github/actions/*/action.yml")
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	annotation := regexp.MustCompile(`::(?:error|warning|notice)::(.*)"|text="(.*)"`)
	variable := regexp.MustCompile(`\$\{?\w+\}?`)
	for _, file := range append(files, "../.github/workflows/site.yml") {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range annotation.FindAllStringSubmatch(string(data), -1) {
			text := variable.ReplaceAllString(m[1]+m[2], "…")
			if text != "…" {
				found[text] = file
			}
		}
	}
	return found
}
