package snapshot

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"github.com/trophycase/trophycase/generator/psn"
)

const (
	slugRunes = 60
	// slugBytes bounds what a name gives, slugMost what is added to tell titles
	// apart too: the name of a file, "SLUG-square.png", has room for 120.
	slugBytes = 96
	slugMost  = 109
)

// slugOf makes the readable part of a title's address: letters and digits of any
// script in lower case, joined by hyphens. It is "" if the name has neither.
func slugOf(name string) string {
	var b strings.Builder
	runes, gap := 0, false
	for _, r := range norm.NFC.String(loose(strings.ToValidUTF8(name, ""))) {
		r = unicode.ToLower(r)
		mark := unicode.IsMark(r) && !gap && b.Len() > 0
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !mark || unsafe(r) {
			// "Hero's" is one word; "A:B" is two.
			gap = gap || r != '\'' && r != '’'
			continue
		}
		size, step := utf8.RuneLen(r), 1
		if gap && b.Len() > 0 {
			size, step = size+1, 2
		}
		if runes+step > slugRunes || b.Len()+size > slugBytes {
			break
		}
		if step == 2 {
			b.WriteByte('-')
		}
		b.WriteRune(r)
		runes, gap = runes+step, false
	}
	slug := norm.NFC.String(b.String())
	if windowsDevice(slug) {
		slug += "-title"
	}
	return slug
}

// unsafe holds the letters that are drawn as nothing or change what is around
// them.
func unsafe(r rune) bool {
	return r == 'ㅤ' || r == 'ﾠ' || r == 'ᅟ' || r == 'ᅠ' || unicode.Is(unicode.Variation_Selector, r)
}

// windowsDevice says that Windows takes the name for a device.
func windowsDevice(s string) bool {
	if slices.Contains([]string{"con", "prn", "aux", "nul"}, s) {
		return true
	}
	return len(s) == 4 && (strings.HasPrefix(s, "com") || strings.HasPrefix(s, "lpt")) && s[3] >= '0' && s[3] <= '9'
}

// newSlug is a slug that no title has. The platform tells two versions of a game
// apart, else the ID does.
func newSlug(t psn.TrophyTitle, taken map[string]bool) string {
	id := strings.ToLower(strings.ReplaceAll(t.NPCommunicationID, "_", "-"))
	base := slugOf(t.TrophyTitleName)
	if base == "" {
		base = id
	}
	platform := slugOf(strings.ReplaceAll(t.TrophyTitlePlatform, ",", " "))
	for _, s := range []string{base, base + "-" + platform, base + "-" + id} {
		if s = strings.Trim(s, "-"); validSlug(s) && !taken[slugKey(s)] {
			return s
		}
	}
	for n := 2; ; n++ {
		if s := fmt.Sprintf("%s-%d", id, n); !taken[slugKey(s)] {
			return s
		}
	}
}

// slugKey is equal for slugs that some file system takes for the same.
func slugKey(s string) string { return cases.Fold().String(norm.NFC.String(s)) }

// validSlug keeps out of paths what newSlug never makes. A slug that ends as the
// name of a square card does would be another title's card.
func validSlug(s string) bool {
	if s == "" || len(s) > slugMost || strings.HasPrefix(s, "-") || strings.HasSuffix(s, "-") || strings.HasSuffix(s, "-square") || windowsDevice(s) {
		return false
	}
	return utf8.ValidString(s) && !strings.ContainsFunc(s, func(r rune) bool {
		return r != '-' && !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	})
}
