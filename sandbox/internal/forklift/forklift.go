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
	"sync/atomic"

	"k8s.io/apimachinery/pkg/runtime"
	clientscheme "k8s.io/client-go/kubernetes/scheme"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/util/cert"
	"k8s.io/utils/ptr"
	"sigs.k8s.io/controller-runtime/pkg/controller"
	"sigs.k8s.io/controller-runtime/pkg/event"
	"sigs.k8s.io/controller-runtime/pkg/manager"
	"sigs.k8s.io/controller-runtime/pkg/metrics/server"

	ctrl "sigs.k8s.io/controller-runtime"

	api "github.com/migration-prep/migration-prep/sandbox/internal/forklift/v1beta1"
	"github.com/migration-prep/migration-prep/sandbox/internal/pace"
)

// Options of an MTV.
type Options struct {
	// Config may do anything on the cluster, as MTV's own account nearly may.
	Config *rest.Config
	// Log receives what the controllers complain about; nil discards it.
	Log *slog.Logger
	// Pace is how long things take compared with a real MTV. While it hurries, a ForkliftController that is seen for the first time was there
	// long ago.
	Pace *pace.Pace
	// Routes lead addresses, with their port, to others: ESXi hosts answer where nobody can listen.
	Routes map[string]string
}

// Forklift is an MTV.
type Forklift struct {
	// InventoryURL and ServicesURL are what the console's proxies lead to; CACert (PEM) signs both.
	InventoryURL, ServicesURL string
	CACert                    []byte

	options  Options
	hooksURL string
	// home is the namespace where MTV is installed, "" while it is not.
	home atomic.Value
	// inventory, services and hooks answer while MTV runs.
	inventory, services, hooks switched
	servers                    []*http.Server
	cancel                     context.CancelFunc
	running                    sync.WaitGroup
	slow                       slow
}

// switched answers as the handler that is in place, and without one as OpenShift does for a service that has no pod.
type switched struct{ handler atomic.Pointer[http.Handler] }

func (s *switched) put(handler http.Handler) { s.handler.Store(&handler) }

func (s *switched) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if handler := s.handler.Load(); handler != nil {
		(*handler).ServeHTTP(w, r)
		return
	}
	http.Error(w, "Application is not available", http.StatusServiceUnavailable)
}

// unnamed lets several managers run in one process, as tests do.
var unnamed = controller.Options{SkipNameValidation: ptr.To(true)}

// Start runs MTV until ctx ends or Stop is called, whether there is a ForkliftController or not. It returns when webhooks and services
// answer and the caches are filled.
func Start(ctx context.Context, o Options) (*Forklift, error) {
	f, err := Prepare(ctx, o)
	if err != nil {
		return nil, err
	}
	ctx, f.cancel = context.WithCancel(ctx)
	ready := make(chan error, 1)
	f.running.Go(func() { ready <- f.run(ctx, &install{f: f, active: true, longAgo: true}, ready) })
	if err := <-ready; err != nil {
		f.Stop()
		return nil, fmt.Errorf("start MTV: %w", err)
	}
	return f, nil
}

// Prepare listens, so that addresses are known before MTV is installed: see Run.
func Prepare(ctx context.Context, o Options) (*Forklift, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	f := &Forklift{options: o, cancel: func() {}}
	if err := f.listen(ctx); err != nil {
		f.Stop()
		return nil, fmt.Errorf("prepare MTV: %w", err)
	}
	return f, nil
}

// Service is the https address of one of MTV's services, known by its name in the namespace where MTV is installed; "" elsewhere.
func (f *Forklift) Service(namespace, name string) string {
	if namespace == "" || f.Home() != namespace {
		return ""
	}
	return map[string]string{"forklift-inventory": f.InventoryURL, "forklift-services": f.ServicesURL}[name]
}

// Home is the namespace where MTV is installed, "" while it is not.
func (f *Forklift) Home() string {
	home, _ := f.home.Load().(string)
	return home
}

// Run is MTV while its operator is installed in a namespace: its settings are followed, and once they were carried out for the first
// time, everything else. It returns when ctx ends.
func (f *Forklift) Run(ctx context.Context, namespace string) {
	f.running.Add(1)
	defer f.running.Done()
	f.home.Store(namespace)
	defer f.home.CompareAndSwap(namespace, "")
	ready := make(chan error, 1)
	if err := f.run(ctx, &install{f: f, namespace: namespace}, ready); err != nil && ctx.Err() == nil {
		f.options.Log.Error("MTV ended", "error", err)
	}
}

// projects are those where MTV is in scenarios and tests: its certificates are for its Services there.
var projects = []string{"openshift-mtv", "konveyor-forklift", "my-mtv", "mtv"}

func (f *Forklift) listen(ctx context.Context) error {
	var names []string
	for _, project := range projects {
		for _, service := range []string{"forklift-inventory", "forklift-services"} {
			names = append(names, service+"."+project+".svc")
		}
	}
	certificate, key, err := cert.GenerateSelfSignedCertKey("localhost", []net.IP{net.IPv4(127, 0, 0, 1)}, names)
	if err != nil {
		return err
	}
	pair, err := tls.X509KeyPair(certificate, key)
	if err != nil {
		return err
	}
	f.CACert = certificate
	for _, each := range []struct {
		url     *string
		handler http.Handler
	}{{&f.InventoryURL, &f.inventory}, {&f.ServicesURL, &f.services}, {&f.hooksURL, &f.hooks}} {
		if *each.url, err = f.serve(ctx, each.handler, pair, f.options.Log); err != nil {
			return err
		}
	}
	return nil
}

// run starts the controllers and, when MTV is active already, everything else; ready gets nil then.
func (f *Forklift) run(ctx context.Context, i *install, ready chan<- error) error {
	scheme := runtime.NewScheme()
	if err := errors.Join(clientscheme.AddToScheme(scheme), api.AddToScheme(scheme)); err != nil {
		return err
	}
	m, err := ctrl.NewManager(f.options.Config, manager.Options{Scheme: scheme, Metrics: server.Options{BindAddress: "0"}})
	if err != nil {
		return err
	}
	read := newInventory()
	i.client, i.answers = m.GetClient(), &services{client: m.GetClient(), inventory: read}
	i.again = make(chan event.GenericEvent, 100)
	defer i.end()
	if err := errors.Join(
		newProviders(m.GetClient(), read, f.options.Pace, i).setup(m),
		newHosts(m.GetClient(), read).setup(m),
		newNetworkMaps(m.GetClient(), read, f.options.Pace).setup(m),
		newStorageMaps(m.GetClient(), read, f.options.Pace).setup(m),
		newPlans(m.GetClient(), read, f.options.Pace).setup(m),
		newSettings(m.GetClient(), f.options.Pace, i).setup(m),
	); err != nil {
		return err
	}
	if i.active {
		if err := i.activate(ctx); err != nil {
			return err
		}
	}
	go func() {
		if m.GetCache().WaitForCacheSync(ctx) {
			ready <- nil
		}
	}()
	return m.Start(ctx)
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
		BaseContext: func(net.Listener) context.Context { return withRoutes(context.Background(), f.options.Routes) },
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
