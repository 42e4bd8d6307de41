package olm

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"time"

	operatorsv1 "github.com/operator-framework/api/pkg/operators/v1"
	"github.com/operator-framework/api/pkg/operators/v1alpha1"
	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/utils/ptr"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/reconcile"

	"github.com/migration-prep/migration-prep/sandbox/internal/crd"
)

// Times of a ClusterServiceVersion, times the pace: between phases, and until an install that makes no progress is given up.
const (
	phaseTime   = time.Second
	installTime = 5 * time.Minute
)

// reconcileCSV moves a ClusterServiceVersion at most one phase on.
func (l *OLM) reconcileCSV(ctx context.Context, request reconcile.Request) (reconcile.Result, error) {
	csv := &v1alpha1.ClusterServiceVersion{}
	if err := l.client.Get(ctx, request.NamespacedName, csv); err != nil {
		if apierrors.IsNotFound(err) {
			return reconcile.Result{}, l.removeOwned(ctx, request.NamespacedName)
		}
		return reconcile.Result{}, err
	}
	b, _, ok := byCSV(l.packages, csv.Name)
	if !ok || csv.DeletionTimestamp != nil {
		return reconcile.Result{}, nil
	}
	if csv.Status.Phase == v1alpha1.CSVPhaseDeleting {
		return reconcile.Result{}, client.IgnoreNotFound(l.client.Delete(ctx, csv))
	}
	// OLM's own clock: phases that follow each other at once could not be seen.
	if last := csv.Status.LastTransitionTime; last != nil {
		if wait := time.Until(last.Add(l.options.Pace.Of(phaseTime))); wait > 0 {
			return reconcile.Result{RequeueAfter: wait}, nil
		}
	}
	before := csv.DeepCopy()
	written, err := l.move(ctx, b, csv)
	if err != nil || written {
		return reconcile.Result{}, ignoreLost(err)
	}
	if !reflect.DeepEqual(before.Status, csv.Status) {
		return reconcile.Result{RequeueAfter: time.Millisecond}, ignoreLost(l.client.Status().Update(ctx, csv))
	}
	if csv.Status.Phase == v1alpha1.CSVPhaseSucceeded {
		return reconcile.Result{}, nil
	}
	return reconcile.Result{RequeueAfter: 300 * time.Millisecond}, nil
}

// turn sets phase, reason and message unless they are so already.
func turn(csv *v1alpha1.ClusterServiceVersion, phase v1alpha1.ClusterServiceVersionPhase, reason v1alpha1.ConditionReason, format string, a ...any) {
	csv.SetPhaseWithEventIfChanged(phase, reason, fmt.Sprintf(format, a...), ptr.To(metav1.Now()), silent{})
}

// move changes the phase in memory, or writes the object itself and says so.
func (l *OLM) move(ctx context.Context, b *bundle, csv *v1alpha1.ClusterServiceVersion) (written bool, err error) {
	group, written, err := l.join(ctx, csv)
	if group == nil || err != nil {
		return written, err
	}
	modes, err := v1alpha1.NewInstallModeSet(csv.Spec.InstallModes)
	if err != nil {
		return false, err
	}
	if err := modes.Supports(csv.Namespace, strings.Split(csv.Annotations[operatorsv1.OperatorGroupTargetsAnnotationKey], ",")); err != nil {
		turn(csv, v1alpha1.CSVPhaseFailed, v1alpha1.CSVReasonUnsupportedOperatorGroup, "%s", err)
		return false, nil
	}
	rival, err := l.rival(ctx, group, apis(csv))
	if err != nil {
		return false, err
	}
	if rival {
		turn(csv, v1alpha1.CSVPhaseFailed, v1alpha1.CSVReasonInterOperatorGroupOwnerConflict, "intersecting operatorgroups provide the same apis")
		return false, nil
	}
	switch csv.Status.Phase {
	case v1alpha1.CSVPhaseNone:
		turn(csv, v1alpha1.CSVPhasePending, v1alpha1.CSVReasonRequirementsUnknown, "requirements not yet checked")
	case v1alpha1.CSVPhasePending:
		err = l.pend(ctx, csv)
	case v1alpha1.CSVPhaseInstallReady:
		if err = l.install(ctx, b, csv); err == nil {
			turn(csv, v1alpha1.CSVPhaseInstalling, v1alpha1.CSVReasonInstallSuccessful, "waiting for install components to report healthy")
		}
	case v1alpha1.CSVPhaseInstalling, v1alpha1.CSVPhaseSucceeded:
		err = l.check(ctx, b, csv)
	case v1alpha1.CSVPhaseReplacing:
		err = l.giveWay(ctx, csv)
	case v1alpha1.CSVPhaseFailed:
		err = l.recover(ctx, csv)
	}
	return false, err
}

