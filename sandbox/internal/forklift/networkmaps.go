package forklift

import (
	"context"
	"reflect"

	nad "github.com/k8snetworkplumbingwg/network-attachment-definition-client/pkg/apis/k8s.cni.cncf.io"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/manager"
	"sigs.k8s.io/controller-runtime/pkg/reconcile"

	ctrl "sigs.k8s.io/controller-runtime"

	api "github.com/migration-prep/migration-prep/sandbox/internal/forklift/v1beta1"
	"github.com/migration-prep/migration-prep/sandbox/internal/pace"
)

// networkMaps reconciles NetworkMaps.
type networkMaps struct{ maps }

func newNetworkMaps(c client.Client, i *inventory, pace *pace.Pace) *networkMaps {
	return &networkMaps{maps{client: c, inventory: i, pace: pace}}
}

func (n *networkMaps) setup(m manager.Manager) error {
	return ctrl.NewControllerManagedBy(m).Named("networkmaps").WithOptions(unnamed).For(&api.NetworkMap{}).Complete(n)
}

// Reconcile looks at one NetworkMap and writes what it found (kubev2v/forklift release-2.12, pkg/controller/map/network/validation.go).
func (n *networkMaps) Reconcile(ctx context.Context, request reconcile.Request) (reconcile.Result, error) {
	networkMap := &api.NetworkMap{}
	if err := n.client.Get(ctx, request.NamespacedName, networkMap); err != nil {
		return reconcile.Result{}, client.IgnoreNotFound(err)
	}
	var sources []api.Ref
	for _, pair := range networkMap.Spec.Map {
		sources = append(sources, pair.Source)
	}
	status, again, err := n.judge(ctx, mapping{
		providers: networkMap.Spec.Provider, sources: sources, status: networkMap.Status, generation: networkMap.Generation,
		collection: networks, kind: "Network", word: "network",
		judgeDestinations: func(conditions *api.Staging) { n.judgeDestinations(ctx, networkMap, conditions) },
	})
	if err != nil || status == nil || reflect.DeepEqual(*status, networkMap.Status) {
		return again, err
	}
	networkMap.Status = *status
	return again, client.IgnoreNotFound(n.client.Status().Update(ctx, networkMap))
}

// judgeDestinations finds NetworkAttachmentDefinitions that are named without a namespace or are not there.
func (n *networkMaps) judgeDestinations(ctx context.Context, networkMap *api.NetworkMap, conditions *api.Staging) {
	var missing, ambiguous []string
	for _, pair := range networkMap.Spec.Map {
		to := pair.Destination
		if to.Type != api.Multus {
			continue
		}
		if to.Namespace == "" {
			ambiguous = append(ambiguous, to.Name)
			continue
		}
		definition := &unstructured.Unstructured{}
		definition.SetGroupVersionKind(schema.GroupVersionKind{Group: nad.GroupName, Version: "v1", Kind: "NetworkAttachmentDefinition"})
		if err := n.client.Get(ctx, client.ObjectKey{Namespace: to.Namespace, Name: to.Name}, definition); err != nil {
			missing = append(missing, to.Namespace+"/"+to.Name)
		}
	}
	notValid := func(reason, message string, items []string) {
		if len(items) > 0 {
			conditions.Set(api.Condition{Type: "DestinationNetworkNotValid", Category: api.Critical, Reason: reason, Message: message, Items: items})
		}
	}
	notValid("NotFound", "Destination network (NAD) not found.", missing)
	notValid("Ambiguous", "Destination network (NAD) namespace required.", ambiguous)
}
