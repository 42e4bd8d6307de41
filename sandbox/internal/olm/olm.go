// Package olm stands in for the Operator Lifecycle Manager (version 0 as OpenShift 4.22 has it): catalogs and their packages,
// OperatorGroups, Subscriptions, InstallPlans and ClusterServiceVersions, with the reasons and sentences of the original
// (operator-framework/operator-lifecycle-manager, folder pkg/controller). It installs for real what can be: CRDs, Deployments,
// webhooks. Not here: copied CSVs, Operator and OperatorCondition objects, a package's own RBAC, dependencies between packages.
package olm

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	operatorsv1 "github.com/operator-framework/api/pkg/operators/v1"
	"github.com/operator-framework/api/pkg/operators/v1alpha1"
	appsv1 "k8s.io/api/apps/v1"
	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/runtime"
	clientscheme "k8s.io/client-go/kubernetes/scheme"
	"k8s.io/client-go/rest"
	"k8s.io/utils/ptr"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/controller"
	"sigs.k8s.io/controller-runtime/pkg/handler"
	"sigs.k8s.io/controller-runtime/pkg/manager"
	"sigs.k8s.io/controller-runtime/pkg/metrics/server"
	"sigs.k8s.io/controller-runtime/pkg/reconcile"

	ctrl "sigs.k8s.io/controller-runtime"

	"github.com/migration-prep/migration-prep/sandbox/internal/crd"
	"github.com/migration-prep/migration-prep/sandbox/internal/pace"
)

// marketplace is the namespace whose catalogs serve every other.
const marketplace = "openshift-marketplace"

// Options of an OLM.
type Options struct {
	// Config may do anything on the cluster.
	Config *rest.Config
	Log    *slog.Logger
	Pace   *pace.Pace
	// OpenShift is the version that decides what the catalog has: 4.21 or 4.22.
	OpenShift string
	// WebhookURL is where the operators' webhooks answer once their pods are up; WebhookCA (PEM) signs its certificate.
	WebhookURL string
	WebhookCA  []byte
	// CRDs are folders with definitions that take the place of the sandbox's own.
	CRDs []string
}

// OLM is running.
type OLM struct {
	options  Options
	packages map[string]*bundle
	faults   faults
	// definitions are the CRDs of each set, read once.
	definitions map[crd.Set][]*apiextensions.CustomResourceDefinition
	// client reads from the API server itself, never from a cache: decisions must not rest on what was.
	client  client.Client
	cancel  context.CancelFunc
	running sync.WaitGroup
	// unpacking is since when a namespace's bundles are unpacked; only its one worker uses it.
	unpacking map[string]time.Time
}

// Start runs OLM until ctx ends or Stop is called.
func Start(ctx context.Context, o Options) (*OLM, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	packages := packagesOf(o.OpenShift)
	ctx, cancel := context.WithCancel(ctx)
	l := &OLM{options: o, packages: packages, cancel: cancel, unpacking: map[string]time.Time{}, definitions: map[crd.Set][]*apiextensions.CustomResourceDefinition{}}
	if err := l.start(ctx); err != nil {
		l.Stop()
		return nil, fmt.Errorf("start OLM: %w", err)
	}
	return l, nil
}

// Stop ends OLM.
func (l *OLM) Stop() {
	l.cancel()
	l.running.Wait()
}

func (l *OLM) start(ctx context.Context) error {
	for _, each := range l.packages {
		for _, set := range each.sets {
			definitions, err := crd.Definitions(ctx, []crd.Set{set}, l.options.CRDs...)
			if err != nil {
				return err
			}
			l.definitions[set] = definitions
		}
	}
	scheme := runtime.NewScheme()
	err := errors.Join(clientscheme.AddToScheme(scheme), v1alpha1.AddToScheme(scheme), operatorsv1.AddToScheme(scheme), apiextensions.AddToScheme(scheme))
	if err != nil {
		return err
	}
	if l.client, err = client.New(l.options.Config, client.Options{Scheme: scheme}); err != nil {
		return err
	}
	m, err := ctrl.NewManager(l.options.Config, manager.Options{Scheme: scheme, Metrics: server.Options{BindAddress: "0"}})
	if err != nil {
		return err
	}
	if err := l.watch(m); err != nil {
		return err
	}
	l.running.Go(func() {
		if err := m.Start(ctx); err != nil {
			l.options.Log.Error("OLM ended", "error", err)
		}
	})
	return nil
}

