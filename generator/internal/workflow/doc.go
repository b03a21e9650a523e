// Package workflow holds no code, only the tests of what runs on GitHub: the
// workflow of a site, the actions that it uses, and the examples in docs.
//
// The tests read the YAML files themselves and run the shell of their steps as a
// runner does, in a scratch repository, against PSN on loopback; the actions of
// others (checkout, cache, Pages) are simulated. They need bash and git, on Linux
// as on the runner. Where these are missing, the tests are skipped, unless CI is
// set.
//
//	go test ./generator/internal/workflow          # the main cases, with a small account
//	go test ./generator/internal/workflow -whole   # all, one with 700 titles and the program compiled
package workflow
