package olm

import (
	"encoding/json"
	"net/http"
	"sync"
	"time"
)

// Faults are what may go wrong with catalogs and bundles; the zero value is nothing.
type Faults struct {
	// Unhealthy are catalogs, by name, that cannot be reached. They recover after Seconds; zero is never.
	Unhealthy []string `json:"unhealthy"`
	Seconds   float64  `json:"seconds"`
	// Unpack are packages whose bundle image cannot be unpacked.
	Unpack []string `json:"unpack"`
	// Slow multiplies the time that unpacking takes.
	Slow float64 `json:"slow"`
}

// faults guards the faults in force.
type faults struct {
	lock  sync.Mutex
	inUse Faults
	since time.Time
}

// Break sets the faults in force from now on.
func (l *OLM) Break(f Faults) {
	l.faults.lock.Lock()
	defer l.faults.lock.Unlock()
	l.faults.inUse, l.faults.since = f, time.Now()
}

func (f *faults) get() Faults {
	f.lock.Lock()
	defer f.lock.Unlock()
	now := f.inUse
	if now.Seconds > 0 && time.Since(f.since) > time.Duration(now.Seconds*float64(time.Second)) {
		now.Unhealthy = nil
	}
	return now
}

// Handler sets the faults in the body of a PUT and takes them away with DELETE.
func (l *OLM) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("PUT /faults", func(w http.ResponseWriter, r *http.Request) {
		var wanted Faults
		decoder := json.NewDecoder(r.Body)
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(&wanted); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		l.Break(wanted)
		w.WriteHeader(http.StatusNoContent)
	})
	mux.HandleFunc("DELETE /faults", func(w http.ResponseWriter, _ *http.Request) {
		l.Break(Faults{})
		w.WriteHeader(http.StatusNoContent)
	})
	return mux
}
