package snapshot

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"unicode/utf8"
)

// The end of a sealed file, an object of JSON: a sum over all that stands before.
const (
	sealBegins = ",\n\"sum\": \""
	sealEnds   = "\"\n}\n"
)

var errAltered = errors.New("it is not as it was written: its sum is another one")

// seal adds a sum to an object of JSON, so that a file that a bad disk or a slip of a
// hand altered is told from a good one.
func seal(object []byte) []byte {
	body := bytes.TrimSuffix(object, []byte("\n}\n"))
	sealed := append(append(bytes.Clone(body), sealBegins...), sumOf(body)...)
	return append(sealed, sealEnds...)
}

func sumOf(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:8])
}

// intact says whether a file is as seal made it. One without a sum is believed, so
// that a person may write one.
func intact(data []byte) error {
	if !utf8.Valid(data) {
		return errors.New("it is not UTF-8")
	}
	at := bytes.LastIndex(data, []byte(sealBegins))
	if at < 0 {
		return nil
	}
	if string(data[at+len(sealBegins):]) != sumOf(data[:at])+sealEnds {
		return errAltered
	}
	return nil
}
