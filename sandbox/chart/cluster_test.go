package chart_test

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/client-go/rest"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/migration-prep/migration-prep/sandbox/internal/controlplane"
	"github.com/migration-prep/migration-prep/sandbox/internal/crd"
)

// namespaces exist on OpenShift or are made by an operator or by the chart in an earlier wave.
var namespaces = []string{
	release, "openshift-image-registry", "openshift-lvm-storage", "openshift-storage", "openshift-mtv", "openshift-nmstate", "openshift-cnv",
	"openshift-gitops", "openshift-gitops-operator", "openshift-console", "openshift-config-managed",
}

// warnings collects what the API server warns of.
type warnings struct {
	lock sync.Mutex
	all  []string
}

func (w *warnings) HandleWarningHeader(_ int, _ string, text string) {
	w.lock.Lock()
	defer w.lock.Unlock()
	w.all = append(w.all, text)
}

// cluster is an API server with every definition there is, and namespaces that enforce PodSecurity `restricted`.
func cluster(t *testing.T) (client.Client, *controlplane.ControlPlane, *warnings) {
	t.Helper()
	c := controlplane.ForTest(t, append([]crd.Set{crd.Platform}, crd.Operators...)...)
	seen := &warnings{}
	config := rest.CopyConfig(c.Config)
	config.WarningHandler = seen
	admin, err := client.New(config, client.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range namespaces {
		namespace := &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{
			Name: name, Labels: map[string]string{"pod-security.kubernetes.io/enforce": "restricted", "pod-security.kubernetes.io/warn": "restricted"},
		}}
		if err := admin.Create(t.Context(), namespace); err != nil && !apierrors.IsAlreadyExists(err) {
			t.Fatal(err)
		}
	}
	return admin, c, seen
}

// rehearse lets the API server check an object as if it were applied; fields that it does not know are refused.
func rehearse(ctx context.Context, admin client.Client, object *unstructured.Unstructured) error {
	return admin.Apply(ctx, client.ApplyConfigurationFromUnstructured(object.DeepCopy()), client.FieldOwner("helm"), client.DryRunAll, client.ForceOwnership)
}

// podOf is the pod that an object makes, if it makes one.
func podOf(t *testing.T, object *unstructured.Unstructured) *corev1.Pod {
	t.Helper()
	path := []string{"spec", "template"}
	switch object.GetKind() {
	case "Pod":
		path = nil
	case "Deployment", "Job":
	default:
		return nil
	}
	template, found, err := unstructured.NestedMap(object.Object, path...)
	if err != nil || !found {
		t.Fatalf("%s has no pod: %v", described(object), err)
	}
	pod := &corev1.Pod{}
	if err := runtime.DefaultUnstructuredConverter.FromUnstructured(template, pod); err != nil {
		t.Fatal(err)
	}
	pod.Name, pod.Namespace = object.GetName(), object.GetNamespace()
	// Its account may be made by the same release.
	pod.Spec.ServiceAccountName = ""
	return pod
}

func TestAPIServerAcceptsEverything(t *testing.T) {
	t.Parallel()
	admin, _, seen := cluster(t)
	accepted, pods := 0, 0
	forEachScenario(t, func(t *testing.T, _ string, rendered []*unstructured.Unstructured) {
		for _, object := range rendered {
			if err := rehearse(t.Context(), admin, object); err != nil {
				t.Errorf("%s: %v", described(object), err)
			}
			accepted++
			pod := podOf(t, object)
			if pod == nil {
				continue
			}
			if err := admin.Create(t.Context(), pod, client.DryRunAll); err != nil {
				t.Errorf("the pod of %s: %v", described(object), err)
			}
			pods++
		}
	})
	if accepted < 100 || pods < 50 {
		t.Errorf("only %d objects and %d pods were looked at", accepted, pods)
	}
	if len(seen.all) > 0 {
		t.Errorf("the API server warns: %s", strings.Join(slices.Compact(slices.Sorted(slices.Values(seen.all))), "\n"))
	}
	t.Run("and refuses what is wrong", func(t *testing.T) {
		for _, object := range mustTemplate(t, "helm3") {
			if object.GetKind() != "Deployment" {
				continue
			}
			if err := unstructured.SetNestedField(object.Object, int64(1), "spec", "replica"); err != nil {
				t.Fatal(err)
			}
			if err := rehearse(t.Context(), admin, object); err == nil || !strings.Contains(err.Error(), "replica") {
				t.Errorf("an unknown field is accepted: %v", err)
			}
			pod := podOf(t, object)
			pod.Spec.Containers[0].SecurityContext.Capabilities = nil
			if err := admin.Create(t.Context(), pod, client.DryRunAll); err == nil || !strings.Contains(err.Error(), "restricted") {
				t.Errorf("a pod with capabilities is accepted: %v", err)
			}
		}
	})
}