// join makes the ClusterServiceVersion a member of the namespace's only OperatorGroup; without one it fails.
func (l *OLM) join(ctx context.Context, csv *v1alpha1.ClusterServiceVersion) (*operatorsv1.OperatorGroup, bool, error) {
	groups, err := l.groups(ctx, csv.Namespace)
	switch {
	case err != nil:
		return nil, false, err
	case len(groups) == 0:
		turn(csv, v1alpha1.CSVPhaseFailed, v1alpha1.CSVReasonNoOperatorGroup, "csv in namespace with no operatorgroups")
		return nil, false, nil
	case len(groups) > 1:
		turn(csv, v1alpha1.CSVPhaseFailed, v1alpha1.CSVReasonTooManyOperatorGroups, "csv created in namespace with multiple operatorgroups, can't pick one automatically")
		return nil, false, nil
	}
	group := &groups[0]
	if len(group.Status.Namespaces) == 0 {
		// Not resolved yet, or its selector finds nothing.
		if group.Status.LastUpdated != nil {
			turn(csv, v1alpha1.CSVPhaseFailed, v1alpha1.CSVReasonNoTargetNamespaces, "no targetNamespaces are matched operatorgroups namespace selection")
		}
		return nil, false, nil
	}
	wanted := map[string]string{
		operatorsv1.OperatorGroupAnnotationKey: group.Name, operatorsv1.OperatorGroupNamespaceAnnotationKey: group.Namespace,
		operatorsv1.OperatorGroupTargetsAnnotationKey: group.BuildTargetNamespaces(),
	}
	same := true
	for key, value := range wanted {
		if found, ok := csv.Annotations[key]; !ok || found != value {
			same = false
			csv.Annotations[key] = value
		}
	}
	if same {
		return group, false, nil
	}
	return nil, true, l.client.Update(ctx, csv)
}

// requirements are the CRDs; met when the API server serves all.
func (l *OLM) requirements(ctx context.Context, csv *v1alpha1.ClusterServiceVersion) (met bool, err error) {
	met = true
	var statuses []v1alpha1.RequirementStatus
	for _, owned := range csv.Spec.CustomResourceDefinitions.Owned {
		status := v1alpha1.RequirementStatus{Group: apiextensions.GroupName, Version: "v1", Kind: "CustomResourceDefinition", Name: owned.Name}
		definition := &apiextensions.CustomResourceDefinition{}
		err := l.client.Get(ctx, client.ObjectKey{Name: owned.Name}, definition)
		switch {
		case apierrors.IsNotFound(err):
			met = false
			status.Status, status.Message = v1alpha1.RequirementStatusReasonNotPresent, "CRD is not present"
		case err != nil:
			return false, err
		case crd.Established(definition):
			status.Status, status.Message, status.UUID = v1alpha1.RequirementStatusReasonPresent, "CRD is present and Established condition is true", string(definition.UID)
		default:
			met = false
			status.Status, status.Message = v1alpha1.RequirementStatusReasonNotAvailable, "CRD is present but the Established condition is False (not available)"
		}
		statuses = append(statuses, status)
	}
	csv.SetRequirementStatus(statuses)
	return met, nil
}

func (l *OLM) pend(ctx context.Context, csv *v1alpha1.ClusterServiceVersion) error {
	met, err := l.requirements(ctx, csv)
	if err != nil {
		return err
	}
	if !met {
		turn(csv, v1alpha1.CSVPhasePending, v1alpha1.CSVReasonRequirementsNotMet, "one or more requirements couldn't be found")
		return nil
	}
	if csv.Spec.Replaces != "" {
		previous := &v1alpha1.ClusterServiceVersion{}
		err := l.client.Get(ctx, client.ObjectKey{Namespace: csv.Namespace, Name: csv.Spec.Replaces}, previous)
		if client.IgnoreNotFound(err) != nil {
			return err
		}
		if err == nil && previous.Status.Phase != v1alpha1.CSVPhaseReplacing {
			return nil
		}
	}
	turn(csv, v1alpha1.CSVPhaseInstallReady, v1alpha1.CSVReasonRequirementsMet, "all requirements found, attempting install")
	return nil
}

