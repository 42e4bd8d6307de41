package bridge

import (
	"context"
	"crypto/rand"
	_ "embed"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"

	"github.com/migration-prep/migration-prep/sandbox/internal/controlplane"
)

// sessionCookie is out of reach of scripts, as the console's session cookie is.
const sessionCookie = "openshift-session-token"

// sessions are who has signed in, by the value of the session cookie.
type sessions struct {
	users []controlplane.User

	mu   sync.Mutex
	open map[string]controlplane.User
}

func newSessions(users []controlplane.User) *sessions {
	return &sessions{users: users, open: map[string]controlplane.User{}}
}

// begin opens a session for the named user and sets the session and CSRF cookies; false if there is no such user.
func (s *sessions) begin(w http.ResponseWriter, name string) bool {
	at := slices.IndexFunc(s.users, func(u controlplane.User) bool { return u.Name == name })
	if at < 0 {
		return false
	}
	id := rand.Text()
	s.mu.Lock()
	s.open[id] = s.users[at]
	s.mu.Unlock()
	http.SetCookie(w, &http.Cookie{Name: sessionCookie, Value: id, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode})
	setCSRFCookie(w)
	return true
}

// user tells who signed in with this request's session cookie.
func (s *sessions) user(r *http.Request) (controlplane.User, bool) {
	cookie, err := r.Cookie(sessionCookie)
	if err != nil {
		return controlplane.User{}, false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	user, ok := s.open[cookie.Value]
	return user, ok
}

// end closes the session of this request, if it has one.
func (s *sessions) end(r *http.Request) {
	if cookie, err := r.Cookie(sessionCookie); err == nil {
		s.mu.Lock()
		delete(s.open, cookie.Value)
		s.mu.Unlock()
	}
}

// expire closes every session of the named user, or of all users for an empty name, and says how many it closed.
func (s *sessions) expire(name string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	closed := 0
	for id, user := range s.open {
		if name == "" || user.Name == name {
			delete(s.open, id)
			closed++
		}
	}
	return closed
}

type userKey struct{}

// userOf is the signed-in user that [Bridge.authenticated] put into the request.
func userOf(r *http.Request) controlplane.User {
	user, _ := r.Context().Value(userKey{}).(controlplane.User)
	return user
}

// authenticated passes on requests that carry a valid CSRF token and a session, in the console's order: 403 before
// 401, and an empty 401. It records them and applies the faults.
func (b *Bridge) authenticated(next http.Handler) http.Handler {
	next = b.requests.record(b.faults.apply(next))
	return b.checkCSRF(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		user, ok := b.sessions.user(r)
		if !ok {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		r = r.WithContext(context.WithValue(r.Context(), userKey{}, user))
		// Whatever the client sent is replaced: only the bridge says who asks.
		r.Header.Set("Authorization", "Bearer "+user.Token)
		next.ServeHTTP(w, r)
	}))
}

//go:embed sign-in.html
var signInPage string

var signInTemplate = template.Must(template.New("sign-in").Parse(signInPage))

// serveSignIn shows the user switcher and signs in on POST. The query parameter then is the local path to go on to.
func (b *Bridge) serveSignIn(w http.ResponseWriter, r *http.Request) {
	then := localPath(r.FormValue("then"))
	if r.Method == http.MethodPost {
		if !sameOrigin(r) || !b.sessions.begin(w, r.FormValue("user")) {
			http.Error(w, "There is no such user.", http.StatusForbidden)
			return
		}
		b.options.Log.Info("signed in", "user", r.FormValue("user"))
		http.Redirect(w, r, then, http.StatusSeeOther)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'")
	_ = signInTemplate.Execute(w, struct {
		Then  string
		Users []controlplane.User
	}{then, b.options.Users})
}

// signOut ends the session. As the console, only by POST.
func (b *Bridge) signOut(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost {
		w.WriteHeader(http.StatusMethodNotAllowed)
		return
	}
	b.sessions.end(r)
	http.SetCookie(w, &http.Cookie{Name: sessionCookie, Path: "/", MaxAge: -1, HttpOnly: true})
	w.WriteHeader(http.StatusNoContent)
}

// localPath keeps a redirection on this server.
func localPath(then string) string {
	if !strings.HasPrefix(then, "/") || strings.HasPrefix(then, "//") || strings.ContainsAny(then, "\\\n\r") {
		return "/"
	}
	return then
}

// sameOrigin refuses what another site's page sends; requests without an Origin (curl, test runners) are welcome.
func sameOrigin(r *http.Request) bool {
	origin := r.Header.Get("Origin")
	if origin == "" {
		return true
	}
	u, err := url.Parse(origin)
	return err == nil && u.Host == r.Host
}
