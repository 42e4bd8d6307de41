// Package pace says how long the stand-ins take, compared with a real cluster.
package pace

import (
	"sync/atomic"
	"time"
)

// Pace stretches or shortens every delay of the stand-ins: one for all of a sandbox, so that all hurry together. It is safe for use by several
// goroutines. With a nil Pace nothing takes any time.
type Pace struct {
	factor float64
	hurry  atomic.Int32
}

// New is a pace of factor times the delays of a real cluster; tests use less than 1.
func New(factor float64) *Pace { return &Pace{factor: factor} }

// Of is how long something takes that takes d on a real cluster.
func (p *Pace) Of(d time.Duration) time.Duration {
	if p.Hurried() {
		return 0
	}
	return time.Duration(float64(d) * p.factor)
}

// Again is when to look again at what takes d on a real cluster: a little later at least, because controllers take no time for never.
func (p *Pace) Again(d time.Duration) time.Duration { return max(p.Of(d), 10*time.Millisecond) }

// Hurry takes away every delay until the returned function is called: what a scenario brings was there long ago.
func (p *Pace) Hurry() (end func()) {
	p.hurry.Add(1)
	var ended atomic.Bool
	return func() {
		if ended.CompareAndSwap(false, true) {
			p.hurry.Add(-1)
		}
	}
}

// Hurried reports whether delays are taken away at this moment.
func (p *Pace) Hurried() bool { return p == nil || p.hurry.Load() > 0 }
