package feed

import (
	"bytes"
	"os"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// TestJSONFeedSchema validates by a schema of JSON Feed 1.1.
func TestJSONFeedSchema(t *testing.T) {
	data, err := os.ReadFile("testdata/jsonfeed.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	if err := compiler.AddResource("feed.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("feed.json")
	if err != nil {
		t.Fatal(err)
	}
	for name, entriesOf := range cases() {
		o := full("feed.json")
		var b bytes.Buffer
		if err := JSON(&b, o, owner, entriesOf(&o)); err != nil {
			t.Fatal(err)
		}
		value, err := jsonschema.UnmarshalJSON(&b)
		if err == nil {
			err = schema.Validate(value)
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for _, item := range value.(map[string]any)["items"].([]any) {
			if err := safeHTML(item.(map[string]any)["content_html"].(string)); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}
