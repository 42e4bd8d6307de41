package olm

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"time"

	"github.com/operator-framework/api/pkg/operators/v1alpha1"
	corev1 "k8s.io/api/core/v1"
	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/utils/ptr"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/reconcile"
)

// executeTime is how long the steps of a plan take, times the pace.
const executeTime = 3 * time.Second

// plan makes the InstallPlan for choices. One Subscription with manual approval makes the plan of the whole namespace manual.
func (l *OLM) plan(ctx context.Context, k *look, choices []choice) error {
	plans := &v1alpha1.InstallPlanList{}
	if err := l.client.List(ctx, plans, client.InNamespace(k.namespace)); err != nil {
		return err
	}
	generation := 0
	for _, each := range plans.Items {
		generation = max(generation, each.Spec.Generation)
	}
	approval := v1alpha1.ApprovalAutomatic
	plan := &v1alpha1.InstallPlan{ObjectMeta: metav1.ObjectMeta{GenerateName: "install-", Namespace: k.namespace, Labels: map[string]string{}}}
	for _, sub := range k.subs {
		generation = max(generation, sub.Status.InstallPlanGeneration)
		if sub.Spec.InstallPlanApproval == v1alpha1.ApprovalManual {
			approval = v1alpha1.ApprovalManual
		}
		plan.Labels[component(sub.Spec.Package, k.namespace)] = ""
		plan.OwnerReferences = append(plan.OwnerReferences, metav1.OwnerReference{
			APIVersion: v1alpha1.SchemeGroupVersion.String(), Kind: v1alpha1.SubscriptionKind, Name: sub.Name, UID: sub.UID,
			Controller: ptr.To(false), BlockOwnerDeletion: ptr.To(false),
		})
	}
	status := v1alpha1.InstallPlanStatus{Phase: v1alpha1.InstallPlanPhaseInstalling, CatalogSources: []string{}}
	for _, c := range choices {
		if slices.Contains(plan.Spec.ClusterServiceVersionNames, c.csv()) {
			continue
		}
		plan.Spec.ClusterServiceVersionNames = append(plan.Spec.ClusterServiceVersionNames, c.csv())
		status.Plan = append(status.Plan, l.steps(c)...)
		if !slices.Contains(status.CatalogSources, c.sub.Spec.CatalogSource) {
			status.CatalogSources = append(status.CatalogSources, c.sub.Spec.CatalogSource)
		}
	}
	plan.Spec.Approval, plan.Spec.Approved, plan.Spec.Generation = approval, approval == v1alpha1.ApprovalAutomatic, generation+1
	if approval == v1alpha1.ApprovalManual {
		status.Phase = v1alpha1.InstallPlanPhaseRequiresApproval
	}
	if err := l.client.Create(ctx, plan); err != nil {
		return err
	}
	plan.Status = status
	if err := l.client.Status().Update(ctx, plan); err != nil {
		return err
	}
	for _, c := range choices {
		reference := &corev1.ObjectReference{
			APIVersion: v1alpha1.SchemeGroupVersion.String(), Kind: v1alpha1.InstallPlanKind, Namespace: plan.Namespace, Name: plan.Name,
			UID: plan.UID, ResourceVersion: plan.ResourceVersion,
		}
		c.sub.Status.CurrentCSV, c.sub.Status.InstallPlanRef = c.csv(), reference
		c.sub.Status.Install = v1alpha1.NewInstallPlanReference(reference)
		c.sub.Status.State, c.sub.Status.InstallPlanGeneration = v1alpha1.SubscriptionStateUpgradePending, plan.Spec.Generation
	}
	return nil
}

func (l *OLM) steps(c choice) []*v1alpha1.Step {
	step := func(group, version, kind, name string) *v1alpha1.Step {
		return &v1alpha1.Step{Resolving: c.csv(), Status: v1alpha1.StepStatusUnknown, Resource: v1alpha1.StepResource{
			Group: group, Version: version, Kind: kind, Name: name,
			CatalogSource: c.sub.Spec.CatalogSource, CatalogSourceNamespace: c.sub.Spec.CatalogSourceNamespace,
		}}
	}
	steps := []*v1alpha1.Step{step(v1alpha1.GroupName, v1alpha1.GroupVersion, v1alpha1.ClusterServiceVersionKind, c.csv())}
	for _, definition := range l.crdsOf(c.bundle) {
		steps = append(steps, step(apiextensions.GroupName, "v1", "CustomResourceDefinition", definition.Name))
	}
	return steps
}

func (l *OLM) crdsOf(b *bundle) []*apiextensions.CustomResourceDefinition {
	var all []*apiextensions.CustomResourceDefinition
	for _, set := range b.sets {
		all = append(all, l.definitions[set]...)
	}
	return all
}

