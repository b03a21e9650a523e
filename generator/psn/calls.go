package psn

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

const (
	// PageSize is the most that PSN gives in one page of titles.
	PageSize = 800
	// maxPages bounds what an endless list costs: 40,000 titles, twice the
	// largest account known.
	maxPages = 50
)

// TrophySummary asks for an account's level and counts. The account is "me" or
// an account ID.
func (c *Client) TrophySummary(ctx context.Context, account string) (*TrophySummary, error) {
	s := new(TrophySummary)
	return s, c.get(ctx, "trophy summary", "/trophy/v1/users/"+account+"/trophySummary", nil, s)
}

// TrophyTitles asks for all titles of an account, newest activity first. A title
// that moves from one page to the next while they are asked for is there once.
func (c *Client) TrophyTitles(ctx context.Context, account string) ([]TrophyTitle, error) {
	var list []TrophyTitle
	seen := map[string]bool{}
	offset := 0
	for range maxPages {
		page := new(TrophyTitles)
		q := url.Values{"limit": {strconv.Itoa(PageSize)}, "offset": {strconv.Itoa(offset)}}
		if err := c.get(ctx, "title list", "/trophy/v1/users/"+account+"/trophyTitles", q, page); err != nil {
			return nil, err
		}
		before := len(list)
		for _, t := range page.TrophyTitles {
			if t.NPCommunicationID != "" && !seen[t.NPCommunicationID] {
				seen[t.NPCommunicationID] = true
				list = append(list, t)
			}
		}
		// A page without anything new is the end, whatever it says.
		if page.NextOffset == nil || int(*page.NextOffset) <= offset || len(list) == before {
			return list, nil
		}
		offset = int(*page.NextOffset)
	}
	return nil, &AnswerError{"title list", http.StatusOK, "it has no end"}
}

// TrophyGroups asks for the groups of a title. service is the title's
// npServiceName.
func (c *Client) TrophyGroups(ctx context.Context, id, service string) (*TrophyGroups, error) {
	g := new(TrophyGroups)
	return g, c.get(ctx, "groups of "+id, "/trophy/v1/npCommunicationIds/"+id+"/trophyGroups", serviceQuery(service), g)
}

// EarnedGroups asks for an account's progress in the groups of a title.
func (c *Client) EarnedGroups(ctx context.Context, account, id, service string) (*EarnedGroups, error) {
	g := new(EarnedGroups)
	path := "/trophy/v1/users/" + account + "/npCommunicationIds/" + id + "/trophyGroups"
	return g, c.get(ctx, "group progress of "+id, path, serviceQuery(service), g)
}

// Trophies asks for the trophies of a title's group, or of "all".
func (c *Client) Trophies(ctx context.Context, id, service, group string) (*Trophies, error) {
	all := new(Trophies)
	path := "/trophy/v1/npCommunicationIds/" + id + "/trophyGroups/" + group + "/trophies"
	err := c.pages(ctx, "trophies of "+id, path, service, func(data json.RawMessage) (*Int, error) {
		page := new(Trophies)
		if err := json.Unmarshal(data, page); err != nil {
			return nil, err
		}
		before := len(all.Trophies)
		page.Trophies = unique(append(all.Trophies, page.Trophies...), func(t Trophy) Int { return t.TrophyID })
		*all = *page
		return furtherPage(page.NextOffset, len(all.Trophies) > before), nil
	})
	all.NextOffset = nil
	return all, err
}

// EarnedTrophies asks which trophies of a title's group, or of "all", an account
// has earned, and how many players have.
func (c *Client) EarnedTrophies(ctx context.Context, account, id, service, group string) (*EarnedTrophies, error) {
	all := new(EarnedTrophies)
	path := "/trophy/v1/users/" + account + "/npCommunicationIds/" + id + "/trophyGroups/" + group + "/trophies"
	err := c.pages(ctx, "earned trophies of "+id, path, service, func(data json.RawMessage) (*Int, error) {
		page := new(EarnedTrophies)
		if err := json.Unmarshal(data, page); err != nil {
			return nil, err
		}
		before := len(all.Trophies)
		page.Trophies = unique(append(all.Trophies, page.Trophies...), func(t EarnedTrophy) Int { return t.TrophyID })
		*all = *page
		return furtherPage(page.NextOffset, len(all.Trophies) > before), nil
	})
	all.NextOffset = nil
	return all, err
}

// pages asks for pages until add says that there is no next one. One page is
// the rule: the largest trophy set known has 411 trophies, and PSN gives 400 or
// more at once.
func (c *Client) pages(ctx context.Context, what, path, service string, add func(json.RawMessage) (*Int, error)) error {
	offset := 0
	for range maxPages {
		q := serviceQuery(service)
		if offset > 0 {
			q.Set("offset", strconv.Itoa(offset))
		}
		var data json.RawMessage
		if err := c.get(ctx, what, path, q, &data); err != nil {
			return err
		}
		next, err := add(data)
		if err != nil {
			return &AnswerError{what, http.StatusOK, c.known.clean(err.Error())}
		}
		if next == nil || int(*next) <= offset {
			return nil
		}
		offset = int(*next)
	}
	return &AnswerError{what, http.StatusOK, "it has no end"}
}

// furtherPage is where the next page begins, unless this one had nothing new.
func furtherPage(next *Int, grew bool) *Int {
	if !grew {
		return nil
	}
	return next
}

// unique keeps the first of the entries with the same ID.
func unique[T any](list []T, id func(T) Int) []T {
	seen := make(map[Int]bool, len(list))
	kept := list[:0]
	for _, v := range list {
		if !seen[id(v)] {
			seen[id(v)] = true
			kept = append(kept, v)
		}
	}
	return kept
}

// Profile asks for an account's online ID, avatars and text. Here the account
// must be an account ID.
func (c *Client) Profile(ctx context.Context, accountID string) (*Profile, error) {
	p := new(Profile)
	return p, c.get(ctx, "profile", "/userProfile/v1/internal/users/"+accountID+"/profiles", nil, p)
}

// An Account is a person that a search found.
type Account struct {
	AccountID string
	OnlineID  string
}

// Search asks for accounts with an online ID like the one given, the best match
// first. PSN does not find all accounts.
func (c *Client) Search(ctx context.Context, onlineID string) ([]Account, error) {
	body, err := json.Marshal(map[string]any{
		"searchTerm":     onlineID,
		"domainRequests": []map[string]string{{"domain": "SocialAllAccounts"}},
	})
	if err != nil {
		return nil, &AnswerError{What: "search", Reason: "the question cannot be made"}
	}
	var found struct {
		DomainResponses []struct {
			Results []struct {
				SocialMetadata struct {
					AccountID string `json:"accountId"`
					OnlineID  string `json:"onlineId"`
				} `json:"socialMetadata"`
			} `json:"results"`
		} `json:"domainResponses"`
	}
	q := call{what: "search", method: http.MethodPost, path: "/search/v1/universalSearch", body: body}
	if err := c.ask(ctx, q, &found); err != nil {
		return nil, err
	}
	var list []Account
	for _, d := range found.DomainResponses {
		for _, r := range d.Results {
			m := r.SocialMetadata
			if isDigits(m.AccountID) {
				list = append(list, Account{m.AccountID, m.OnlineID})
			}
		}
	}
	return list, nil
}

func isDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

func (c *Client) get(ctx context.Context, what, path string, query url.Values, into any) error {
	return c.ask(ctx, call{what: what, method: http.MethodGet, path: path, query: query}, into)
}

func serviceQuery(service string) url.Values { return url.Values{"npServiceName": {service}} }
