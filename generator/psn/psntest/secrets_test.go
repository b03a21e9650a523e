package psntest

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/url"
	"testing"
)

func TestSecretsAreFound(t *testing.T) {
	for _, secret := range append([]string{IDToken, OtherAccountID, FirstName}, Canaries...) {
		quoted, err := json.Marshal(map[string]string{"a": secret})
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range []string{
			"token=" + secret + ";", string(quoted), secret[:len(secret)-1] + "…", url.QueryEscape("a=" + secret),
			fmt.Sprintf("%x", secret), fmt.Sprintf("% X", secret),
			base64.StdEncoding.EncodeToString([]byte("x" + secret)), base64.URLEncoding.EncodeToString([]byte("user:" + secret + "\n")),
			base64.RawStdEncoding.EncodeToString([]byte(secret)),
		} {
			if len(Secrets([]byte(text))) == 0 {
				t.Errorf("%q was not found in %q", secret, text)
			}
		}
	}
	for _, text := range []string{"", "canary", "npsso", "{\"account\":\"ab12\"}"} {
		if found := Secrets([]byte(text)); len(found) > 0 {
			t.Errorf("%q holds %q", text, found)
		}
	}
}