// reconcilePlan moves an InstallPlan one phase on.
func (l *OLM) reconcilePlan(ctx context.Context, request reconcile.Request) (reconcile.Result, error) {
	plan := &v1alpha1.InstallPlan{}
	if err := l.client.Get(ctx, request.NamespacedName, plan); err != nil {
		return reconcile.Result{}, client.IgnoreNotFound(err)
	}
	before := plan.DeepCopy()
	var wait time.Duration
	if len(plan.Status.Plan) > 0 && plan.Status.Phase != v1alpha1.InstallPlanPhaseComplete && plan.Status.Phase != v1alpha1.InstallPlanPhaseFailed {
		var err error
		if wait, err = l.movePlan(ctx, plan); err != nil {
			return reconcile.Result{}, err
		}
	}
	if reflect.DeepEqual(before.Status, plan.Status) {
		return reconcile.Result{RequeueAfter: wait}, nil
	}
	return reconcile.Result{RequeueAfter: wait}, ignoreLost(l.client.Status().Update(ctx, plan))
}

func (l *OLM) movePlan(ctx context.Context, plan *v1alpha1.InstallPlan) (time.Duration, error) {
	groups, err := l.groups(ctx, plan.Namespace)
	if err != nil {
		return 0, err
	}
	if len(groups) != 1 {
		message := "no operator group found that is managing this namespace"
		if len(groups) > 1 {
			message = fmt.Sprintf("more than one operator group(s) are managing this namespace count=%d", len(groups))
		}
		if installed(plan).Message != message {
			plan.Status.SetCondition(v1alpha1.ConditionFailed(v1alpha1.InstallPlanInstalled, v1alpha1.InstallPlanReasonInstallCheckFailed, message, ptr.To(metav1.Now())))
		}
		return time.Second, nil
	}
	if installed(plan).Reason == v1alpha1.InstallPlanReasonInstallCheckFailed {
		plan.Status.SetCondition(v1alpha1.ConditionFailed(v1alpha1.InstallPlanInstalled, v1alpha1.InstallPlanConditionReason(corev1.ConditionUnknown), "", ptr.To(metav1.Now())))
	}
	if plan.Status.Phase == v1alpha1.InstallPlanPhaseRequiresApproval {
		if plan.Spec.Approved {
			plan.Status.Phase = v1alpha1.InstallPlanPhaseInstalling
		}
		return 0, nil
	}
	if plan.Status.StartTime == nil {
		plan.Status.StartTime = ptr.To(metav1.Now())
		return max(l.options.Pace.Of(executeTime), time.Millisecond), nil
	}
	if wait := time.Until(plan.Status.StartTime.Add(l.options.Pace.Of(executeTime))); wait > 0 {
		return wait, nil
	}
	for _, step := range plan.Status.Plan {
		if step.Status, err = l.execute(ctx, plan, step); err != nil {
			plan.Status.Message = "retrying execution due to error: " + err.Error()
			return time.Second, nil //nolint:nilerr // The plan says it, and is tried again.
		}
	}
	plan.Status.Phase, plan.Status.Message = v1alpha1.InstallPlanPhaseComplete, ""
	plan.Status.SetCondition(v1alpha1.ConditionMet(v1alpha1.InstallPlanInstalled, ptr.To(metav1.Now())))
	return 0, nil
}

// execute creates what a step names, unless it is there.
func (l *OLM) execute(ctx context.Context, plan *v1alpha1.InstallPlan, step *v1alpha1.Step) (v1alpha1.StepStatus, error) {
	b, version, ok := byCSV(l.packages, step.Resolving)
	if !ok {
		return step.Status, fmt.Errorf("no bundle for %s", step.Resolving)
	}
	var object client.Object
	if step.Resource.Kind == v1alpha1.ClusterServiceVersionKind {
		csv := l.csvOf(b, version, plan.Namespace)
		replaced, err := l.replaced(ctx, plan.Namespace, b, csv.Name)
		if err != nil {
			return step.Status, err
		}
		csv.Spec.Replaces = replaced
		object = csv
	} else {
		for _, definition := range l.crdsOf(b) {
			if definition.Name == step.Resource.Name {
				definition = definition.DeepCopy()
				label(definition, component(b.name, plan.Namespace), "")
				label(definition, "olm.managed", "true")
				object = definition
			}
		}
	}
	err := l.client.Create(ctx, object)
	if apierrors.IsAlreadyExists(err) {
		return v1alpha1.StepStatusPresent, nil
	}
	if err != nil {
		return step.Status, err
	}
	return v1alpha1.StepStatusCreated, nil
}

// replaced is the ClusterServiceVersion of the same package that a new one takes the place of.
func (l *OLM) replaced(ctx context.Context, namespace string, b *bundle, name string) (string, error) {
	csvs := &v1alpha1.ClusterServiceVersionList{}
	if err := l.client.List(ctx, csvs, client.InNamespace(namespace)); err != nil {
		return "", err
	}
	for _, each := range csvs.Items {
		if other, _, ok := byCSV(l.packages, each.Name); ok && other == b && each.Name != name {
			return each.Name, nil
		}
	}
	return "", nil
}

func label(object client.Object, key, value string) {
	labels := object.GetLabels()
	if labels == nil {
		labels = map[string]string{}
	}
	labels[key] = value
	object.SetLabels(labels)
}
