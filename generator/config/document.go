package config

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// maxSize bounds the file: a site.yaml has a few kilobytes.
const maxSize = 1 << 20

// document parses the file into its one mapping. It returns nil for an empty
// file, and if there is nothing to read because of problems.
func (r *reader) document() *yaml.Node {
	if len(r.data) > maxSize {
		r.problem(1, "the file is larger than 1 MiB; this can't be the settings")
		return nil
	}
	r.secrets()
	decoder := yaml.NewDecoder(bytes.NewReader(r.data))
	var first, second yaml.Node
	err := decoder.Decode(&first)
	if errors.Is(err, io.EOF) {
		return nil
	}
	if err == nil {
		err = decoder.Decode(&second)
		if err == nil {
			r.problem(second.Line, "a second document starts here; remove the line ---")
			return nil
		}
	}
	if !errors.Is(err, io.EOF) {
		r.syntax(err)
		return nil
	}
	root := first.Content[0]
	if !r.plain(root) || isNull(root) {
		return nil
	}
	if root.Kind != yaml.MappingNode {
		r.problem(root.Line, "the file must consist of lines of key: value, not of "+inWords(root))
		return nil
	}
	return root
}

// plain reports aliases, which the file has no use for and which can grow a
// small file into a huge one, and secrets that the text's form hides.
func (r *reader) plain(node *yaml.Node) bool {
	if node.Kind == yaml.AliasNode {
		r.problem(node.Line, "references like *name are not allowed; write the value itself")
		return false
	}
	if looksSecret(node.Value) {
		r.secret(node.Line)
	}
	ok := true
	for _, child := range node.Content {
		ok = r.plain(child) && ok
	}
	return ok
}

// syntax reports that the file is not YAML, in plain words.
func (r *reader) syntax(err error) {
	line, found := failingLine(r.data)
	if !found {
		line = yamlLine(err)
	}
	r.problem(line, syntaxText(lineOf(r.data, line), err))
}

// yamlPrefix is what the YAML library puts before each message.
var yamlPrefix = regexp.MustCompile(`^yaml: (?:line ([0-9]+): )?`)

func yamlLine(err error) int {
	if m := yamlPrefix.FindStringSubmatch(err.Error()); m != nil {
		n, _ := strconv.Atoi(m[1])
		return n
	}
	return 1
}

// failingLine is the first line without which, and all after it, the file
// would be right. The library names the start of the block instead, which may
// be far above.
func failingLine(data []byte) (line int, found bool) {
	const mostBytes, mostLines = 64 << 10, 400
	lines := bytes.SplitAfter(data, []byte("\n"))
	if len(data) > mostBytes || len(lines) > mostLines {
		return 0, false
	}
	end := len(data)
	for n := len(lines); n > 0; n-- {
		end -= len(lines[n-1])
		var node yaml.Node
		if err := yaml.Unmarshal(data[:end], &node); err == nil {
			return n, true
		}
	}
	return 1, true
}

func lineOf(data []byte, n int) []byte {
	for line := range bytes.Lines(data) {
		if n--; n <= 0 {
			return line
		}
	}
	return nil
}

// syntaxWords translates the YAML library's messages, by a part of each.
var syntaxWords = []struct{ part, text string }{
	{"UTF-8", "the file is not UTF-8 text; save it as UTF-8"},
	{"control characters", "here is a control character; remove it"},
	{"tab character", tabText},
	{"mapping values are not allowed", "a colon too many, or wrong indentation; put a value that has \": \" in it in quotes"},
	{"could not find expected ':'", "the colon after the key is missing"},
	{"unexpected end of stream", "a quotation mark is opened here and never closed"},
	{"',' or ']'", "a list with [ is not closed, or lacks a comma"},
	{"',' or '}'", "a { is not closed, or lacks a comma"},
	{"'-' indicator", "this does not belong to the list above; check the indentation and the dash"},
	{"expected key", "wrong indentation, or text after a closing quotation mark"},
	{"unknown escape", "a backslash in double quotes; use single quotes"},
	{"escape code", "a backslash in double quotes; use single quotes"},
	{"sequence entries are not allowed", "a list can't start on the line of its key; put the dash on the next line"},
	{"cannot start any token", "a value can't start with this character; put it in quotes"},
	{"unknown anchor", "references like *name are not allowed; a value that starts with * needs quotes"},
	{"alphabetic or numeric character", "a value that starts with * or & needs quotes"},
	{"max depth", "brackets are nested too deeply"},
	{"document start", "text stands where the file should end; check the indentation"},
}

const tabText = "the line is indented with a tab; use spaces"

// syntaxText says what is wrong with a line that the YAML library refused.
func syntaxText(line []byte, err error) string {
	indent := line[:len(line)-len(bytes.TrimLeft(line, " \t"))]
	if bytes.ContainsRune(indent, '\t') {
		return tabText
	}
	if !utf8.Valid(line) {
		return syntaxWords[0].text
	}
	message := yamlPrefix.ReplaceAllString(err.Error(), "")
	for _, w := range syntaxWords {
		if strings.Contains(message, w.part) {
			return w.text
		}
	}
	return "this is not valid YAML; check the indentation and the quotation marks"
}
