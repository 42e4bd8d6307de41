// Package openshift runs the stand-ins that make a plain control plane look like OpenShift: OLM, the operators, MTV among them, and
// a kubelet.
package openshift

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"path/filepath"
	"slices"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/migration-prep/migration-prep/sandbox/internal/controlplane"
	"github.com/migration-prep/migration-prep/sandbox/internal/forklift"
	"github.com/migration-prep/migration-prep/sandbox/internal/kubelet"
	"github.com/migration-prep/migration-prep/sandbox/internal/olm"
	"github.com/migration-prep/migration-prep/sandbox/internal/operators"
	"github.com/migration-prep/migration-prep/sandbox/internal/pace"
)

// Versions of OpenShift that can be played.
var Versions = []string{"4.21", "4.22"}

// Options of an OpenShift.
type Options struct {
	ControlPlane *controlplane.ControlPlane
	// Dir holds pods' logs and volumes.
	Dir string
	Log *slog.Logger
	// Pace is how long things take compared with a real cluster.
	Pace *pace.Pace
	// Version is one of Versions.
	Version string
	// Images are those that are really run, by name.
	Images map[string]kubelet.Image
	// CRDs are folders with definitions that take the place of the sandbox's own.
	CRDs []string
	// Routes are for MTV (forklift.Options).
	Routes map[string]string
}

// OpenShift is running.
type OpenShift struct {
	MTV     *forklift.Forklift
	client  client.Client
	pace    *pace.Pace
	olm     *olm.OLM
	kubelet *kubelet.Kubelet
	acting  *operators.Operators
	ends    []func()
}

// Start runs everything until ctx ends or Stop is called.
func Start(ctx context.Context, o Options) (*OpenShift, error) {
	s := &OpenShift{pace: o.Pace}
	if err := s.start(ctx, o); err != nil {
		s.Stop()
		return nil, err
	}
	return s, nil
}

func (s *OpenShift) start(ctx context.Context, o Options) (err error) {
	config := o.ControlPlane.Config
	if s.client, err = client.New(config, client.Options{}); err != nil {
		return err
	}
	if s.MTV, err = forklift.Prepare(ctx, forklift.Options{Config: config, Log: o.Log, Pace: s.pace, Routes: o.Routes}); err != nil {
		return err
	}
	s.ends = append(s.ends, s.MTV.Stop)
	if s.acting, err = operators.Prepare(ctx, operators.Options{
		Config: config, Log: o.Log, Pace: s.pace, OpenShift: o.Version, RunMTV: s.MTV.Run,
	}); err != nil {
		return err
	}
	s.ends = append(s.ends, s.acting.Stop)
	services, err := newNetwork(ctx, s.MTV.InventoryURL, s.MTV.Home)
	if err != nil {
		return err
	}
	s.ends = append(s.ends, services.stop)
	if s.kubelet, err = kubelet.Start(ctx, kubelet.Options{
		Config: config, Log: o.Log, Pace: s.pace, Dir: filepath.Join(o.Dir, "kubelet"), Images: o.Images, Pretend: []string{kubelet.OperatorImages},
		Services: services.names, ServiceCA: s.MTV.CACert,
	}); err != nil {
		return err
	}
	s.ends = append(s.ends, s.kubelet.Stop)
	if s.olm, err = olm.Start(ctx, olm.Options{
		Config: config, Log: o.Log, Pace: s.pace, OpenShift: o.Version, CRDs: o.CRDs, WebhookURL: s.acting.WebhookURL, WebhookCA: s.acting.WebhookCA,
	}); err != nil {
		return err
	}
	s.ends = append(s.ends, s.olm.Stop)
	s.acting.Run(ctx)
	return nil
}

// Stop ends everything, the last started first.
func (s *OpenShift) Stop() {
	for _, end := range slices.Backward(s.ends) {
		end()
	}
}

// ErrNoPlugin says that there is no such ConsolePlugin, or that it has no such proxy.
var ErrNoPlugin = errors.New("no such ConsolePlugin or proxy")

// mtvPlugin is the name of MTV's own ConsolePlugin, which its operator makes with proxies to its own services (docs/facts/forklift.md §6).
const mtvPlugin = "forklift-console-plugin"

// ProxyOf finds the service that a ConsolePlugin's proxy leads to.
func (s *OpenShift) ProxyOf(ctx context.Context, plugin, alias string) (string, error) {
	namespace, name := s.MTV.Home(), alias
	if plugin != mtvPlugin {
		var err error
		if namespace, name, err = s.proxyTo(ctx, plugin, alias); err != nil {
			return "", err
		}
	}
	if address := s.MTV.Service(namespace, name); address != "" {
		return address, nil
	}
	return "", fmt.Errorf("lookup %s.%s.svc: no such host", name, namespace)
}

// proxyTo reads a ConsolePlugin: the namespace and name of the service behind an alias.
func (s *OpenShift) proxyTo(ctx context.Context, plugin, alias string) (namespace, name string, err error) {
	found := &unstructured.Unstructured{}
	found.SetGroupVersionKind(schema.GroupVersionKind{Group: "console.openshift.io", Version: "v1", Kind: "ConsolePlugin"})
	if err := s.client.Get(ctx, client.ObjectKey{Name: plugin}, found); err != nil {
		return "", "", errors.Join(ErrNoPlugin, err)
	}
	proxies, _, _ := unstructured.NestedSlice(found.Object, "spec", "proxy")
	for _, each := range proxies {
		proxy, _ := each.(map[string]any)
		if proxy["alias"] != alias {
			continue
		}
		namespace, _, _ = unstructured.NestedString(proxy, "endpoint", "service", "namespace")
		name, _, _ = unstructured.NestedString(proxy, "endpoint", "service", "name")
		return namespace, name, nil
	}
	return "", "", ErrNoPlugin
}

// PluginSettings are what the chart serves beside a plugin: the namespace that it set the proxies by.
func (s *OpenShift) PluginSettings(ctx context.Context, plugin string) (any, error) {
	namespace, _, err := s.proxyTo(ctx, plugin, "forklift-inventory")
	return map[string]string{"mtvNamespace": namespace}, err
}

// Hurry takes away every delay until the returned function is called.
func (s *OpenShift) Hurry() (end func()) { return s.pace.Hurry() }

// Calm takes away every fault.
func (s *OpenShift) Calm() {
	s.olm.Break(olm.Faults{})
	s.acting.BreakNodes(nil)
}

// Controls are what tests may do with OpenShift, by name: faults of OLM and of nodes, renewed certificates, the logs of pods.
func (s *OpenShift) Controls() map[string]http.Handler {
	return map[string]http.Handler{
		"mtv": s.MTV.Handler(), "olm": s.olm.Handler(), "service-ca": s.acting.Handler(), "pods": s.kubelet.Handler(),
		"nmstate": s.acting.NMStateHandler(),
	}
}
