package forklift

import (
	"context"
	"reflect"

	corev1 "k8s.io/api/core/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/manager"
	"sigs.k8s.io/controller-runtime/pkg/reconcile"

	ctrl "sigs.k8s.io/controller-runtime"

	api "github.com/migration-prep/migration-prep/sandbox/internal/forklift/v1beta1"
)

// hostsController reconciles Hosts, as far as it was recorded: the reference into the inventory and the Secret. It dials nobody.
type hostsController struct {
	client    client.Client
	inventory *inventory
}

func newHosts(c client.Client, i *inventory) *hostsController {
	return &hostsController{client: c, inventory: i}
}

func (h *hostsController) setup(m manager.Manager) error {
	return ctrl.NewControllerManagedBy(m).Named("hosts").WithOptions(unnamed).For(&api.Host{}).Complete(h)
}

// Reconcile looks at one Host and writes what it found.
func (h *hostsController) Reconcile(ctx context.Context, request reconcile.Request) (reconcile.Result, error) {
	host := &api.Host{}
	if err := h.client.Get(ctx, request.NamespacedName, host); err != nil {
		return reconcile.Result{}, client.IgnoreNotFound(err)
	}
	conditions := api.Stage(host.Status.Conditions)
	provider := &api.Provider{}
	_ = h.client.Get(ctx, client.ObjectKey{Namespace: host.Spec.Provider.Namespace, Name: host.Spec.Provider.Name}, provider)
	if found := h.inventory.byUID(string(provider.UID)); found != nil && len(found.find(hosts, host.Spec.Ref)) == 0 {
		conditions.Set(api.Condition{Type: "RefNotValid", Category: api.Critical, Reason: "NotFound", Message: "Referenced host not found."})
	}
	err := h.client.Get(ctx, client.ObjectKey{Namespace: host.Spec.Secret.Namespace, Name: host.Spec.Secret.Name}, &corev1.Secret{})
	if err != nil {
		conditions.Set(api.Condition{Type: "SecretNotValid", Category: api.Critical, Reason: "NotFound", Message: "The `secret` cannot be found."})
	}
	conditions.Set(api.Condition{
		Type: "Validated", Category: api.Advisory, Reason: "Completed",
		Message: "The host inventory reference, IP address, and credentials have been validated.",
	})
	if !conditions.Staged().Blocked() {
		conditions.Set(api.Condition{Type: api.ReadyCondition, Category: api.Required, Message: "The host is ready."})
	}
	status := api.ConditionsStatus{Conditions: conditions.End(), ObservedGeneration: host.Generation}
	if reflect.DeepEqual(status, host.Status) {
		return reconcile.Result{}, nil
	}
	host.Status = status
	return reconcile.Result{}, client.IgnoreNotFound(h.client.Status().Update(ctx, host))
}

// find looks a reference up in a collection: by ID, or else by name, which several may have.
func (s *snapshot) find(collection string, ref api.Ref) []resource {
	var found []resource
	for _, each := range s.collections[collection] {
		if ref.ID == each.id || ref.ID == "" && ref.Name == each.brief["name"] {
			found = append(found, each)
		}
	}
	return found
}
