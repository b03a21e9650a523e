package generator

import (
	"bytes"
	"fmt"
	"log/slog"
	"testing"

	"github.com/trophycase/trophycase/generator/psn/psntest"
)

// TestJobTellsNoSecret prints a job as somebody might who looks for a mistake.
func TestJobTellsNoSecret(t *testing.T) {
	j := &Job{Access: Access{NPSSO: psntest.NPSSO}}
	var b bytes.Buffer
	for _, v := range []any{j, *j, j.Access, &j.Access} {
		fmt.Fprintf(&b, "%v %+v %#v %s %q\n", v, v, v, v, v)
		slog.New(slog.NewTextHandler(&b, nil)).Info("it", "v", v)
	}
	if found := psntest.Secrets(b.Bytes()); len(found) > 0 {
		t.Errorf("%q was told: %s", found, b.String())
	}
}
