package snapshot

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/trophycase/trophycase/generator/psn"
	"github.com/trophycase/trophycase/generator/trophy"
)

var today = DayOf(time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC))

func open(t testing.TB, dir string) *Store {
	t.Helper()
	s, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func entry(id, name, platform string, at time.Time) psn.TrophyTitle {
	return psn.TrophyTitle{
		NPServiceName: "trophy", NPCommunicationID: id, TrophyTitleName: name, TrophyTitlePlatform: platform,
		TrophySetVersion: "01.00", DefinedTrophies: psn.TrophyCounts{Bronze: 2, Platinum: 1},
		EarnedTrophies: psn.TrophyCounts{Bronze: 1}, Progress: 50, LastUpdatedDateTime: psn.Time{Time: at},
	}
}

func record(e psn.TrophyTitle) *TitleRecord {
	at := e.LastUpdatedDateTime
	return &TitleRecord{
		Title: e, Language: "en-us", RatesOn: today,
		Trophies: []psn.Trophy{
			{TrophyID: 0, TrophyType: "platinum", TrophyName: "All of it", TrophyDetail: "Earn all.", TrophyGroupID: "default"},
			{TrophyID: 1, TrophyType: "bronze", TrophyName: "First\nlight", TrophyDetail: " Do\r\n it. ", TrophyGroupID: "default"},
			{TrophyID: 2, TrophyType: "bronze", TrophyName: "More", TrophyHidden: true, TrophyGroupID: "001"},
		},
		Earned: []psn.EarnedTrophy{
			{TrophyID: 0, TrophyRare: 0, TrophyEarnedRate: 1.5},
			{TrophyID: 1, Earned: true, EarnedDateTime: &at, TrophyRare: 3, TrophyEarnedRate: 61.2},
			{TrophyID: 2, TrophyRare: 2, TrophyEarnedRate: 20},
		},
	}
}

// fill makes a snapshot with some titles.
func fill(t testing.TB, dir string, n int) *Store {
	t.Helper()
	s := open(t, dir)
	must(t, s.Claim("123"))
	must(t, s.PutProfile(&ProfileRecord{
		Profile: psn.Profile{OnlineID: "Marlowe-Quill"}, ProfileOn: today, AskedOn: today, Language: "en-us",
		Summary: psn.TrophySummary{AccountID: "7355608173556081735", TrophyLevel: 12},
	}))
	var list []psn.TrophyTitle
	for i := range n {
		list = append(list, entry(fmt.Sprintf("NPWR%05d_00", i), fmt.Sprintf("Title %d", i), "PS4", today.Add(-time.Duration(i)*time.Hour)))
	}
	must(t, s.PutTitles(list))
	for _, e := range list {
		must(t, s.PutTitle(record(e)))
	}
	return s
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestRoundTrip(t *testing.T) {
	dir := t.TempDir()
	s := fill(t, dir, 3)
	must(t, s.PutPicture("https://x/1.png", []byte("bytes"), ".png", 3, 4))
	must(t, s.AddDay(DayRecord{On: today, Level: 12, Points: 885}))
	want, err := s.Title("NPWR00001_00")
	must(t, err)
	must(t, s.Close())

	s = open(t, dir)
	got, err := s.Title("NPWR00001_00")
	must(t, err)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if got.Slug != "title-1" || s.Titles()[1].Slug != "title-1" {
		t.Errorf("slugs are %q and %q", got.Slug, s.Titles()[1].Slug)
	}
	if p, ok := s.Picture("https://x/1.png"); !ok || p.Width != 3 || p.Height != 4 {
		t.Errorf("picture is %+v, %v", p, ok)
	}
	if s.Changed() {
		t.Error("opening changed the snapshot")
	}
	must(t, s.PutTitle(got))
	must(t, s.PutProfile(s.Profile()))
	must(t, s.AddDay(DayRecord{On: today, Level: 12, Points: 885}))
	if s.Changed() {
		t.Error("writing the same changed the snapshot")
	}
	data, err := os.ReadFile(filepath.Join(dir, "titles", "NPWR00001_00.json"))
	must(t, err)
	if n := bytes.Count(data, []byte("\n")); n < 12 {
		t.Errorf("the title's file has %d lines: a trophy should have one of its own", n)
	}
}

func TestNoAccountID(t *testing.T) {
	dir := t.TempDir()
	fill(t, dir, 1)
	must(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if bytes.Contains(data, []byte("7355608173556081735")) {
			t.Errorf("%s holds the account ID", path)
		}
		return err
	}))
}

