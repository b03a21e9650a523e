package psn

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// maxPicture is far above the largest icon known.
const maxPicture = 8 << 20

// pictureHosts are PSN's, of icons and avatars.
var pictureHosts = []string{"playstation.com", "playstation.net"}

// ErrForeignPicture says that an address is not one of PSN's, so it is not
// asked.
var ErrForeignPicture = errors.New("the picture is not on a server of PSN's")

// Picture fetches an icon or an avatar, of at most 8 MiB. It sends no token and
// asks PSN's own hosts only, over https also where the address says http; with
// an APIURL on loopback, that host too.
func (c *Client) Picture(ctx context.Context, address string) ([]byte, error) {
	const what = "picture"
	u, err := c.pictureURL(address)
	if err != nil {
		return nil, err
	}
	for try := 1; ; try++ {
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
		if err != nil {
			return nil, ErrForeignPicture
		}
		c.pictures.Add(1)
		a := c.send(r, maxPicture)
		a.now = c.o.Now()
		verdict := a.judge(what)
		if verdict == nil {
			return a.body, nil
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if !a.passing() || a.status == http.StatusTooManyRequests || try == 2 {
			return nil, verdict
		}
		if err := c.o.Sleep(ctx, backoff(try)); err != nil {
			return nil, err
		}
	}
}

func (c *Client) pictureURL(address string) (*url.URL, error) {
	u, err := url.Parse(address)
	if err != nil || u.User != nil {
		return nil, ErrForeignPicture
	}
	if u.Host == c.api.Host && u.Scheme == c.api.Scheme && loopback(c.api) {
		return u, nil
	}
	host := strings.ToLower(u.Host)
	ours := slices.ContainsFunc(pictureHosts, func(domain string) bool { return strings.HasSuffix(host, "."+domain) })
	if !ours || u.Scheme != "https" && u.Scheme != "http" {
		return nil, ErrForeignPicture
	}
	u.Scheme = "https"
	return u, nil
}
