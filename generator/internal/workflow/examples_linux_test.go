package workflow

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/trophycase/trophycase/generator/psn/psntest"
)

// The examples of the documentation run as they stand there.

func TestBesideAnotherSite(t *testing.T) {
	t.Parallel()
	long(t)
	g, _ := newGitHub(t, account(2), false)
	g.change("site/index.html", func(string) string { return "<p>Mine" })
	g.change("trophies.yaml", func(string) string { return "title: My trophies\n" })
	o := g.run("docs/examples/beside-another-site.yml")
	green(t, o)
	if g.shown("index.html") != "<p>Mine" || g.commits("trophy-data") != 1 {
		t.Errorf("the site shows %q, with %d commits", g.shown("index.html"), g.commits("trophy-data"))
	}
	has(t, "the page", g.shown("trophies/index.html"), `My trophies`, `https://marlowe.github.io/trophies/trophies/`)
}

func TestProfileCards(t *testing.T) {
	t.Parallel()
	long(t)
	const file = "docs/examples/profile-cards.yml"
	g, server := newGitHub(t, account(2), false)
	secrets := g.secrets
	g.secrets = map[string]any{}
	before := g.commits("main")
	green(t, g.run(file))
	if g.commits("main") != before {
		t.Error("cards of the sample were committed")
	}
	g.secrets = secrets
	for range 2 {
		green(t, g.run(file))
		if g.commits("main") != before+1 {
			t.Errorf("there are %d commits, want one more than %d", g.commits("main"), before)
		}
	}
	server.Edit(func(d *psntest.Data) { d.Summary.TrophyLevel, d.Summary.TrophyPoint = 13, d.Summary.TrophyPoint+90 })
	green(t, g.run(file))
	if g.commits("main") != before+2 {
		t.Error("a card that changed was not committed")
	}
	changed := g.git("--git-dir", g.origin, "show", "--stat=200", "--format=", "main")
	has(t, "the commit", changed, `trophies/profile-light.png`, `trophies/profile-dark.png`, `2 files changed`)
	server.KillToken(true)
	if o := g.run(file); o.results["cards"] != "failure" || !strings.Contains(o.log(), "::error::PSN does not accept the NPSSO") {
		t.Errorf("with a dead NPSSO the jobs are %v", o.results)
	}
}

// TestExamplesAreShown sees that the documentation leads to each example.
func TestExamplesAreShown(t *testing.T) {
	page, err := os.ReadFile("../../../docs/actions.md")
	must(t, err)
	files, err := filepath.Glob("../../../docs/examples/*.yml")
	must(t, err)
	if len(files) < 2 {
		t.Errorf("there are %d examples", len(files))
	}
	for _, file := range files {
		if !strings.Contains(string(page), "(examples/"+filepath.Base(file)+")") {
			t.Errorf("docs/actions.md does not lead to %s", filepath.Base(file))
		}
	}
}
