package operators_test

import (
	"context"
	"log/slog"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/go-logr/logr"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/wait"
	"k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/controller-runtime/pkg/client"

	ctrl "sigs.k8s.io/controller-runtime"

	"github.com/migration-prep/migration-prep/sandbox/internal/controlplane"
	"github.com/migration-prep/migration-prep/sandbox/internal/crd"
	"github.com/migration-prep/migration-prep/sandbox/internal/kubelet"
	"github.com/migration-prep/migration-prep/sandbox/internal/openshift"
	"github.com/migration-prep/migration-prep/sandbox/internal/pace"
	"github.com/migration-prep/migration-prep/sandbox/scenarios"
)

func init() {
	ctrl.SetLogger(logr.FromSlogHandler(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError})))
}

// world is a bare OpenShift, 50 times faster than a real one.
type world struct {
	client.Client
	controlPlane *controlplane.ControlPlane
	openShift    *openshift.OpenShift
}

func newWorld(t *testing.T, version string) *world {
	t.Helper()
	w := &world{controlPlane: controlplane.ForTest(t, crd.Platform)}
	w.openShift = openshift.ForTest(t, openshift.Options{
		ControlPlane: w.controlPlane, Dir: kubelet.OpenDir(t), Pace: pace.New(0.02), Version: version,
		Log: slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError})),
	})
	var err error
	if w.Client, err = client.New(w.controlPlane.Config, client.Options{}); err != nil {
		t.Fatal(err)
	}
	if err := scenarios.Apply(t.Context(), w.controlPlane.Config, scenarios.Empty, scenarios.Values{"openshift": version}); err != nil {
		t.Fatal(err)
	}
	return w
}

// objects reads YAML.
func objects(t *testing.T, text string) []*unstructured.Unstructured {
	t.Helper()
	var all []*unstructured.Unstructured
	decoder := yaml.NewYAMLOrJSONDecoder(strings.NewReader(text), 4096)
	for {
		o := &unstructured.Unstructured{}
		if err := decoder.Decode(o); err != nil {
			return all
		}
		all = append(all, o)
	}
}

// apply creates what YAML says, and tells what was refused last.
func (w *world) apply(t *testing.T, text string) (refused error) {
	t.Helper()
	for _, o := range objects(t, text) {
		if err := w.Create(t.Context(), o); err != nil {
			refused = err
			t.Logf("%s %s: %v", o.GetKind(), o.GetName(), err)
		}
	}
	return refused
}

// insist creates what YAML says, again and again until it is taken.
func (w *world) insist(t *testing.T, text string) {
	t.Helper()
	for _, o := range objects(t, text) {
		w.eventually(t, o.GetKind()+" "+o.GetName()+" is taken", func(ctx context.Context) bool { return w.Create(ctx, o.DeepCopy()) == nil })
	}
}

func (w *world) eventually(t *testing.T, what string, look func(ctx context.Context) bool) {
	t.Helper()
	err := wait.PollUntilContextTimeout(t.Context(), 50*time.Millisecond, 40*time.Second, true, func(ctx context.Context) (bool, error) { return look(ctx), nil })
	if err != nil {
		t.Fatalf("never: %s", what)
	}
}

func ref(group, version, kind, namespace, name string) *unstructured.Unstructured {
	o := &unstructured.Unstructured{}
	o.SetGroupVersionKind(schema.GroupVersionKind{Group: group, Version: version, Kind: kind})
	o.SetNamespace(namespace)
	o.SetName(name)
	return o
}

// read is an object as it is now; nil when it is not there.
func (w *world) read(ctx context.Context, o *unstructured.Unstructured) *unstructured.Unstructured {
	found := o.DeepCopy()
	if err := w.Get(ctx, client.ObjectKeyFromObject(o), found); err != nil {
		return nil
	}
	return found
}

// conditions of an object: type → "status reason".
func conditions(o *unstructured.Unstructured) map[string]string {
	found := map[string]string{}
	if o == nil {
		return found
	}
	list, _, _ := unstructured.NestedSlice(o.Object, "status", "conditions")
	for _, each := range list {
		c := each.(map[string]any)
		found[c["type"].(string)] = strings.TrimSpace(c["status"].(string) + " " + text(c["reason"]))
	}
	return found
}

func text(value any) string {
	s, _ := value.(string)
	return s
}

func (w *world) patch(t *testing.T, o *unstructured.Unstructured, patch string) error {
	t.Helper()
	return w.Patch(t.Context(), o.DeepCopy(), client.RawPatch("application/merge-patch+json", []byte(patch)))
}

// operator is a Namespace with OperatorGroup and Subscription.
func operator(namespace, pkg string) string {
	return strings.NewReplacer("NS", namespace, "PKG", pkg).Replace(`
apiVersion: v1
kind: Namespace
metadata: {name: NS}
---
apiVersion: operators.coreos.com/v1
kind: OperatorGroup
metadata: {name: og, namespace: NS}
spec: {targetNamespaces: [NS]}
---
apiVersion: operators.coreos.com/v1alpha1
kind: Subscription
metadata: {name: PKG, namespace: NS}
spec: {name: PKG, source: redhat-operators, sourceNamespace: openshift-marketplace}
`)
}
