package config

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"
)

// maxProblems keeps the answer to a file that is something else readable.
const maxProblems = 100

// A reader turns YAML nodes into a Config and collects what is wrong.
type reader struct {
	file     string
	data     []byte
	config   *Config
	problems []Problem
	seen     map[Problem]bool
	// secretLines are the lines whose secret was reported.
	secretLines map[int]bool
}

func (r *reader) problem(line int, text string) {
	p := Problem{File: r.file, Line: max(line, 1), Text: text}
	if r.seen[p] || len(r.problems) >= maxProblems {
		return
	}
	r.seen[p] = true
	r.problems = append(r.problems, p)
}

// mapping reads the keys of a mapping. name is the mapping's own key, "" for
// the file. Keys are read in the order of the settings, whatever the file's.
func (r *reader) mapping(node *yaml.Node, name string, list []setting) {
	values := make(map[string]*yaml.Node)
	lines := make(map[string]int)
	for i := 0; i+1 < len(node.Content); i += 2 {
		key, value := node.Content[i], node.Content[i+1]
		switch first, twice := lines[key.Value]; {
		case len(r.problems) >= maxProblems:
			return
		case key.Kind != yaml.ScalarNode:
			r.problem(key.Line, "a key must be a plain word, not "+inWords(key))
		case find(list, key.Value) == nil:
			r.unknown(key, name, list)
		case twice:
			r.problem(key.Line, fmt.Sprintf("%s: is there twice; the first is in line %d", join(name, key.Value), first))
		default:
			values[key.Value], lines[key.Value] = value, key.Line
		}
	}
	for i := range list {
		if value := values[list[i].key]; value != nil {
			r.setting(value, lines[list[i].key], join(name, list[i].key), &list[i])
		}
	}
}

// unknown reports a key that is not in the list.
func (r *reader) unknown(key *yaml.Node, name string, list []setting) {
	if asksSecret(key.Value) {
		r.secret(key.Line)
		return
	}
	text := "unknown key " + quote(key.Value)
	if name != "" {
		text += " in " + name
	}
	names := make([]string, len(list))
	for i, s := range list {
		names[i] = s.key
	}
	if home := belongs(settings, "", key.Value); home != "" {
		text += ", which belongs under " + home
	}
	r.problem(key.Line, text+suggest(key.Value, names))
}

// belongs is the mapping that has the key, the first by order, or "".
func belongs(list []setting, name, key string) string {
	if name != "" && find(list, key) != nil {
		return name
	}
	for _, s := range list {
		if home := belongs(s.keys, join(name, s.key), key); home != "" {
			return home
		}
	}
	return ""
}

func find(list []setting, key string) *setting {
	for i := range list {
		if list[i].key == key {
			return &list[i]
		}
	}
	return nil
}

func join(name, key string) string {
	if name == "" {
		return key
	}
	return name + "." + key
}

// setting reads the value of one key, which stands in the given line.
func (r *reader) setting(node *yaml.Node, line int, name string, s *setting) {
	if isNull(node) {
		if s.keys == nil && s.item == nil && s.named == nil {
			r.noValue(line, name)
		}
		return
	}
	var err error
	switch {
	case s.text != nil:
		err = r.text(node, s.text)
	case s.flag != nil:
		err = boolean(node, s.flag(r.config))
	case s.number != nil:
		err = integer(node, s, s.number(r.config))
	case s.item != nil:
		r.list(node, name, s.item)
	case s.named != nil:
		r.lists(node, name, s.named)
	case node.Kind == yaml.MappingNode:
		r.mapping(node, name, s.keys)
	case s.short != "" && node.Kind == yaml.ScalarNode:
		r.setting(node, line, name, find(s.keys, s.short))
	default:
		err = fmt.Errorf("must be lines of key: value, not %s", inWords(node))
	}
	if err != nil {
		r.problem(node.Line, name+": "+err.Error())
	}
}

// comment matches a line whose value is lost because it starts with a #.
var comment = regexp.MustCompile(`:\s+#\S`)

// noValue reports a key with nothing behind it. Where a comment follows, a
// colour or text without quotes was most likely meant.
func (r *reader) noValue(line int, name string) {
	text := name + ": has no value; write one, or remove the line"
	if comment.Match(lineOf(r.data, line)) {
		text = name + ": has no value, for all after a # is a comment; put the value in quotes"
	}
	r.problem(line, text)
}

