package psntest

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/trophycase/trophycase/generator/psn"
)

// api answers what needs an access token.
func (s *Server) api(w http.ResponseWriter, r *http.Request, kind string, args []string) {
	if s.valid == "" || r.Header.Get("Authorization") != "Bearer "+s.valid {
		apiError(w, http.StatusUnauthorized, 2240473, "Invalid token")
		return
	}
	if s.limit > 0 {
		if s.limit--; s.limit == 0 {
			s.limit = 1
			if !s.available.IsZero() {
				w.Header().Set("X-RateLimit-Next-Available", strconv.FormatInt(s.available.Unix(), 10))
			}
			apiError(w, http.StatusTooManyRequests, 2240000, "Rate limit exceeded")
			return
		}
	}
	switch kind {
	case ProfileKind:
		s.profile(w, args[0])
	case Search:
		s.search(w, r)
	case Summary, Titles:
		s.account(w, r, kind, args[0])
	case Groups, Trophies:
		s.title(w, r, kind, args)
	case EarnedGroups, Earned:
		s.earned(w, r, kind, args)
	}
}

func (s *Server) known(account string) bool { return account == "me" || account == s.data.AccountID }

// readable answers for an account whose trophies are not to be read.
func (s *Server) readable(w http.ResponseWriter, account string) bool {
	if !s.known(account) {
		apiError(w, http.StatusNotFound, 2240525, "Resource not found")
		return false
	}
	if s.data.Private {
		apiError(w, http.StatusForbidden, 2240526, "Not permitted by access control")
		return false
	}
	return true
}

func (s *Server) profile(w http.ResponseWriter, account string) {
	if account != s.data.AccountID {
		apiError(w, http.StatusBadRequest, 2281473, "Bad Request (path: accountId)")
		return
	}
	p := s.data.Profile
	p.Avatars = append([]psn.Avatar(nil), p.Avatars...)
	for i := range p.Avatars {
		p.Avatars[i].URL = s.url(p.Avatars[i].URL)
	}
	data, _ := json.Marshal(p)
	var fields map[string]any
	_ = json.Unmarshal(data, &fields)
	fields["isMe"] = true
	fields["personalDetail"] = map[string]string{"firstName": FirstName, "lastName": LastName}
	answer(w, http.StatusOK, fields)
}

func (s *Server) search(w http.ResponseWriter, r *http.Request) {
	var q struct {
		SearchTerm string `json:"searchTerm"`
	}
	_ = json.NewDecoder(r.Body).Decode(&q)
	results := []any{}
	if strings.EqualFold(q.SearchTerm, s.data.Profile.OnlineID) {
		results = append(results, map[string]any{"socialMetadata": map[string]any{
			"accountId": s.data.AccountID, "onlineId": s.data.Profile.OnlineID,
		}})
	}
	answer(w, http.StatusOK, map[string]any{"domainResponses": []any{
		map[string]any{"domain": "SocialAllAccounts", "results": results, "totalResultCount": len(results)},
	}})
}

func (s *Server) account(w http.ResponseWriter, r *http.Request, kind, account string) {
	if !s.readable(w, account) {
		return
	}
	if kind == Summary {
		summary := s.data.Summary
		summary.AccountID = s.data.AccountID
		answer(w, http.StatusOK, summary)
		return
	}
	limit, offset, ok := window(r.URL.Query(), 100, 800)
	if !ok {
		apiError(w, http.StatusBadRequest, 2281473, "Bad Request (query: limit)")
		return
	}
	page := psn.TrophyTitles{TrophyTitles: []psn.TrophyTitle{}, TotalItemCount: psn.Int(len(s.data.Titles))}
	for i := offset; i < min(offset+limit, len(s.data.Titles)); i++ {
		t := s.data.Titles[i].TrophyTitle
		t.TrophyTitleName = s.in(r, t.TrophyTitleName)
		t.TrophyTitleIconURL = s.url(t.TrophyTitleIconURL)
		page.TrophyTitles = append(page.TrophyTitles, t)
	}
	if next := psn.Int(offset + limit); int(next) < len(s.data.Titles) {
		page.NextOffset = &next
	}
	answer(w, http.StatusOK, page)
}

// find is the title that a request is about, if its service is named right: PSN
// takes a missing one for "trophy2".
func (s *Server) find(w http.ResponseWriter, r *http.Request, id string) *Title {
	service := r.URL.Query().Get("npServiceName")
	if service == "" {
		service = "trophy2"
	}
	t := s.data.Title(id)
	if t == nil || t.NPServiceName != service {
		apiError(w, http.StatusNotFound, 2240525, "Resource not found")
		return nil
	}
	return t
}

