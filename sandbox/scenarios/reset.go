package scenarios

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	corev1 "k8s.io/api/core/v1"
	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/wait"
	"k8s.io/client-go/rest"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

// system are the namespaces that Kubernetes itself has. Any other that a scenario does not have is somebody's doing, and Reset
// deletes it.
var system = map[string]bool{"default": true, "kube-system": true, "kube-public": true, "kube-node-lease": true}

// operands are what operators work on. They go first, while their operators are there to let them go.
var operands = []schema.GroupVersionKind{
	{Group: "argoproj.io", Version: "v1alpha1", Kind: "Application"},
	{Group: "argoproj.io", Version: "v1beta1", Kind: "ArgoCD"},
	{Group: "lvm.topolvm.io", Version: "v1alpha1", Kind: "LVMCluster"},
	{Group: "hco.kubevirt.io", Version: "v1beta1", Kind: "HyperConverged"},
	{Group: "nmstate.io", Version: "v1", Kind: "NMState"},
}

// kinds are what users and stand-ins make in a project. Owners come first, so nothing is made again while its owner lives.
var kinds = []schema.GroupVersionKind{
	{Group: "kubevirt.io", Version: "v1", Kind: "VirtualMachine"},
	{Group: "forklift.konveyor.io", Version: "v1beta1", Kind: "Plan"},
	{Group: "forklift.konveyor.io", Version: "v1beta1", Kind: "Provider"},
	{Group: "forklift.konveyor.io", Version: "v1beta1", Kind: "Host"},
	{Group: "forklift.konveyor.io", Version: "v1beta1", Kind: "NetworkMap"},
	{Group: "forklift.konveyor.io", Version: "v1beta1", Kind: "StorageMap"},
	{Group: "forklift.konveyor.io", Version: "v1beta1", Kind: "ForkliftController"},
	{Group: "build.openshift.io", Version: "v1", Kind: "BuildConfig"},
	{Group: "build.openshift.io", Version: "v1", Kind: "Build"},
	{Group: "image.openshift.io", Version: "v1", Kind: "ImageStream"},
	{Group: "k8s.cni.cncf.io", Version: "v1", Kind: "NetworkAttachmentDefinition"},
	{Group: "batch", Version: "v1", Kind: "Job"},
	{Group: "apps", Version: "v1", Kind: "Deployment"},
	{Version: "v1", Kind: "Service"},
	{Version: "v1", Kind: "PersistentVolumeClaim"},
	{Version: "v1", Kind: "Secret"},
	{Version: "v1", Kind: "ConfigMap"},
	{Version: "v1", Kind: "Event"},
	{Group: "rbac.authorization.k8s.io", Version: "v1", Kind: "RoleBinding"},
	{Group: "rbac.authorization.k8s.io", Version: "v1", Kind: "Role"},
}

// clusterKinds are what users and operators make outside of any project.
var clusterKinds = []schema.GroupVersionKind{
	{Group: "console.openshift.io", Version: "v1", Kind: "ConsolePlugin"},
	{Group: "console.openshift.io", Version: "v1", Kind: "ConsoleQuickStart"},
	{Group: "storage.k8s.io", Version: "v1", Kind: "StorageClass"},
	{Group: "snapshot.storage.k8s.io", Version: "v1", Kind: "VolumeSnapshotClass"},
	{Version: "v1", Kind: "PersistentVolume"},
	{Version: "v1", Kind: "Node"},
	{Group: "nmstate.io", Version: "v1", Kind: "NodeNetworkConfigurationPolicy"},
	{Group: "nmstate.io", Version: "v1beta1", Kind: "NodeNetworkConfigurationEnactment"},
	{Group: "nmstate.io", Version: "v1beta1", Kind: "NodeNetworkState"},
	{Group: "image.openshift.io", Version: "v1", Kind: "Image"},
	{Group: "rbac.authorization.k8s.io", Version: "v1", Kind: "ClusterRoleBinding"},
	{Group: "rbac.authorization.k8s.io", Version: "v1", Kind: "ClusterRole"},
}

