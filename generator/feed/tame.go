package feed

import (
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
	tags "golang.org/x/net/html/atom"
)

// untold is elements that readers take away, and what is in them.
var untold = []tags.Atom{
	tags.Script, tags.Style, tags.Iframe, tags.Object, tags.Embed, tags.Form, tags.Input, tags.Button, tags.Select, tags.Textarea,
	tags.Meta, tags.Link, tags.Base, tags.Noscript, tags.Template,
}

// tame makes an owner's HTML fit for a feed: without what readers take away for
// safety, and with whole addresses. A page can show more than a feed.
func (o *Options) tame(text string) string {
	if !strings.ContainsAny(text, "<&") {
		return text
	}
	body := &html.Node{Type: html.ElementNode, DataAtom: tags.Body, Data: "body"}
	nodes, err := html.ParseFragment(strings.NewReader(text), body)
	if err != nil {
		return ""
	}
	base, err := url.Parse(o.BaseURL)
	if err != nil {
		return ""
	}
	var b strings.Builder
	for _, n := range nodes {
		if keep(n, base) {
			// A Builder takes everything.
			_ = html.Render(&b, n)
		}
	}
	return b.String()
}

// keep cleans an element, or says that it is to go.
func keep(n *html.Node, base *url.URL) bool {
	if n.Type == html.CommentNode || n.Type == html.ElementNode && (slices.Contains(untold, n.DataAtom) || n.Namespace != "") {
		return false
	}
	n.Attr = slices.DeleteFunc(n.Attr, func(a html.Attribute) bool {
		return strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "srcset" || a.Key == "id"
	})
	for i := range n.Attr {
		if a := &n.Attr[i]; a.Key == "href" || a.Key == "src" || a.Key == "poster" || a.Key == "cite" {
			a.Val = whole(a.Val, base)
		}
	}
	for child := n.FirstChild; child != nil; {
		next := child.NextSibling
		if !keep(child, base) {
			n.RemoveChild(child)
		}
		child = next
	}
	return true
}

// whole is an address with its host; that of the site for what is not one.
func whole(address string, base *url.URL) string {
	u, err := base.Parse(address)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" && u.Scheme != "mailto" {
		return base.String()
	}
	return u.String()
}
