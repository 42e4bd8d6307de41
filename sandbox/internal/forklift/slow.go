package forklift

import (
	"fmt"
	"net/http"
	"sync/atomic"
	"time"
)

// slow is how long MTV reads an inventory after its next restart, instead of its usual time: long enough to be seen by a page. One
// restart uses it up, so that no later test meets it.
type slow struct{ next, now atomic.Int64 }

func (s *slow) restart()            { s.now.Store(s.next.Swap(0)) }
func (s *slow) end()                { s.now.Store(0) }
func (s *slow) time() time.Duration { return time.Duration(s.now.Load()) }

// Handler takes with PUT /slow-restart?seconds=N how long the next restart takes.
func (f *Forklift) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("PUT /slow-restart", func(w http.ResponseWriter, r *http.Request) {
		duration, err := time.ParseDuration(r.FormValue("seconds") + "s")
		if err != nil {
			http.Error(w, fmt.Sprintf("seconds: %v", err), http.StatusBadRequest)
			return
		}
		f.slow.next.Store(int64(duration))
		w.WriteHeader(http.StatusNoContent)
	})
	return mux
}
