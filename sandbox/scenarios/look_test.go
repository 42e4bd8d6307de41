package scenarios_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	authorizationv1 "k8s.io/api/authorization/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/rest"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

// mayDo asks the API server what the holder of config may do. Roles take effect a moment after they are written.
func mayDo(t *testing.T, config *rest.Config, verb, group, resource, namespace string) bool {
	t.Helper()
	user, err := client.New(config, client.Options{})
	if err != nil {
		t.Fatal(err)
	}
	resource, subresource, _ := strings.Cut(resource, "/")
	for attempt := 0; ; attempt++ {
		review := &authorizationv1.SelfSubjectAccessReview{Spec: authorizationv1.SelfSubjectAccessReviewSpec{
			ResourceAttributes: &authorizationv1.ResourceAttributes{
				Verb: verb, Group: group, Resource: resource, Subresource: subresource, Namespace: namespace,
			},
		}}
		if err := user.Create(t.Context(), review); err != nil {
			t.Fatal(err)
		}
		if review.Status.Allowed || attempt == 5 {
			return review.Status.Allowed
		}
		time.Sleep(100 * time.Millisecond)
	}
}

// found lists the objects of a kind everywhere: namespace/name.
func found(t *testing.T, admin client.Client, kind string) []string {
	t.Helper()
	list := &unstructured.UnstructuredList{}
	list.SetGroupVersionKind(map[string]schema.GroupVersionKind{
		"ClusterServiceVersion":    {Group: "operators.coreos.com", Version: "v1alpha1", Kind: "ClusterServiceVersionList"},
		"OperatorGroup":            {Group: "operators.coreos.com", Version: "v1", Kind: "OperatorGroupList"},
		"LVMCluster":               {Group: "lvm.topolvm.io", Version: "v1alpha1", Kind: "LVMClusterList"},
		"CustomResourceDefinition": {Group: "apiextensions.k8s.io", Version: "v1", Kind: "CustomResourceDefinitionList"},
		"StorageClass":             {Group: "storage.k8s.io", Version: "v1", Kind: "StorageClassList"},
	}[kind])
	if err := admin.List(t.Context(), list); err != nil {
		if meta.IsNoMatchError(err) || apierrors.IsNotFound(err) {
			return nil
		}
		t.Fatal(err)
	}
	var names []string
	for _, item := range list.Items {
		names = append(names, strings.TrimPrefix(item.GetNamespace()+"/"+item.GetName(), "/"))
	}
	slices.Sort(names)
	return names
}
