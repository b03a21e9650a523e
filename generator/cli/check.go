package cli

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/spf13/cobra"

	"github.com/trophycase/trophycase/generator"
	"github.com/trophycase/trophycase/generator/config"
)

func (a *app) checkCommand() *cobra.Command {
	var lookup string
	c := &cobra.Command{
		Use:   "check",
		Short: "Check site.yaml and the sign-in, and tell what would become public",
		Long: `Check reads site.yaml, signs in, and tells whose account it is, how many requests
a full fetch takes and how long that lasts at PSN's limit, whether base_url fits
the repository, and what would become public. It changes nothing.`,
		Example: `  PSN_NPSSO=… trophycase check
  PSN_NPSSO=… trophycase check --lookup ONLINE_ID`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if lookup != "" {
				return a.lookup(c.Context(), lookup)
			}
			return a.check(c.Context())
		},
	}
	c.Flags().StringVar(&lookup, "lookup", "", "find the account ID of an online ID")
	return c
}

func (a *app) lookup(ctx context.Context, onlineID string) error {
	job, err := a.job()
	if err != nil {
		return err
	}
	found, err := job.Lookup(ctx, onlineID)
	if err != nil {
		return &exitError{ExitNothing, advised(err)}
	}
	if len(found) == 0 {
		return &exitError{ExitNothing, fmt.Errorf("PSN finds nobody by the name %q; it does not find all accounts", onlineID)}
	}
	for _, f := range found {
		a.answer(fmt.Sprintf("%-16s %s", printable(f.OnlineID), f.AccountID))
	}
	return nil
}

func (a *app) check(ctx context.Context) error {
	job, err := a.job()
	if err != nil {
		return err
	}
	a.say("site.yaml  fine")
	a.checkBase(job.Config)
	r, err := job.Check(ctx)
	if err != nil {
		return &exitError{ExitNothing, advised(err)}
	}
	a.say("sign-in    fine: %s, level %d, %d trophies", printable(r.OnlineID), r.Level, r.Trophies)
	a.say("fetch      %d requests for everything, %s at PSN's limit; %s of %d requests", r.Requests, minutes(r), plural(r.Builds, "build"), job.Config.Fetch.MaxRequests)
	a.say("public     %s", strings.Join(public(r, job.Config), "\n           "))
	return nil
}

func minutes(r *generator.CheckReport) string {
	if r.Lasts == 0 {
		return "at once, which is allowed"
	}
	return fmt.Sprintf("about %d minutes", int(r.Lasts.Minutes()))
}

// public lists what a visitor of the site would see of a person.
func public(r *generator.CheckReport, c *config.Config) []string {
	list := []string{"the online ID and the avatar"}
	if r.About {
		list = append(list, "the text about the person on PSN")
	}
	list = append(list,
		"the level, the points and the number of trophies",
		fmt.Sprintf("%s with their trophies, and when each was earned, to the second", plural(r.Titles, "title")))
	if r.Hidden > 0 {
		list = append(list, fmt.Sprintf("not public: %s hidden on PSN (hidden_titles: false)", plural(r.Hidden, "title")))
	}
	if c.HiddenTitles {
		list = append(list, "also titles that are hidden on PSN (hidden_titles: true)")
	}
	if r.LeftOut > 0 {
		list = append(list, fmt.Sprintf("not public: %s left out (leave_out)", plural(r.LeftOut, "title")))
	}
	return append(list, "never: the account ID, the real name, the NPSSO, tokens")
}

// checkBase compares base_url with the address that GitHub Pages gives to the
// repository.
func (a *app) checkBase(c *config.Config) {
	repository := a.repository()
	if repository == "" {
		a.say("base_url   %s", or(c.BaseURL, "not set, so there will be no feed"))
		return
	}
	want := pagesURL(repository)
	switch {
	case c.BaseURL == "":
		a.say("base_url   not set; on GitHub Pages it will be %s", want)
	case c.BaseURL == want || customDomain(c.BaseURL):
		a.say("base_url   fine: %s", c.BaseURL)
	default:
		a.warn(fmt.Sprintf("base_url is %s, but GitHub Pages shows the repository %s at %s", c.BaseURL, repository, want))
	}
}

func or(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// customDomain says that an address is one of the owner's, which only he can
// judge.
func customDomain(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Host != "" && !strings.HasSuffix(u.Hostname(), ".github.io")
}

// pagesURL is where GitHub Pages shows a repository.
func pagesURL(repository string) string {
	owner, name, _ := strings.Cut(repository, "/")
	host := strings.ToLower(owner) + ".github.io"
	if strings.EqualFold(name, host) {
		return "https://" + host + "/"
	}
	return "https://" + host + "/" + name + "/"
}

var remote = regexp.MustCompile(`(?m)^\s*url = .*github\.com[:/]([\w.-]+/[\w.-]+?)(?:\.git)?/?\s*$`)

// repository is OWNER/NAME on GitHub, by the environment of Actions or by the
// git remote of the folder; or "".
func (a *app) repository() string {
	if name := a.Getenv("GITHUB_REPOSITORY"); name != "" {
		return name
	}
	data, err := os.ReadFile(filepath.Join(filepath.Dir(a.flags.config), ".git", "config"))
	if err != nil {
		return ""
	}
	if m := remote.FindSubmatch(data); m != nil {
		return string(m[1])
	}
	return ""
}
