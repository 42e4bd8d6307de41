package forklift

import (
	"context"
	"fmt"
	"reflect"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/util/validation"
	"sigs.k8s.io/controller-runtime/pkg/builder"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/handler"
	"sigs.k8s.io/controller-runtime/pkg/manager"
	"sigs.k8s.io/controller-runtime/pkg/predicate"
	"sigs.k8s.io/controller-runtime/pkg/reconcile"

	ctrl "sigs.k8s.io/controller-runtime"

	api "github.com/migration-prep/migration-prep/sandbox/internal/forklift/v1beta1"
	"github.com/migration-prep/migration-prep/sandbox/internal/pace"
)

// plans reconciles Plans as far as providers, maps and the networks of VMs go, in MTV's order (kubev2v/forklift release-2.12,
// pkg/controller/plan/validation.go). Nothing is migrated. It does not look at what MTV also looks at: disks, guest tools, names of the
// target, VDDK images, hooks, networks that users define.
type plans struct {
	client    client.Client
	inventory *inventory
	pace      *pace.Pace
}

func newPlans(c client.Client, i *inventory, pace *pace.Pace) *plans {
	return &plans{client: c, inventory: i, pace: pace}
}

func (p *plans) setup(m manager.Manager) error {
	return ctrl.NewControllerManagedBy(m).Named("plans").WithOptions(unnamed).
		// MTV looks at a plan's own changes when they are changes of the spec.
		For(&api.Plan{}, builder.WithPredicates(predicate.GenerationChangedPredicate{})).
		Watches(&api.Provider{}, p.usersBy(func(spec api.PlanSpec) []corev1.ObjectReference {
			return []corev1.ObjectReference{spec.Provider.Source, spec.Provider.Destination}
		})).
		Watches(&api.NetworkMap{}, p.usersBy(func(spec api.PlanSpec) []corev1.ObjectReference { return []corev1.ObjectReference{spec.Map.Network} })).
		Watches(&api.StorageMap{}, p.usersBy(func(spec api.PlanSpec) []corev1.ObjectReference { return []corev1.ObjectReference{spec.Map.Storage} })).
		Complete(p)
}

// usersBy finds the Plans that refer to an object in one of their ways.
func (p *plans) usersBy(references func(api.PlanSpec) []corev1.ObjectReference) handler.EventHandler {
	return handler.EnqueueRequestsFromMapFunc(func(ctx context.Context, object client.Object) []reconcile.Request {
		list := &api.PlanList{}
		if err := p.client.List(ctx, list); err != nil {
			return nil
		}
		var requests []reconcile.Request
		for i := range list.Items {
			for _, each := range references(list.Items[i].Spec) {
				if keyOf(each) == client.ObjectKeyFromObject(object) {
					requests = append(requests, reconcile.Request{NamespacedName: client.ObjectKeyFromObject(&list.Items[i])})
				}
			}
		}
		return requests
	})
}

// Reconcile looks at one Plan and writes what it found.
func (p *plans) Reconcile(ctx context.Context, request reconcile.Request) (reconcile.Result, error) {
	plan := &api.Plan{}
	if err := p.client.Get(ctx, request.NamespacedName, plan); err != nil {
		return reconcile.Result{}, client.IgnoreNotFound(err)
	}
	if plan.Spec.Archived && plan.Status.Conditions.Has("Archived") {
		return reconcile.Result{}, nil
	}
	conditions := api.Stage(plan.Status.Conditions)
	if err := p.validate(ctx, plan, conditions); err != nil {
		// MTV fails here before it writes any status, and tries again.
		return reconcile.Result{RequeueAfter: p.pace.Again(retryTime)}, nil //nolint:nilerr // As said.
	}
	again := p.pace.Again(recheckTime)
	switch {
	case plan.Spec.Archived:
		conditions.Set(api.Condition{
			Type: "Archived", Category: api.Advisory, Reason: "UserRequested", Message: "The migration plan has been archived.",
		})
	case conditions.Staged().Blocked():
		again = p.pace.Again(retryTime)
	default:
		conditions.Set(api.Condition{Type: api.ReadyCondition, Category: api.Required, Message: "The migration plan is ready."})
	}
	status := api.ConditionsStatus{Conditions: conditions.End(), ObservedGeneration: plan.Generation}
	if reflect.DeepEqual(status, plan.Status) {
		return reconcile.Result{RequeueAfter: again}, nil
	}
	plan.Status = status
	return reconcile.Result{RequeueAfter: again}, client.IgnoreNotFound(p.client.Status().Update(ctx, plan))
}

