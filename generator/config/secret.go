package config

import (
	"bytes"
	"regexp"
)

// secretForm matches what PSN's secrets look like: an NPSSO is 64 letters and
// digits, access and refresh tokens are JSON Web Tokens or UUIDs that stand
// under a telling key.
var secretForm = regexp.MustCompile(`(?:^|[^A-Za-z0-9])[A-Za-z0-9]{64}(?:[^A-Za-z0-9]|$)|eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}`)

// secretKey matches keys that ask for a secret, simplified.
var secretKey = regexp.MustCompile(`npsso|token|password|passwd|passphrase|secret|cookie|apikey|credential`)

// secretText says what to do with a secret in the file.
const secretText = "this looks like a secret; remove it: this file may be public; " +
	"sign out of PSN and make a new NPSSO, for this one may be known now; " +
	"then give it in the environment variable PSN_NPSSO, on GitHub as a repository secret of that name"

// secretParts matches what looks like a secret, wherever it stands.
var secretParts = regexp.MustCompile(`[A-Za-z0-9]{64,}|eyJ[A-Za-z0-9_-]{8,}[.A-Za-z0-9_-]*`)

// Redact takes out of a text what looks like a secret, such as one that was typed
// at the wrong place.
func Redact(text string) string { return secretParts.ReplaceAllString(text, "[secret]") }

func looksSecret(v string) bool { return secretForm.MatchString(v) }

func asksSecret(key string) bool { return secretKey.MatchString(simplify(key)) }

// secrets reports every line, also a comment, that looks like it holds a
// secret.
func (r *reader) secrets() {
	n := 0
	for line := range bytes.Lines(r.data) {
		n++
		if secretForm.Match(bytes.TrimRight(line, "\r\n")) {
			r.secret(n)
		}
	}
}

func (r *reader) secret(line int) {
	r.secretLines[line] = true
	r.problem(line, secretText)
}
