package feed

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/text/language"
)

// element is a piece of XML as a validator sees it.
type element struct {
	XMLName  xml.Name
	Attrs    []xml.Attr `xml:",any,attr"`
	Text     string     `xml:",chardata"`
	Children []element  `xml:",any"`
}

func (e *element) all(name string) []element {
	var list []element
	for _, c := range e.Children {
		if c.XMLName.Local == name {
			list = append(list, c)
		}
	}
	return list
}

// one is the text of the child that there must be one of.
func (e *element) one(name string) (string, error) {
	list := e.all(name)
	if len(list) != 1 {
		return "", fmt.Errorf("there are %d %s", len(list), name)
	}
	return list[0].Text, nil
}

func (e *element) attr(name string) string {
	for _, a := range e.Attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func parse(t *testing.T, data []byte) *element {
	t.Helper()
	e := new(element)
	if err := xml.Unmarshal(data, e); err != nil {
		t.Fatalf("%v in %s", err, data)
	}
	return e
}

func absoluteAddress(s string) error {
	u, err := url.Parse(s)
	if err != nil || !u.IsAbs() || u.Host == "" {
		return fmt.Errorf("%q is no absolute address: %v", s, err)
	}
	if strings.ContainsAny(s, " \"<>\\^`{|}") || strings.IndexFunc(s, func(r rune) bool { return r > 126 }) >= 0 {
		return fmt.Errorf("%q has characters that addresses cannot have", s)
	}
	return nil
}

// tagURI is the form of a tag URI, as the W3C's validator has it.
var tagURI = regexp.MustCompile(`^tag:([a-z0-9\-._]+?@)?[a-z0-9.\-]+?,\d{4}(-\d{2}(-\d{2})?)?:[0-9a-zA-Z;/?:@&=+$.\-_!~*'()%,]*$`)

// safeHTML says that content has no relative address, and nothing that readers
// must take away.
func safeHTML(body string) error {
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(body))
	if err != nil {
		return err
	}
	if n := doc.Find("script, style, iframe, object, embed, form, meta, link, base, [style], [onclick], [onload], [onerror], [srcset]").Length(); n > 0 {
		return fmt.Errorf("content has %d elements that readers take away: %s", n, body)
	}
	for _, attr := range []string{"src", "href"} {
		for _, n := range doc.Find("[" + attr + "]").EachIter() {
			if err := absoluteAddress(n.AttrOr(attr, "")); err != nil {
				return err
			}
		}
	}
	if n := doc.Find("img:not([alt])").Length(); n > 0 {
		return fmt.Errorf("%d pictures have no alt", n)
	}
	return nil
}

// rule is what the W3C's feed validator tells about a field that we write. check
// gets the channel or feed and the entries of what was written.
type rule struct {
	name  string
	check func(feed *element, items []element, entries []Entry) error
}

func must1(names ...string) func(*element, []element, []Entry) error {
	return func(feed *element, _ []element, _ []Entry) error {
		for _, name := range names {
			if text, err := feed.one(name); err != nil || strings.TrimSpace(text) == "" {
				return fmt.Errorf("%s is %q: %v", name, text, err)
			}
		}
		return nil
	}
}

// each checks every item.
func each(check func(item *element) error) func(*element, []element, []Entry) error {
	return func(_ *element, items []element, _ []Entry) error {
		for i := range items {
			if err := check(&items[i]); err != nil {
				return err
			}
		}
		return nil
	}
}

func unique(name string) func(*element, []element, []Entry) error {
	seen := map[string]bool{}
	return each(func(item *element) error {
		id, err := item.one(name)
		if err != nil || seen[id] || !tagURI.MatchString(id) {
			return fmt.Errorf("%s is %q, seen %v: %v", name, id, seen[id], err)
		}
		seen[id] = true
		return nil
	})
}

func rfc822(s string) error {
	at, err := time.Parse("Mon, 02 Jan 2006 15:04:05 -0700", s)
	if err == nil && at.Format("Mon, 02 Jan 2006 15:04:05 -0700") != s {
		err = fmt.Errorf("%q names another weekday", s)
	}
	return err
}

