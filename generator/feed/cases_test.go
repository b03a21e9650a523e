package feed

import (
	"strings"
	"testing"
	"time"

	"github.com/trophycase/trophycase/generator/trophy"
)

// cases is feeds that are to keep all rules.
func cases() map[string]func(*Options) []Entry {
	return map[string]func(*Options) []Entry{
		"some": func(o *Options) []Entry { return o.Entries(unlocks(), nil) },
		"none": func(o *Options) []Entry { return nil },
		"hostile": func(o *Options) []Entry {
			return o.Entries(hostile(), []Note{{File: "a b/ü%.md", Title: "A note", Link: "a b/ü/", Body: `<p><a href="https://me.example/trophies/stats/">x</a></p>`, At: unlocks()[0].Trophy.EarnedAt}})
		},
		"raw notes": func(o *Options) []Entry {
			o.Note = func(trophy.Unlock) string { return raw }
			return o.Entries(unlocks(), []Note{{File: "raw.md", Title: "Raw", Link: "raw/", Body: raw, At: unlocks()[0].Trophy.EarnedAt}})
		},
		"milestones": func(o *Options) []Entry {
			return o.Milestones([]trophy.Milestone{{Unlock: unlocks()[0], Kind: trophy.TrophyMilestone, Number: 100}, {Unlock: unlocks()[0], Kind: trophy.PlatinumMilestone, Number: 1}})
		},
		"grouped": func(o *Options) []Entry {
			o.Group = 2 * time.Hour
			return o.Entries(unlocks(), nil)
		},
	}
}

// raw is what an owner may write where raw HTML is let through.
const raw = `<p onclick="x()" style="color:red" id="a">Hello <script>alert(1)</script><a href="/stats/">stats</a> <a href="#t1">here</a>
<a href="javascript:alert(1)">bad</a><img src="sea.png" srcset="sea.png 2x" alt=""><!-- note --><iframe src="https://video.example/"></iframe>
<style>p{}</style><form action="/x"><input></form><svg><script>x</script></svg><b>kept</b></p>`

// TestTame keeps what is harmless of raw HTML.
func TestTame(t *testing.T) {
	o := options()
	got := o.tame(raw)
	for _, want := range []string{"<p>Hello ", `<a href="https://me.example/stats/">stats</a>`, `<a href="https://me.example/trophies/#t1">here</a>`, `<img src="https://me.example/trophies/sea.png" alt=""/>`, "<b>kept</b>"} {
		if !strings.Contains(got, want) {
			t.Errorf("there is no %s in %s", want, got)
		}
	}
	for _, text := range []string{"", "plain", "<p>a &amp; b</p>"} {
		if got := o.tame(text); got != text {
			t.Errorf("%s became %s", text, got)
		}
	}
}

// hostile is unlocks with names that break careless writers.
func hostile() []trophy.Unlock {
	var list []trophy.Unlock
	for i, name := range []string{
		"]]>", "<![CDATA[x", "a\x00b\x01c\x0bd\x1fe", "\xed\xa0\x80 lone surrogate", "\xff\xfe bad bytes", "emoji 🏆👨‍👩‍👧 and 𝔘", "\u202eturned\u202c \u2067isolated", "مرحبا",
		"&amp; &lt;b&gt; <b>&", "--><!--", "<script>alert(1)</script>", "<?xml?>", "line\r\nline\ttab\u2028para\u0085", "\ufffe\uffff\ufffd", "", strings.Repeat("long ", 300),
	} {
		u := unlocks()[0]
		u.TitleName, u.GroupName, u.TitleSlug = name, name, "灯 台"
		u.Trophy.ID, u.Trophy.Name, u.Trophy.Detail, u.Trophy.EarnedAt = i, name, name, u.Trophy.EarnedAt.Add(-time.Duration(i)*time.Minute)
		list = append(list, u)
	}
	return list
}

// full is options with all that a feed can have.
func full(self string) Options {
	o := options()
	o.Self, o.Hub = self, "https://hub.example/"
	o.Size = func(trophy.Picture) int64 { return 4321 }
	o.Note = func(trophy.Unlock) string { return `<p><img src="https://me.example/trophies/sea.png" alt=""></p>` }
	return o
}
