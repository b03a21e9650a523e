// Trophycase turns a PlayStation Network trophy profile into a static site.
package main

import (
	"embed"

	"github.com/trophycase/trophycase/generator/cli"
)

//go:embed templates assets site.yaml .github/workflows/site.yml
var files embed.FS

func main() { cli.Main(files) }
