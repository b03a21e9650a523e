package snapshot

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"unicode/utf8"
)

// A sealForm is how an object or a list of JSON ends that has a sum over all that
// stands before: so a file that a bad disk or a slip of a hand altered is told from a
// good one.
type sealForm struct{ begins, ends, bare string }

var sealForms = []sealForm{
	{",\n\"sum\": \"", "\"\n}\n", "\n}\n"},
	{",\n{\"sum\": \"", "\"}\n]\n", "\n]\n"},
}

var errAltered = errors.New("it is not as it was written: its sum is another one")

// seal adds the sum. What is empty needs none.
func seal(data []byte) []byte {
	for _, f := range sealForms {
		if body, ok := bytes.CutSuffix(data, []byte(f.bare)); ok {
			return append(bytes.Clone(body), f.begins+sumOf(body)+f.ends...)
		}
	}
	return data
}

func sumOf(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:8])
}

// unseal is what seal was given, and an error for what is not as seal made it. A file
// without a sum is believed, so that a person may write one.
func unseal(data []byte) ([]byte, error) {
	if !utf8.Valid(data) {
		return nil, errors.New("it is not UTF-8")
	}
	for _, f := range sealForms {
		at := bytes.LastIndex(data, []byte(f.begins))
		if at < 0 {
			continue
		}
		body := data[:at]
		if string(data[at+len(f.begins):]) != sumOf(body)+f.ends {
			return nil, errAltered
		}
		return append(bytes.Clone(body), f.bare...), nil
	}
	return data, nil
}

// A line of a file of lines ends with a sum of its own.
const lineSum = `,"sum":"`

// sealLine adds the sum to a line, an object of JSON.
func sealLine(line []byte) []byte {
	body := bytes.TrimSuffix(line, []byte("}"))
	return append(bytes.Clone(body), lineSum+sumOf(body)+`"}`...)
}

// unsealLine is what sealLine was given, and an error for what is not as it made it. A
// line without a sum is believed.
func unsealLine(line []byte) ([]byte, error) {
	at := bytes.LastIndex(line, []byte(lineSum))
	if at < 0 {
		return line, nil
	}
	body := line[:at]
	if string(line[at+len(lineSum):]) != sumOf(body)+`"}` {
		return nil, errAltered
	}
	return append(bytes.Clone(body), '}'), nil
}

// readLine reads a line's record. What it does not know is as good as altered.
func readLine(line []byte, v any) error {
	line, err := unsealLine(bytes.TrimSuffix(line, []byte("\n")))
	if err != nil {
		return err
	}
	dec := json.NewDecoder(bytes.NewReader(line))
	dec.DisallowUnknownFields()
	if err := dec.Decode(v); err != nil {
		return err
	}
	if dec.More() {
		return errAltered
	}
	return nil
}
