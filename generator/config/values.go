package config

import (
	"errors"
	"fmt"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"
)

var (
	modes       = []string{"auto", "light", "dark"}
	iconChoices = []string{"all", "titles", "none"}
	spoilers    = []string{"name", "all", "none"}
)

const (
	titlePattern = `^NPWR[0-9]{5}_[0-9]{2}$`
	pinPattern   = `^NPWR[0-9]{5}_[0-9]{2}(/[0-9]{1,4})?$`
)

var (
	titleForm    = regexp.MustCompile(titlePattern)
	productForm  = regexp.MustCompile(`^[A-Z]{4}[0-9]{5}(_[0-9]{2})?$`)
	colourForm   = regexp.MustCompile(`^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$`)
	accountForm  = regexp.MustCompile(`^[0-9]{1,20}$`)
	onlineIDForm = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_-]{2,15}$`)
)

func setTitle(c *Config, v string) (err error) {
	if c.Title, err = plainText(v, 100); err == nil && c.Title == "" {
		err = errors.New("must not be empty")
	}
	return err
}

func setDescription(c *Config, v string) (err error) {
	c.Description, err = plainText(v, 500)
	return err
}

// plainText folds white space and refuses what no line of text holds.
func plainText(v string, limit int) (string, error) {
	v = strings.Join(strings.Fields(v), " ")
	if strings.ContainsFunc(v, unicode.IsControl) {
		return "", errors.New("has a control character")
	}
	if n := utf8.RuneCountInString(v); n > limit {
		return "", fmt.Errorf("has %d characters; %d are allowed", n, limit)
	}
	return v, nil
}

func setBaseURL(c *Config, v string) (err error) {
	c.BaseURL, err = BaseURL(v)
	return err
}

// BaseURL checks an address or a path prefix and ends it with a slash. Errors
// do not repeat the value, which may hold a password.
func BaseURL(v string) (string, error) {
	if v == "" {
		return "", nil
	}
	const forms = "an address like https://trophies.example/ or a path like /trophies/"
	u, err := url.Parse(v)
	if err != nil || strings.ContainsAny(v, " \\") {
		return "", errors.New("is not a valid address; allowed is " + forms)
	}
	u.Scheme, u.Host = strings.ToLower(u.Scheme), strings.ToLower(u.Host)
	switch {
	case u.User != nil:
		return "", errors.New("must not have a user name or password")
	case u.RawQuery != "" || u.ForceQuery || u.Fragment != "" || strings.HasSuffix(v, "#"):
		return "", errors.New("must not have a part that starts with ? or #")
	case u.Scheme == "" && u.Host != "":
		return "", errors.New("starts with two slashes; allowed is " + forms)
	case u.Scheme == "" && !strings.HasPrefix(v, "/"):
		if first, _, _ := strings.Cut(v, "/"); strings.Contains(strings.Trim(first, "."), ".") {
			return "", fmt.Errorf("lacks the https:// at its start; did you mean %q?", "https://"+v)
		}
		return "", fmt.Errorf("must start with https:// or /; did you mean %q?", "/"+strings.TrimLeft(v, "./"))
	case u.Scheme != "" && u.Scheme != "http" && u.Scheme != "https":
		return "", errors.New("must start with https://, http:// or /")
	case u.Scheme != "" && u.Hostname() == "":
		return "", errors.New("has no host name")
	case u.Path != "" && path.Clean(u.Path) != strings.TrimSuffix(u.Path, "/") && u.Path != "/":
		return "", errors.New("has a path with // or . or .. in it")
	}
	if !strings.HasSuffix(u.Path, "/") {
		u.Path += "/"
		u.RawPath = ""
	}
	return u.String(), nil
}

func setLanguage(c *Config, v string) error {
	tag, err := languageTag(v)
	c.Language = tag
	return err
}

func setPSNLanguage(c *Config, v string) error {
	if v == "" {
		return nil
	}
	tag, err := languageTag(v)
	c.PSNLanguage = tag
	return err
}

func languageTag(v string) (string, error) {
	tag, err := language.Parse(v)
	if err != nil || tag == language.Und {
		return "", fmt.Errorf("%s is not a language; write a tag like en, de, pt-BR or ja", quote(v))
	}
	return tag.String(), nil
}

// psnLanguage is the language to ask PSN for when the pages have the given
// one. PSN knows Chinese by its script only.
func psnLanguage(page string) string {
	tag := language.Make(page)
	base, _ := tag.Base()
	if base.String() != "zh" {
		return page
	}
	script, _ := tag.Script()
	return "zh-" + script.String()
}

func setTimeZone(c *Config, v string) error {
	// "Local" would make the site depend on the machine that builds it.
	if v != "" && v != "Local" {
		if zone, err := time.LoadLocation(v); err == nil {
			c.Location = zone
			return nil
		}
	}
	if near := nearestZone(v); near != "" {
		return fmt.Errorf("%s is not a time zone; did you mean %q?", quote(v), near)
	}
	return fmt.Errorf("%s is not a time zone; write a name like UTC or Europe/Berlin", quote(v))
}

func setAccount(c *Config, v string) error {
	switch {
	case strings.EqualFold(v, "me"):
		v = "me"
	case strings.Contains(v, "@"):
		return errors.New("looks like an e-mail address; remove it, this file may be public; write me, or an online ID")
	case !accountForm.MatchString(v) && !onlineIDForm.MatchString(v):
		return fmt.Errorf("%s is not an account; write me, an account ID in quotes, or an online ID "+
			"(3 to 16 letters, digits, - and _, the first a letter)", quote(v))
	}
	c.Account = v
	return nil
}

// titleID checks a title ID.
func titleID(v string) error {
	upper := strings.ToUpper(strings.ReplaceAll(v, "-", "_"))
	switch {
	case titleForm.MatchString(v):
		return nil
	case titleForm.MatchString(upper):
		return fmt.Errorf("%s is not a title ID; did you mean %q?", quote(v), upper)
	case titleForm.MatchString(upper + "_00"):
		return fmt.Errorf("%s is not a title ID; did you mean %q?", quote(v), upper+"_00")
	case productForm.MatchString(upper):
		return fmt.Errorf("%s is the ID of a product, not of a trophy title; title IDs look like NPWR00000_00", quote(v))
	}
	return fmt.Errorf("%s is not a title ID; title IDs look like NPWR00000_00", quote(v))
}

func addLeaveOut(c *Config, v string) error {
	if err := titleID(v); err != nil {
		return err
	}
	if slices.Contains(c.LeaveOut, v) {
		return fmt.Errorf("%q is listed twice", v)
	}
	c.LeaveOut = append(c.LeaveOut, v)
	return nil
}

func addPin(c *Config, v string) error {
	id, number, isTrophy := strings.Cut(v, "/")
	if err := titleID(id); err != nil {
		return err
	}
	pin := Pin{Title: id, Trophy: -1}
	if isTrophy {
		n, err := strconv.ParseUint(number, 10, 16)
		if err != nil || n > 9999 {
			return fmt.Errorf("%s is not a trophy; write the title ID, a slash and the trophy's number, like %q", quote(v), id+"/12")
		}
		pin.Trophy = int(n)
	}
	if slices.Contains(c.Pinned, pin) {
		return fmt.Errorf("%q is listed twice", v)
	}
	if slices.Contains(c.LeaveOut, id) {
		return fmt.Errorf("%q is in leave_out too; remove it from one of them", id)
	}
	c.Pinned = append(c.Pinned, pin)
	return nil
}

func addToStack(c *Config, name, v string) error {
	if err := titleID(v); err != nil {
		return err
	}
	for other, ids := range c.Stacks {
		if slices.Contains(ids, v) && other == name {
			return fmt.Errorf("%q is listed twice", v)
		}
		if slices.Contains(ids, v) {
			return fmt.Errorf("%q is in the stack %s too; remove it from one of them", v, quote(other))
		}
	}
	c.Stacks[name] = append(c.Stacks[name], v)
	return nil
}

func setThemeName(c *Config, v string) error {
	c.Theme.Name = v
	return oneOf(v, "theme", themes)
}

func setCardTheme(c *Config, v string) error {
	c.Cards.Theme = v
	if v == "" {
		return nil
	}
	return oneOf(v, "theme", themes)
}

func setMode(c *Config, v string) error {
	c.Theme.Mode = v
	return oneOf(v, "mode", modes)
}

func setSpoilers(c *Config, v string) error {
	c.Feeds.Spoilers = v
	return oneOf(v, "choice", spoilers)
}

func setHub(c *Config, v string) error {
	u, err := url.Parse(v)
	if v != "" && (err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Hostname() == "" || u.User != nil || strings.ContainsAny(v, " \\")) {
		return errors.New("must be an address like https://hub.example/")
	}
	c.Feeds.Hub = v
	return nil
}

func setIcons(c *Config, v string) error {
	c.Icons = v
	return oneOf(v, "choice", iconChoices)
}

// oneOf checks that v is one of the names for a thing.
func oneOf(v, thing string, names []string) error {
	if slices.Contains(names, v) {
		return nil
	}
	return fmt.Errorf("%s is not a %s%s", quote(v), thing, suggest(v, names))
}

// parseColour returns a colour as #rrggbb in lower case; "" stays.
func parseColour(v string) (string, error) {
	if v == "" {
		return "", nil
	}
	if colourForm.MatchString("#" + v) {
		return "", fmt.Errorf("%s lacks the # at its start; write %q in quotes", quote(v), "#"+v)
	}
	if !colourForm.MatchString(v) {
		return "", fmt.Errorf("%s is not a colour; write red, green and blue like \"#7db7ff\", in quotes", quote(v))
	}
	v = strings.ToLower(v)
	if len(v) == 4 {
		v = string([]byte{'#', v[1], v[1], v[2], v[2], v[3], v[3]})
	}
	return v, nil
}

func addFont(c *Config, v string) error {
	switch strings.ToLower(path.Ext(v)) {
	case ".ttf", ".otf", ".ttc":
	default:
		return fmt.Errorf("%s is not a font file; the name must end in .ttf, .otf or .ttc", quote(v))
	}
	if _, err := plainText(v, 500); err != nil {
		return err
	}
	if slices.Contains(c.Cards.Fonts, v) {
		return fmt.Errorf("%s is listed twice", quote(v))
	}
	c.Cards.Fonts = append(c.Cards.Fonts, v)
	return nil
}
