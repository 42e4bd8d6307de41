package scenarios

import (
	"context"
	"reflect"
	"slices"
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
	"lvms-operator":                     {"lvm.topolvm.io", "topolvm.io"},
	"mtv-operator":                      {"forklift.konveyor.io"},
	"kubernetes-nmstate-operator":       {"nmstate.io"},
	"kubevirt-hyperconverged":           {"hco.kubevirt.io", "kubevirt.io", "cdi.kubevirt.io"},
	"openshift-gitops-operator":         {"argoproj.io"},
	"forklift-operator":                 {"forklift.konveyor.io"},
	"community-kubevirt-hyperconverged": {"hco.kubevirt.io", "kubevirt.io", "cdi.kubevirt.io"},
}

// look finds which operators are as the scenario wants them. They stay: installing them again would take long.
func (r *reset) look(ctx context.Context) error {
	subscriptions := &unstructured.UnstructuredList{}
	subscriptions.SetGroupVersionKind(ofOLM("v1alpha1", "SubscriptionList"))
	if err := r.List(ctx, subscriptions); err != nil {
		return err
	}
	r.kept, r.groups = map[string]bool{}, map[string]bool{}
	for i := range subscriptions.Items {
		subscription := &subscriptions.Items[i]
		wanted := r.wanted[key(subscription)]
		if wanted == nil || !reflect.DeepEqual(wanted.Object["spec"], subscription.Object["spec"]) || installed(ctx, r.Client, subscription) != nil {
			continue
		}
		text := func(fields ...string) string {
			value, _, _ := unstructured.NestedString(subscription.Object, fields...)
			return value
		}
		here := " " + subscription.GetNamespace() + "/"
		r.kept["Subscription"+here+subscription.GetName()] = true
		r.kept["InstallPlan"+here+text("status", "installPlanRef", "name")] = true
		if csv := text("status", "installedCSV"); csv != "" {
			r.kept["ClusterServiceVersion"+here+csv] = true
			for _, group := range groupsOf[text("spec", "name")] {
				r.groups[group] = true
			}
		}
	}
	return nil
}

// clearOperators removes the operators that a scenario does not have, with their CRDs.
func (r *reset) clearOperators(ctx context.Context) (left string, err error) {
	keep := func(object *metav1.PartialObjectMetadata) bool {
		return r.kept[object.Kind+" "+object.Namespace+"/"+object.Name]
	}
	for _, kind := range []string{"Subscription", "InstallPlan", "ClusterServiceVersion"} {
		if left, err = r.clearKind(ctx, ofOLM("v1alpha1", kind), keep, left); err != nil {
			return left, err
		}
	}
	if left, err = r.clearKind(ctx, ofOLM("v1", "OperatorGroup"), r.keepWanted, left); err != nil {
		return left, err
	}
	return r.clearKind(ctx, crdKind, func(object *metav1.PartialObjectMetadata) bool {
		_, group, _ := strings.Cut(object.Name, ".")
		return r.groups[group] || !ofPackage(group)
	}, left)
}

// ofPackage reports whether an API group comes with a package.
func ofPackage(group string) bool {
	for _, groups := range groupsOf {
		if slices.Contains(groups, group) {
			return true
		}
	}
	return false
}
