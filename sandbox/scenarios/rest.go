package scenarios

import (
	"context"
	"fmt"

	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

// resting says of kinds that operators work on which condition they have in the end. Of those with several names one is enough.
var resting = map[string]string{
	"HyperConverged": "Available", "NMState": "Available", "LVMCluster": "VolumeGroupsReady", "ForkliftController": "Successful",
	"Config": "Available", "Console": "DeploymentAvailable",
}

// atRest says what is still at work of what a scenario brought; nil when all is done.
func atRest(ctx context.Context, c client.Client, objects []*unstructured.Unstructured) error {
	for _, object := range objects {
		there := &unstructured.Unstructured{}
		there.SetGroupVersionKind(object.GroupVersionKind())
		if object.GetKind() != "Subscription" && resting[object.GetKind()] == "" {
			continue
		}
		if err := c.Get(ctx, client.ObjectKeyFromObject(object), there); err != nil {
			return err
		}
		if kind := resting[object.GetKind()]; kind != "" && !has(there, kind) {
			return fmt.Errorf("%s %s is not %s", object.GetKind(), object.GetName(), kind)
		}
		if object.GetKind() == "Subscription" {
			if err := installed(ctx, c, there); err != nil {
				return err
			}
		}
	}
	return nil
}

// allServed says of which kind the API server does not tell the objects yet: it answers 429 for a moment after a definition has come. A
// scenario is what was there long ago.
func allServed(ctx context.Context, c client.Client) error {
	definitions := &unstructured.UnstructuredList{}
	definitions.SetGroupVersionKind(crdKind)
	if err := c.List(ctx, definitions); err != nil {
		return err
	}
	for i := range definitions.Items {
		definition := &apiextensions.CustomResourceDefinition{}
		if err := runtime.DefaultUnstructuredConverter.FromUnstructured(definitions.Items[i].Object, definition); err != nil {
			return err
		}
		for _, version := range definition.Spec.Versions {
			if !version.Served || definition.DeletionTimestamp != nil {
				continue
			}
			list := &metav1.PartialObjectMetadataList{}
			list.SetGroupVersionKind(schema.GroupVersionKind{Group: definition.Spec.Group, Version: version.Name, Kind: definition.Spec.Names.Kind + "List"})
			if err := c.List(ctx, list, client.Limit(1)); err != nil {
				return fmt.Errorf("%s is not served yet: %w", definition.Name, err)
			}
		}
	}
	return nil
}

// has reports whether a condition is True.
func has(object *unstructured.Unstructured, kind string) bool {
	conditions, _, _ := unstructured.NestedSlice(object.Object, "status", "conditions")
	for _, each := range conditions {
		if condition, ok := each.(map[string]any); ok && condition["type"] == kind {
			return condition["status"] == "True"
		}
	}
	return false
}

// installed reports whether a Subscription led to an operator, or waits for approval.
func installed(ctx context.Context, c client.Client, subscription *unstructured.Unstructured) error {
	text := func(fields ...string) string {
		value, _, _ := unstructured.NestedString(subscription.Object, fields...)
		return value
	}
	if text("spec", "installPlanApproval") == "Manual" && has(subscription, "InstallPlanPending") {
		return nil
	}
	csv := &unstructured.Unstructured{}
	csv.SetGroupVersionKind(schema.GroupVersionKind{Group: "operators.coreos.com", Version: "v1alpha1", Kind: "ClusterServiceVersion"})
	name := text("status", "installedCSV")
	if name == "" {
		return fmt.Errorf("subscription %s has installed nothing yet", subscription.GetName())
	}
	if err := c.Get(ctx, client.ObjectKey{Namespace: subscription.GetNamespace(), Name: name}, csv); err != nil {
		return err
	}
	if phase, _, _ := unstructured.NestedString(csv.Object, "status", "phase"); phase != "Succeeded" {
		return fmt.Errorf("%s is %s", name, phase)
	}
	return nil
}
