package workflow

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/trophycase/trophycase/generator/cli"
)

var whole = flag.Bool("whole", false, "all cases, one with an account of 700 titles and the program compiled by the action")

// The steps find this binary under the names of programs that they call.
func TestMain(m *testing.M) {
	switch filepath.Base(os.Args[0]) {
	case "trophycase":
		os.Exit(cli.Run(context.Background(), os.Args[1:], cli.System{
			Files: os.DirFS(os.Getenv("TROPHYCASE_SOURCE")), Getenv: os.Getenv, Stdout: os.Stdout, Stderr: os.Stderr, Now: time.Now,
		}))
	case "go":
		os.Exit(compile(os.Args[1:]))
	case "gh":
		os.Exit(gh(os.Args[1:]))
	}
	os.Exit(m.Run())
}

// compile stands in for go build: the program is this binary.
func compile(args []string) int {
	i := slices.Index(args, "-o")
	if len(args) == 0 || args[0] != "build" || i < 0 {
		fmt.Fprintf(os.Stderr, "go %q is not what this test knows\n", args)
		return 2
	}
	self, err := os.Executable()
	if err == nil {
		err = os.MkdirAll(filepath.Dir(args[i+1]), 0o755)
	}
	if err == nil {
		err = os.Symlink(self, args[i+1])
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// An issue is one in the repository of the test.
type issue struct {
	Number      int
	Title, Body string
	Bot, Open   bool
	Comments    []string
}

// gh stands in for GitHub's command line, over issues in a file.
func gh(args []string) int {
	file := os.Getenv("TEST_ISSUES")
	list := readIssues(file)
	flagOf := func(name string) string {
		if i := slices.Index(args, name); i >= 0 && i+1 < len(args) {
			return args[i+1]
		}
		return ""
	}
	if os.Getenv("GH_TOKEN") == "" || os.Getenv("GH_REPO") == "" || len(args) < 2 {
		fmt.Fprintln(os.Stderr, "gh: no token, no repository or no command")
		return 4
	}
	switch args[0] + " " + args[1] {
	case "repo view":
		fmt.Println(os.Getenv("TEST_ISSUES_OFF") == "")
	case "issue list":
		// What the step's filter asks for: open, by a bot, with the marker.
		filter := flagOf("--jq")
		_, marker, _ := strings.Cut(filter, `contains("`)
		marker, _, _ = strings.Cut(marker, `")`)
		for _, i := range list {
			if i.Open && (i.Bot || !strings.Contains(filter, "is_bot")) && strings.Contains(i.Body, marker) {
				fmt.Println(i.Number)
			}
		}
	case "issue create":
		list = append(list, issue{Number: len(list) + 1, Title: flagOf("--title"), Body: flagOf("--body"), Bot: true, Open: true})
	case "issue edit", "issue close":
		n, err := strconv.Atoi(args[2])
		if err != nil || n < 1 || n > len(list) {
			fmt.Fprintln(os.Stderr, "gh: there is no such issue")
			return 1
		}
		if i := &list[n-1]; args[1] == "edit" {
			i.Body = flagOf("--body")
		} else {
			i.Open, i.Comments = false, append(i.Comments, flagOf("--comment"))
		}
	default:
		fmt.Fprintf(os.Stderr, "gh %q is not what this test knows\n", args)
		return 2
	}
	return writeIssues(file, list)
}

func readIssues(file string) []issue {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil
	}
	var list []issue
	if err := json.Unmarshal(data, &list); err != nil {
		panic(err)
	}
	return list
}

func writeIssues(file string, list []issue) int {
	data, err := json.Marshal(list)
	if err == nil {
		err = os.WriteFile(file, data, 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}
