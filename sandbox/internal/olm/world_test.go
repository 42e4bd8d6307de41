package olm_test

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"testing"
	"time"

	"github.com/go-logr/logr"
	operatorsv1 "github.com/operator-framework/api/pkg/operators/v1"
	"github.com/operator-framework/api/pkg/operators/v1alpha1"
	corev1 "k8s.io/api/core/v1"
	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/wait"
	clientscheme "k8s.io/client-go/kubernetes/scheme"
	"sigs.k8s.io/controller-runtime/pkg/client"

	ctrl "sigs.k8s.io/controller-runtime"

	"github.com/migration-prep/migration-prep/sandbox/internal/controlplane"
	"github.com/migration-prep/migration-prep/sandbox/internal/crd"
	"github.com/migration-prep/migration-prep/sandbox/internal/kubelet"
	"github.com/migration-prep/migration-prep/sandbox/internal/olm"
	"github.com/migration-prep/migration-prep/sandbox/internal/pace"
)

const marketplace = "openshift-marketplace"

func init() {
	ctrl.SetLogger(logr.FromSlogHandler(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError})))
}

// world is a bare cluster with OLM, 100 times faster than OpenShift's.
type world struct {
	client client.Client
	olm    *olm.OLM
}

func newWorld(t *testing.T) *world {
	t.Helper()
	c := controlplane.ForTest(t, crd.Platform)
	quick := pace.New(0.01)
	k, err := kubelet.Start(t.Context(), kubelet.Options{Config: c.Config, Pace: quick, Dir: t.TempDir(), Pretend: []string{kubelet.OperatorImages}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(k.Stop)
	w := &world{}
	w.olm, err = olm.Start(t.Context(), olm.Options{
		// Nothing listens there: no operator of this world ever answers.
		Config: c.Config, Pace: quick, OpenShift: "4.22", WebhookURL: "https://127.0.0.1:1", WebhookCA: c.CACert,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.olm.Stop)
	scheme := runtime.NewScheme()
	if err := errors.Join(clientscheme.AddToScheme(scheme), v1alpha1.AddToScheme(scheme), operatorsv1.AddToScheme(scheme), apiextensions.AddToScheme(scheme)); err != nil {
		t.Fatal(err)
	}
	if w.client, err = client.New(c.Config, client.Options{Scheme: scheme}); err != nil {
		t.Fatal(err)
	}
	w.create(t, &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: marketplace}})
	w.create(t, catalog("redhat-operators", "registry.redhat.io/redhat/redhat-operator-index:v4.22"))
	return w
}

func catalog(name, image string) *v1alpha1.CatalogSource {
	return &v1alpha1.CatalogSource{ObjectMeta: metav1.ObjectMeta{Name: name, Namespace: marketplace}, Spec: v1alpha1.CatalogSourceSpec{
		SourceType: v1alpha1.SourceTypeGrpc, Image: image, DisplayName: name, Publisher: "Red Hat",
	}}
}

func (w *world) create(t *testing.T, object client.Object) {
	t.Helper()
	if err := w.client.Create(t.Context(), object); err != nil {
		t.Fatal(err)
	}
}

// namespace makes a namespace with OperatorGroups for itself.
func (w *world) namespace(t *testing.T, name string, groups ...string) {
	t.Helper()
	w.create(t, &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: name}})
	for _, group := range groups {
		w.create(t, groupOf(name, group, name))
	}
}

func groupOf(namespace, name string, targets ...string) *operatorsv1.OperatorGroup {
	return &operatorsv1.OperatorGroup{ObjectMeta: metav1.ObjectMeta{Name: name, Namespace: namespace}, Spec: operatorsv1.OperatorGroupSpec{TargetNamespaces: targets}}
}

func subscription(namespace, name, pkg string, change ...func(*v1alpha1.SubscriptionSpec)) *v1alpha1.Subscription {
	sub := &v1alpha1.Subscription{ObjectMeta: metav1.ObjectMeta{Name: name, Namespace: namespace}, Spec: &v1alpha1.SubscriptionSpec{
		Package: pkg, CatalogSource: "redhat-operators", CatalogSourceNamespace: marketplace,
	}}
	for _, each := range change {
		each(sub.Spec)
	}
	return sub
}

func (w *world) eventually(t *testing.T, what string, look func(ctx context.Context) bool) {
	t.Helper()
	err := wait.PollUntilContextTimeout(t.Context(), 50*time.Millisecond, 15*time.Second, true, func(ctx context.Context) (bool, error) {
		return look(ctx), nil
	})
	if err != nil {
		w.show(t)
		t.Fatalf("never: %s", what)
	}
}

// show says how everything is, for a test that fails.
func (w *world) show(t *testing.T) {
	subs, csvs, plans := &v1alpha1.SubscriptionList{}, &v1alpha1.ClusterServiceVersionList{}, &v1alpha1.InstallPlanList{}
	_ = errors.Join(w.client.List(t.Context(), subs), w.client.List(t.Context(), csvs), w.client.List(t.Context(), plans))
	for _, each := range subs.Items {
		t.Logf("Subscription %s/%s: %+v", each.Namespace, each.Name, each.Status)
	}
	for _, each := range plans.Items {
		t.Logf("InstallPlan %s/%s: %s %+v", each.Namespace, each.Name, each.Status.Phase, each.Status.Conditions)
	}
	for _, each := range csvs.Items {
		t.Logf("CSV %s/%s: %s %s %s", each.Namespace, each.Name, each.Status.Phase, each.Status.Reason, each.Status.Message)
	}
}

func (w *world) sub(t *testing.T, namespace, name string) *v1alpha1.Subscription {
	t.Helper()
	sub := &v1alpha1.Subscription{}
	if err := w.client.Get(t.Context(), client.ObjectKey{Namespace: namespace, Name: name}, sub); err != nil {
		t.Fatal(err)
	}
	return sub
}

// until waits for a condition of a Subscription and returns it.
func (w *world) until(t *testing.T, namespace, name string, kind v1alpha1.SubscriptionConditionType, status corev1.ConditionStatus) v1alpha1.SubscriptionCondition {
	t.Helper()
	var found v1alpha1.SubscriptionCondition
	w.eventually(t, name+": "+string(kind)+" "+string(status), func(context.Context) bool {
		found = w.sub(t, namespace, name).Status.GetCondition(kind)
		return found.Status == status
	})
	return found
}

// csv waits for a ClusterServiceVersion in a phase.
func (w *world) csv(t *testing.T, namespace, name string, phase v1alpha1.ClusterServiceVersionPhase) *v1alpha1.ClusterServiceVersion {
	t.Helper()
	csv := &v1alpha1.ClusterServiceVersion{}
	w.eventually(t, name+" "+string(phase), func(ctx context.Context) bool {
		return w.client.Get(ctx, client.ObjectKey{Namespace: namespace, Name: name}, csv) == nil && csv.Status.Phase == phase
	})
	return csv
}

// installed waits until a Subscription is at its latest version and that works.
func (w *world) installed(t *testing.T, namespace, name, csv string) {
	t.Helper()
	w.csv(t, namespace, csv, v1alpha1.CSVPhaseSucceeded)
	w.eventually(t, name+" AtLatestKnown", func(context.Context) bool {
		status := w.sub(t, namespace, name).Status
		return status.State == v1alpha1.SubscriptionStateAtLatest && status.InstalledCSV == csv && status.CurrentCSV == csv
	})
}
