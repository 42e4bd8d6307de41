package olm

import (
	"context"
	"fmt"
	"slices"

	"github.com/operator-framework/api/pkg/operators/v1alpha1"
	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

// setAll sets a condition of every Subscription of a namespace: one that cannot be resolved holds up the others.
func setAll(subs []*v1alpha1.Subscription, kind v1alpha1.SubscriptionConditionType, reason, message string) {
	for _, sub := range subs {
		set(sub, v1alpha1.SubscriptionCondition{Type: kind, Status: corev1.ConditionTrue, Reason: reason, Message: message})
	}
}

func set(sub *v1alpha1.Subscription, condition v1alpha1.SubscriptionCondition) {
	if before := sub.Status.GetCondition(condition.Type); before.Equals(condition) {
		return
	}
	now := metav1.Now()
	condition.LastTransitionTime = &now
	sub.Status.SetCondition(condition)
}

// judgeCatalogs says how the catalogs are that a Subscription can see.
func (l *OLM) judgeCatalogs(k *look, sub *v1alpha1.Subscription) {
	condition := v1alpha1.SubscriptionCondition{
		Type: v1alpha1.SubscriptionCatalogSourcesUnhealthy, Status: corev1.ConditionFalse,
		Reason: v1alpha1.AllCatalogSourcesHealthy, Message: "all available catalogsources are healthy",
	}
	health := make([]v1alpha1.SubscriptionCatalogHealth, 0, len(k.catalogs))
	missing, targeted := true, false
	for i := range k.catalogs {
		catalog := &k.catalogs[i]
		healthy := l.healthy(catalog)
		wanted := catalog.Name == sub.Spec.CatalogSource && catalog.Namespace == sub.Spec.CatalogSourceNamespace
		missing = missing && !wanted
		if !healthy {
			condition.Status, condition.Reason = corev1.ConditionTrue, v1alpha1.UnhealthyCatalogSourceFound
			// Of another catalog the original says nothing: its last sentence stays.
			if !targeted {
				condition.Message = sub.Status.GetCondition(v1alpha1.SubscriptionCatalogSourcesUnhealthy).Message
			}
			if wanted {
				targeted = true
				condition.Message = fmt.Sprintf("targeted catalogsource %s/%s unhealthy", catalog.Namespace, catalog.Name)
			}
		}
		now := metav1.Now()
		health = append(health, v1alpha1.SubscriptionCatalogHealth{
			Healthy: healthy, LastUpdated: &now, CatalogSourceRef: &corev1.ObjectReference{
				APIVersion: v1alpha1.SchemeGroupVersion.String(), Kind: v1alpha1.CatalogSourceKind, Namespace: catalog.Namespace,
				Name: catalog.Name, UID: catalog.UID, ResourceVersion: catalog.ResourceVersion,
			},
		})
	}
	if missing {
		condition.Status, condition.Reason = corev1.ConditionTrue, v1alpha1.UnhealthyCatalogSourceFound
		condition.Message = fmt.Sprintf("targeted catalogsource %s/%s missing", sub.Spec.CatalogSourceNamespace, sub.Spec.CatalogSource)
	}
	if len(k.catalogs) == 0 {
		condition.Reason, condition.Message = v1alpha1.NoCatalogSourcesFound, "dependency resolution requires at least one catalogsource"
	}
	same := slices.EqualFunc(health, sub.Status.CatalogHealth, func(a, b v1alpha1.SubscriptionCatalogHealth) bool {
		return a.Healthy == b.Healthy && b.CatalogSourceRef != nil && a.CatalogSourceRef.UID == b.CatalogSourceRef.UID
	})
	if !same {
		sub.Status.CatalogHealth = health
	}
	set(sub, condition)
}

// judgePlan mirrors the state of a Subscription's InstallPlan in its conditions. A plan that went while its upgrade was pending is
// forgotten, so that another is made.
func (l *OLM) judgePlan(ctx context.Context, sub *v1alpha1.Subscription) error {
	reference := sub.Status.InstallPlanRef
	if reference == nil {
		return nil
	}
	plan := &v1alpha1.InstallPlan{}
	err := l.client.Get(ctx, client.ObjectKey{Namespace: sub.Namespace, Name: reference.Name}, plan)
	var condition v1alpha1.SubscriptionCondition
	switch {
	case apierrors.IsNotFound(err) && sub.Status.State == v1alpha1.SubscriptionStateUpgradePending:
		sub.Status.InstallPlanRef, sub.Status.Install, sub.Status.CurrentCSV, sub.Status.State = nil, nil, "", v1alpha1.SubscriptionStateNone
	case apierrors.IsNotFound(err):
		condition = v1alpha1.SubscriptionCondition{Type: v1alpha1.SubscriptionInstallPlanMissing, Reason: v1alpha1.ReferencedInstallPlanNotFound}
	case err != nil:
		return err
	case plan.Status.Phase == v1alpha1.InstallPlanPhaseFailed:
		condition = v1alpha1.SubscriptionCondition{Type: v1alpha1.SubscriptionInstallPlanFailed, Reason: v1alpha1.InstallPlanFailed, Message: installed(plan).Message}
		if reason := installed(plan).Reason; reason != "" {
			condition.Reason = string(reason)
		}
	case plan.Status.Phase != v1alpha1.InstallPlanPhaseComplete:
		condition = v1alpha1.SubscriptionCondition{Type: v1alpha1.SubscriptionInstallPlanPending, Reason: string(plan.Status.Phase), Message: installed(plan).Message}
		if condition.Reason == "" {
			condition.Reason = v1alpha1.InstallPlanNotYetReconciled
		}
	}
	for _, kind := range []v1alpha1.SubscriptionConditionType{v1alpha1.SubscriptionInstallPlanMissing, v1alpha1.SubscriptionInstallPlanPending, v1alpha1.SubscriptionInstallPlanFailed} {
		if kind != condition.Type {
			sub.Status.RemoveConditions(kind)
		}
	}
	if condition.Type != "" {
		condition.Status = corev1.ConditionTrue
		set(sub, condition)
	}
	return nil
}

func installed(plan *v1alpha1.InstallPlan) v1alpha1.InstallPlanCondition {
	return plan.Status.GetCondition(v1alpha1.InstallPlanInstalled)
}