func links(e *element, rel string) []element {
	return slices.DeleteFunc(e.all("link"), func(l element) bool { return l.attr("rel") != rel })
}

// rssRules are in the words of feedvalidator's documentation.
func rssRules() []rule {
	return []rule{
		{"channel has title, link, description", must1("title", "description", "language", "ttl", "generator")},
		{"channel link is absolute", func(c *element, _ []element, _ []Entry) error {
			plain := slices.DeleteFunc(c.all("link"), func(l element) bool { return l.XMLName.Space != "" })
			if len(plain) != 1 {
				return fmt.Errorf("there are %d links", len(plain))
			}
			return absoluteAddress(plain[0].Text)
		}},
		{"atom:link with rel=self", func(c *element, _ []element, _ []Entry) error {
			self := links(c, "self")
			if len(self) != 1 || self[0].XMLName.Space != "http://www.w3.org/2005/Atom" || self[0].attr("href") != "https://me.example/trophies/feed.xml" || self[0].attr("type") != "application/rss+xml" {
				return fmt.Errorf("self is %v", self)
			}
			return nil
		}},
		{"hub is named", func(c *element, _ []element, _ []Entry) error {
			if hub := links(c, "hub"); len(hub) != 1 || hub[0].attr("href") != "https://hub.example/" {
				return fmt.Errorf("hub is %v", hub)
			}
			return nil
		}},
		{"language is a code", func(c *element, _ []element, _ []Entry) error {
			code, _ := c.one("language")
			_, err := language.Parse(code)
			return err
		}},
		{"ttl is a positive number", func(c *element, _ []element, _ []Entry) error {
			text, _ := c.one("ttl")
			if n, err := strconv.Atoi(text); err != nil || n <= 0 {
				return fmt.Errorf("ttl is %q", text)
			}
			return nil
		}},
		{"dates are RFC 822, and that of the channel is the newest item's", func(c *element, items []element, entries []Entry) error {
			for i := range items {
				date, err := items[i].one("pubDate")
				if err = cmpErr(err, rfc822(date)); err != nil {
					return err
				}
			}
			if len(entries) == 0 {
				if len(c.all("pubDate"))+len(c.all("lastBuildDate")) > 0 {
					return fmt.Errorf("a feed without items has a date")
				}
				return nil
			}
			built, err := c.one("lastBuildDate")
			if built != entries[0].At.UTC().Format(time.RFC1123Z) {
				return fmt.Errorf("lastBuildDate is %s", built)
			}
			return err
		}},
		{"guids are unique and no links", unique("guid")},
		{"a guid that is no link says so", each(func(item *element) error {
			if guid := item.all("guid"); guid[0].attr("isPermaLink") != "false" {
				return fmt.Errorf("guid is %v", guid)
			}
			return nil
		})},
		{"item links are absolute", each(func(item *element) error {
			link, err := item.one("link")
			return cmpErr(err, absoluteAddress(link))
		})},
		{"items have a title or description", each(func(item *element) error {
			body, err := item.one("description")
			title, titleErr := item.one("title")
			if title == "" {
				titleErr = fmt.Errorf("no title")
			}
			return cmpErr(err, titleErr, safeHTML(body))
		})},
		{"an enclosure has url, length and type, and there is one at most", each(func(item *element) error {
			for i, e := range item.all("enclosure") {
				n, err := strconv.Atoi(e.attr("length"))
				if err = cmpErr(err, absoluteAddress(e.attr("url"))); err != nil || n != 4321 || e.attr("type") != "image/png" || i > 0 {
					return fmt.Errorf("enclosure is %v, %v", e, err)
				}
			}
			return nil
		})},
	}
}