func (s *Server) title(w http.ResponseWriter, r *http.Request, kind string, args []string) {
	t := s.find(w, r, args[0])
	if t == nil {
		return
	}
	if kind == Groups {
		list := append([]psn.TrophyGroup(nil), t.Groups...)
		if len(list) == 0 {
			list = []psn.TrophyGroup{{
				TrophyGroupID: "default", TrophyGroupName: t.TrophyTitleName,
				TrophyGroupIconURL: t.TrophyTitleIconURL, DefinedTrophies: t.DefinedTrophies,
			}}
		}
		for i := range list {
			list[i].TrophyGroupName = s.in(r, list[i].TrophyGroupName)
			list[i].TrophyGroupIconURL = s.url(list[i].TrophyGroupIconURL)
		}
		answer(w, http.StatusOK, psn.TrophyGroups{
			TrophySetVersion: t.TrophySetVersion, TrophyTitleName: s.in(r, t.TrophyTitleName),
			TrophyTitleIconURL: s.url(t.TrophyTitleIconURL), TrophyTitlePlatform: t.TrophyTitlePlatform,
			DefinedTrophies: t.DefinedTrophies, TrophyGroups: list,
		})
		return
	}
	var list []psn.Trophy
	for _, trophy := range t.Trophies {
		if args[1] == "all" || args[1] == trophy.TrophyGroupID {
			trophy.TrophyName = s.in(r, trophy.TrophyName)
			trophy.TrophyIconURL = s.url(trophy.TrophyIconURL)
			trophy.TrophyRewardImageURL = s.url(trophy.TrophyRewardImageURL)
			list = append(list, trophy)
		}
	}
	page, next, ok := pageOf(list, r.URL.Query())
	if !ok {
		apiError(w, http.StatusBadRequest, 2281473, "Bad Request (query: limit)")
		return
	}
	answer(w, http.StatusOK, psn.Trophies{
		TrophySetVersion: t.TrophySetVersion, HasTrophyGroups: t.HasTrophyGroups,
		Trophies: page, TotalItemCount: psn.Int(len(list)), NextOffset: next,
	})
}

func (s *Server) earned(w http.ResponseWriter, r *http.Request, kind string, args []string) {
	if !s.readable(w, args[0]) {
		return
	}
	t := s.find(w, r, args[1])
	if t == nil {
		return
	}
	if kind == EarnedGroups {
		answer(w, http.StatusOK, psn.EarnedGroups{
			TrophySetVersion: t.TrophySetVersion, HiddenFlag: t.HiddenFlag, Progress: t.Progress,
			EarnedTrophies: t.EarnedTrophies, TrophyGroups: t.EarnedGroups, LastUpdatedDateTime: t.LastUpdatedDateTime,
		})
		return
	}
	list := t.Earned
	if args[2] != "all" {
		list = nil
		for i, trophy := range t.Trophies {
			if trophy.TrophyGroupID == args[2] {
				list = append(list, t.Earned[i])
			}
		}
	}
	page, next, ok := pageOf(list, r.URL.Query())
	if !ok {
		apiError(w, http.StatusBadRequest, 2281473, "Bad Request (query: limit)")
		return
	}
	answer(w, http.StatusOK, psn.EarnedTrophies{
		TrophySetVersion: t.TrophySetVersion, HasTrophyGroups: t.HasTrophyGroups,
		LastUpdatedDateTime: t.LastUpdatedDateTime, Trophies: page, TotalItemCount: psn.Int(len(list)), NextOffset: next,
	})
}

// url turns an address of Picture's into one of the server's.
func (s *Server) url(address string) string {
	if name, ok := strings.CutPrefix(address, "picture:"); ok {
		return s.APIURL + "/pictures/" + name
	}
	return address
}

// in is a name in the language that a request asks for.
func (s *Server) in(r *http.Request, name string) string {
	if s.data.Language == nil {
		return name
	}
	return s.data.Language(r.Header.Get("Accept-Language"), name)
}

func pageOf[T any](list []T, q url.Values) (page []T, next *psn.Int, ok bool) {
	limit, offset, ok := window(q, 500, 500)
	if !ok {
		return nil, nil, false
	}
	page = append([]T{}, list[min(offset, len(list)):min(offset+limit, len(list))]...)
	if n := psn.Int(offset + limit); int(n) < len(list) {
		next = &n
	}
	return page, next, true
}

func window(q url.Values, standard, most int) (limit, offset int, ok bool) {
	limit = standard
	if v := q.Get("limit"); v != "" {
		limit, _ = strconv.Atoi(v)
	}
	offset, _ = strconv.Atoi(q.Get("offset"))
	return limit, max(0, offset), limit >= 1 && limit <= most
}
