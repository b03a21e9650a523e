package cli

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"github.com/trophycase/trophycase/generator"
)

func (a *app) buildCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "build",
		Short: "Fetch what changed and build the site",
		Long: `Build asks PSN for what changed since the last build and builds the site from
the snapshot. When PSN cannot be asked, the site is built from the last good
snapshot and the exit code is 3.

A build makes at most fetch.max_requests requests. When a profile needs more,
the site shows what is there so far and the next build goes on.`,
		Example: `  trophycase build --sample
  PSN_NPSSO=… trophycase build
  PSN_NPSSO=… trophycase build --max-requests 100 --out /srv/www/trophies`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return a.build(c.Context()) },
	}
	a.flags.addRender(c)
	a.flags.addSnapshot(c)
	a.flags.addFetch(c)
	return c
}

func (a *app) fetchCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "fetch",
		Short: "Fetch what changed into the snapshot, and build nothing",
		Example: `  PSN_NPSSO=… trophycase fetch
  PSN_NPSSO=… trophycase fetch --full`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return a.fetch(c.Context()) },
	}
	a.flags.addSnapshot(c)
	a.flags.addFetch(c)
	return c
}

func (a *app) renderCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "render",
		Short: "Build the site from the snapshot alone, without network",
		Example: `  trophycase render
  trophycase render --sample --out /tmp/site`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return a.render(c.Context()) },
	}
	a.flags.addRender(c)
	a.flags.addSnapshot(c)
	return c
}

func (a *app) build(ctx context.Context) error {
	if a.flags.sample {
		return a.render(ctx)
	}
	job, err := a.job()
	if err != nil {
		return err
	}
	start := a.Now()
	result, err := job.Build(ctx)
	if err != nil {
		a.tellFetch(result.Fetch)
		return &exitError{ExitNothing, advised(errors.Join(result.FetchErr, err))}
	}
	a.summarise(result, a.Now().Sub(start))
	if result.FetchErr != nil {
		a.fail(advised(result.FetchErr).Error())
		a.say("The site was built from the last good snapshot.")
		return &exitError{code: ExitStale}
	}
	return nil
}

func (a *app) fetch(ctx context.Context) error {
	job, err := a.job()
	if err != nil {
		return err
	}
	report, err := job.Fetch(ctx)
	a.tellFetch(report)
	if err != nil {
		return &exitError{ExitNothing, advised(err)}
	}
	a.tellRows(append(newsCounts(report), fetchRows(report)...))
	a.say("The snapshot is in %s.", a.flags.snapshot)
	return nil
}

func (a *app) render(ctx context.Context) error {
	job, err := a.job()
	if err != nil {
		return err
	}
	start := a.Now()
	report, err := job.Render(ctx)
	if err != nil {
		return &exitError{ExitNothing, advised(err)}
	}
	a.summarise(generator.Result{Render: report}, a.Now().Sub(start))
	return nil
}

// advised adds what to do next to an error.
func advised(err error) error {
	if hint := generator.Hint(err); hint != "" {
		return errors.New(err.Error() + "\n" + hint)
	}
	return err
}