// watch starts a worker for each kind; every change in a namespace makes OLM look at the namespace.
func (l *OLM) watch(m manager.Manager) error {
	build := func(name string) *ctrl.Builder {
		return ctrl.NewControllerManagedBy(m).Named(name).WithOptions(controller.Options{SkipNameValidation: ptr.To(true)})
	}
	namespace := handler.EnqueueRequestsFromMapFunc(func(_ context.Context, object client.Object) []reconcile.Request {
		return []reconcile.Request{{NamespacedName: client.ObjectKey{Name: object.GetNamespace()}}}
	})
	return errors.Join(
		build("catalogs").For(&v1alpha1.CatalogSource{}).Complete(reconcile.Func(l.reconcileCatalog)),
		build("groups").For(&operatorsv1.OperatorGroup{}).
			Watches(&v1alpha1.ClusterServiceVersion{}, handler.EnqueueRequestsFromMapFunc(l.groupsBeside)).
			Complete(reconcile.Func(l.reconcileGroup)),
		build("namespaces").Watches(&v1alpha1.Subscription{}, namespace).Watches(&operatorsv1.OperatorGroup{}, namespace).
			Watches(&v1alpha1.InstallPlan{}, namespace).Watches(&v1alpha1.ClusterServiceVersion{}, namespace).
			Watches(&v1alpha1.CatalogSource{}, handler.EnqueueRequestsFromMapFunc(l.subscribed)).
			Complete(reconcile.Func(l.reconcileNamespace)),
		build("plans").For(&v1alpha1.InstallPlan{}).Complete(reconcile.Func(l.reconcilePlan)),
		build("csvs").For(&v1alpha1.ClusterServiceVersion{}).Owns(&appsv1.Deployment{}).
			Watches(&operatorsv1.OperatorGroup{}, handler.EnqueueRequestsFromMapFunc(l.csvsBeside)).
			Watches(&v1alpha1.ClusterServiceVersion{}, handler.EnqueueRequestsFromMapFunc(l.csvsBeside)).
			Watches(&apiextensions.CustomResourceDefinition{}, handler.EnqueueRequestsFromMapFunc(l.allCSVs)).
			Complete(reconcile.Func(l.reconcileCSV)),
	)
}

// subscribed are the namespaces with a Subscription.
func (l *OLM) subscribed(ctx context.Context, _ client.Object) []reconcile.Request {
	return l.requests(ctx, &v1alpha1.SubscriptionList{}, "", func(object client.Object) client.ObjectKey {
		return client.ObjectKey{Name: object.GetNamespace()}
	})
}

func (l *OLM) csvsBeside(ctx context.Context, beside client.Object) []reconcile.Request {
	return l.requests(ctx, &v1alpha1.ClusterServiceVersionList{}, beside.GetNamespace(), client.ObjectKeyFromObject)
}

func (l *OLM) allCSVs(ctx context.Context, _ client.Object) []reconcile.Request {
	return l.requests(ctx, &v1alpha1.ClusterServiceVersionList{}, "", client.ObjectKeyFromObject)
}

func (l *OLM) groupsBeside(ctx context.Context, beside client.Object) []reconcile.Request {
	return l.requests(ctx, &operatorsv1.OperatorGroupList{}, beside.GetNamespace(), client.ObjectKeyFromObject)
}

func (l *OLM) requests(ctx context.Context, list client.ObjectList, namespace string, key func(client.Object) client.ObjectKey) []reconcile.Request {
	if err := l.client.List(ctx, list, client.InNamespace(namespace)); err != nil {
		l.options.Log.Error("OLM lists", "error", err)
		return nil
	}
	seen := map[client.ObjectKey]bool{}
	var requests []reconcile.Request
	_ = meta.EachListItem(list, func(item runtime.Object) error {
		if name := key(item.(client.Object)); !seen[name] {
			seen[name] = true
			requests = append(requests, reconcile.Request{NamespacedName: name})
		}
		return nil
	})
	return requests
}

// component is the label that OLM puts on everything of a package in a namespace.
func component(name, namespace string) string {
	return truncated("operators.coreos.com/"+name+"."+namespace, len("operators.coreos.com/")+63)
}

func truncated(text string, length int) string { return text[:min(len(text), length)] }
