package psntest

import (
	"bytes"
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strconv"
)

// A Change makes an answer from the true one, which is decoded JSON, or bytes if
// it is none.
type Change func(r *http.Request, answer any) any

func (c Change) answer(w http.ResponseWriter, r *http.Request, truth func(http.ResponseWriter)) {
	record := httptest.NewRecorder()
	truth(record)
	var v any = record.Body.Bytes()
	decoder := json.NewDecoder(bytes.NewReader(record.Body.Bytes()))
	decoder.UseNumber()
	var decoded any
	if decoder.Decode(&decoded) == nil {
		v = decoded
	}
	if record.Code == http.StatusOK {
		v = c(r, v)
	}
	data, isBytes := v.([]byte)
	if !isBytes {
		// What was decoded can be encoded.
		data, _ = json.Marshal(v)
	}
	maps.Copy(w.Header(), record.Header())
	w.WriteHeader(record.Code)
	_, _ = w.Write(data)
}

// Leaves changes every value that is neither an object nor a list.
func Leaves(change func(any) any) Change {
	var walk func(any) any
	walk = func(v any) any {
		switch v := v.(type) {
		case map[string]any:
			m := map[string]any{}
			for key, value := range v {
				m[key] = walk(value)
			}
			return m
		case []any:
			list := make([]any, len(v))
			for i := range v {
				list[i] = walk(v[i])
			}
			return list
		case []byte:
			return v
		}
		return change(v)
	}
	return func(_ *http.Request, v any) any { return walk(v) }
}

// Nulls makes every value null.
func Nulls() Change { return Leaves(func(any) any { return nil }) }

// WrongTypes makes numbers of texts, texts of switches and objects of numbers.
func WrongTypes() Change {
	return Leaves(func(v any) any {
		switch v.(type) {
		case string:
			return 7
		case bool:
			return "yes"
		}
		return map[string]any{}
	})
}

var digits = regexp.MustCompile(`^[0-9]{1,9}(\.[0-9]+)?$`)

// Numbers makes every number another, also those in texts. Account IDs stay.
func Numbers(n string) Change {
	return Leaves(func(v any) any {
		switch v := v.(type) {
		case json.Number:
			return json.Number(n)
		case string:
			if digits.MatchString(v) {
				return n
			}
		}
		return v
	})
}

var dateForm = regexp.MustCompile(`^\d{4}-\d\d-\d\dT`)

// Dates makes every date another.
func Dates(date string) Change {
	return Leaves(func(v any) any {
		if s, ok := v.(string); ok && dateForm.MatchString(s) {
			return date
		}
		return v
	})
}

// eachList changes every list of objects.
func eachList(change func([]any) []any) Change {
	var walk func(any) any
	walk = func(v any) any {
		switch v := v.(type) {
		case map[string]any:
			m := map[string]any{}
			for key, value := range v {
				m[key] = walk(value)
			}
			return m
		case []any:
			return change(v)
		}
		return v
	}
	return func(_ *http.Request, v any) any { return walk(v) }
}

// Twice lets each entry of every list come twice.
func Twice() Change {
	return eachList(func(list []any) []any { return append(slices.Clone(list), list...) })
}

// Empty makes every list empty.
func Empty() Change { return eachList(func([]any) []any { return []any{} }) }

// Total lets an answer lie about how much there is.
func Total(n int) Change {
	return func(_ *http.Request, v any) any { return with(v, "totalItemCount", n) }
}

// Endless lets each page say that there is another, which is the same.
func Endless() Change {
	first := map[string]any{}
	return func(r *http.Request, v any) any {
		if _, ok := v.(map[string]any); !ok {
			return v
		}
		if offset(r) == 0 {
			first[r.URL.Path] = v
		}
		return with(first[r.URL.Path], "nextOffset", offset(r)+1)
	}
}

// Shifting gives lists in pages of two entries, and between two pages the list
// moves by one entry.
func Shifting() Change {
	whole := map[string]map[string]any{}
	return func(r *http.Request, v any) any {
		m, ok := v.(map[string]any)
		if !ok {
			return v
		}
		if offset(r) == 0 {
			whole[r.URL.Path] = m
		}
		page := maps.Clone(whole[r.URL.Path])
		for key, value := range page {
			list, ok := value.([]any)
			if !ok || len(list) < 2 {
				continue
			}
			from := max(0, min(offset(r), len(list))-1)
			to := min(from+2, len(list))
			page[key] = list[from:to]
			if to < len(list) {
				page["nextOffset"] = offset(r) + 2
			}
		}
		return page
	}
}

// InvalidUTF8 puts a byte into the first name that no text has.
func InvalidUTF8() Change {
	return func(_ *http.Request, v any) any {
		data, isBytes := v.([]byte)
		if !isBytes {
			data, _ = json.Marshal(v)
		}
		return bytes.Replace(data, []byte(`":"`), []byte("\":\"\xff"), 1)
	}
}

// Cut gives the first half of an answer as if it were the whole.
func Cut() Change {
	return func(_ *http.Request, v any) any {
		data, isBytes := v.([]byte)
		if !isBytes {
			data, _ = json.Marshal(v)
		}
		return data[:len(data)/2]
	}
}

func with(v any, key string, value any) any {
	m, ok := v.(map[string]any)
	if !ok {
		return v
	}
	m = maps.Clone(m)
	m[key] = value
	return m
}

func offset(r *http.Request) int {
	n, _ := strconv.Atoi(r.URL.Query().Get("offset"))
	return n
}
