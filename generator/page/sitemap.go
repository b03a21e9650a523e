package page

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"
)

type urlSet struct {
	XMLName xml.Name `xml:"urlset"`
	NS      string   `xml:"xmlns,attr"`
	URLs    []struct {
		Loc string `xml:"loc"`
	} `xml:"url"`
}

// Sitemap writes the list of pages for search engines, by sitemaps.org. base is
// the absolute address of the site, paths are those of its pages.
func Sitemap(w io.Writer, base string, paths []string) error {
	set := urlSet{NS: "http://www.sitemaps.org/schemas/sitemap/0.9"}
	for _, p := range paths {
		set.URLs = append(set.URLs, struct {
			Loc string `xml:"loc"`
		}{base + escape(strings.TrimSuffix(p, "index.html"))})
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	enc := xml.NewEncoder(w)
	enc.Indent("", " ")
	if err := enc.Encode(set); err != nil {
		return fmt.Errorf("sitemap: %w", err)
	}
	_, err := io.WriteString(w, "\n")
	return err
}

// Robots writes what search engines may read: everything.
func Robots(w io.Writer, base string) error {
	text := "User-agent: *\nAllow: /\n"
	if base != "" {
		text += "Sitemap: " + base + "sitemap.xml\n"
	}
	_, err := io.WriteString(w, text)
	return err
}
