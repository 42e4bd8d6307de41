package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"slices"

	"golang.org/x/sync/errgroup"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/migration-prep/migration-prep/sandbox/internal/bridge"
	"github.com/migration-prep/migration-prep/sandbox/internal/controlplane"
	"github.com/migration-prep/migration-prep/sandbox/internal/crd"
	"github.com/migration-prep/migration-prep/sandbox/internal/openshift"
	"github.com/migration-prep/migration-prep/sandbox/internal/openshiftapi"
	"github.com/migration-prep/migration-prep/sandbox/internal/pace"
	"github.com/migration-prep/migration-prep/sandbox/internal/vcenter"
	"github.com/migration-prep/migration-prep/sandbox/scenarios"
)

// pluginName is the name of the ConsolePlugin.
const pluginName = "migration-prep"

// sandbox is everything that runs.
type sandbox struct {
	settings     settings
	pace         *pace.Pace
	dir          string
	controlPlane *controlplane.ControlPlane
	vcenter      *vcenter.VCenter
	openshift    *openshift.OpenShift
	builds       *openshiftapi.Server
	bridge       *bridge.Bridge
	// ends are called in reverse order.
	ends []func()
}

// start brings everything up: first what needs nothing, then what needs an API server, the console last.
func start(ctx context.Context, s settings, dir string, log *slog.Logger) (*sandbox, error) {
	b := &sandbox{settings: s, pace: pace.New(s.pace), dir: dir}
	if err := b.startAll(ctx, log); err != nil {
		b.stop()
		return nil, err
	}
	return b, nil
}

func (b *sandbox) startAll(ctx context.Context, log *slog.Logger) error {
	// An address that is taken is said at once; who comes early waits.
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", b.settings.address)
	if err != nil {
		return fmt.Errorf("console: %w; .build/bin/sandbox --address takes another", err)
	}
	b.ends = append(b.ends, func() { _ = listener.Close() })
	var pluginCA []byte
	if b.settings.pluginCA != "" {
		if pluginCA, err = os.ReadFile(b.settings.pluginCA); err != nil {
			return fmt.Errorf("certificate authority of the plugin's server: %w", err)
		}
	}
	first, firstCtx := errgroup.WithContext(ctx)
	first.Go(func() error { return b.startCluster(ctx, firstCtx, log) })
	first.Go(func() (err error) {
		b.vcenter, err = vcenter.Start(ctx, vcenter.Options{Dir: b.dir, Log: log})
		return err
	})
	err = first.Wait()
	if b.controlPlane != nil {
		b.ends = append(b.ends, b.controlPlane.Stop)
	}
	if b.builds != nil {
		b.ends = append(b.ends, b.builds.Stop)
	}
	if b.vcenter != nil {
		b.ends = append(b.ends, b.vcenter.Stop)
	}
	if err != nil {
		return err
	}
	b.openshift, err = openshift.Start(ctx, openshift.Options{
		ControlPlane: b.controlPlane, Dir: b.dir, Log: log, Pace: b.pace, Version: b.settings.openShift,
		Images: b.settings.images, CRDs: b.settings.crdFolders(), Routes: b.vcenter.Routes,
	})
	if err != nil {
		return err
	}
	b.ends = append(b.ends, b.openshift.Stop)
	// What a scenario brings was there long ago.
	calm := b.openshift.Hurry()
	err = scenarios.Apply(ctx, b.controlPlane.Config, b.settings.scenario, b.values())
	calm()
	if err != nil {
		return err
	}
	if err := b.offerBuilds(ctx, b.settings.scenario); err != nil {
		return err
	}
	b.bridge, err = bridge.Start(ctx, bridge.Options{
		APIServer: b.controlPlane.Config, Users: b.controlPlane.Users, Plugin: b.settings.plugin, PluginCA: pluginCA, PluginName: pluginName, Host: b.settings.host,
		Listener: listener, Info: b.info(), Log: log, ProxyCA: b.openshift.MTV.CACert,
		ProxyOf: b.proxyOf, Settings: func(ctx context.Context) (any, error) { return b.openshift.PluginSettings(ctx, pluginName) },
		Reset: b.reset, Controls: b.openshift.Controls(), Enabled: b.enabledPlugins,
	})
	if err != nil {
		return err
	}
	b.ends = append(b.ends, b.bridge.Stop)
	return nil
}

// proxyOf finds where a plugin's proxy leads on the cluster as it is now.
func (b *sandbox) proxyOf(ctx context.Context, plugin, alias string) (string, error) {
	address, err := b.openshift.ProxyOf(ctx, plugin, alias)
	if errors.Is(err, openshift.ErrNoPlugin) {
		return "", bridge.ErrNoProxy
	}
	return address, err
}

