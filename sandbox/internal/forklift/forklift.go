// Package forklift stands in for MTV 2.12: its controller, admission webhooks, inventory and helper service, all looking at the
// vCenter that a Provider names. It is held to recordings of the real ones. It is not friendlier than they are: a wrong password
// is really wrong, an untrusted certificate is really refused, the webhooks fail closed.
package forklift

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"

	"k8s.io/apimachinery/pkg/runtime"
	clientscheme "k8s.io/client-go/kubernetes/scheme"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/util/cert"
	"k8s.io/utils/ptr"
	"sigs.k8s.io/controller-runtime/pkg/controller"
	"sigs.k8s.io/controller-runtime/pkg/manager"
	"sigs.k8s.io/controller-runtime/pkg/metrics/server"

	ctrl "sigs.k8s.io/controller-runtime"

	api "github.com/migration-prep/migration-prep/sandbox/internal/forklift/v1beta1"
)

// Options of an MTV.
type Options struct {
	// Config may do anything on the cluster, as MTV's own account nearly may.
	Config *rest.Config
	// Log receives what the controllers complain about; nil discards it.
	Log *slog.Logger
	// Pace is how long things take compared with a real MTV: 1 for the recorded times, less for tests.
	Pace float64
}

// Forklift is a running MTV.
type Forklift struct {
	// InventoryURL and ServicesURL are what the console's proxies lead to; CACert (PEM) signs both.
	InventoryURL, ServicesURL string
	CACert                    []byte

	servers []*http.Server
	cancel  context.CancelFunc
	running sync.WaitGroup
}

// unnamed lets several managers run in one process, as tests do.
var unnamed = controller.Options{SkipNameValidation: ptr.To(true)}

// Start runs MTV until ctx ends or Stop is called. It returns when webhooks and services answer and the caches are filled.
func Start(ctx context.Context, o Options) (*Forklift, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	ctx, cancel := context.WithCancel(ctx)
	f := &Forklift{cancel: cancel}
	if err := f.start(ctx, o); err != nil {
		f.Stop()
		return nil, fmt.Errorf("start MTV: %w", err)
	}
	return f, nil
}

func (f *Forklift) start(ctx context.Context, o Options) error {
	scheme := runtime.NewScheme()
	if err := errors.Join(clientscheme.AddToScheme(scheme), api.AddToScheme(scheme)); err != nil {
		return err
	}
	m, err := ctrl.NewManager(o.Config, manager.Options{Scheme: scheme, Metrics: server.Options{BindAddress: "0"}})
	if err != nil {
		return err
	}
	read := newInventory()
	if err := errors.Join(
		newProviders(m.GetClient(), read, o.Pace).setup(m),
		newHosts(m.GetClient(), read).setup(m),
		newNetworkMaps(m.GetClient(), read, o.Pace).setup(m),
		newSettings(m.GetClient(), o.Pace).setup(m),
	); err != nil {
		return err
	}
	certificate, key, err := cert.GenerateSelfSignedCertKey("localhost", []net.IP{net.IPv4(127, 0, 0, 1)}, nil)
	if err != nil {
		return err
	}
	pair, err := tls.X509KeyPair(certificate, key)
	if err != nil {
		return err
	}
	f.CACert = certificate
	answers := &services{client: m.GetClient(), inventory: read}
	if f.InventoryURL, err = f.serve(ctx, answers.inventoryHandler(), pair, o.Log); err != nil {
		return err
	}
	helper := http.NewServeMux()
	helper.HandleFunc("GET /tls-certificate", serveCertificate)
	if f.ServicesURL, err = f.serve(ctx, helper, pair, o.Log); err != nil {
		return err
	}
	hooks := http.NewServeMux()
	for path, handler := range webhooks() {
		hooks.Handle(path, handler)
	}
	hooksURL, err := f.serve(ctx, hooks, pair, o.Log)
	if err != nil {
		return err
	}
	if err := register(ctx, m.GetClient(), hooksURL, certificate); err != nil {
		return err
	}
	f.running.Go(func() {
		if err := m.Start(ctx); err != nil {
			o.Log.Error("MTV ended", "error", err)
		}
	})
	if !m.GetCache().WaitForCacheSync(ctx) {
		return errors.New("the caches were not filled")
	}
	return nil
}

// serve answers at a free port of this machine and returns the address.
func (f *Forklift) serve(ctx context.Context, handler http.Handler, pair tls.Certificate, log *slog.Logger) (string, error) {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	one := &http.Server{
		Handler: handler, TLSConfig: &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12},
		ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelDebug), ReadHeaderTimeout: dialTimeout,
	}
	f.servers = append(f.servers, one)
	f.running.Go(func() { _ = one.ServeTLS(listener, "", "") })
	return "https://" + listener.Addr().String(), nil
}

// Stop ends controllers and services. It may be called more than once.
func (f *Forklift) Stop() {
	f.cancel()
	for _, one := range f.servers {
		_ = one.Close()
	}
	f.running.Wait()
}
