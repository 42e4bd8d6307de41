package bridge

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"sync"
)

// loggedRequest is what tests and `make bench` count. Bodies are never kept: they hold credentials.
type loggedRequest struct {
	Method string `json:"method"`
	// Path with its query, as the browser sent it.
	Path string `json:"path"`
	// Status of the answer; 0 while it is under way or when the connection was dropped, 101 for a websocket.
	Status int    `json:"status"`
	User   string `json:"user"`
	// Bytes of the request's body that were read.
	Bytes       int64  `json:"bytes"`
	ContentType string `json:"contentType"`
}

// requestLog remembers requests to the API server, to services and for the plugin's files.
type requestLog struct {
	mu      sync.Mutex
	entries []*loggedRequest
}

func (l *requestLog) list() []loggedRequest {
	l.mu.Lock()
	defer l.mu.Unlock()
	entries := make([]loggedRequest, 0, len(l.entries))
	for _, entry := range l.entries {
		entries = append(entries, *entry)
	}
	return entries
}

func (l *requestLog) clear() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.entries = nil
}

// record notes each request as it begins, and its status and size as they become known.
func (l *requestLog) record(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		entry := &loggedRequest{
			Method: r.Method, Path: r.URL.RequestURI(), User: userOf(r).Name, ContentType: r.Header.Get("Content-Type"),
		}
		l.mu.Lock()
		l.entries = append(l.entries, entry)
		l.mu.Unlock()
		if r.Body != nil {
			r.Body = &countedBody{ReadCloser: r.Body, log: l, entry: entry}
		}
		next.ServeHTTP(&recordedAnswer{ResponseWriter: w, log: l, entry: entry}, r)
	})
}

type countedBody struct {
	io.ReadCloser
	log   *requestLog
	entry *loggedRequest
}

func (b *countedBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	b.log.mu.Lock()
	b.entry.Bytes += int64(n)
	b.log.mu.Unlock()
	return n, err
}

type recordedAnswer struct {
	http.ResponseWriter
	log   *requestLog
	entry *loggedRequest
}

func (a *recordedAnswer) WriteHeader(status int) {
	a.log.mu.Lock()
	a.entry.Status = status
	a.log.mu.Unlock()
	a.ResponseWriter.WriteHeader(status)
}

func (a *recordedAnswer) Write(p []byte) (int, error) {
	a.log.mu.Lock()
	if a.entry.Status == 0 {
		a.entry.Status = http.StatusOK
	}
	a.log.mu.Unlock()
	return a.ResponseWriter.Write(p)
}

// Unwrap lets http.ResponseController flush the writer below.
func (a *recordedAnswer) Unwrap() http.ResponseWriter { return a.ResponseWriter }

// Hijack hands over the connection for a websocket.
func (a *recordedAnswer) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	return http.NewResponseController(a.ResponseWriter).Hijack()
}
