package psntest

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"net/url"
	"strings"
	"sync"
)

// marks is a telling part of each secret, so that a shortened one is found too;
// the name is the owner's real one.
var marks = []string{
	NPSSO[:11], AccessToken[:14], RefreshToken[:14], IDToken[:11], Code[:12], AccountID[:13], OtherAccountID[:13], FirstName[:9], LastName,
}

// Secrets is which secrets of the stand-in's, in any form that a program may give
// them, are in what it wrote. None belongs anywhere but into requests to PSN.
func Secrets(data []byte) []string {
	data = bytes.ToLower(data)
	var found []string
	for _, f := range forms() {
		if bytes.Contains(data, f.form) {
			found = append(found, f.name)
		}
	}
	return found
}

type form struct {
	name string
	form []byte
}

// forms is the marks in small letters: plain, percent-encoded, in hexadecimal, and
// what is the same of base64 at each of the three places where it can begin.
var forms = sync.OnceValue(func() []form {
	var list []form
	add := func(name, text string) { list = append(list, form{name, []byte(strings.ToLower(text))}) }
	for _, mark := range marks {
		add(mark, mark)
		add(mark+" for a URL", url.QueryEscape(mark))
		digits := hex.EncodeToString([]byte(mark))
		add(mark+" in hexadecimal", digits)
		var percent, spaced strings.Builder
		for i := 0; i < len(digits); i += 2 {
			percent.WriteString("%" + digits[i:i+2])
			spaced.WriteString(digits[i:i+2] + " ")
		}
		add(mark+" in percents", percent.String())
		add(mark+" in a dump", strings.TrimSpace(spaced.String()))
		for shift := range 3 {
			text := base64.RawStdEncoding.EncodeToString(append(make([]byte, shift), mark...))
			// The letters at both ends depend on what stands beside the mark.
			first, last := (shift*8+5)/6, (shift+len(mark))*8/6
			add(mark+" in base64", text[first:last])
			add(mark+" in base64", strings.NewReplacer("+", "-", "/", "_").Replace(text[first:last]))
		}
	}
	return list
})
