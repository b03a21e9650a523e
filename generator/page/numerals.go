package page

import (
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/number"
)

// numerals is how a language writes numbers, by CLDR, with the digits 0 to 9.
type numerals struct {
	group, point string
	// from is the least number that is grouped.
	from int
	// before and after stand around a percentage.
	before, after string
}

// groupsLate is the languages that do not group four digits: CLDR's
// minimumGroupingDigits, which golang.org/x/text does not have.
var groupsLate = map[string]bool{"es": true, "pl": true, "pt-PT": true, "hu": true, "bg": true, "lv": true}

// numeralsOf asks golang.org/x/text once, by examples: its printers cannot be
// shared by goroutines.
func numeralsOf(tag language.Tag) numerals {
	latin, err := tag.SetTypeForKey("nu", "latn")
	if err != nil {
		latin = tag
	}
	printer := message.NewPrinter(latin)
	n := numerals{from: 1000}
	if base, _ := tag.Base(); groupsLate[base.String()] || groupsLate[tag.String()] {
		n.from = 10_000
	}
	if base, _ := tag.Base(); base.String() == "pt" && tag.String() != "pt-PT" {
		n.from = 1000
	}
	whole, part, _ := cutDigits(printer.Sprint(number.Decimal(1234567.5)))
	n.group, n.point = whole, part
	percent := printer.Sprint(number.Percent(0.5))
	n.before, n.after, _ = strings.Cut(percent, "50")
	return n
}

// cutDigits finds what stands between groups of digits, and before the last one.
func cutDigits(s string) (group, point string, ok bool) {
	parts := strings.FieldsFunc(s, unicode.IsDigit)
	if len(parts) < 2 {
		return "", ".", false
	}
	return parts[0], parts[len(parts)-1], true
}

// Number is a whole number.
func (w *Words) Number(n int) string {
	s := strconv.Itoa(n)
	if n < w.numerals.from && n > -w.numerals.from {
		return s
	}
	var b strings.Builder
	for i, d := range s {
		if i > 0 && (len(s)-i)%3 == 0 && s[i-1] != '-' {
			b.WriteString(w.numerals.group)
		}
		b.WriteRune(d)
	}
	return b.String()
}

// decimal is a number with some decimal places.
func (w *Words) decimal(f float64, places int) string {
	return strings.Replace(strconv.FormatFloat(f, 'f', places, 64), ".", w.numerals.point, 1)
}

// Percent is a percentage from 0 to 100 with some decimal places.
func (w *Words) Percent(f float64, places int) string {
	return w.numerals.before + w.decimal(f, places) + w.numerals.after
}
