package page

import (
	"io/fs"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestTemplatesAreDocumented holds docs/templates.md to what there is: every
// template, part and function, and every field that a template receives.
func TestTemplatesAreDocumented(t *testing.T) {
	data, err := os.ReadFile("../../docs/templates.md")
	if err != nil {
		t.Fatal(err)
	}
	doc := string(data)
	mentions := func(what string) {
		t.Helper()
		if !regexp.MustCompile("[` ]" + regexp.QuoteMeta(what) + "[` ]").MatchString(doc) {
			t.Errorf("docs/templates.md does not tell of %s", what)
		}
	}
	templates := os.DirFS("../../templates")
	files, err := fs.Glob(templates, "*.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		mentions(file)
		text, err := fs.ReadFile(templates, file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`{{define "([a-z]+)"}}`).FindAllStringSubmatch(string(text), -1) {
			mentions(m[1])
		}
	}
	r := renderer(t, nil)
	for name := range r.funcs() {
		mentions(name)
	}
	for name := range r.parts() {
		mentions(name)
	}
	for _, v := range []any{
		view{}, profileView{}, dayView{}, yearView{}, monthView{}, rowView{}, heatView{}, titlesView{}, titleView{}, partView{}, monthsView{},
		yearCount{}, monthCount{}, FeedLink{}, monthUnlocks{}, platinumsView{}, statsView{}, chartView{}, barChart{}, textLine{}, levelView{}, searchView{}, embedView{},
		cardView{}, Embed{}, Snippet{}, feedsView{}, feedAddress{}, dataView{}, DataLink{}, Prose{}, barView{}, unlockView{}, tileView{},
		noteView{}, driftView{}, trophyView{},
	} {
		for _, field := range fieldsOf(reflect.TypeOf(v)) {
			mentions("." + field)
		}
	}
}

// fieldsOf is what a template can reach in a value of this package; what comes from
// the model is described there.
func fieldsOf(typ reflect.Type) []string {
	var names []string
	for i := range typ.NumField() {
		if f := typ.Field(i); f.IsExported() && !f.Anonymous {
			names = append(names, f.Name)
		}
	}
	return names
}

// TestEveryTemplateIsUsed sees that the folder has the files that pages are made
// from, and no others.
func TestEveryTemplateIsUsed(t *testing.T) {
	files, err := fs.Glob(os.DirFS("../../templates"), "*.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if name := strings.TrimSuffix(file, ".html"); name != "layout" && name != "parts" && !slices.Contains(names, name) {
			t.Errorf("templates/%s makes no page", file)
		}
	}
}