func TestClaim(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	must(t, s.Claim("123"))
	must(t, s.Close())
	s = open(t, dir)
	must(t, s.Claim("123"))
	if err := s.Claim("124"); !errors.As(err, new(*OtherAccountError)) {
		t.Errorf("error is %v", err)
	}
}

func TestSeeToken(t *testing.T) {
	s := open(t, t.TempDir())
	for _, tt := range []struct {
		npsso string
		after int
		want  int
	}{{"one", 0, 0}, {"one", 9, 0}, {"two", 12, 12}, {"two", 20, 12}} {
		token, err := s.SeeToken(tt.npsso, today.AddDate(0, 0, tt.after))
		must(t, err)
		if !token.FirstSeen.Equal(today.AddDate(0, 0, tt.want)) || !token.Ends.IsZero() {
			t.Errorf("%s after %d days was first seen %v and ends %v", tt.npsso, tt.after, token.FirstSeen, token.Ends)
		}
	}
	must(t, s.TokenEnds(today.AddDate(0, 0, 50)))
	token, err := s.SeeToken("two", today.Time)
	must(t, err)
	if !token.Ends.Equal(today.AddDate(0, 0, 50)) {
		t.Errorf("it ends %v", token.Ends)
	}
	if token, err = s.SeeToken("three", today.Time); err != nil || !token.Ends.IsZero() {
		t.Errorf("a new one ends %v (%v)", token.Ends, err)
	}
}

func TestLocked(t *testing.T) {
	dir := t.TempDir()
	open(t, dir)
	if _, err := Open(dir); !errors.Is(err, ErrLocked) {
		t.Errorf("error is %v", err)
	}
}

func TestNewerVersion(t *testing.T) {
	dir := t.TempDir()
	must(t, os.WriteFile(filepath.Join(dir, headFile), []byte(`{"version":2}`), 0o644))
	if _, err := Open(dir); !errors.As(err, new(*VersionError)) {
		t.Errorf("Open: %v", err)
	}
	if _, err := Read(os.DirFS(dir)); !errors.As(err, new(*VersionError)) {
		t.Errorf("Read: %v", err)
	}
}

func TestEmpty(t *testing.T) {
	for _, dir := range []string{t.TempDir(), "no such folder"} {
		if _, err := Read(os.DirFS(dir)); !errors.Is(err, ErrEmpty) {
			t.Errorf("%s: %v", dir, err)
		}
	}
}

// TestDamage cuts and spoils every file at random places: the snapshot stays
// readable, or says which file is damaged, and no title's address changes.
func TestDamage(t *testing.T) {
	dir := t.TempDir()
	must(t, fill(t, dir, 5).Close())
	var files []string
	must(t, fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && name != lockFile {
			files = append(files, name)
		}
		return err
	}))
	r := rand.New(rand.NewPCG(1, 2))
	for _, name := range files {
		path := filepath.Join(dir, name)
		good, err := os.ReadFile(path)
		must(t, err)
		for range 20 {
			bad := slices.Clone(good[:r.IntN(len(good))])
			if len(bad) > 0 && r.IntN(2) == 0 {
				bad = append(bad, good[len(bad):]...)
				bad[r.IntN(len(bad))] = byte(r.IntN(256))
			}
			must(t, os.WriteFile(path, bad, 0o644))
			checkDamaged(t, dir, name)
		}
		must(t, os.WriteFile(path, good, 0o644))
	}
}

