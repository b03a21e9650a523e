package config

import (
	"bytes"
	"encoding/json"
)

// A schema is the part of JSON Schema, draft 7, that editors use.
type schema struct {
	Version     string             `json:"$schema,omitempty"`
	Title       string             `json:"title,omitempty"`
	Description string             `json:"description,omitempty"`
	Type        any                `json:"type,omitempty"` // a name or a list of names
	Default     any                `json:"default,omitempty"`
	Enum        []any              `json:"enum,omitempty"`
	Pattern     string             `json:"pattern,omitempty"`
	Minimum     *int               `json:"minimum,omitempty"`
	Maximum     *int               `json:"maximum,omitempty"`
	Examples    []any              `json:"examples,omitempty"`
	Items       *schema            `json:"items,omitempty"`
	Unique      bool               `json:"uniqueItems,omitempty"`
	Properties  map[string]*schema `json:"properties,omitempty"`
	Others      any                `json:"additionalProperties,omitempty"` // false or a schema
	AnyOf       []*schema          `json:"anyOf,omitempty"`
}

// Schema is the JSON schema of site.yaml, as it stands in
// assets/site.schema.json.
func Schema() []byte {
	root := mappingSchema(settings)
	root.Version = "http://json-schema.org/draft-07/schema#"
	root.Title = "site.yaml of trophycase"
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(root); err != nil {
		panic(err) // plain data of our own
	}
	return b.Bytes()
}

func mappingSchema(list []setting) *schema {
	s := &schema{Type: []string{"object", "null"}, Properties: make(map[string]*schema), Others: false}
	for i := range list {
		s.Properties[list[i].key] = list[i].schema()
	}
	return s
}

func (s *setting) schema() *schema {
	out := s.hint
	switch {
	case s.text != nil:
		out.Type = "string"
	case s.flag != nil:
		out.Type = "boolean"
	case s.number != nil:
		out.Type, out.Minimum, out.Maximum = "integer", &s.min, &s.max
	case s.item != nil:
		out = *listSchema(s.hint)
	case s.named != nil:
		out = schema{Type: []string{"object", "null"}, Others: listSchema(s.hint)}
	case s.short != "":
		out = schema{AnyOf: []*schema{find(s.keys, s.short).schema(), mappingSchema(s.keys)}}
	default:
		out = *mappingSchema(s.keys)
	}
	out.Description, out.Default = s.doc, s.def
	return &out
}

// listSchema is the schema of a list of texts as the hint describes.
func listSchema(item schema) *schema {
	item.Type = "string"
	return &schema{Type: []string{"array", "null"}, Items: &item, Unique: true}
}