// Reset removes what anybody made since the cluster began, waits until it is gone, and applies the scenario.
func Reset(ctx context.Context, config *rest.Config, name string, values Values) error {
	objects, err := objectsOf(name, values)
	if err != nil {
		return err
	}
	c, err := client.New(config, client.Options{})
	if err != nil {
		return fmt.Errorf("reset: %w", err)
	}
	r := &reset{Client: c, wanted: map[string]*unstructured.Unstructured{}}
	for _, object := range objects {
		r.wanted[key(object)] = object
	}
	var left string
	err = wait.PollUntilContextTimeout(ctx, 50*time.Millisecond, patience, true, func(ctx context.Context) (bool, error) {
		left, err = r.clear(ctx)
		return left == "", err
	})
	if err != nil {
		return fmt.Errorf("reset: %w (%s is left)", errors.Join(err, r.unanswered), left)
	}
	return applyAll(ctx, c, name, objects)
}

// reset removes what is not wanted.
type reset struct {
	client.Client
	wanted map[string]*unstructured.Unstructured
	// kept are the objects of operators that stay, groups their API groups.
	kept, groups map[string]bool
	// unanswered is the last deletion that no webhook answered.
	unanswered error
}

// clear asks for the deletion of everything that the scenario does not have, in an order in which it can go, and names something that
// was still there.
func (r *reset) clear(ctx context.Context) (left string, err error) {
	if err := r.look(ctx); err != nil {
		return "", err
	}
	for _, kind := range operands {
		keep := func(object *metav1.PartialObjectMetadata) bool { return r.groups[kind.Group] && r.keepWanted(object) }
		if left, err = r.clearKind(ctx, kind, keep, left); err != nil {
			return left, err
		}
	}
	if left != "" {
		return left, nil
	}
	if left, err = r.clearOperators(ctx); err != nil || left != "" {
		return left, err
	}
	projects, left, err := r.clearNamespaces(ctx)
	if err != nil {
		return left, err
	}
	for _, kind := range kinds {
		keep := func(object *metav1.PartialObjectMetadata) bool {
			return !projects[object.Namespace] || r.keepInProject(object)
		}
		if left, err = r.clearKind(ctx, kind, keep, left); err != nil {
			return left, err
		}
	}
	for _, kind := range clusterKinds {
		if left, err = r.clearKind(ctx, kind, r.keepInCluster, left); err != nil {
			return left, err
		}
	}
	return left, nil
}

// clearNamespaces asks for the deletion of those that the scenario does not have. The others, and default, are its projects.
func (r *reset) clearNamespaces(ctx context.Context) (projects map[string]bool, left string, err error) {
	namespaces := &corev1.NamespaceList{}
	if err := r.List(ctx, namespaces); err != nil {
		return nil, "", err
	}
	projects = map[string]bool{metav1.NamespaceDefault: true}
	for i := range namespaces.Items {
		namespace := &namespaces.Items[i]
		namespace.SetGroupVersionKind(corev1.SchemeGroupVersion.WithKind("Namespace"))
		switch {
		case system[namespace.Name]:
		case r.wanted[key(namespace)] != nil:
			projects[namespace.Name] = true
		default:
			left = namespace.Name
			if err := r.ask(ctx, namespace); err != nil {
				return nil, left, err
			}
		}
	}
	return projects, left, nil
}

// keepInProject are objects of the scenario that need not be made afresh, what a kept operator has, and what Kubernetes makes by itself.
func (r *reset) keepInProject(object *metav1.PartialObjectMetadata) bool {
	switch {
	case object.Labels["sandbox/keep"] == "true":
		// Rights that another scenario gave go: users would see more than this one says.
		return !strings.HasPrefix(object.Kind, "Role") || r.keepWanted(object)
	case object.Labels["olm.managed"] == "true", object.Labels["docker-registry"] != "":
		return true
	case object.Kind == "ConfigMap":
		return object.Name == "kube-root-ca.crt" || object.Name == "console-config"
	case object.Kind == "Service":
		return object.Namespace == metav1.NamespaceDefault && object.Name == "kubernetes"
	}
	return false
}