// validate stages what is wrong, in MTV's order. An error is what keeps MTV from writing any status.
func (p *plans) validate(ctx context.Context, plan *api.Plan, conditions *api.Staging) error {
	providers, err := judgeProviders(ctx, p.client, plan.Spec.Provider, conditions)
	if err != nil || conditions.Staged().Has("SourceProviderNotReady") {
		return err
	}
	if source := providers.source; source != nil && !source.IsHost() {
		if err := p.client.Get(ctx, keyOf(source.Spec.Secret), &corev1.Secret{}); err != nil {
			return err
		}
	}
	judgeTarget(plan, conditions)
	networkMap, err := p.judgeNetworkMap(ctx, plan, providers.source, conditions)
	if err != nil {
		return err
	}
	if err := p.judgeStorageMap(ctx, plan, conditions); err != nil {
		return err
	}
	if conditions.Staged().Blocked() {
		return nil
	}
	known := p.inventory.byUID(string(providers.source.UID))
	if known == nil {
		return fmt.Errorf("the inventory of %s is not ready", providers.source.Name)
	}
	judgeMachines(plan, networkMap, known, conditions)
	return nil
}

// judgeTarget stages a target namespace that is no name. It need not exist.
func judgeTarget(plan *api.Plan, conditions *api.Staging) {
	notValid := func(reason string) {
		conditions.Set(api.Condition{Type: "NamespaceNotValid", Category: api.Critical, Reason: reason, Message: "Target namespace is not valid."})
	}
	switch target := plan.Spec.TargetNamespace; {
	case target == "":
		notValid("NotSet")
	case len(validation.IsDNS1123Subdomain(target)) > 0:
		notValid("NotValid")
	}
}

// judgeNetworkMap looks at the map and at where its networks are: MTV reports the first that is in neither of the two namespaces.
func (p *plans) judgeNetworkMap(ctx context.Context, plan *api.Plan, source *api.Provider, conditions *api.Staging) (*api.NetworkMap, error) {
	networkMap := &api.NetworkMap{}
	found, err := p.mapOf(ctx, plan.Spec.Map.Network, networkMap, "NetworkMapRefNotValid", "Map.Network", conditions)
	if !found || err != nil {
		return nil, err
	}
	if !networkMap.Status.Conditions.Has(api.ReadyCondition) {
		conditions.Set(api.Condition{Type: "NetworkMapNotReady", Category: api.Critical, Message: "Map.Network does not have Ready condition."})
	}
	if source == nil {
		// MTV asks the type of a Provider that it has not found, and panics; its queue tries again. No status is written (inferred).
		return nil, fmt.Errorf("the source provider of %s is not there", plan.Name)
	}
	if source.Spec.Type == api.VSphere && plan.Spec.PreserveStaticIPs && mapsTo(networkMap.Spec.Map, api.Pod) {
		conditions.Set(api.Condition{
			Type: "NetMapPreservingIPsOnPodNetwork", Category: api.Warn,
			Message: "Your migration plan preserves the static IPs of VMs and uses Pod Networking target network mapping. " +
				"This combination isn't supported, because VM IPs aren't preserved in Pod Networking migrations.",
		})
	}
	for _, each := range networkMap.Spec.Map {
		to := each.Destination
		if to.Type != api.Multus || to.Namespace == plan.Spec.TargetNamespace || to.Namespace == corev1.NamespaceDefault {
			continue
		}
		conditions.Set(api.Condition{
			Type: "NetMapDestinationNADNotValid", Category: api.Critical, Reason: "NotValid",
			Message: fmt.Sprintf("Destination NAD %s/%s must be in either the target namespace (%s) or the default namespace. "+
				"Pods cannot reference network attachment definitions from other namespaces.", to.Namespace, to.Name, plan.Spec.TargetNamespace),
		})
		break
	}
	return networkMap, nil
}

func mapsTo(pairs []api.NetworkPair, kind string) bool {
	for _, each := range pairs {
		if each.Destination.Type == kind {
			return true
		}
	}
	return false
}

func (p *plans) judgeStorageMap(ctx context.Context, plan *api.Plan, conditions *api.Staging) error {
	if plan.Spec.Type == "conversion" {
		return nil
	}
	storageMap := &api.StorageMap{}
	found, err := p.mapOf(ctx, plan.Spec.Map.Storage, storageMap, "StorageRefNotValid", "Map.Storage", conditions)
	if found && !storageMap.Status.Conditions.Has(api.ReadyCondition) {
		conditions.Set(api.Condition{Type: "StorageMapNotReady", Category: api.Critical, Message: "Map.Storage does not have Ready condition."})
	}
	return err
}

// mapOf reads a map of a plan, and stages when it names none or one that is not there.
func (p *plans) mapOf(ctx context.Context, of corev1.ObjectReference, into client.Object, kind, field string, conditions *api.Staging) (bool, error) {
	notValid := func(reason string) {
		conditions.Set(api.Condition{Type: kind, Category: api.Critical, Reason: reason, Message: field + " is not valid."})
	}
	if !isSet(of) {
		notValid("NotSet")
		return false, nil
	}
	err := p.client.Get(ctx, keyOf(of), into)
	if apierrors.IsNotFound(err) {
		notValid("NotFound")
		return false, nil
	}
	return err == nil, err
}