// check looks whether the operator's Deployments are available, while it is being installed and ever after.
func (l *OLM) check(ctx context.Context, b *bundle, csv *v1alpha1.ClusterServiceVersion) error {
	if csv.Status.Phase == v1alpha1.CSVPhaseSucceeded {
		if next, err := l.successor(ctx, csv); err != nil {
			return err
		} else if next != nil {
			turn(csv, v1alpha1.CSVPhaseReplacing, v1alpha1.CSVReasonBeingReplaced, "being replaced by csv: %s", next.Name)
			return nil
		}
		if met, err := l.requirements(ctx, csv); err != nil {
			return err
		} else if !met {
			turn(csv, v1alpha1.CSVPhaseFailed, v1alpha1.CSVReasonRequirementsNotMet, "requirements no longer met")
			return nil
		}
	}
	problem, err := l.unavailable(ctx, b, csv.Namespace)
	switch {
	case err != nil:
		return err
	case problem == "":
		turn(csv, v1alpha1.CSVPhaseSucceeded, v1alpha1.CSVReasonInstallSuccessful, "install strategy completed with no errors")
	case csv.Status.Phase == v1alpha1.CSVPhaseSucceeded:
		turn(csv, v1alpha1.CSVPhaseFailed, v1alpha1.CSVReasonComponentUnhealthy, "installing: %s", problem)
	case time.Since(csv.Status.LastTransitionTime.Time) > l.options.Pace.Of(installTime) && !l.options.Pace.Hurried():
		turn(csv, v1alpha1.CSVPhaseFailed, v1alpha1.CSVReasonInstallCheckFailed, "install timeout")
	default:
		turn(csv, v1alpha1.CSVPhaseInstalling, v1alpha1.CSVReasonWaiting, "installing: %s", problem)
	}
	return nil
}

// successor is the ClusterServiceVersion that replaces this one.
func (l *OLM) successor(ctx context.Context, csv *v1alpha1.ClusterServiceVersion) (*v1alpha1.ClusterServiceVersion, error) {
	all := &v1alpha1.ClusterServiceVersionList{}
	if err := l.client.List(ctx, all, client.InNamespace(csv.Namespace)); err != nil {
		return nil, err
	}
	for i := range all.Items {
		if all.Items[i].Spec.Replaces == csv.Name {
			return &all.Items[i], nil
		}
	}
	return nil, nil
}

func (l *OLM) giveWay(ctx context.Context, csv *v1alpha1.ClusterServiceVersion) error {
	next, err := l.successor(ctx, csv)
	if err == nil && next != nil && next.Status.Phase == v1alpha1.CSVPhaseSucceeded {
		turn(csv, v1alpha1.CSVPhaseDeleting, v1alpha1.CSVReasonReplaced, "has been replaced by a newer ClusterServiceVersion that has successfully installed.")
	}
	return err
}

// recover leaves the phase Failed once its cause is gone; the cause itself was looked for before.
func (l *OLM) recover(ctx context.Context, csv *v1alpha1.ClusterServiceVersion) error {
	switch csv.Status.Reason {
	case v1alpha1.CSVReasonNoTargetNamespaces, v1alpha1.CSVReasonNoOperatorGroup, v1alpha1.CSVReasonTooManyOperatorGroups, v1alpha1.CSVReasonUnsupportedOperatorGroup:
		turn(csv, v1alpha1.CSVPhasePending, v1alpha1.CSVReasonRequirementsUnknown, "InstallModes now support target namespaces")
		return nil
	case v1alpha1.CSVReasonInterOperatorGroupOwnerConflict:
		turn(csv, v1alpha1.CSVPhasePending, v1alpha1.CSVReasonRequirementsUnknown, "OperatorGroup no longer intersecting with conflicting owner")
		return nil
	}
	met, err := l.requirements(ctx, csv)
	if err != nil {
		return err
	}
	if !met {
		turn(csv, v1alpha1.CSVPhasePending, v1alpha1.CSVReasonRequirementsNotMet, "requirements not met")
		return nil
	}
	turn(csv, v1alpha1.CSVPhasePending, v1alpha1.CSVReasonNeedsReinstall, "installing: waiting for the operator's deployments")
	return nil
}
