// Package bridge stands in for the OpenShift console's server ("bridge"): sign-in, the page with its content security
// policy, the proxy to the API server, the plugin's files and its service proxy. It behaves as console 4.22 does
// (openshift/console, branch release-4.22, folder pkg) with one difference on purpose: the content security policy,
// which the console only reports, is enforced. What the console does not have lives below /_sandbox/: faults, a
// request log, reset and sign-in for tests.
package bridge

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"time"

	"k8s.io/client-go/rest"

	"github.com/migration-prep/migration-prep/sandbox/internal/controlplane"
)

// Options says what the bridge serves and to whom it forwards.
type Options struct {
	// APIServer gives the API server's address and CA. Its credentials are never used: every request carries the
	// token of the user who signed in.
	APIServer *rest.Config
	// Users who may sign in. No password: the sandbox listens on loopback only.
	Users []controlplane.User
	// Plugin is the folder of the built plugin, read afresh on every request, or the https address of a server that has it.
	Plugin string
	// PluginCA (PEM) signs the certificate of that server.
	PluginCA []byte
	// PluginName is the name of the ConsolePlugin, and so the folder below /api/plugins/.
	PluginName string
	// Enabled says which other plugins the cluster's administrator enabled; of those the sandbox has MTV's. Nil means none.
	Enabled func(ctx context.Context) ([]string, error)
	// Host is the folder of the built console shell, served below /static/.
	Host string
	// Locales is the folder with <language>/plugin__<name>.json; empty means <Plugin>/locales.
	Locales string
	// ProxyOf finds the https base address of the service that a plugin's proxy leads to, by the proxy's alias: what is asked for
	// below /api/proxy/plugin/<plugin>/<alias>/. ErrNoProxy: the ConsolePlugin has none of that name. Any other error: nobody
	// answers where it leads.
	ProxyOf func(ctx context.Context, plugin, alias string) (string, error)
	// ProxyCA (PEM) signs the certificates of those services.
	ProxyCA []byte
	// Settings is the content of settings.json, which the chart's server has beside the files of the plugin's folder; nil: it has none.
	Settings func(ctx context.Context) (any, error)
	// Reset brings the cluster into a scenario.
	Reset func(ctx context.Context, scenario string) error
	// Controls are further handlers below /_sandbox/, by name.
	Controls map[string]http.Handler
	// Info is shown as JSON at /_sandbox/info.
	Info any
	// Listener takes the connections; it is the bridge's, which closes it.
	Listener net.Listener
	Log      *slog.Logger
}

// Bridge is a running console server.
type Bridge struct {
	// URL of the console, without a trailing slash.
	URL string

	options  Options
	sessions *sessions
	faults   *faults
	requests *requestLog
	plugin   http.Handler
	server   *http.Server
}

// Start serves until ctx ends or Stop is called.
func Start(ctx context.Context, o Options) (*Bridge, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	b := &Bridge{options: o, sessions: newSessions(o.Users), faults: newFaults(), requests: &requestLog{}}
	handler, err := b.handler()
	if err != nil {
		return nil, err
	}
	b.URL = "http://" + o.Listener.Addr().String()
	// As the console: no read or write timeout, or uploads and watches would be cut.
	b.server = &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 10 * time.Second,
		ErrorLog:          slog.NewLogLogger(o.Log.Handler(), slog.LevelDebug),
	}
	go func() {
		if err := b.server.Serve(o.Listener); err != nil && !errors.Is(err, http.ErrServerClosed) {
			o.Log.Error("console bridge stopped", "error", err)
		}
	}()
	context.AfterFunc(ctx, b.Stop)
	return b, nil
}

// Stop closes every connection, open watches included.
func (b *Bridge) Stop() {
	b.faults.cutAll()
	_ = b.server.Close()
}

func (b *Bridge) handler() (_ http.Handler, err error) {
	if b.plugin, err = pluginFiles(b.options); err != nil {
		return nil, err
	}
	kubernetes, err := newKubernetesProxy(b.options)
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.Handle("/api/kubernetes/", b.authenticated(http.StripPrefix("/api/kubernetes", kubernetes)))
	mux.Handle("/api/proxy/plugin/{plugin}/{alias}/", b.authenticated(http.HandlerFunc(b.serveProxy)))
	mux.Handle("/api/plugins/", b.authenticated(http.HandlerFunc(b.servePluginFile)))
	mux.Handle("/api/check-updates", b.authenticated(http.HandlerFunc(b.serveUpdates)))
	mux.Handle("/api/console/logout", b.checkCSRF(http.HandlerFunc(b.signOut)))
	mux.HandleFunc("/api/", func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusNotFound)
		_, _ = w.Write([]byte("not found"))
	})
	mux.HandleFunc("/locales/resource.json", b.serveLocale)
	mux.HandleFunc("/static/", b.serveStatic)
	mux.HandleFunc("/auth/login", b.serveSignIn)
	mux.Handle("/_sandbox/", b.control())
	mux.HandleFunc("/", b.servePage)
	return securityHeaders(mux), nil
}

// mtvPlugin is the name of MTV's own console plugin.
const mtvPlugin = "forklift-console-plugin"

// plugins are those that the console loads: ours, and MTV's while it is enabled.
func (b *Bridge) plugins(ctx context.Context) ([]string, error) {
	names := []string{b.options.PluginName}
	if b.options.Enabled == nil {
		return names, nil
	}
	enabled, err := b.options.Enabled(ctx)
	if slices.Contains(enabled, mtvPlugin) {
		names = append(names, mtvPlugin)
	}
	return names, err
}

// securityHeaders are those the console sets on every answer (pkg/middleware).
func securityHeaders(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("X-Frame-Options", "DENY")
		w.Header().Set("X-DNS-Prefetch-Control", "off")
		w.Header().Set("Referrer-Policy", "strict-origin-when-cross-origin")
		next.ServeHTTP(w, r)
	})
}
