package psn

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"regexp"
	"strings"
	"sync"
)

// A Secret is a text that may be used and never shown: however it is printed,
// logged or encoded, "[secret]" comes out, or "" where there is none. To use it
// takes a conversion to string.
type Secret string

const redacted = "[secret]"

// String implements fmt.Stringer.
func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return redacted
}

// Format implements fmt.Formatter, for all verbs.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, s.String()) }

// MarshalText implements encoding.TextMarshaler, which JSON, YAML and XML ask.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// LogValue implements slog.LogValuer.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// hidden is a secret in a field that is not exported, where fmt goes past the
// methods of types: of a function it prints an address. A nil one is "".
type hidden func() string

func hide(s string) hidden { return func() string { return s } }

func (h hidden) reveal() string {
	if h == nil {
		return ""
	}
	return h()
}

// secretForms matches what looks like an NPSSO, a JSON Web Token or an account ID
// in a text from outside.
var secretForms = regexp.MustCompile(`[A-Za-z0-9]{64,}|eyJ[A-Za-z0-9_-]{8,}[.A-Za-z0-9_-]*|[0-9]{15,}`)

// known is the secrets that a client has seen, to take them out of what it tells.
type known struct {
	mu   sync.Mutex
	list []hidden
}

func (k *known) add(secret string) {
	const shortest = 4 // what is shorter is no secret, and is part of many a word
	if len(secret) < shortest {
		return
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.list = append(k.list, hide(secret))
}

// clean takes out of a text from outside, which may echo what was sent, all that
// must not be shown, and makes it short.
func (k *known) clean(text string) string {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, s := range k.list {
		text = strings.ReplaceAll(text, s.reveal(), redacted)
	}
	return clip(secretForms.ReplaceAllString(text, redacted))
}

// cleanError is an error of the network as it may be shown. What callers test it
// for stays.
func (k *known) cleanError(err error) error {
	err = plain(err)
	if text := k.clean(err.Error()); text != clip(err.Error()) {
		return errors.New(text)
	}
	return err
}
