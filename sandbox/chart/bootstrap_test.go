package chart_test

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apiextensions-apiserver/pkg/client/clientset/clientset"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/util/wait"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/migration-prep/migration-prep/sandbox/internal/controlplane"
	"github.com/migration-prep/migration-prep/sandbox/internal/crd"
)

// bootstrapKinds are kinds that a cluster has from the first minute of its installation, or that come with its payload while
// cluster-bootstrap is trying (docs/facts/platform.md §5).
var bootstrapKinds = []string{
	"Namespace", "ServiceAccount", "ClusterRole", "ClusterRoleBinding", "ConfigMap", "Job", "OperatorGroup", "Subscription",
}

// installerFiles are what users give to the Assisted Installer.
func installerFiles(t *testing.T) map[string]string {
	t.Helper()
	found := manifests(t)
	maps.DeleteFunc(found, func(path, _ string) bool { return !strings.HasPrefix(path, "install/assisted-installer/") })
	if len(found) != 2 {
		t.Fatalf("there are %d files", len(found))
	}
	return found
}

func TestInstallerTakesTheFiles(t *testing.T) {
	for path, text := range installerFiles(t) {
		t.Run(filepath.Base(path), func(t *testing.T) {
			if !regexp.MustCompile(`^[^\s/]+\.(yaml|yml|json)$`).MatchString(filepath.Base(path)) {
				t.Error("the Assisted Installer refuses the name")
			}
			if len(text) > 1<<20 {
				t.Errorf("%d bytes, at most 1 MiB is taken", len(text))
			}
			all, err := objects(text)
			if err != nil {
				t.Fatal(err)
			}
			made := map[string]bool{}
			for _, object := range all {
				if object.GetKind() == "Namespace" {
					made[object.GetName()] = true
				}
			}
			for _, object := range all {
				if !slices.Contains(bootstrapKinds, object.GetKind()) {
					t.Errorf("%s: bootstrap would try for an hour to create this kind and fail the installation", described(object))
				}
				if namespace := object.GetNamespace(); namespace != "" && !made[namespace] {
					t.Errorf("%s: nobody makes its namespace", described(object))
				}
			}
		})
	}
}

// bootstrap plays cluster-bootstrap: it creates all files in the order of their names, and again what failed, until every one is there
// or the time is over. It changes nothing that exists. What is left is returned with the last refusal.
func bootstrap(ctx context.Context, admin client.Client, files map[string]string, limit time.Duration) (map[string]error, error) {
	var left []*unstructured.Unstructured
	for _, name := range slices.Sorted(maps.Keys(files)) {
		all, err := objects(files[name])
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		left = append(left, all...)
	}
	refused := map[string]error{}
	err := wait.PollUntilContextTimeout(ctx, 250*time.Millisecond, limit, true, func(ctx context.Context) (bool, error) {
		left = slices.DeleteFunc(left, func(object *unstructured.Unstructured) bool {
			err := admin.Create(ctx, object.DeepCopy())
			refused[described(object)] = err
			if err == nil || apierrors.IsAlreadyExists(err) {
				delete(refused, described(object))
				return true
			}
			return false
		})
		return len(left) == 0, nil
	})
	if wait.Interrupted(err) {
		err = nil
	}
	return refused, err
}

// A cluster in its first minutes: no definitions but those of the payload, of which OLM's come a little later.
func newborn(t *testing.T) (client.Client, *controlplane.ControlPlane) {
	t.Helper()
	c := controlplane.ForTest(t, crd.Mirrors)
	admin, err := client.New(c.Config, client.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return admin, c
}

// olmArrives installs OLM's definitions; it runs beside the test and says what went wrong.
func olmArrives(ctx context.Context, c *controlplane.ControlPlane) error {
	definitions, err := crd.Definitions(ctx, []crd.Set{crd.Platform})
	if err != nil {
		return err
	}
	api, err := clientset.NewForConfig(c.Config)
	if err != nil {
		return err
	}
	for _, definition := range definitions {
		if definition.Spec.Group != "operators.coreos.com" {
			continue
		}
		if _, err := api.ApiextensionsV1().CustomResourceDefinitions().Create(ctx, definition, metav1.CreateOptions{}); err != nil {
			return err
		}
	}
	return nil
}

func TestBootstrapCreatesEverythingWithinSeconds(t *testing.T) {
	for path, text := range installerFiles(t) {
		t.Run(filepath.Base(path), func(t *testing.T) {
			t.Parallel()
			admin, c := newborn(t)
			arrived := make(chan error, 1)
			time.AfterFunc(2*time.Second, func() { arrived <- olmArrives(context.Background(), c) })
			began := time.Now()
			refused, err := bootstrap(t.Context(), admin, map[string]string{path: text}, 45*time.Second)
			if err != nil || len(refused) > 0 {
				t.Fatalf("%v, not created: %v", err, refused)
			}
			if err := <-arrived; err != nil {
				t.Fatal(err)
			}
			t.Logf("created in %v", time.Since(began).Round(time.Millisecond))
			// The namespace enforces the policy `restricted`, so that the Job's controller can make the pod says that it is let in.
			err = wait.PollUntilContextTimeout(t.Context(), 100*time.Millisecond, 20*time.Second, true, func(ctx context.Context) (bool, error) {
				pods := &corev1.PodList{}
				err := admin.List(ctx, pods, client.InNamespace(release), client.MatchingLabels{"job-name": "migration-prep-installer"})
				return len(pods.Items) > 0, err
			})
			if err != nil {
				t.Errorf("the Job makes no pod: %v", err)
			}
		})
	}
	t.Run("but never what has no kind yet", func(t *testing.T) {
		t.Parallel()
		admin, _ := newborn(t)
		application := manifests(t)["install/argocd/application.yaml"]
		refused, err := bootstrap(t.Context(), admin, map[string]string{"application.yaml": application}, 2*time.Second)
		if err != nil || len(refused) != 1 {
			t.Errorf("an Application was created on a cluster without Argo CD: %v, %v", refused, err)
		}
	})
}

// The Application in the ConfigMap is the one of install/argocd.
func TestInstallerAppliesTheApplication(t *testing.T) {
	all, err := objects(manifests(t)["install/assisted-installer/migration-prep-gitops.yaml"])
	if err != nil {
		t.Fatal(err)
	}
	original, err := objects(manifests(t)["install/argocd/application.yaml"])
	if err != nil || len(original) != 1 {
		t.Fatal(err)
	}
	for _, object := range all {
		if object.GetKind() != "ConfigMap" {
			continue
		}
		text, _, _ := unstructured.NestedString(object.Object, "data", "application.yaml")
		copied, err := objects(text)
		if err != nil || len(copied) != 1 {
			t.Fatal(err)
		}
		want, _ := original[0].MarshalJSON()
		got, _ := copied[0].MarshalJSON()
		if string(want) != string(got) {
			t.Errorf("the Application is\n%s\nin install/argocd\n%s", got, want)
		}
		return
	}
	t.Error("there is no ConfigMap")
}
