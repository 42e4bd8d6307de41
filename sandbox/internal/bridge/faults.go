package bridge

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"regexp"
	"sync"
	"time"
)

// fault breaks requests on purpose.
type fault struct {
	// Method and Path say which requests: an HTTP method, and a regular expression over path and query as the browser sent them.
	Method string `json:"method"`
	Path   string `json:"path"`
	// Action: "delay" the request by Milliseconds; "drop-before" cuts the connection instead of forwarding; "drop-after"
	// forwards and cuts instead of answering; "status" answers with Status as the API server would; "cut-watch" closes
	// matching websockets, those that are open now and those that open, after Milliseconds.
	Action       string `json:"action"`
	Status       int    `json:"status,omitempty"`
	Milliseconds int    `json:"milliseconds,omitempty"`
	// Skip so many matching requests first, then break Count of them; 0 breaks all.
	Skip  int `json:"skip,omitempty"`
	Count int `json:"count,omitempty"`
	// Matched and Hits tell how many requests matched, and how many were broken.
	Matched int `json:"matched"`
	Hits    int `json:"hits"`

	path *regexp.Regexp
}

// faults are those switched on, and the sockets that one of them may cut.
type faults struct {
	mu      sync.Mutex
	active  []*fault
	sockets map[net.Conn]string
}

func newFaults() *faults {
	return &faults{sockets: map[net.Conn]string{}}
}

// add switches faults on, all or none.
func (f *faults) add(wanted []fault) error {
	added := make([]*fault, 0, len(wanted))
	for _, each := range wanted {
		path, err := regexp.Compile(each.Path)
		if err != nil {
			return fmt.Errorf("path %q: %w", each.Path, err)
		}
		switch each.Action {
		case "delay", "drop-before", "drop-after", "cut-watch":
		case "status":
			if each.Status < 400 || each.Status > 599 {
				return fmt.Errorf("status %d is not a failure", each.Status)
			}
		default:
			return fmt.Errorf("there is no action %q", each.Action)
		}
		each.path, each.Matched, each.Hits = path, 0, 0
		added = append(added, &each)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.active = append(f.active, added...)
	for socket, path := range f.sockets {
		cutIfAsked(added, socket, path)
	}
	return nil
}

func (f *faults) clear() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.active = nil
}

func (f *faults) list() []fault {
	f.mu.Lock()
	defer f.mu.Unlock()
	all := make([]fault, 0, len(f.active))
	for _, each := range f.active {
		all = append(all, *each)
	}
	return all
}

// take finds the first fault for this request that has not done its work yet.
func (f *faults) take(r *http.Request) (fault, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return next(f.active, r.Method, r.RequestURI, false)
}

// opened remembers a socket, and cuts it when a fault says so: one switched on after its request came included.
func (f *faults) opened(socket net.Conn, path string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.sockets[socket] = path
	cutIfAsked(f.active, socket, path)
}

func (f *faults) closed(socket net.Conn) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.sockets, socket)
}

// next finds the first fault of a list that has not done its work yet, among those that cut sockets or among the others.
func next(among []*fault, method, path string, cutting bool) (fault, bool) {
	for _, each := range among {
		if (each.Action == "cut-watch") != cutting || each.Method != "" && each.Method != method || !each.path.MatchString(path) {
			continue
		}
		each.Matched++
		if each.Matched <= each.Skip || each.Count > 0 && each.Hits >= each.Count {
			continue
		}
		each.Hits++
		return *each, true
	}
	return fault{}, false
}

func cutIfAsked(among []*fault, socket net.Conn, path string) {
	if each, asked := next(among, http.MethodGet, path, true); asked {
		time.AfterFunc(time.Duration(each.Milliseconds)*time.Millisecond, func() { cut(socket) })
	}
}

// apply breaks a request when a fault says so and passes it on otherwise.
func (f *faults) apply(handler http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w = &trackedAnswer{ResponseWriter: w, faults: f, path: r.RequestURI}
		each, broken := f.take(r)
		if !broken {
			handler.ServeHTTP(w, r)
			return
		}
		wait := time.Duration(each.Milliseconds) * time.Millisecond
		switch each.Action {
		case "delay":
			select {
			case <-time.After(wait):
				handler.ServeHTTP(w, r)
			case <-r.Context().Done():
			}
		case "drop-before":
			drop(w)
		case "drop-after":
			handler.ServeHTTP(&discardedAnswer{header: http.Header{}}, r)
			drop(w)
		case "status":
			writeStatus(w, each.Status)
		}
	})
}

// cutAll closes every socket: a server does not close what was taken from it.
func (f *faults) cutAll() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for socket := range f.sockets {
		cut(socket)
	}
}

// drop resets the connection of a request.
func drop(w http.ResponseWriter) {
	socket, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	cut(socket)
}

// cut closes without the farewell of a clean end, as a failing network does.
func cut(socket net.Conn) {
	raw := socket
	if tracked, ok := socket.(*trackedSocket); ok {
		raw = tracked.Conn
	}
	if tcp, ok := raw.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}
	_ = socket.Close()
}

// discardedAnswer takes an answer nobody will see.
type discardedAnswer struct{ header http.Header }

func (d *discardedAnswer) Header() http.Header         { return d.header }
func (d *discardedAnswer) Write(p []byte) (int, error) { return len(p), nil }
func (d *discardedAnswer) WriteHeader(int)             {}

// trackedAnswer remembers the connection when a websocket takes it over.
type trackedAnswer struct {
	http.ResponseWriter
	faults *faults
	path   string
}

func (t *trackedAnswer) Unwrap() http.ResponseWriter { return t.ResponseWriter }

func (t *trackedAnswer) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	socket, buffer, err := http.NewResponseController(t.ResponseWriter).Hijack()
	if err != nil {
		return nil, nil, err
	}
	t.faults.opened(socket, t.path)
	return &trackedSocket{Conn: socket, faults: t.faults}, buffer, nil
}

type trackedSocket struct {
	net.Conn
	faults *faults
}

func (t *trackedSocket) Close() error {
	t.faults.closed(t.Conn)
	return t.Conn.Close()
}
