package generator

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/trophycase/trophycase/generator/publish"
	"github.com/trophycase/trophycase/generator/snapshot"
)

// inputs is the hash of all that a site is made from. When it is that of the last
// build, and nobody has touched the site, there is nothing to do: what follows from
// it need not even be read.
func (j *Job) inputs() (string, error) {
	snap, err := snapshot.Sum(j.Snapshot)
	if err != nil {
		return "", err
	}
	c := *j.Config
	zone := c.Location.String()
	c.Location = nil
	settings, err := sumOf(c, zone)
	if err != nil {
		return "", err
	}
	parts := []sum{sum(snap), settings}
	for _, folder := range []string{"templates", "assets", "content"} {
		s, err := sumFiles(j.Files, folder, "assets/sample")
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", err
		}
		parts = append(parts, s)
	}
	for _, name := range j.Config.Cards.Fonts {
		s, err := sumFiles(j.Files, name)
		if err != nil {
			return "", err
		}
		parts = append(parts, s)
	}
	return digest(j.Program, parts...), nil
}

// unchanged reports a rendering that had nothing to do; nil if there is something.
func (j *Job) unchanged(inputs string) (*RenderReport, error) {
	published, paths, ok, err := publish.Current(j.Out, inputs)
	if err != nil || !ok {
		return nil, err
	}
	read, err := snapshot.ReadFrame(j.Snapshot)
	if err != nil {
		return nil, err
	}
	report := &RenderReport{Report: published, Profile: read.Model(snapshot.ModelOptions{LeaveOut: j.Config.LeaveOut, Hidden: j.Config.HiddenTitles})}
	for _, path := range paths {
		report.count(path)
	}
	report.Notices = j.notices(report)
	j.progress("Rendering", len(paths), len(paths), "")
	return report, nil
}

// notices is what the owner should know about a site, whatever is in it.
func (j *Job) notices(r *RenderReport) []string {
	var list []string
	if !hasBase(j.address(r.Profile.Sample)) {
		list = append(list, "There are no feeds, because it is not known where the site will stand: set base_url in site.yaml to its address, such as https://you.github.io/trophies/.")
	}
	if r.Bytes > pagesLimit {
		list = append(list, fmt.Sprintf("The site has %.1f GB, and GitHub Pages takes 1 GB. Set icons to titles or none, or cards.titles to fewer titles, in site.yaml.", float64(r.Bytes)/1e9))
	}
	if len(r.Foreign) > 0 {
		list = append(list, fmt.Sprintf("%s has files that are not the site's and were left alone: %s.", j.Out, strings.Join(r.Foreign, ", ")))
	}
	return list
}

// pagesLimit is what a site on GitHub Pages may weigh:
// https://docs.github.com/en/pages/getting-started-with-github-pages/github-pages-limits
const pagesLimit = 1e9
