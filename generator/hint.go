package generator

import (
	"errors"
	"fmt"
	"io/fs"
	"syscall"

	"github.com/trophycase/trophycase/generator/psn"
	"github.com/trophycase/trophycase/generator/publish"
	"github.com/trophycase/trophycase/generator/snapshot"
)

// ssoCookie is where a person who is signed in to PlayStation finds the NPSSO.
const ssoCookie = "https://ca.account.sony.com/api/v1/ssocookie"

// Hint is what to do about an error, or "".
func Hint(err error) string {
	var token *psn.TokenError
	switch {
	case errors.As(err, &token) && token.Missing:
		return "Sign in at playstation.com, open " + ssoCookie + " and put the 64 characters of \"npsso\" into the environment variable PSN_NPSSO; on GitHub, into a secret of that name. To see what comes of it first: trophycase build --sample"
	case errors.As(err, &token):
		return "An NPSSO lasts about two months. Sign in at playstation.com (accept new terms if it asks), open " + ssoCookie + " and put the new value into PSN_NPSSO; on GitHub, into the secret of that name."
	case errors.As(err, new(*psn.PrivateError)):
		return "On playstation.com, under Account, Privacy settings, let \"Anyone\" see your gaming history and trophies; or sign in with the account itself and set account: me in site.yaml."
	case errors.As(err, new(*psn.NotFoundError)):
		return "See that account in site.yaml is spelled right; trophycase check --lookup ONLINE_ID searches for it. PSN does not find everybody: the account ID, in quotes, always works."
	case errors.As(err, new(*psn.RateLimitError)):
		return "Nothing is lost: the next build goes on. If other programs use the same account, let them ask less often."
	case errors.As(err, new(*psn.EdgeError)):
		return "PSN blocks addresses that sign in often, for hours or days. Wait, and build less often; on GitHub the next run has another address."
	case errors.As(err, new(*psn.NetworkError)):
		return "Try again later; status.playstation.com says whether PSN is in order."
	case errors.As(err, new(*psn.BudgetError)):
		return "Raise fetch.max_requests in site.yaml: fewer than 5 are not enough to begin."
	case errors.As(err, new(*psn.AnswerError)):
		return "Try again later. If it stays, PSN has changed: see whether there is a newer trophycase."
	}
	return storageHint(err)
}

// Mended says what became of a damaged file of the snapshot.
func Mended(file string) string {
	what := map[string]string{
		"snapshot.json": "It was written anew. Whose snapshot this is was taken from the sign-in.",
		"profile.json":  "It was fetched again.",
		"titles.json":   "It was made anew from the titles' own files and PSN's list.",
		"changes.jsonl": "What could not be read of it is left out.",
		"history.jsonl": "The days that could not be read are left out; an earlier commit of the snapshot has them.",
	}[file]
	if what == "" {
		what = "That title was fetched again, alone. How rare its trophies were when they were earned is remembered from today; an earlier commit of the snapshot has it."
	}
	return fmt.Sprintf("The snapshot's %s was damaged. %s", file, what)
}

func storageHint(err error) string {
	var version *snapshot.VersionError
	switch {
	case errors.As(err, new(*snapshot.OtherAccountError)):
		return "Give each account a folder of its own with --snapshot, or delete the folder to begin anew."
	case errors.As(err, &version):
		return "Use a newer trophycase for this snapshot. If no newer one has used it, its snapshot.json is damaged: restore that file from an earlier commit."
	case errors.Is(err, snapshot.ErrLocked), errors.Is(err, publish.ErrBusy):
		return "Wait until it has ended, then try again."
	case errors.Is(err, snapshot.ErrEmpty):
		return "Run trophycase build with PSN_NPSSO set, or trophycase build --sample for the sample profile."
	case errors.Is(err, syscall.ENOSPC):
		return "Make room on the disk, then build again. Nothing is lost."
	case errors.Is(err, syscall.EROFS), errors.Is(err, fs.ErrPermission):
		return "Choose folders that can be written to with --snapshot and --out, or let this program write there."
	case errors.As(err, new(*snapshot.DamagedError)):
		return "The next build with PSN_NPSSO set fetches it again; or restore the file from an earlier commit of the snapshot."
	}
	return ""
}
