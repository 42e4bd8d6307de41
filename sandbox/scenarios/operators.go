package scenarios

import (
	"context"
	"reflect"
	"strings"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

func ofOLM(version, kind string) schema.GroupVersionKind {
	return schema.GroupVersionKind{Group: "operators.coreos.com", Version: version, Kind: kind}
}

// groupsOf are the API groups that come with a package; their CRDs go with it.
var groupsOf = map[string][]string{
	"lvms-operator":               {"lvm.topolvm.io", "topolvm.io"},
	"mtv-operator":                {"forklift.konveyor.io"},
	"kubernetes-nmstate-operator": {"nmstate.io"},
	"kubevirt-hyperconverged":     {"hco.kubevirt.io", "kubevirt.io", "cdi.kubevirt.io"},
	"openshift-gitops-operator":   {"argoproj.io"},
}

// clearOperators removes the operators that a scenario does not have, with their CRDs. One that is there as the scenario wants it stays:
// installing it again would take long.
func (r *reset) clearOperators(ctx context.Context) (left string, err error) {
	subscriptions := &unstructured.UnstructuredList{}
	subscriptions.SetGroupVersionKind(ofOLM("v1alpha1", "SubscriptionList"))
	if err := r.List(ctx, subscriptions); err != nil {
		return "", err
	}
	kept, groups := map[string]bool{}, map[string]bool{}
	for i := range subscriptions.Items {
		subscription := &subscriptions.Items[i]
		wanted := r.wanted[key(subscription)]
		if wanted == nil || !reflect.DeepEqual(wanted.Object["spec"], subscription.Object["spec"]) || installed(ctx, r.Client, subscription) != nil {
			continue
		}
		text := func(fields ...string) string {
			value, _, _ := unstructured.NestedString(subscription.Object, fields...)
			return subscription.GetNamespace() + "/" + value
		}
		kept["Subscription "+text("metadata", "name")] = true
		kept["InstallPlan "+text("status", "installPlanRef", "name")] = true
		kept["ClusterServiceVersion "+text("status", "installedCSV")] = true
		name, _, _ := unstructured.NestedString(subscription.Object, "spec", "name")
		if csv, _, _ := unstructured.NestedString(subscription.Object, "status", "installedCSV"); csv != "" {
			for _, group := range groupsOf[name] {
				groups[group] = true
			}
		}
	}
	keep := func(object *metav1.PartialObjectMetadata) bool {
		return kept[object.Kind+" "+object.Namespace+"/"+object.Name]
	}
	for _, kind := range []string{"Subscription", "InstallPlan", "ClusterServiceVersion"} {
		if left, err = r.clearKind(ctx, "", ofOLM("v1alpha1", kind), keep, left); err != nil {
			return left, err
		}
	}
	if left, err = r.clearKind(ctx, "", ofOLM("v1", "OperatorGroup"), r.keepWanted, left); err != nil {
		return left, err
	}
	return r.clearKind(ctx, "", crdKind, func(object *metav1.PartialObjectMetadata) bool {
		_, group, _ := strings.Cut(object.Name, ".")
		foreign := true
		for _, each := range groupsOf {
			for _, own := range each {
				foreign = foreign && own != group
			}
		}
		return foreign || groups[group]
	}, left)
}
