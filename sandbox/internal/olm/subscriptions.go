package olm

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/operator-framework/api/pkg/operators/v1alpha1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/reconcile"
)

// Times of OLM's, each multiplied by the pace: unpacking a bundle's image, and until OLM tries again what failed.
const (
	unpackTime = 12 * time.Second
	failTime   = 20 * time.Second
	retryTime  = 5 * time.Minute
)

// look is what OLM sees of a namespace when it resolves its Subscriptions.
type look struct {
	namespace string
	subs      []*v1alpha1.Subscription
	csvs      []v1alpha1.ClusterServiceVersion
	catalogs  []v1alpha1.CatalogSource
}

func (k *look) csv(name string) *v1alpha1.ClusterServiceVersion {
	for i := range k.csvs {
		if name != "" && k.csvs[i].Name == name {
			return &k.csvs[i]
		}
	}
	return nil
}

// reconcileNamespace brings the Subscriptions of a namespace forward. Without exactly one OperatorGroup OLM resolves nothing and,
// as the original, says nothing about it in any Subscription.
func (l *OLM) reconcileNamespace(ctx context.Context, request reconcile.Request) (reconcile.Result, error) {
	k, err := l.see(ctx, request.Name)
	if err != nil || len(k.subs) == 0 {
		return reconcile.Result{}, err
	}
	before := make([]*v1alpha1.Subscription, 0, len(k.subs))
	for _, sub := range k.subs {
		before = append(before, sub.DeepCopy())
		l.judgeCatalogs(k, sub)
		if err := l.judgePlan(ctx, sub); err != nil {
			return reconcile.Result{}, err
		}
	}
	wait, err := l.advance(ctx, k)
	for i, sub := range k.subs {
		err = errors.Join(err, l.writeSubscription(ctx, before[i], sub))
	}
	return reconcile.Result{RequeueAfter: wait}, err
}

func (l *OLM) see(ctx context.Context, namespace string) (*look, error) {
	k := &look{namespace: namespace}
	subs, csvs, catalogs := &v1alpha1.SubscriptionList{}, &v1alpha1.ClusterServiceVersionList{}, &v1alpha1.CatalogSourceList{}
	if err := errors.Join(l.client.List(ctx, subs, client.InNamespace(namespace)), l.client.List(ctx, csvs, client.InNamespace(namespace)), l.client.List(ctx, catalogs)); err != nil {
		return nil, err
	}
	for i := range subs.Items {
		if subs.Items[i].DeletionTimestamp == nil && subs.Items[i].Spec != nil {
			k.subs = append(k.subs, &subs.Items[i])
		}
	}
	k.csvs = csvs.Items
	for _, catalog := range catalogs.Items {
		// A namespace sees its own catalogs and those of the marketplace.
		if catalog.Namespace == namespace || catalog.Namespace == marketplace {
			k.catalogs = append(k.catalogs, catalog)
		}
	}
	return k, nil
}

// advance resolves what is not resolved; it returns when to look again.
func (l *OLM) advance(ctx context.Context, k *look) (time.Duration, error) {
	groups, err := l.groups(ctx, k.namespace)
	if err != nil || len(groups) != 1 {
		return 0, err
	}
	moved := false
	for _, sub := range k.subs {
		moved = followCSV(k, sub) || moved
	}
	if moved || !slices.ContainsFunc(k.subs, func(sub *v1alpha1.Subscription) bool {
		return sub.Status.InstallPlanRef == nil || sub.Status.State != v1alpha1.SubscriptionStateUpgradePending
	}) {
		return 0, nil
	}
	choices, err := l.resolve(k)
	if err != nil {
		reason := "ErrorPreventedResolution"
		if errors.As(err, new(notSatisfiable)) {
			reason = "ConstraintsNotSatisfiable"
		}
		setAll(k.subs, v1alpha1.SubscriptionResolutionFailed, reason, err.Error())
		return time.Second, nil
	}
	if len(choices) > 0 {
		if wait := l.unpack(k, choices); wait > 0 {
			return wait, nil
		}
		if err := l.plan(ctx, k, choices); err != nil {
			return 0, err
		}
	}
	for _, sub := range k.subs {
		sub.Status.RemoveConditions(v1alpha1.SubscriptionBundleUnpacking, v1alpha1.SubscriptionBundleUnpackFailed, v1alpha1.SubscriptionResolutionFailed)
	}
	return 0, nil
}

