package bridge_test

import (
	"bufio"
	"context"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"k8s.io/client-go/rest"

	"github.com/migration-prep/migration-prep/sandbox/internal/bridge"
	"github.com/migration-prep/migration-prep/sandbox/internal/controlplane"
)

// upstream stands where the API server and MTV's services are; it remembers what reached it.
type upstream struct {
	*httptest.Server
	mu   sync.Mutex
	seen []*http.Request
	// hold keeps answers back while it is locked.
	hold sync.RWMutex
}

func newUpstream(t *testing.T) *upstream {
	u := &upstream{}
	u.Server = httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		u.mu.Lock()
		u.seen = append(u.seen, r)
		u.mu.Unlock()
		u.hold.RLock()
		u.hold.RUnlock()
		if r.Header.Get("Upgrade") == "websocket" {
			// The API server refuses a websocket without an origin.
			if r.Header.Get("Origin") == "" {
				w.WriteHeader(http.StatusForbidden)
				return
			}
			conn, buffer, _ := http.NewResponseController(w).Hijack()
			defer conn.Close()
			_, _ = buffer.WriteString("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\nevent")
			_ = buffer.Flush()
			_, _ = io.Copy(io.Discard, buffer)
			return
		}
		body, _ := io.ReadAll(r.Body)
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprintf(w, `{"path":%q,"body":%q}`, r.URL.RequestURI(), body)
	}))
	t.Cleanup(u.Server.Close)
	return u
}

func (u *upstream) last(t *testing.T) *http.Request {
	t.Helper()
	u.mu.Lock()
	defer u.mu.Unlock()
	if len(u.seen) == 0 {
		t.Fatal("nothing reached the upstream")
	}
	return u.seen[len(u.seen)-1]
}

func (u *upstream) count() int {
	u.mu.Lock()
	defer u.mu.Unlock()
	return len(u.seen)
}

// browser keeps cookies and sends the CSRF token, as the console's consoleFetch does.
type browser struct {
	*http.Client
	url  string
	csrf bool
}

func (b *browser) token() string {
	address, _ := url.Parse(b.url)
	for _, cookie := range b.Jar.Cookies(address) {
		if cookie.Name == "csrf-token" {
			return cookie.Value
		}
	}
	return ""
}

func (b *browser) do(t *testing.T, method, path, body string, headers ...string) (int, string, http.Header) {
	t.Helper()
	code, text, header, err := b.try(method, path, body, headers...)
	if err != nil {
		t.Fatalf("%s %s: %v", method, path, err)
	}
	return code, text, header
}