// text reads a text and hands it to set.
func (r *reader) text(node *yaml.Node, set func(*Config, string) error) error {
	switch {
	case node.Kind != yaml.ScalarNode:
		return fmt.Errorf("must be a text, not %s", inWords(node))
	case node.ShortTag() != "!!str":
		return fmt.Errorf("must be a text, but this is %s; put it in quotes", inWords(node))
	}
	return set(r.config, node.Value)
}

func boolean(node *yaml.Node, into *bool) error {
	if node.ShortTag() == "!!bool" && node.Decode(into) == nil {
		return nil
	}
	switch strings.ToLower(node.Value) {
	case "yes", "on", "y":
		return errors.New("must be true or false; write true")
	case "no", "off", "n":
		return errors.New("must be true or false; write false")
	case "true", "false":
		return errors.New("must be true or false without quotes")
	}
	return fmt.Errorf("must be true or false, not %s", inWords(node))
}

func integer(node *yaml.Node, s *setting, into *int) error {
	allowed := fmt.Sprintf("must be a whole number from %d to %d", s.min, s.max)
	switch node.ShortTag() {
	case "!!int", "!!float":
	default:
		if _, err := strconv.Atoi(node.Value); err == nil {
			return fmt.Errorf("%s, without quotes", allowed)
		}
		return fmt.Errorf("%s, not %s", allowed, inWords(node))
	}
	var n int
	if node.ShortTag() != "!!int" || node.Decode(&n) != nil || n < s.min || n > s.max {
		return fmt.Errorf("%s, not %s", allowed, shown(node.Value))
	}
	*into = n
	return nil
}

// shown is a number as it is written in the file.
func shown(v string) string { return strings.Trim(quote(v), `"`) }

// list reads a list of texts.
func (r *reader) list(node *yaml.Node, name string, add func(*Config, string) error) {
	if node.Kind != yaml.SequenceNode {
		r.problem(node.Line, fmt.Sprintf("%s: must be a list, each entry on a line of its own after a dash, not %s", name, inWords(node)))
		return
	}
	for _, item := range node.Content {
		if err := r.text(item, add); err != nil {
			r.problem(item.Line, name+": "+err.Error())
		}
	}
}

// lists reads a mapping of names to lists of texts.
func (r *reader) lists(node *yaml.Node, name string, add func(*Config, string, string) error) {
	if node.Kind != yaml.MappingNode {
		r.problem(node.Line, fmt.Sprintf("%s: must be lines of name: list, not %s", name, inWords(node)))
		return
	}
	lines := make(map[string]int)
	for i := 0; i+1 < len(node.Content); i += 2 {
		key, value := node.Content[i], node.Content[i+1]
		label, err := plainText(key.Value, 100)
		switch first, twice := lines[label]; {
		case key.Kind != yaml.ScalarNode || label == "":
			r.problem(key.Line, fmt.Sprintf("%s: a name must be a text, not %s", name, inWords(key)))
		case err != nil:
			r.problem(key.Line, fmt.Sprintf("%s: a name %v", name, err))
		case twice:
			r.problem(key.Line, fmt.Sprintf("%s: %s is there twice; the first is in line %d", name, quote(label), first))
		default:
			lines[label] = key.Line
			r.list(value, name, func(c *Config, v string) error { return add(c, label, v) })
		}
	}
}

func isNull(node *yaml.Node) bool {
	return node.Kind == yaml.ScalarNode && node.ShortTag() == "!!null"
}

// inWords names the type of a value as a person would.
func inWords(node *yaml.Node) string {
	switch node.Kind {
	case yaml.MappingNode:
		return "lines of key: value"
	case yaml.SequenceNode:
		return "a list"
	}
	switch node.ShortTag() {
	case "!!str":
		if node.Value == "" {
			return "an empty text"
		}
		return "a text"
	case "!!int", "!!float":
		return "a number"
	case "!!bool":
		return "true or false"
	case "!!timestamp":
		return "a date"
	case "!!null":
		return "nothing"
	}
	return "a value with a tag"
}