func checkDamaged(t *testing.T, dir, name string) {
	t.Helper()
	s, err := Open(dir)
	var damaged *DamagedError
	var version *VersionError
	if err != nil {
		if name != headFile || !errors.As(err, &damaged) && !errors.As(err, &version) {
			t.Errorf("%s: %v", name, err)
		}
		return
	}
	defer s.Close()
	for i, e := range s.Titles() {
		if name != titlesFile && e.Slug != fmt.Sprintf("title-%d", i) {
			t.Errorf("%s: the slug became %q", name, e.Slug)
		}
		if _, err := s.Title(e.NPCommunicationID); err != nil && !errors.As(err, &damaged) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if read, err := Read(os.DirFS(dir)); err == nil {
		read.Model(ModelOptions{})
	} else if name != profileFile {
		t.Errorf("%s: %v", name, err)
	}
}

func TestLostTitleList(t *testing.T) {
	dir := t.TempDir()
	must(t, fill(t, dir, 4).Close())
	must(t, os.WriteFile(filepath.Join(dir, titlesFile), []byte("[{"), 0o644))
	s := open(t, dir)
	for i, e := range s.Titles() {
		if e.Slug != fmt.Sprintf("title-%d", i) {
			t.Errorf("title %d is %q", i, e.Slug)
		}
	}
	if len(s.Titles()) != 4 {
		t.Errorf("%d titles came back, want 4", len(s.Titles()))
	}
}

func TestUnfinishedFilesAreSwept(t *testing.T) {
	dir := t.TempDir()
	must(t, fill(t, dir, 1).Close())
	left := filepath.Join(dir, titlesDir, "NPWR00000_00.json.123.tmp")
	must(t, os.WriteFile(left, []byte("{"), 0o644))
	open(t, dir)
	if _, err := os.Stat(left); !errors.Is(err, fs.ErrNotExist) {
		t.Error("an unfinished file stayed")
	}
}

func TestHistory(t *testing.T) {
	s := open(t, t.TempDir())
	add := func(after, points int) {
		must(t, s.AddDay(DayRecord{On: Day{today.AddDate(0, 0, after)}, Level: 1, Points: points}))
	}
	add(0, 10)
	add(0, 20) // the last of a day holds
	add(1, 20) // no change
	add(2, 30)
	add(2, 20) // back again: as if there had been nothing
	add(3, 40)
	var got []int
	for _, d := range s.history {
		got = append(got, int(d.On.Sub(today.Time).Hours()/24), d.Points)
	}
	if diff := cmp.Diff([]int{0, 20, 3, 40}, got); diff != "" {
		t.Error(diff)
	}
}

// TestSumPassesOverFolders sees that a folder that a file server puts between the
// titles is no reason not to build.
func TestSumPassesOverFolders(t *testing.T) {
	dir := t.TempDir()
	fill(t, dir, 0)
	before, err := Sum(os.DirFS(dir))
	must(t, err)
	must(t, os.Mkdir(filepath.Join(dir, titlesDir, "@eaDir"), 0o755))
	if after, err := Sum(os.DirFS(dir)); err != nil || after != before {
		t.Errorf("the sum was %s and is %s, %v", before, after, err)
	}
}

// TestLines turns each bit of a line in turn: it is told, or changes nothing. A line
// that a person wrote has no sum.
func TestLines(t *testing.T) {
	want := DayRecord{On: Day{today.Time}, Level: 233, Points: 30075, Earned: psn.TrophyCounts{Bronze: 805, Platinum: 22}}
	var b bytes.Buffer
	must(t, encode(&b, want))
	bare := bytes.Clone(b.Bytes())
	line := sealLine(bare)
	for name, good := range map[string][]byte{"sealed": line, "bare": bare} {
		var got DayRecord
		if err := readLine(append(bytes.Clone(good), '\n'), &got); err != nil || got != want {
			t.Errorf("%s: got %+v, %v", name, got, err)
		}
	}
	for at := range line {
		for bit := range 8 {
			bad := bytes.Clone(line)
			bad[at] ^= 1 << bit
			var got DayRecord
			if err := readLine(bad, &got); err == nil && got != want {
				t.Errorf("%q is read as %+v", bad, got)
			}
		}
		var got DayRecord
		if err := readLine(line[:at], &got); err == nil {
			t.Errorf("%q is read", line[:at])
		}
	}
}

// TestChangesAreFew records more news than are kept. A line that is damaged costs
// no other.
func TestChangesAreFew(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	for i := range 25 {
		at := Time{Time: today.Add(time.Duration(i) * time.Hour)}
		for _, id := range []int{i, i + 1} {
			if err := s.AddChange(ChangeRecord{At: at, Unlocks: []UnlockRecord{{TitleID: "NPWR00001_00", TrophyID: id}}}); err != nil {
				t.Fatal(err)
			}
		}
	}
	s.Close()
	data, err := os.ReadFile(filepath.Join(dir, "changes.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(data)), "\n")
	if len(lines) != 20 || !strings.Contains(lines[19], `"unlocks":[{"titleId":"NPWR00001_00","trophyId":25}]`) {
		t.Errorf("the record is\n%s", data)
	}
	lines[3] = lines[3][:20]
	if err := os.WriteFile(filepath.Join(dir, "changes.jsonl"), []byte(strings.Join(lines, "\n")), 0o644); err != nil {
		t.Fatal(err)
	}
	s = open(t, dir)
	defer s.Close()
	if err := s.AddChange(ChangeRecord{At: Time{Time: today.AddDate(0, 0, 9)}, LevelBefore: 1, LevelAfter: 2}); err != nil {
		t.Fatal(err)
	}
	if data, err = os.ReadFile(filepath.Join(dir, "changes.jsonl")); err != nil || strings.Count(string(data), "\n") != 20 {
		t.Errorf("after the damage it is\n%s%v", data, err)
	}
}

func TestRates(t *testing.T) {
	var seen []RateRecord
	rate := func(after int, rate psn.Float, earned bool) {
		seen = continueRates(seen, []psn.EarnedTrophy{{TrophyID: 4, Earned: earned, TrophyEarnedRate: rate}}, Day{today.AddDate(0, 0, after)})
	}
	rate(0, 5, false)
	if len(seen) != 0 {
		t.Errorf("kept the rate of a trophy that is not earned: %v", seen)
	}
	rate(1, 5, true)
	rate(2, 6, true)   // too soon
	rate(100, 5, true) // no change
	rate(101, 4, true)
	rate(102, 0, true)
	if len(seen) != 1 || len(seen[0].Seen) != 2 || seen[0].Seen[1].Rate != 4 {
		t.Errorf("kept %+v", seen)
	}
	for i := range 100 {
		rate(300+i*100, psn.Float(i+1), true)
	}
	if n := len(seen[0].Seen); n != ratesKept || seen[0].Seen[0].Rate != 5 || seen[0].Seen[n-1].Rate != 100 {
		t.Errorf("kept %d rates: %+v", n, seen[0].Seen)
	}
}

func TestSlugs(t *testing.T) {
	long := strings.Repeat("長い題名", 90)
	tests := []struct{ name, want string }{
		{"Ashes of Veldt™", "ashes-of-veldt"},
		{"  Hero's  Tale: Part II!  ", "heros-tale-part-ii"},
		{"古い灯台", "古い灯台"},
		{"É́clair é", "é́clair-é"},
		{"منارة قديمة", "منارة-قديمة"},
		{"CON", "con-title"}, {"lpt1", "lpt1-title"},
		{"../../etc/passwd", "etc-passwd"}, {"a/b\\c:d*e", "a-b-c-d-e"},
		{"★★★", ""}, {"😀", ""}, {"", ""}, {"\x00\u202e", ""},
		{long, string([]rune(long)[:32])},
		{"Z" + strings.Repeat("\u0301", 400) + "a", "ź" + strings.Repeat("\u0301", 7) + "a"},
		{strings.Repeat("a", 300), strings.Repeat("a", 60)},
	}
	for _, tt := range tests {
		if got := slugOf(tt.name); got != tt.want {
			t.Errorf("slug of %.20q is %q, want %q", tt.name, got, tt.want)
		}
	}
}

// TestSlugsGiveTheirOwnFiles takes names whose slugs, or files, some systems
// cannot hold or take for one.
func TestSlugsGiveTheirOwnFiles(t *testing.T) {
	names := []string{
		"Straße", "Strasse", "STRASSE", "ΣΑΣ", "σας", "Portal", "Portal Square", "portal square", "npwr00001 00",
		strings.Repeat("灯", 300), strings.Repeat("灯", 300), strings.Repeat("灯", 300), "con", "AUX", "aux title",
	}
	s := open(t, t.TempDir())
	var list []psn.TrophyTitle
	for i, name := range names {
		list = append(list, entry(fmt.Sprintf("NPWR%05d_00", i), name, "PS3,PSVITA,PS4", today.Time))
	}
	must(t, s.PutTitles(list))
	files := map[string]string{}
	for _, e := range s.Titles() {
		for _, file := range []string{e.Slug + ".png", e.Slug + "-square.png"} {
			key := strings.ToLower(strings.ToUpper(file))
			if other, ok := files[key]; ok || len(file) > 120 {
				t.Errorf("%q and %q have the file %q", e.TrophyTitleName, other, file)
			}
			files[key] = e.TrophyTitleName
		}
	}
	if len(sound(s.Titles())) != len(names) {
		t.Errorf("of %d titles %d can be shown", len(names), len(sound(s.Titles())))
	}
}

func TestSlugsAreUniqueAndStay(t *testing.T) {
	s := open(t, t.TempDir())
	list := []psn.TrophyTitle{
		entry("NPWR00004_00", "★", "PS4", today.Time), entry("NPWR00003_00", "Same", "PS5", today.Time),
		entry("NPWR00002_00", "Same", "PS5", today.Time), entry("NPWR00001_00", "Same", "PS4", today.Time),
	}
	must(t, s.PutTitles(list))
	want := []string{"npwr00004-00", "same-npwr00003-00", "same-ps5", "same"}
	for i, e := range s.Titles() {
		if e.Slug != want[i] {
			t.Errorf("slug %d is %q, want %q", i, e.Slug, want[i])
		}
	}
	list[3].TrophyTitleName = "Renamed"
	must(t, s.PutTitles(list[2:]))
	if s.Titles()[1].Slug != "same" {
		t.Errorf("the slug became %q with the name", s.Titles()[1].Slug)
	}
	if err := s.PutTitles([]psn.TrophyTitle{entry("../x", "x", "PS4", today.Time)}); err == nil {
		t.Error("a path was taken for an ID")
	}
}

func TestModel(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	must(t, s.PutProfile(&ProfileRecord{
		Profile: psn.Profile{OnlineID: "Marlowe-Quill", Avatars: []psn.Avatar{{Size: "s", URL: "s"}, {Size: "xl", URL: "xl"}}},
		Summary: psn.TrophySummary{TrophyLevel: 12, Tier: 1, TrophyPoint: 900}, AskedOn: today, Language: "en-us",
	}))
	hidden := entry("NPWR00002_00", "Hidden", "PS4", today.Time)
	hidden.HiddenFlag = true
	shown := entry("NPWR00001_00", " Two\nlines ", "PS5,PSPC", today.Add(-time.Hour))
	must(t, s.PutTitles([]psn.TrophyTitle{hidden, shown, entry("NPWR00003_00", "Later", "PS3", today.Add(-2*time.Hour))}))
	r := record(shown)
	three, target := psn.Int(3), psn.Int(10)
	r.Trophies[2].TrophyProgressTargetValue, r.Earned[2].Progress = target, &three
	r.Groups = []psn.TrophyGroup{{TrophyGroupID: "default", TrophyGroupName: "Base"}, {TrophyGroupID: "001", TrophyGroupName: "More"}}
	r.EarnedGroups = []psn.EarnedGroup{{TrophyGroupID: "default", Progress: 77}}
	must(t, s.PutTitle(r))
	must(t, s.PutPicture("xl", []byte("avatar"), ".png", 256, 256))
	must(t, s.SavePictures())

	read, err := Read(os.DirFS(dir))
	must(t, err)
	p := read.Model(ModelOptions{})
	if p.OnlineID != "Marlowe-Quill" || p.Avatar.Width != 256 || p.Level.Number != 12 || !p.Time.Equal(today.Time) {
		t.Errorf("profile is %+v", p)
	}
	if len(p.Titles) != 2 || p.Pending() != 1 || p.Titles[0].Name != "Two lines" {
		t.Fatalf("titles are %+v", p.Titles)
	}
	got := p.Titles[0]
	if diff := cmp.Diff([]trophy.Platform{trophy.PS5, trophy.PC}, got.Platforms); diff != "" {
		t.Error(diff)
	}
	if len(got.Groups) != 2 || got.Groups[0].Progress != 77 || got.Groups[1].Progress != 0 || got.Groups[0].Earned.Bronze != 1 {
		t.Errorf("groups are %+v", got.Groups)
	}
	want := []trophy.Trophy{
		{ID: 0, Grade: trophy.Platinum, Name: "All of it", Detail: "Earn all.", EarnedRate: 1.5},
		{ID: 1, Grade: trophy.Bronze, Name: "First light", Detail: "Do\nit.", Earned: true, EarnedAt: got.UpdatedAt,
			EarnedRate: 61.2, Rarity: trophy.Common, Rates: []trophy.Rate{{Date: today.Time, Rate: 61.2}}},
	}
	if diff := cmp.Diff(want, got.Groups[0].Trophies); diff != "" {
		t.Error(diff)
	}
	if m := got.Groups[1].Trophies[0]; m.Steps == nil || *m.Steps != (trophy.Steps{Done: 3, Target: 10, Progress: 30}) || !m.Covered() {
		t.Errorf("the counting trophy is %+v", m)
	}
	if n := len(read.Model(ModelOptions{Hidden: true, LeaveOut: []string{"NPWR00003_00"}}).Titles); n != 2 {
		t.Errorf("%d titles, want the hidden and the shown one", n)
	}
}

func BenchmarkRead1000(b *testing.B) {
	dir := b.TempDir()
	large(b, dir, 1000)
	for b.Loop() {
		if _, err := Read(os.DirFS(dir)); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkModel(b *testing.B) {
	for _, titles := range []int{1000, 10_000} {
		b.Run(strconv.Itoa(titles), func(b *testing.B) {
			dir := b.TempDir()
			large(b, dir, titles)
			s, err := Read(os.DirFS(dir))
			must(b, err)
			for b.Loop() {
				s.Model(ModelOptions{})
			}
		})
	}
}

// large makes a snapshot of n titles with 40 trophies each.
func large(b *testing.B, dir string, n int) {
	s := fill(b, dir, 0)
	var list []psn.TrophyTitle
	for i := range n {
		list = append(list, entry(fmt.Sprintf("NPWR%05d_00", i), fmt.Sprintf("Title %d", i), "PS4", today.Add(-time.Duration(i)*time.Hour)))
	}
	must(b, s.PutTitles(list))
	for _, e := range list {
		r := record(e)
		r.Trophies, r.Earned = nil, nil
		for i := range 40 {
			at := psn.Time{Time: today.Add(-time.Duration(i) * time.Minute)}
			r.Trophies = append(r.Trophies, psn.Trophy{
				TrophyID: psn.Int(i), TrophyType: "bronze", TrophyName: fmt.Sprintf("A trophy with number %d", i),
				TrophyDetail: "Do what is asked for in this text, which is as long as they are.", TrophyGroupID: "default",
				TrophyIconURL: fmt.Sprintf("https://image.api.playstation.com/trophy/np/%s/%040d.PNG", e.NPCommunicationID, i),
			})
			r.Earned = append(r.Earned, psn.EarnedTrophy{
				TrophyID: psn.Int(i), Earned: i%2 == 0, EarnedDateTime: &at, TrophyType: "bronze", TrophyRare: 2, TrophyEarnedRate: 33.3,
			})
		}
		must(b, s.PutTitle(r))
	}
	must(b, s.Close())
}
