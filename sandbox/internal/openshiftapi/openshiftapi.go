// Package openshiftapi stands in for OpenShift's build, image and project APIs: a real aggregated API server that keeps its objects in the
// control plane's etcd, and a builder that really reads what is uploaded and really looks for the files that the Dockerfile
// copies. Nothing is pulled, run or pushed. It is held to recordings of the real API server; the builder, of which there is no
// recording, follows the sources of OpenShift's build controller and builder (release-4.22).
package openshiftapi

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"sync"

	"golang.org/x/sync/errgroup"
	"k8s.io/client-go/discovery"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/util/cert"
	"k8s.io/utils/clock"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/migration-prep/migration-prep/sandbox/internal/pace"
)

// Options of the API server and its builder.
type Options struct {
	// Config may do anything on the cluster; Kubeconfig is the same as a file, for the delegation of authentication.
	Config     *rest.Config
	Kubeconfig string
	// EtcdURL is where objects are kept, beside those of Kubernetes.
	EtcdURL string
	// Dir is for certificates.
	Dir string
	// Log receives what goes wrong; nil discards it.
	Log *slog.Logger
	// Pace is how long phases take compared with a real cluster, where they take some seconds each.
	Pace *pace.Pace
	// Clock tells when the five minutes are over that an upload waits for its build; nil is the real one.
	Clock clock.Clock
	// NoBuilder leaves every build as it is created, as on a cluster whose build controller is down.
	NoBuilder bool
}

// Server is a running API server with its builder.
type Server struct {
	admin     client.Client
	discovery *discovery.DiscoveryClient
	ca        []byte
	port      int32
	cancel    context.CancelFunc
	running   sync.WaitGroup
}

// Start serves all groups until ctx ends or Stop is called. It returns when the control plane's API server passes requests on.
func Start(ctx context.Context, o Options) (*Server, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Clock == nil {
		o.Clock = clock.RealClock{}
	}
	ctx, cancel := context.WithCancel(ctx)
	s := &Server{cancel: cancel}
	if err := s.start(ctx, o); err != nil {
		s.Stop()
		return nil, fmt.Errorf("start the build and image APIs: %w", err)
	}
	return s, nil
}

func (s *Server) start(ctx context.Context, o Options) error {
	scheme, err := registrationScheme()
	if err != nil {
		return err
	}
	if s.admin, err = client.New(o.Config, client.Options{Scheme: scheme}); err != nil {
		return err
	}
	if s.discovery, err = discovery.NewDiscoveryClientForConfig(o.Config); err != nil {
		return err
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	s.port = int32(listener.Addr().(*net.TCPAddr).Port)
	if s.ca, err = writePair(o.Dir); err != nil {
		return err
	}
	registry, err := newClusterRegistry(o.Config)
	if err != nil {
		return err
	}
	clients, err := kubernetes.NewForConfig(o.Config)
	if err != nil {
		return err
	}
	machine, accounts, viewers := newPods(), &accounts{s.admin}, newViewers(clients)
	server, err := newAPIServer(o, listener, &apis{
		pods: machine, registry: registry, accounts: accounts, viewers: viewers, client: clients, clock: o.Clock, pace: o.Pace,
	})
	if err != nil {
		return err
	}
	s.running.Go(func() {
		if err := run(ctx, server); err != nil {
			o.Log.Error("the build and image APIs ended", "error", err)
		}
	})
	first, firstCtx := errgroup.WithContext(ctx)
	first.Go(func() error { return s.Publish(firstCtx) })
	first.Go(func() error { return s.watch(ctx, registry) })
	first.Go(func() error { return viewers.start(ctx, &s.running) })
	if !o.NoBuilder {
		first.Go(func() error { return s.startBuilder(ctx, o, server.LoopbackClientConfig, machine) })
		first.Go(func() error { return s.keepAccounts(ctx, o) })
	}
	return first.Wait()
}

// Stop ends server and builder. It may be called more than once.
func (s *Server) Stop() {
	s.cancel()
	s.running.Wait()
}

// writePair makes the server's certificate and returns what verifies it.
func writePair(dir string) ([]byte, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	certificate, key, err := cert.GenerateSelfSignedCertKey(serviceHost, nil, []string{"localhost"})
	if err != nil {
		return nil, err
	}
	for name, content := range map[string][]byte{"serving.crt": certificate, "serving.key": key} {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			return nil, err
		}
	}
	return certificate, nil
}
