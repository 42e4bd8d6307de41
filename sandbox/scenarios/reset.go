package scenarios

import (
	"context"
	"fmt"
	"slices"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/wait"
	"k8s.io/client-go/rest"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

// projects are those that base.yaml creates; Reset empties them.
var projects = []string{"openshift-mtv", "migration-target", "openshift-image-registry"}

// system are the namespaces that Kubernetes itself has. Any other is somebody's doing, and Reset deletes it.
var system = []string{"default", "kube-system", "kube-public", "kube-node-lease"}

// kinds are what users and stand-ins make in a project. Owners come first, so nothing is made again while its owner lives.
var kinds = []schema.GroupVersionKind{
	{Group: "forklift.konveyor.io", Version: "v1beta1", Kind: "Provider"},
	{Group: "forklift.konveyor.io", Version: "v1beta1", Kind: "Host"},
	{Group: "forklift.konveyor.io", Version: "v1beta1", Kind: "NetworkMap"},
	{Group: "forklift.konveyor.io", Version: "v1beta1", Kind: "StorageMap"},
	{Group: "forklift.konveyor.io", Version: "v1beta1", Kind: "ForkliftController"},
	{Group: "build.openshift.io", Version: "v1", Kind: "BuildConfig"},
	{Group: "build.openshift.io", Version: "v1", Kind: "Build"},
	{Group: "image.openshift.io", Version: "v1", Kind: "ImageStream"},
	{Group: "k8s.cni.cncf.io", Version: "v1", Kind: "NetworkAttachmentDefinition"},
	{Version: "v1", Kind: "Secret"},
	{Version: "v1", Kind: "ConfigMap"},
	{Version: "v1", Kind: "Event"},
	{Group: "rbac.authorization.k8s.io", Version: "v1", Kind: "RoleBinding"},
}

// clusterWide are kinds without a project of which nothing stays.
var clusterWide = []schema.GroupVersionKind{{Group: "image.openshift.io", Version: "v1", Kind: "Image"}}

// kept are objects of base.yaml, and those that Kubernetes makes in every namespace by itself.
func kept(object *metav1.PartialObjectMetadata) bool {
	return object.Labels["sandbox/keep"] == "true" || object.Kind == "ConfigMap" && object.Name == "kube-root-ca.crt"
}

// Reset removes what anybody made since the cluster began, waits until it is gone, and applies the scenario.
func Reset(ctx context.Context, config *rest.Config, name string, values Values) error {
	c, err := client.New(config, client.Options{})
	if err != nil {
		return fmt.Errorf("reset: %w", err)
	}
	err = wait.PollUntilContextTimeout(ctx, 50*time.Millisecond, 30*time.Second, true, func(ctx context.Context) (bool, error) {
		left, err := clear(ctx, c)
		return left == 0, err
	})
	if err != nil {
		return fmt.Errorf("reset: %w", err)
	}
	return Apply(ctx, config, name, values)
}

// clear asks for the deletion of everything that is not part of a fresh cluster and counts what was still there.
func clear(ctx context.Context, c client.Client) (int, error) {
	left := 0
	namespaces := &corev1.NamespaceList{}
	if err := c.List(ctx, namespaces); err != nil {
		return 0, err
	}
	for i := range namespaces.Items {
		namespace := &namespaces.Items[i]
		if slices.Contains(projects, namespace.Name) || slices.Contains(system, namespace.Name) {
			continue
		}
		left++
		if err := ignoreAbsent(c.Delete(ctx, namespace)); err != nil {
			return left, err
		}
	}
	targets := map[string][]schema.GroupVersionKind{"": clusterWide}
	for _, project := range projects {
		targets[project] = kinds
	}
	for project, kinds := range targets {
		for _, kind := range kinds {
			count, err := clearKind(ctx, c, project, kind)
			if err != nil {
				return left, err
			}
			left += count
		}
	}
	return left, nil
}

func clearKind(ctx context.Context, c client.Client, project string, kind schema.GroupVersionKind) (int, error) {
	objects := &metav1.PartialObjectMetadataList{}
	objects.SetGroupVersionKind(kind.GroupVersion().WithKind(kind.Kind + "List"))
	if err := c.List(ctx, objects, client.InNamespace(project)); meta.IsNoMatchError(err) {
		return 0, nil
	} else if err := ignoreAbsent(err); err != nil {
		return 0, fmt.Errorf("list %s: %w", kind.Kind, err)
	}
	left := 0
	for i := range objects.Items {
		object := &objects.Items[i]
		object.SetGroupVersionKind(kind)
		if kept(object) {
			continue
		}
		left++
		target := &unstructured.Unstructured{}
		target.SetGroupVersionKind(kind)
		target.SetNamespace(project)
		target.SetName(object.Name)
		if err := ignoreAbsent(c.Delete(ctx, target, client.PropagationPolicy(metav1.DeletePropagationBackground))); err != nil {
			return left, fmt.Errorf("delete %s %s: %w", kind.Kind, object.Name, err)
		}
	}
	return left, nil
}