func cmpErr(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// atomRules are RFC 4287's.
func atomRules() []rule {
	rfc3339 := func(e *element, name string) (time.Time, error) {
		text, err := e.one(name)
		at, parseErr := time.Parse(time.RFC3339, text)
		return at, cmpErr(err, parseErr)
	}
	return []rule{
		{"feed has id, title, updated and author", must1("id", "title", "updated", "subtitle")},
		{"author has a name", func(f *element, _ []element, _ []Entry) error {
			authors := f.all("author")
			if len(authors) != 1 {
				return fmt.Errorf("there are %d authors", len(authors))
			}
			return must1("name")(&authors[0], nil, nil)
		}},
		{"xml:lang is a code", func(f *element, _ []element, _ []Entry) error {
			_, err := language.Parse(f.attr("lang"))
			return err
		}},
		{"one self, one alternate, one hub", func(f *element, _ []element, _ []Entry) error {
			for rel, want := range map[string]string{"self": "https://me.example/trophies/atom.xml", "alternate": "https://me.example/trophies/", "hub": "https://hub.example/"} {
				if l := links(f, rel); len(l) != 1 || l[0].attr("href") != want {
					return fmt.Errorf("%s is %v", rel, l)
				}
			}
			return nil
		}},
		{"updated is the newest entry's, and nothing is after it", func(f *element, items []element, entries []Entry) error {
			at, err := rfc3339(f, "updated")
			if err != nil || len(entries) > 0 && !at.Equal(entries[0].At) {
				return fmt.Errorf("updated is %v: %v", at, err)
			}
			for i := range items {
				updated, err := rfc3339(&items[i], "updated")
				published, err2 := rfc3339(&items[i], "published")
				if err = cmpErr(err, err2); err != nil || updated.After(at) || published.After(updated) {
					return fmt.Errorf("entry of %v, updated %v: %v", published, updated, err)
				}
			}
			return nil
		}},
		{"ids are unique", unique("id")},
		{"entries have a title", each(func(e *element) error { return must1("title")(e, nil, nil) })},
		{"an entry has one alternate, absolute", each(func(e *element) error {
			l := links(e, "alternate")
			if len(l) != 1 {
				return fmt.Errorf("alternates are %v", l)
			}
			return absoluteAddress(l[0].attr("href"))
		})},
		{"content is HTML that can be shown", each(func(e *element) error {
			c := e.all("content")
			if len(c) != 1 || c[0].attr("type") != "html" {
				return fmt.Errorf("content is %v", c)
			}
			return safeHTML(c[0].Text)
		})},
		{"an enclosure has type and length", each(func(e *element) error {
			for _, l := range links(e, "enclosure") {
				if l.attr("type") != "image/png" || l.attr("length") != "4321" {
					return fmt.Errorf("enclosure is %v", l)
				}
			}
			return nil
		})},
		{"a category has a term", each(func(e *element) error {
			for _, c := range e.all("category") {
				if c.attr("term") == "" {
					return fmt.Errorf("a category is empty")
				}
			}
			return nil
		})},
	}
}

// TestRules checks what is written against each rule.
func TestRules(t *testing.T) {
	for name, entriesOf := range cases() {
		for format, rules := range map[string][]rule{"feed.xml": rssRules(), "atom.xml": atomRules()} {
			o := full(format)
			entries := entriesOf(&o)
			var b bytes.Buffer
			if err := formats[format](&b, o, owner, entries); err != nil {
				t.Fatal(err)
			}
			if !utf8.Valid(b.Bytes()) {
				t.Errorf("%s, %s: is not UTF-8", format, name)
			}
			feed := parse(t, b.Bytes())
			items := feed.all("entry")
			if format == "feed.xml" {
				feed = &feed.all("channel")[0]
				items = feed.all("item")
			}
			if len(items) != len(entries) {
				t.Errorf("%s, %s: %d items of %d", format, name, len(items), len(entries))
			}
			for _, r := range rules {
				if err := r.check(feed, items, entries); err != nil {
					t.Errorf("%s, %s: %s: %v", format, name, r.name, err)
				}
			}
		}
	}
}