// followCSV records whether the ClusterServiceVersion that a Subscription wants is there.
func followCSV(k *look, sub *v1alpha1.Subscription) bool {
	if sub.Status.CurrentCSV == "" {
		return false
	}
	state := v1alpha1.SubscriptionState(v1alpha1.SubscriptionStateUpgradePending)
	if k.csv(sub.Status.CurrentCSV) != nil {
		state = v1alpha1.SubscriptionStateAtLatest
	}
	if sub.Status.State == state {
		return false
	}
	sub.Status.State = state
	if state == v1alpha1.SubscriptionStateAtLatest {
		sub.Status.InstalledCSV = sub.Status.CurrentCSV
	}
	return true
}

// unpack plays the Job that unpacks a bundle's image; it returns how long to wait, and zero when it is done.
func (l *OLM) unpack(k *look, choices []choice) time.Duration {
	var names []string
	for _, each := range choices {
		names = append(names, each.id())
	}
	key := k.namespace + " " + strings.Join(names, " ")
	since, begun := l.unpacking[key]
	if !begun {
		since = time.Now()
		l.unpacking[key] = since
	}
	inForce := l.faults.get()
	broken := slices.ContainsFunc(choices, func(c choice) bool { return slices.Contains(inForce.Unpack, c.bundle.name) })
	failed := k.subs[0].Status.GetCondition(v1alpha1.SubscriptionBundleUnpackFailed).Status == corev1.ConditionTrue
	took, slow := time.Since(since), max(inForce.Slow, 1)
	switch {
	case failed && took > l.options.Pace.Of(retryTime):
		delete(l.unpacking, key)
		for _, sub := range k.subs {
			sub.Status.RemoveConditions(v1alpha1.SubscriptionBundleUnpackFailed)
		}
		return time.Millisecond
	case failed:
		return 300 * time.Millisecond
	case broken && took > l.options.Pace.Of(failTime):
		l.unpacking[key] = time.Now()
		for _, sub := range k.subs {
			sub.Status.RemoveConditions(v1alpha1.SubscriptionBundleUnpacking)
		}
		setAll(k.subs, v1alpha1.SubscriptionBundleUnpackFailed, "BundleUnpackFailed", unpackFailed)
		return 300 * time.Millisecond
	case broken || took < time.Duration(slow*float64(l.options.Pace.Of(unpackTime))):
		setAll(k.subs, v1alpha1.SubscriptionBundleUnpacking, "UnpackingInProgress", "")
		return 300 * time.Millisecond
	}
	delete(l.unpacking, key)
	return 0
}

const unpackFailed = "Bundle unpacking failed - DeadlineExceeded: Job was active longer than specified deadline. Auto-retry in ~5 min after job cleanup (TTL). " +
	"Common causes: Missing ICSP (ppc64le/s390x/arm64), auth failure, invalid image. Manual retry: in the CatalogSource namespace, run " +
	"`kubectl get jobs -l operatorframework.io/bundle-unpack-ref` and delete the specific failing job."

// writeSubscription stores what changed: the label, the status.
func (l *OLM) writeSubscription(ctx context.Context, before, sub *v1alpha1.Subscription) error {
	label := component(sub.Spec.Package, sub.Namespace)
	if _, labelled := sub.Labels[label]; !labelled {
		status := sub.Status
		if sub.Labels == nil {
			sub.Labels = map[string]string{}
		}
		sub.Labels[label] = ""
		if err := l.client.Update(ctx, sub); err != nil {
			return ignoreLost(err)
		}
		sub.Status = status
	}
	if reflect.DeepEqual(before.Status, sub.Status) {
		return nil
	}
	sub.Status.LastUpdated = metav1.Now()
	return ignoreLost(l.client.Status().Update(ctx, sub))
}
