package psn

import (
	"context"
	"sync"
	"time"
)

// pace lets a number of requests pass in any window of time. A burst passes at
// once while the window has room.
type pace struct {
	window time.Duration
	now    func() time.Time
	sleep  func(context.Context, time.Duration) error

	mu sync.Mutex
	// passed is a ring of the times of the last requests, as many as may pass
	// in one window.
	passed []time.Time
	next   int
	// closed is until when PSN asked for silence.
	closed time.Time
}

func newPace(o Options) *pace {
	return &pace{window: o.Window, now: o.Now, sleep: o.Sleep, passed: make([]time.Time, o.Limit)}
}

// wait returns when the next request may be made.
func (p *pace) wait(ctx context.Context) error {
	for {
		d := p.reserve()
		if d <= 0 {
			return ctx.Err()
		}
		if err := p.sleep(ctx, d); err != nil {
			return err
		}
	}
}

// reserve takes a place in the window, or says how long to wait for one.
func (p *pace) reserve() time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.now()
	free := p.passed[p.next]
	if !free.IsZero() {
		free = free.Add(p.window)
	}
	if p.closed.After(free) {
		free = p.closed
	}
	if d := free.Sub(now); !free.IsZero() && d > 0 {
		return d
	}
	p.passed[p.next] = now
	p.next = (p.next + 1) % len(p.passed)
	return 0
}

// close lets nothing pass until a time.
func (p *pace) close(until time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if until.After(p.closed) {
		p.closed = until
	}
}
