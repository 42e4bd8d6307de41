package chart_test

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/discovery"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/rest"
)

// dump is everything on a cluster: "resource.group namespace/name" → object.
type dump map[string]*unstructured.Unstructured

// passing are resources that come and go by themselves; InstallPlans are OLM's, and approved by people.
var passing = []string{
	"events", "leases", "componentstatuses", "endpointslices", "endpoints", "packagemanifests", "apiservices", "controllerrevisions", "installplans",
}

// takeDump reads every object of every resource that can be listed.
func takeDump(t *testing.T, config *rest.Config) dump {
	t.Helper()
	client, err := discovery.NewDiscoveryClientForConfig(config)
	if err != nil {
		t.Fatal(err)
	}
	reader, err := dynamic.NewForConfig(config)
	if err != nil {
		t.Fatal(err)
	}
	lists, err := client.ServerPreferredResources()
	if err != nil && !discovery.IsGroupDiscoveryFailedError(err) {
		t.Fatal(err)
	}
	found := dump{}
	for _, list := range lists {
		version, err := schema.ParseGroupVersion(list.GroupVersion)
		if err != nil {
			t.Fatal(err)
		}
		for _, resource := range list.APIResources {
			if !slices.Contains(resource.Verbs, "list") || slices.Contains(passing, resource.Name) {
				continue
			}
			if err := found.add(t.Context(), reader, version.WithResource(resource.Name)); err != nil {
				t.Fatal(err)
			}
		}
	}
	return found
}

func (d dump) add(ctx context.Context, reader dynamic.Interface, resource schema.GroupVersionResource) error {
	items, err := reader.Resource(resource).List(ctx, metav1.ListOptions{})
	if apierrors.IsNotFound(err) || apierrors.IsMethodNotSupported(err) {
		return nil
	}
	if err != nil {
		return err
	}
	for i := range items.Items {
		object := &items.Items[i]
		if startsAnew(object) {
			continue
		}
		d[resource.GroupResource().String()+" "+object.GetNamespace()+"/"+object.GetName()] = object
	}
	return nil
}

// startsAnew says what the console's operator replaces whenever the list of plugins changes.
func startsAnew(object *unstructured.Unstructured) bool {
	return object.GetNamespace() == "openshift-console" && slices.Contains([]string{"Deployment", "ReplicaSet", "Pod"}, object.GetKind())
}

// wanted is what somebody asked of an object: all but its status and what the API server keeps about it.
func wanted(object *unstructured.Unstructured) string {
	content := object.DeepCopy().Object
	delete(content, "status")
	for _, field := range []string{"resourceVersion", "generation", "managedFields", "uid", "creationTimestamp"} {
		unstructured.RemoveNestedField(content, "metadata", field)
	}
	// OLM notes on an OperatorGroup what its operators bring.
	unstructured.RemoveNestedField(content, "metadata", "annotations", "olm.providedAPIs")
	if annotations, _, _ := unstructured.NestedMap(content, "metadata", "annotations"); len(annotations) == 0 {
		unstructured.RemoveNestedField(content, "metadata", "annotations")
	}
	// A list of no plugins says what no list says.
	if plugins, _, _ := unstructured.NestedSlice(content, "spec", "plugins"); len(plugins) == 0 {
		unstructured.RemoveNestedField(content, "spec", "plugins")
	}
	text, err := json.Marshal(content)
	if err != nil {
		return err.Error()
	}
	return string(text)
}

// residue are objects that a release left behind: in its namespace, of its name, or with its labels.
func (d dump) residue() []string {
	var left []string
	for key, object := range d {
		labels := object.GetLabels()
		ours := labels["app.kubernetes.io/part-of"] == "migration-prep" && labels["app.kubernetes.io/managed-by"] == "Helm"
		own := strings.HasPrefix(object.GetName(), release) && object.GetKind() != "Namespace"
		inside := object.GetNamespace() == release && !madeByKubernetes(object)
		if ours || own || inside {
			left = append(left, key)
		}
	}
	slices.Sort(left)
	return left
}

// madeByKubernetes says what every namespace has.
func madeByKubernetes(object *unstructured.Unstructured) bool {
	return object.GetKind() == "ConfigMap" && object.GetName() == "kube-root-ca.crt" ||
		object.GetKind() == "ServiceAccount" && object.GetName() == "default"
}

// added are the objects that were not there before. Definitions of kinds stay: OLM leaves them as well.
func (d dump) added(after dump) []string {
	var found []string
	for key, object := range after {
		if _, there := d[key]; !there && object.GetKind() != "CustomResourceDefinition" && !madeByKubernetes(object) {
			found = append(found, key)
		}
	}
	slices.Sort(found)
	return found
}

// changed are the objects of before that are gone or of which somebody wants something else now.
func (d dump) changed(after dump) []string {
	var found []string
	for key, object := range d {
		now, there := after[key]
		switch {
		case !there:
			found = append(found, key+" is gone")
		case wanted(object) != wanted(now):
			found = append(found, key+" was "+wanted(object)+" is "+wanted(now))
		}
	}
	slices.Sort(found)
	return found
}
