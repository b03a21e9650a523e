package page

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"html/template"
	"io"
	"strings"

	"github.com/trophycase/trophycase/generator/trophy"
)

// linked is schema.org data for search engines, as JSON-LD.
type linked map[string]any

// data puts JSON-LD on a page. The security policy names its hash: it runs no
// script, and validators take it for one.
func (v *view) data(l linked) error {
	if l == nil {
		return nil
	}
	text, err := json.Marshal(l)
	if err != nil {
		return err
	}
	hash := sha256.Sum256(text)
	v.Data, v.DataHash = template.JS(text), base64.StdEncoding.EncodeToString(hash[:])
	return nil
}

// profileData says that a page is about a person's profile.
func (r *Renderer) profileData(p *trophy.Profile) linked {
	if !r.absolute() {
		return nil
	}
	person := linked{"@type": "Person", "name": p.OnlineID, "alternateName": p.OnlineID}
	if p.About != "" {
		person["description"] = p.About
	}
	if !p.Avatar.None() {
		person["image"] = r.o.BaseURL + r.o.Links.Picture(p.Avatar)
	}
	return linked{"@context": "https://schema.org", "@type": "ProfilePage", "url": r.o.BaseURL, "mainEntity": person}
}

// titleData says that a page is about a game.
func (r *Renderer) titleData(t *trophy.Title) linked {
	if !r.absolute() {
		return nil
	}
	var platforms []string
	for _, p := range t.Platforms {
		platforms = append(platforms, strings.Replace(p.String(), "PS", "PlayStation ", 1))
	}
	game := linked{"@context": "https://schema.org", "@type": "VideoGame", "name": t.Name, "url": r.o.BaseURL + escape(r.o.Links.Title(t))}
	if len(platforms) > 0 {
		game["gamePlatform"] = platforms
	}
	if t.Detail != "" {
		game["description"] = t.Detail
	}
	if !t.Icon.None() {
		game["image"] = r.o.BaseURL + r.o.Links.Picture(t.Icon)
	}
	return game
}

// manifest is a web app manifest.
type manifest struct {
	Name        string         `json:"name"`
	ShortName   string         `json:"short_name"`
	Description string         `json:"description,omitempty"`
	Lang        string         `json:"lang"`
	Dir         string         `json:"dir"`
	ID          string         `json:"id"`
	StartURL    string         `json:"start_url"`
	Display     string         `json:"display"`
	Theme       string         `json:"theme_color"`
	Background  string         `json:"background_color"`
	Icons       []manifestIcon `json:"icons"`
}

type manifestIcon struct {
	Src     string `json:"src"`
	Sizes   string `json:"sizes"`
	Type    string `json:"type"`
	Purpose string `json:"purpose,omitempty"`
}

// Manifest writes the web app manifest, which stands in the site's root.
func (r *Renderer) Manifest(w io.Writer) error {
	icons := []manifestIcon{{Src: r.o.Links.Asset("icon.svg"), Sizes: "any", Type: "image/svg+xml"}}
	for _, i := range r.o.Icons {
		if i.Manifest {
			m := manifestIcon{Src: i.Path, Sizes: itoa(i.Size) + "x" + itoa(i.Size), Type: "image/png"}
			if i.Maskable {
				m.Purpose = "maskable"
			}
			icons = append(icons, m)
		}
	}
	return writeJSON(w, manifest{
		Name: r.o.SiteTitle, ShortName: r.o.SiteTitle, Description: r.o.Description, Lang: r.words.Lang, Dir: r.words.Direction,
		ID: "./", StartURL: "./", Display: "minimal-ui", Theme: r.o.Night, Background: r.o.Night, Icons: icons,
	})
}