func (b *browser) try(method, path, body string, headers ...string) (int, string, http.Header, error) {
	r, err := http.NewRequest(method, b.url+path, strings.NewReader(body))
	if err != nil {
		return 0, "", nil, err
	}
	if b.csrf {
		r.Header.Set("X-CSRFToken", b.token())
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	answer, err := b.Do(r)
	if err != nil {
		return 0, "", nil, err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	return answer.StatusCode, string(text), answer.Header, err
}

func listen(t *testing.T) net.Listener {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return listener
}

func start(t *testing.T) (*upstream, *browser) {
	u := newUpstream(t)
	plugin, host := t.TempDir(), t.TempDir()
	for path, content := range map[string]string{
		filepath.Join(plugin, "plugin-manifest.json"):                     `{}`,
		filepath.Join(plugin, "locales/en/plugin__migration-prep.json"):   `{"a":"b"}`,
		filepath.Join(plugin, "exposed-PrepPage-chunk.js"):                `1`,
		filepath.Join(host, "main.js"):                                    `2`,
		filepath.Join(filepath.Dir(plugin), "outside-of-the-plugin.json"): `secret`,
	} {
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	ca := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: u.Certificate().Raw})
	console, err := bridge.Start(t.Context(), bridge.Options{
		APIServer: &rest.Config{Host: u.URL, BearerToken: "the sandbox's own", TLSClientConfig: rest.TLSClientConfig{CAData: ca}},
		Users:     []controlplane.User{{Name: "prep", Title: "Prepares", Token: "token-of-prep"}},
		Plugin:    plugin, PluginName: "migration-prep", Host: host, Listener: listen(t),
		ProxyOf: func(_ context.Context, plugin, alias string) (string, error) {
			switch plugin + " " + alias {
			case "migration-prep forklift-inventory":
				return u.URL + "/inventory", nil
			case "migration-prep forklift-services":
				return "", errors.New("forklift-services.elsewhere.svc: no such host")
			}
			return "", bridge.ErrNoProxy
		}, ProxyCA: ca,
		Settings: func(context.Context) (any, error) { return map[string]string{"mtvNamespace": "my-mtv"}, nil },
		Info:     map[string]string{"hello": "there"},
		Reset:    func(_ context.Context, scenario string) error { return nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(console.Stop)
	return u, newBrowser(console.URL)
}

func newBrowser(url string) *browser {
	jar, _ := cookiejar.New(nil)
	return &browser{Client: &http.Client{Jar: jar, Timeout: 10 * time.Second}, url: url, csrf: true}
}

func signIn(t *testing.T, b *browser) {
	t.Helper()
	code, page, _ := b.do(t, "POST", "/auth/login?user=prep&then=/migration-prep", "")
	if code != http.StatusOK || !strings.Contains(page, "SERVER_FLAGS") {
		t.Fatalf("sign in: %d %s", code, page)
	}
}

func TestPage(t *testing.T) {
	_, b := start(t)
	_, page, _ := b.do(t, "GET", "/migration-prep?step=summary", "")
	if !strings.Contains(page, "Prepares") || !strings.Contains(page, `value="/migration-prep?step=summary"`) {
		t.Errorf("without a session the page is not the sign-in page: %s", page)
	}
	if code, _, _ := b.do(t, "POST", "/auth/login?user=nobody", ""); code != http.StatusForbidden {
		t.Errorf("an unknown user signs in: %d", code)
	}
	signIn(t, b)
	_, page, header := b.do(t, "GET", "/migration-prep", "")
	policy := header.Get("Content-Security-Policy")
	_, rest, _ := strings.Cut(policy, "'nonce-")
	nonce, _, _ := strings.Cut(rest, "'")
	if nonce == "" || !strings.Contains(page, `nonce="`+nonce+`"`) || strings.Contains(policy, "blob:") {
		t.Errorf("policy %q does not fit the page", policy)
	}
	for _, flag := range []string{`"basePath":"/"`, `"consolePlugins":["migration-prep"]`, `"releaseVersion":"4.22.0"`, `"sandboxUser":"prep"`} {
		if !strings.Contains(page, flag) {
			t.Errorf("SERVER_FLAGS lack %s", flag)
		}
	}
	if strings.Contains(page, "token-of-prep") {
		t.Error("the page has the user's token")
	}
}

func TestKubernetesProxy(t *testing.T) {
	u, b := start(t)
	if code, body, _ := b.do(t, "GET", "/api/kubernetes/api", ""); code != http.StatusUnauthorized || body != "" {
		t.Errorf("without a session: %d %q", code, body)
	}
	signIn(t, b)
	code, body, header := b.do(t, "POST", "/api/kubernetes/api/v1/x?dryRun=All", "content", "Authorization", "Bearer forged", "Impersonate-User", "other",
		"X-Console-Impersonate-Groups", "a,b", "Origin", b.url)
	if code != http.StatusOK || body != `{"path":"/api/v1/x?dryRun=All","body":"content"}` || header.Get("Content-Security-Policy") != "sandbox;" {
		t.Errorf("%d %s %v", code, body, header)
	}
	r := u.last(t)
	if r.Header.Get("Authorization") != "Bearer token-of-prep" {
		t.Error("the API server is not asked as the user who signed in")
	}
	if r.Header.Get("Impersonate-User") != "other" || strings.Join(r.Header.Values("Impersonate-Group"), " ") != "a b" {
		t.Errorf("impersonation is lost: %v", r.Header)
	}
	for _, name := range []string{"Cookie", "X-Csrftoken", "Origin", "X-Console-Impersonate-Groups"} {
		if r.Header.Get(name) != "" {
			t.Errorf("%s reaches the API server", name)
		}
	}
	b.csrf = false
	before := u.count()
	for _, method := range []string{"POST", "PUT", "PATCH", "DELETE"} {
		code, body, header := b.do(t, method, "/api/kubernetes/api/v1/x", "")
		if code != http.StatusForbidden || !strings.Contains(body, "invalid CSRFToken") || !strings.HasPrefix(header.Get("Content-Type"), "text/plain") {
			t.Errorf("%s without a CSRF token: %d %s", method, code, body)
		}
	}
	if u.count() != before {
		t.Error("a request without a CSRF token reached the API server")
	}
	b.do(t, "POST", "/_sandbox/expire-session", "")
	if code, _, _ := b.do(t, "GET", "/api/kubernetes/api", ""); code != http.StatusUnauthorized {
		t.Errorf("after the session expired: %d", code)
	}
}

func TestFiles(t *testing.T) {
	_, b := start(t)
	signIn(t, b)
	for _, test := range []struct {
		path, contentType string
		code              int
	}{
		{"/api/plugins/migration-prep/plugin-manifest.json", "application/json", 200},
		{"/api/plugins/migration-prep/exposed-PrepPage-chunk.js", "text/javascript; charset=utf-8", 200},
		{"/api/plugins/migration-prep/settings.json", "application/json", 200},
		{"/static/main.js", "text/javascript; charset=utf-8", 200},
		{"/locales/resource.json?lng=en&ns=plugin__migration-prep", "application/json", 200},
		{"/locales/resource.json?lng=..&ns=x", "", 404},
		{"/api/plugins/migration-prep/", "", 404},
		{"/api/plugins/migration-prep/%2e%2e/outside-of-the-plugin.json", "", 400},
		{"/api/plugins/another/plugin-manifest.json", "", 404},
		{"/api/olm/check-package-manifests/", "", 404},
	} {
		code, body, header := b.do(t, "GET", test.path, "")
		if code != test.code || test.code == 200 && header.Get("Content-Type") != test.contentType || body == "secret" {
			t.Errorf("%s: %d %s %s", test.path, code, header.Get("Content-Type"), body)
		}
	}
}

func TestServiceProxy(t *testing.T) {
	u, b := start(t)
	signIn(t, b)
	code, body, _ := b.do(t, "GET", "/api/proxy/plugin/migration-prep/forklift-inventory/providers?detail=1", "")
	if code != 200 || !strings.Contains(body, "/inventory/providers?detail=1") || u.last(t).Header.Get("Authorization") != "Bearer token-of-prep" {
		t.Errorf("%d %s", code, body)
	}
	for path, want := range map[string]int{
		"/api/proxy/plugin/migration-prep/forklift-services/tls-certificate": http.StatusBadGateway,
		"/api/proxy/plugin/migration-prep/another/x":                         http.StatusNotFound,
		"/api/proxy/plugin/another/forklift-inventory/providers":             http.StatusNotFound,
	} {
		if code, body, _ := b.do(t, "GET", path, ""); code != want || want == http.StatusBadGateway && body != "" {
			t.Errorf("%s: %d %s", path, code, body)
		}
	}
}

func TestFaults(t *testing.T) {
	u, b := start(t)
	signIn(t, b)
	const path = "/api/kubernetes/api/v1/secrets"
	switchOn := func(text string) {
		t.Helper()
		b.do(t, "DELETE", "/_sandbox/faults", "")
		if code, body, _ := b.do(t, "POST", "/_sandbox/faults", text); code != http.StatusNoContent {
			t.Fatalf("%s: %d %s", text, code, body)
		}
	}
	t.Run("status as the API server gives it, for as many requests as asked", func(t *testing.T) {
		switchOn(`[{"method":"POST","path":"/secrets","action":"status","status":429,"skip":1,"count":1}]`)
		var codes []int
		for range 3 {
			code, body, header := b.do(t, "POST", path, "x")
			codes = append(codes, code)
			if code == 429 && (header.Get("Retry-After") != "1" || !strings.Contains(body, `"reason":"TooManyRequests"`)) {
				t.Errorf("%v %s", header, body)
			}
		}
		if fmt.Sprint(codes) != "[200 429 200]" {
			t.Errorf("codes %v", codes)
		}
	})
	t.Run("drop before and after", func(t *testing.T) {
		for action, reached := range map[string]int{"drop-before": 0, "drop-after": 1} {
			switchOn(`[{"method":"POST","path":"/secrets","action":"` + action + `","count":1}]`)
			before := u.count()
			if code, _, _, err := b.try("POST", path, "x"); err == nil {
				t.Errorf("%s: answered with %d", action, code)
			}
			if got := u.count() - before; got != reached {
				t.Errorf("%s: %d requests reached the API server", action, got)
			}
		}
	})
	t.Run("delay", func(t *testing.T) {
		switchOn(`[{"path":"/secrets","action":"delay","milliseconds":300,"count":1}]`)
		began := time.Now()
		if code, _, _ := b.do(t, "GET", path, ""); code != 200 || time.Since(began) < 300*time.Millisecond {
			t.Errorf("%d after %v", code, time.Since(began))
		}
	})
	t.Run("nonsense is refused", func(t *testing.T) {
		for _, text := range []string{`[{"path":"(","action":"delay"}]`, `[{"action":"explode"}]`, `[{"action":"status","status":200}]`, `{`} {
			if code, _, _ := b.do(t, "POST", "/_sandbox/faults", text); code != http.StatusBadRequest {
				t.Errorf("%s: %d", text, code)
			}
		}
	})
	t.Run("the log has what was asked and no bodies", func(t *testing.T) {
		b.do(t, "DELETE", "/_sandbox/faults", "")
		b.do(t, "DELETE", "/_sandbox/requests", "")
		b.do(t, "POST", path, "hidden", "Content-Type", "application/json")
		_, body, _ := b.do(t, "GET", "/_sandbox/requests", "")
		var entries []map[string]any
		if err := json.Unmarshal([]byte(body), &entries); err != nil || len(entries) != 1 {
			t.Fatalf("%v %s", err, body)
		}
		want := map[string]any{"method": "POST", "path": path, "status": 200.0, "user": "prep", "bytes": 6.0, "contentType": "application/json"}
		if fmt.Sprint(entries[0]) != fmt.Sprint(want) {
			t.Errorf("%v", entries[0])
		}
	})
}

// watch opens a websocket as a browser does and returns it after the first event, with the subprotocol of the answer.
func watch(t *testing.T, b *browser, subprotocols ...string) (*bufio.Reader, string) {
	t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(b.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	address, _ := url.Parse(b.url)
	r, _ := http.NewRequest("GET", b.url+"/api/kubernetes/api/v1/pods?watch=true", nil)
	for _, cookie := range b.Jar.Cookies(address) {
		r.AddCookie(cookie)
	}
	r.Header.Set("Connection", "Upgrade")
	r.Header.Set("Upgrade", "websocket")
	if len(subprotocols) > 0 {
		r.Header.Set("Sec-WebSocket-Protocol", strings.Join(subprotocols, ", "))
	}
	if err := r.Write(conn); err != nil {
		t.Fatal(err)
	}
	_ = conn.SetReadDeadline(time.Now().Add(5 * time.Second))
	reader := bufio.NewReader(conn)
	answer, err := http.ReadResponse(reader, r)
	if err != nil || answer.StatusCode != http.StatusSwitchingProtocols {
		t.Fatalf("upgrade: %v %v", answer, err)
	}
	event := make([]byte, 5)
	if _, err := io.ReadFull(reader, event); err != nil || string(event) != "event" {
		t.Fatalf("first event: %q %v", event, err)
	}
	return reader, answer.Header.Get("Sec-WebSocket-Protocol")
}

func TestImpersonationOfAWatch(t *testing.T) {
	u, b := start(t)
	signIn(t, b)
	// "other?" has a "/" in base64, which a subprotocol may not have.
	_, chosen := watch(t, b, "Impersonate-User.b3RoZXI-", "Impersonate-Group.YQ__", "Impersonate-Group.Yg__")
	if !strings.HasPrefix(chosen, "Impersonate-") {
		t.Errorf("a browser would close a websocket answered with %q", chosen)
	}
	r := u.last(t)
	if r.Header.Get("Impersonate-User") != "other?" || strings.Join(r.Header.Values("Impersonate-Group"), " ") != "a b" {
		t.Errorf("impersonation is lost: %v", r.Header)
	}
	if protocol := r.Header.Get("Sec-WebSocket-Protocol"); protocol != "" {
		t.Errorf("the API server is asked for %q", protocol)
	}
}

func TestCutWatch(t *testing.T) {
	const once = `[{"path":"watch=true","action":"cut-watch","milliseconds":50,"count":1}]`
	hits := func(t *testing.T, b *browser) string {
		_, list, _ := b.do(t, "GET", "/_sandbox/faults", "")
		return regexp.MustCompile(`"hits":\d+`).FindString(list)
	}
	t.Run("an open one", func(t *testing.T) {
		_, b := start(t)
		signIn(t, b)
		reader, _ := watch(t, b)
		b.do(t, "POST", "/_sandbox/faults", once)
		if _, err := reader.ReadByte(); err == nil {
			t.Error("the open watch goes on")
		}
	})
	t.Run("one that was asked for before and opens after", func(t *testing.T) {
		u, b := start(t)
		signIn(t, b)
		asked := u.count()
		u.hold.Lock()
		go func() {
			defer u.hold.Unlock()
			for u.count() == asked {
				time.Sleep(time.Millisecond)
			}
			_, _, _, _ = b.try("POST", "/_sandbox/faults", once)
		}()
		reader, _ := watch(t, b)
		if _, err := reader.ReadByte(); err == nil {
			t.Error("the new watch goes on")
		}
		if got := hits(t, b); got != `"hits":1` {
			t.Errorf("%s", got)
		}
	})
	t.Run("as many as asked", func(t *testing.T) {
		_, b := start(t)
		signIn(t, b)
		watch(t, b)
		watch(t, b)
		b.do(t, "POST", "/_sandbox/faults", once)
		if got := hits(t, b); got != `"hits":1` {
			t.Errorf("of two watches one was to be cut: %s", got)
		}
	})
}
