package olm

import (
	"context"
	"slices"
	"strings"

	operatorsv1 "github.com/operator-framework/api/pkg/operators/v1"
	"github.com/operator-framework/api/pkg/operators/v1alpha1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/utils/ptr"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/reconcile"
)

// reconcileGroup resolves an OperatorGroup's namespaces, says when it is not alone, and notes what APIs its operators provide. That
// note is a write of the whole object from OLM's own types, which drop an empty `targetNamespaces`.
func (l *OLM) reconcileGroup(ctx context.Context, request reconcile.Request) (reconcile.Result, error) {
	group := &operatorsv1.OperatorGroup{}
	if err := l.client.Get(ctx, request.NamespacedName, group); err != nil {
		return reconcile.Result{}, client.IgnoreNotFound(err)
	}
	groups, err := l.groups(ctx, request.Namespace)
	if err != nil {
		return reconcile.Result{}, err
	}
	before := group.DeepCopy()
	if len(groups) > 1 {
		meta.SetStatusCondition(&group.Status.Conditions, metav1.Condition{
			Type: operatorsv1.MutlipleOperatorGroupCondition, Status: metav1.ConditionTrue,
			Reason: operatorsv1.MultipleOperatorGroupsReason, Message: "Multiple OperatorGroup found in the same namespace",
		})
		// The others have to learn it too.
		for i := range groups {
			other := &groups[i]
			if meta.FindStatusCondition(other.Status.Conditions, operatorsv1.MutlipleOperatorGroupCondition) == nil && other.Name != group.Name {
				meta.SetStatusCondition(&other.Status.Conditions, group.Status.Conditions[len(group.Status.Conditions)-1])
				other.Status.LastUpdated = ptr.To(metav1.Now())
				if err := ignoreLost(l.client.Status().Update(ctx, other)); err != nil {
					return reconcile.Result{}, err
				}
			}
		}
	} else {
		meta.RemoveStatusCondition(&group.Status.Conditions, operatorsv1.MutlipleOperatorGroupCondition)
	}
	targets, err := l.targets(ctx, group)
	if err != nil {
		return reconcile.Result{}, err
	}
	if !slices.Equal(targets, before.Status.Namespaces) || len(before.Status.Conditions) != len(group.Status.Conditions) {
		group.Status.Namespaces, group.Status.LastUpdated = targets, ptr.To(metav1.Now())
		return reconcile.Result{}, ignoreLost(l.client.Status().Update(ctx, group))
	}
	if len(groups) > 1 {
		return reconcile.Result{}, nil
	}
	return reconcile.Result{}, l.noteAPIs(ctx, group)
}

func (l *OLM) noteAPIs(ctx context.Context, group *operatorsv1.OperatorGroup) error {
	csvs := &v1alpha1.ClusterServiceVersionList{}
	if err := l.client.List(ctx, csvs, client.InNamespace(group.Namespace)); err != nil {
		return err
	}
	var provided []string
	for i := range csvs.Items {
		// Only members of the group count.
		if csvs.Items[i].Annotations[operatorsv1.OperatorGroupAnnotationKey] == group.Name {
			provided = append(provided, apis(&csvs.Items[i])...)
		}
	}
	slices.Sort(provided)
	note := strings.Join(slices.Compact(provided), ",")
	if group.Annotations[operatorsv1.OperatorGroupProvidedAPIsAnnotationKey] == note {
		return nil
	}
	if group.Annotations == nil {
		group.Annotations = map[string]string{}
	}
	group.Annotations[operatorsv1.OperatorGroupProvidedAPIsAnnotationKey] = note
	return ignoreLost(l.client.Update(ctx, group))
}

// apis are what a CSV provides, as OperatorGroups note it: Kind.version.group.
func apis(csv *v1alpha1.ClusterServiceVersion) []string {
	var provided []string
	for _, owned := range csv.Spec.CustomResourceDefinitions.Owned {
		_, group, _ := strings.Cut(owned.Name, ".")
		provided = append(provided, owned.Kind+"."+owned.Version+"."+group)
	}
	return provided
}

func (l *OLM) groups(ctx context.Context, namespace string) ([]operatorsv1.OperatorGroup, error) {
	list := &operatorsv1.OperatorGroupList{}
	err := l.client.List(ctx, list, client.InNamespace(namespace))
	return list.Items, err
}

// targets are the namespaces that a group selects; the empty one stands for all.
func (l *OLM) targets(ctx context.Context, group *operatorsv1.OperatorGroup) ([]string, error) {
	if len(group.Spec.TargetNamespaces) > 0 {
		return slices.Compact(slices.Sorted(slices.Values(group.Spec.TargetNamespaces))), nil
	}
	if group.Spec.Selector == nil || len(group.Spec.Selector.MatchLabels)+len(group.Spec.Selector.MatchExpressions) == 0 {
		return []string{corev1.NamespaceAll}, nil
	}
	selector, err := metav1.LabelSelectorAsSelector(group.Spec.Selector)
	if err != nil {
		return nil, err
	}
	namespaces := &corev1.NamespaceList{}
	if err := l.client.List(ctx, namespaces, client.MatchingLabelsSelector{Selector: selector}); err != nil {
		return nil, err
	}
	names := []string{}
	for _, each := range namespaces.Items {
		names = append(names, each.Name)
	}
	return names, nil
}

// rival is whether another OperatorGroup reaches into the same namespaces and has operators that provide the same APIs.
func (l *OLM) rival(ctx context.Context, group *operatorsv1.OperatorGroup, provided []string) (bool, error) {
	groups, err := l.groups(ctx, "")
	if err != nil {
		return false, err
	}
	for _, other := range groups {
		if other.UID == group.UID || !intersect(group.Status.Namespaces, other.Status.Namespaces) {
			continue
		}
		for _, api := range strings.Split(other.Annotations[operatorsv1.OperatorGroupProvidedAPIsAnnotationKey], ",") {
			if slices.Contains(provided, api) {
				return true, nil
			}
		}
	}
	return false, nil
}

func intersect(one, other []string) bool {
	if len(one) == 0 || len(other) == 0 {
		return false
	}
	if slices.Contains(one, corev1.NamespaceAll) || slices.Contains(other, corev1.NamespaceAll) {
		return true
	}
	return slices.ContainsFunc(one, func(name string) bool { return slices.Contains(other, name) })
}