func (r *reset) keepInCluster(object *metav1.PartialObjectMetadata) bool {
	// What a kept operator owns stays with its operand.
	if name := object.Labels["owned-by.topolvm.io/name"]; name != "" {
		return r.wanted["LVMCluster.lvm.topolvm.io "+object.Labels["owned-by.topolvm.io/namespace"]+"/"+name] != nil
	}
	if object.Kind == "VolumeSnapshotClass" || object.Kind == "PersistentVolume" || object.Kind == "Image" {
		return false
	}
	return r.keepWanted(object) || strings.HasPrefix(object.Name, "system:") || object.Labels["kubernetes.io/bootstrapping"] != ""
}

func (r *reset) keepWanted(object *metav1.PartialObjectMetadata) bool {
	return r.wanted[key(object)] != nil
}

// clearKind deletes the objects of a kind that are not to be kept, wherever they are.
func (r *reset) clearKind(ctx context.Context, kind schema.GroupVersionKind, keep func(*metav1.PartialObjectMetadata) bool, left string) (string, error) {
	objects := &metav1.PartialObjectMetadataList{}
	objects.SetGroupVersionKind(kind.GroupVersion().WithKind(kind.Kind + "List"))
	if err := r.List(ctx, objects); meta.IsNoMatchError(err) {
		return left, nil
	} else if err := ignoreAbsent(err); err != nil {
		return left, fmt.Errorf("list %s: %w", kind.Kind, err)
	}
	for i := range objects.Items {
		object := &objects.Items[i]
		object.SetGroupVersionKind(kind)
		if keep(object) {
			continue
		}
		// Whatever is deleted makes new events.
		if kind.Kind != "Event" {
			left = kind.Kind + " " + object.Name
		}
		if object.DeletionTimestamp != nil {
			if err := r.release(ctx, object); err != nil {
				return left, err
			}
			continue
		}
		if err := r.ask(ctx, object, client.PropagationPolicy(metav1.DeletePropagationBackground)); err != nil {
			return left, fmt.Errorf("delete %s %s: %w", kind.Kind, object.Name, err)
		}
	}
	return left, nil
}

// ask for the deletion of an object. Where no webhook answers, its operator is not up yet or is going: the next round asks again.
func (r *reset) ask(ctx context.Context, object client.Object, options ...client.DeleteOption) error {
	err := ignoreAbsent(r.Delete(ctx, object, options...))
	if apierrors.IsInternalError(err) {
		r.unanswered = err
		return nil
	}
	return err
}

// release frees an object whose deletion waits for an operator that is slow or gone.
func (r *reset) release(ctx context.Context, object *metav1.PartialObjectMetadata) error {
	waited := time.Since(object.DeletionTimestamp.Time)
	if object.Kind == crdKind.Kind {
		return r.remind(ctx, object, waited)
	}
	if len(object.Finalizers) == 0 || waited < 2*time.Second {
		return nil
	}
	return ignoreAbsent(r.Patch(ctx, object, client.RawPatch("application/merge-patch+json", []byte(`{"metadata":{"finalizers":null}}`))))
}

// remind changes a definition that is being deleted, once a second. kube-apiserver forgets one whose storage was not ready when it
// first looked for instances: its second attempt meets a conflict with the condition that the first one wrote, returns without an
// error, and changes of that condition alone are no reason to look again (crd_finalizer.go, sync and updateCustomResourceDefinition,
// 1.35). Only the resync after five minutes would.
func (r *reset) remind(ctx context.Context, definition *metav1.PartialObjectMetadata, waited time.Duration) error {
	if waited < 2*time.Second {
		return nil
	}
	patch := fmt.Sprintf(`{"metadata":{"annotations":{"sandbox/waited":"%d"}}}`, waited/time.Second)
	return ignoreAbsent(r.Patch(ctx, definition, client.RawPatch("application/merge-patch+json", []byte(patch))))
}

var crdKind = apiextensions.SchemeGroupVersion.WithKind("CustomResourceDefinition")
