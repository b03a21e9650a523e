package psntest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/trophycase/trophycase/generator/psn"
)

// Texts is what names must not do anything with: markup, scripts, templates,
// paths, formulas, and characters that turn, pile up or hide. A script that runs
// calls canary().
var Texts = []string{
	`<script>canary()</script>`,
	`"><img src=x onerror=canary()>`,
	`' onmouseover='canary()`,
	`</script><script>canary()</script>`,
	`<svg/onload=canary()>`,
	`javascript:canary()`,
	`</title></head><body onload=canary()>`,
	`</style><style>*{display:none}</style>`,
	`--><script>canary()</script><!--`,
	`]]><script>canary()</script>`,
	`{{.}} {{template "layout"}} ${canary()} <%= canary() %> #{canary()}`,
	`&lt;script&gt;canary()&lt;/script&gt; &#x3c;b&#x3e;`,
	`[x](javascript:canary()) ![y](https://evil.example/y.png) |a|b|`,
	`<iframe src="https://evil.example/"></iframe><base href="https://evil.example/"><meta http-equiv=refresh content=0;url=https://evil.example/>`,
	`../../../../etc/passwd`,
	`..\..\..\Windows\System32\config`,
	`%2e%2e%2f%2e%2e%2fetc%2fpasswd`,
	`C:\CON\AUX.txt`,
	"CON", "con", "nul.txt", "LPT1", "COM¹", "index.html", ".git", "-",
	"NUL\x00in the name\x00.html",
	"\x1b[2J\x1b]0;canary\x07",
	`=cmd|'/c calc'!A1`, `+1+1`, `-2+3`, `@SUM(A1)`,
	"\u202egnp.exe\u202d \u2066isolated \u2067twice",
	"منارة \u202eقديمة\u202c abc אבג 123",
	"no\u200b\u200c\u200d\u2060\ufeffthing " + strings.Repeat("\u200b\u200d", 500),
	"Z" + strings.Repeat("\u0301\u0316\u20dd", 300) + "algo" + strings.Repeat("\u0336", 200),
	strings.Repeat("\u200b", 50), "\u3164", "\u00ad", " \t\n\u2028\u2029\u0085 ",
	strings.Repeat("W", 300), strings.Repeat("灯", 300), strings.Repeat("👩‍👩‍👧‍👦", 60), strings.Repeat("ﷺ", 100), strings.Repeat("long ", 4000),
	"half a pair \ufffd and \ufffd\ufffd", "\ue000\U000f0000\ufdd0", "¯\\_(ツ)_/¯", "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
	"Straße", "STRASSE", "Portal", "Portal Square",
}

// Addresses are of pictures that must not be asked for.
var Addresses = []string{
	"javascript:canary()", "data:image/svg+xml,<svg onload=canary()>", "https://evil.example/x.png", "//evil.example/x.png",
	"file:///etc/passwd", "https://evil.example/?.playstation.com/", "https://user:secret@image.api.playstation.com/x.png",
	"http://[::1", "\x00", "../../../x.png", `x" onerror="canary()`, "https://playstation.com.evil.example/x.png",
}

// HostileProse is a page that an owner could have copied from somewhere.
func HostileProse() string {
	return "---\ntitle: '<script>canary()</script> \u202e'\nmenu: true\ndescription: '\"><img src=x onerror=canary()>'\n---\n# <script>canary()</script>\n\n" +
		"<iframe src=https://evil.example/></iframe> [x](javascript:canary()) <javascript:canary()> [y](data:text/html,<script>canary()</script>)\n\n" +
		strings.ReplaceAll(strings.Join(Texts[:14], "\n\n"), "![y](https://evil.example/y.png)", "") + "\n"
}

// Hostile is an account whose every text is one of Texts: each is the name of a
// title, and the names, texts, groups and platforms in it are others.
func Hostile() *Data {
	d := &Data{
		AccountID: AccountID,
		Profile: psn.Profile{OnlineID: `"><script>canary()</script>`, AboutMe: strings.Join(Texts[:10], "\n"), Avatars: []psn.Avatar{
			{Size: "xl", URL: "data:image/svg+xml,<svg onload=canary()>"}, {Size: "<b>", URL: "javascript:canary()"},
		}},
		Summary: psn.TrophySummary{
			AccountID: AccountID, TrophyLevel: 312, TrophyPoint: 9885, TrophyLevelBasePoint: 9840,
			TrophyLevelNextPoint: 9900, Progress: 75, Tier: 4, EarnedTrophies: psn.TrophyCounts{Bronze: 200, Silver: 3, Gold: 2, Platinum: 40},
		},
		Pictures: map[string][]byte{"markup.png": []byte("<svg xmlns='http://www.w3.org/2000/svg' onload='canary()'/>")},
	}
	for i, text := range Texts {
		d.addHostile(i, text)
	}
	for i, id := range []string{"../../../x", "NPWR1_00/../..", "%2e%2e%2f", "C:\\x", "NPWR00001_00\x00", "<script>canary()</script>", strings.Repeat("N", 300)} {
		t := Make(id, "PS4", fmt.Sprintf("Wrong ID %d", i), date(2024, 1, 2), "B")
		t.Sum()
		d.Titles = append(d.Titles, t)
	}
	return d
}

// addHostile adds a title that is named by a text, with the texts that follow it
// in all its parts.
func (d *Data) addHostile(number int, name string) {
	text := func(n int) string { return Texts[(number+n)%len(Texts)] }
	updated := date(2024, 1, 2).Add(time.Duration(number) * 25 * time.Hour)
	t := Make(fmt.Sprintf("NPWR8%04d_00", number), "PS4", name, updated, "PBSB", "GB")
	t.TrophyTitleDetail, t.TrophySetVersion = text(3), text(4)
	t.TrophyTitlePlatform = "PS4," + text(5) + ",=cmd,<script>canary()</script>"
	for i := range t.Trophies {
		m := &t.Trophies[i]
		m.TrophyName, m.TrophyDetail, m.TrophyRewardName = text(i+6), text(i+7)+"\n"+text(i+8), text(i+9)
		m.TrophyIconURL, m.TrophyRewardImageURL = Addresses[(number+i)%len(Addresses)], Picture("markup.png")
		m.TrophyHidden = i == 3
	}
	t.Trophies[2].TrophyType = "<script>canary()</script>"
	for i, id := range []string{"default", text(10) + " " + text(11)} {
		t.Groups[i].TrophyGroupID, t.EarnedGroups[i].TrophyGroupID = id, id
		t.Groups[i].TrophyGroupName, t.Groups[i].TrophyGroupDetail = text(i+12), text(i+13)
	}
	for i := range t.Trophies[4:] {
		t.Trophies[4+i].TrophyGroupID = t.Groups[1].TrophyGroupID
	}
	t.TrophyTitleIconURL = Picture(t.NPCommunicationID + ".png")
	d.Add(t, 5)
	if number%3 == 0 {
		d.Titles[len(d.Titles)-1].TrophyTitleIconURL = Addresses[number%len(Addresses)]
	}
}

// HalfPairs writes U+FFFD as the half of a pair of surrogates, which JSON can
// hold and no text can.
func HalfPairs() Change {
	return func(_ *http.Request, v any) any {
		if _, isBytes := v.([]byte); isBytes {
			return v
		}
		// What was decoded can be encoded.
		data, _ := json.Marshal(v)
		return bytes.ReplaceAll(data, []byte("\ufffd"), []byte(`\ud83d`))
	}
}