// enabledPlugins are the console plugins that the administrator enabled (spec.plugins of the Console).
func (b *sandbox) enabledPlugins(ctx context.Context) ([]string, error) {
	asked, err := client.New(b.controlPlane.Config, client.Options{})
	if err != nil {
		return nil, fmt.Errorf("ask for the console's plugins: %w", err)
	}
	console := &unstructured.Unstructured{}
	console.SetGroupVersionKind(schema.GroupVersionKind{Group: "operator.openshift.io", Version: "v1", Kind: "Console"})
	if err := asked.Get(ctx, client.ObjectKey{Name: "cluster"}, console); err != nil {
		return nil, client.IgnoreNotFound(err)
	}
	enabled, _, err := unstructured.NestedStringSlice(console.Object, "spec", "plugins")
	return enabled, err
}

// startCluster runs the control plane, and then installs definitions while the build and image APIs start.
func (b *sandbox) startCluster(ctx, waiting context.Context, log *slog.Logger) (err error) {
	b.controlPlane, err = controlplane.Start(ctx, controlplane.Options{
		Kube: b.settings.kube, Dir: filepath.Join(b.dir, "control-plane"), Audit: b.settings.audit, Log: log,
	})
	if err != nil {
		return err
	}
	// The APIs wait for a definition. They must not when there will be none.
	life, end := context.WithCancel(ctx)
	b.ends = append(b.ends, end)
	var both errgroup.Group
	both.Go(func() error {
		err := crd.Install(waiting, b.controlPlane.Config, []crd.Set{crd.Platform}, b.settings.crdFolders()...)
		if err != nil {
			end()
		}
		return err
	})
	both.Go(func() (err error) {
		b.builds, err = openshiftapi.Start(life, openshiftapi.Options{
			Config: b.controlPlane.Config, Kubeconfig: b.controlPlane.Kubeconfig, EtcdURL: b.controlPlane.EtcdURL,
			Dir: filepath.Join(b.dir, "openshift-apiserver"), Log: log, Pace: b.pace,
		})
		return err
	})
	return both.Wait()
}

// reset brings the cluster into another scenario.
func (b *sandbox) reset(ctx context.Context, scenario string) error {
	b.openshift.Calm()
	defer b.openshift.Hurry()()
	// What is left over can be removed only while its API is there.
	if err := b.builds.Publish(ctx); err != nil {
		return err
	}
	if err := scenarios.Reset(ctx, b.controlPlane.Config, scenario, b.values()); err != nil {
		return err
	}
	return b.offerBuilds(ctx, scenario)
}

// offerBuilds takes the build and image APIs away in the scenario that has none.
func (b *sandbox) offerBuilds(ctx context.Context, scenario string) error {
	if scenario == scenarios.NoBuilds {
		return b.builds.Withdraw(ctx)
	}
	return nil
}

func (s settings) crdFolders() []string {
	if s.crds == "" {
		return nil
	}
	return []string{s.crds}
}

func (b *sandbox) stop() {
	for _, end := range slices.Backward(b.ends) {
		end()
	}
}

// values fill in scenarios with the vCenter that runs.
func (b *sandbox) values() scenarios.Values {
	return scenarios.Values{
		"url": b.vcenter.URL, "user": b.vcenter.User, "password": b.vcenter.Password, "ca": string(b.vcenter.CACert),
		"openshift": b.settings.openShift,
	}
}

// info is what anybody may know.
func (b *sandbox) info() map[string]any {
	return map[string]any{
		"scenarios": scenarios.Names(),
		"vcenter":   map[string]any{"url": b.vcenter.URL, "user": b.vcenter.User, "endpoints": b.vcenter.Endpoints},
		"mtv":       b.services(),
	}
}

// services are where programs reach what MTV's Services lead to in a cluster: with a token of a ServiceAccount as the bearer's, and
// certificates that caCert signs.
func (b *sandbox) services() map[string]string {
	mtv := b.openshift.MTV
	return map[string]string{"inventory": mtv.InventoryURL, "services": mtv.ServicesURL, "caCert": string(mtv.CACert)}
}

// writeInfo writes sandbox.json for tests, with every secret a test needs; only the owner of this process may read it.
func (b *sandbox) writeInfo() (string, error) {
	type user struct {
		Name  string `json:"name"`
		Title string `json:"title"`
		Token string `json:"token"`
	}
	users := []user{}
	for _, each := range b.controlPlane.Users {
		users = append(users, user{Name: each.Name, Title: each.Title, Token: each.Token})
	}
	content, err := json.MarshalIndent(map[string]any{
		"console":    b.bridge.URL,
		"apiServer":  b.controlPlane.URL,
		"caFile":     b.controlPlane.CAFile,
		"kubeconfig": b.controlPlane.Kubeconfig,
		"log":        filepath.Join(b.dir, "sandbox.log"),
		"auditLog":   b.controlPlane.AuditLog,
		"users":      users,
		"mtv":        b.services(),
		"vcenter": map[string]any{
			"url": b.vcenter.URL, "user": b.vcenter.User, "password": b.vcenter.Password,
			"caCert": string(b.vcenter.CACert), "endpoints": b.vcenter.Endpoints, "thirdHostPassword": vcenter.OwnPassword,
		},
	}, "", "  ")
	if err != nil {
		return "", fmt.Errorf("describe the sandbox: %w", err)
	}
	path := filepath.Join(b.dir, "sandbox.json")
	return path, os.WriteFile(path, content, 0o600)
}
