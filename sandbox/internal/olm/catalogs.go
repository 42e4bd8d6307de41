package olm

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/operator-framework/api/pkg/operators/v1alpha1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/reconcile"
)

// connectTime is how long a catalog's pod takes to answer, times the pace.
const connectTime = 6 * time.Second

// States of a connection by gRPC's names.
const (
	stateConnecting = "CONNECTING"
	stateReady      = "READY"
	stateFailure    = "TRANSIENT_FAILURE"
)

// reconcileCatalog connects a CatalogSource and shows its packages.
func (l *OLM) reconcileCatalog(ctx context.Context, request reconcile.Request) (reconcile.Result, error) {
	source := &v1alpha1.CatalogSource{}
	if err := l.client.Get(ctx, request.NamespacedName, source); err != nil {
		if apierrors.IsNotFound(err) {
			return reconcile.Result{}, l.forgetPackages(ctx, request.Name, request.Namespace)
		}
		return reconcile.Result{}, err
	}
	state := stateReady
	wait := time.Until(source.CreationTimestamp.Add(l.options.Pace.Of(connectTime)))
	switch {
	case slices.Contains(l.faults.get().Unhealthy, source.Name):
		state = stateFailure
	case wait > 0:
		state = stateConnecting
	}
	if state == stateReady {
		if err := l.showPackages(ctx, source); err != nil {
			return reconcile.Result{}, err
		}
	}
	// Faults come and go without a change of any object.
	again := reconcile.Result{RequeueAfter: time.Second}
	if wait > 0 {
		again.RequeueAfter = min(wait, time.Second)
	}
	if connection := source.Status.GRPCConnectionState; connection != nil && connection.LastObservedState == state {
		return again, nil
	}
	source.Status.GRPCConnectionState = &v1alpha1.GRPCConnectionState{
		Address: fmt.Sprintf("%s.%s.svc:50051", source.Name, source.Namespace), LastObservedState: state, LastConnectTime: metav1.Now(),
	}
	created := source.CreationTimestamp
	source.Status.RegistryServiceStatus = &v1alpha1.RegistryServiceStatus{
		CreatedAt: created, Port: "50051", Protocol: "grpc", ServiceName: source.Name, ServiceNamespace: source.Namespace,
	}
	return again, ignoreLost(l.client.Status().Update(ctx, source))
}

// healthy reports whether OLM can ask a catalog.
func (l *OLM) healthy(source *v1alpha1.CatalogSource) bool {
	connection := source.Status.GRPCConnectionState
	return connection != nil && connection.LastObservedState == stateReady
}

func manifest() *unstructured.Unstructured {
	m := &unstructured.Unstructured{}
	m.SetGroupVersionKind(schema.GroupVersionKind{Group: "packages.operators.coreos.com", Version: "v1", Kind: "PackageManifest"})
	return m
}

// showPackages writes the PackageManifests of a catalog.
func (l *OLM) showPackages(ctx context.Context, source *v1alpha1.CatalogSource) error {
	index := indexOf(source.Spec.Image)
	if index == "" {
		return nil
	}
	there := &metav1.PartialObjectMetadataList{}
	there.SetGroupVersionKind(manifest().GroupVersionKind().GroupVersion().WithKind("PackageManifestList"))
	if err := l.client.List(ctx, there, client.InNamespace(source.Namespace)); err != nil {
		return err
	}
	for _, each := range l.packages {
		if each.index != index || slices.ContainsFunc(there.Items, func(item metav1.PartialObjectMetadata) bool { return item.Name == each.name }) {
			continue
		}
		shown := manifest()
		shown.SetNamespace(source.Namespace)
		shown.SetName(each.name)
		shown.SetLabels(map[string]string{"catalog": source.Name, "catalog-namespace": source.Namespace})
		shown.Object["spec"], shown.Object["status"] = map[string]any{}, packageStatus(each, source)
		if err := l.client.Create(ctx, shown); err != nil && !apierrors.IsAlreadyExists(err) {
			return err
		}
	}
	return nil
}

func packageStatus(b *bundle, source *v1alpha1.CatalogSource) map[string]any {
	channels := []any{}
	for _, each := range b.channels {
		entries := []any{}
		for _, version := range slices.Backward(each.versions) {
			entries = append(entries, map[string]any{"name": b.csv + version, "version": version})
		}
		modes := []any{}
		for _, mode := range b.modes() {
			modes = append(modes, map[string]any{"type": string(mode.Type), "supported": mode.Supported})
		}
		channels = append(channels, map[string]any{
			"name": each.name, "currentCSV": b.csv + each.head(), "entries": entries,
			"currentCSVDesc": map[string]any{
				"displayName": b.title, "version": each.head(), "installModes": modes, "provider": map[string]any{"name": "Red Hat"},
				"annotations": map[string]any{"operatorframework.io/suggested-namespace": b.namespace},
			},
		})
	}
	return map[string]any{
		"catalogSource": source.Name, "catalogSourceDisplayName": source.Spec.DisplayName, "catalogSourcePublisher": source.Spec.Publisher,
		"catalogSourceNamespace": source.Namespace, "provider": map[string]any{"name": "Red Hat"}, "packageName": b.name,
		"channels": channels, "defaultChannel": b.defaultChannel,
	}
}

func (l *OLM) forgetPackages(ctx context.Context, name, namespace string) error {
	err := l.client.DeleteAllOf(ctx, manifest(), client.InNamespace(namespace), client.MatchingLabels{"catalog": name})
	return client.IgnoreNotFound(err)
}

// ignoreLost drops the errors of a write whose object changed or went meanwhile: its change brings the next look.
func ignoreLost(err error) error {
	if apierrors.IsConflict(err) || apierrors.IsNotFound(err) {
		return nil
	}
	return err
}
