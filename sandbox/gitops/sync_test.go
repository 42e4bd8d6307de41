package gitops_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/types"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

// everything that the chart can prepare.
func everything() map[string]any {
	return map[string]any{
		"operators":      map[string]any{"lvms": map[string]any{"operand": map[string]any{"paths": []any{"/dev/disk/by-id/nvme-sandbox-1"}}}},
		"storage":        map[string]any{"virtDefaultClass": "lvms"},
		"registry":       map[string]any{"enable": true},
		"virtualization": map[string]any{"evictionStrategy": "LiveMigrateIfPossible"},
	}
}

// operatorsSlow has the catalog fail for some seconds, and operators arrive slowly after that.
func (w *world) operatorsSlow(t *testing.T, seconds int) {
	t.Helper()
	body := strings.NewReader(fmt.Sprintf(`{"unhealthy":["redhat-operators"],"seconds":%d,"slow":3}`, seconds))
	answer := httptest.NewRecorder()
	w.openshift.Controls()["olm"].ServeHTTP(answer, httptest.NewRequest(http.MethodPut, "/faults", body))
	if answer.Code != http.StatusNoContent {
		t.Fatalf("faults: %d %s", answer.Code, answer.Body)
	}
}

// prepared holds the cluster to what the values ask for: every operator once and ready, and what hooks set.
func (w *world) prepared(t *testing.T) {
	t.Helper()
	ctx := t.Context()
	subscriptions := w.list(t, "operators.coreos.com/v1alpha1", "SubscriptionList")
	var packages []string
	for _, each := range subscriptions {
		name, _, _ := unstructured.NestedString(each.Object, "spec", "name")
		packages = append(packages, name)
		csv, _, _ := unstructured.NestedString(each.Object, "status", "installedCSV")
		if phase, _, _ := unstructured.NestedString(w.find(ctx, "operators.coreos.com/v1alpha1", "ClusterServiceVersion", each.GetNamespace(), csv), "status", "phase"); phase != "Succeeded" {
			t.Errorf("%s: its ClusterServiceVersion %s is %s", name, csv, phase)
		}
	}
	slices.Sort(packages)
	if want := []string{"kubernetes-nmstate-operator", "kubevirt-hyperconverged", "lvms-operator", "mtv-operator", "openshift-gitops-operator"}; !slices.Equal(packages, want) {
		t.Errorf("subscribed: %v", packages)
	}
	for _, operand := range [][4]string{
		{"lvm.topolvm.io/v1alpha1", "LVMCluster", "openshift-lvm-storage", "lvmcluster-sample"},
		{"forklift.konveyor.io/v1beta1", "ForkliftController", "openshift-mtv", "forklift-controller"},
		{"nmstate.io/v1", "NMState", "", "nmstate"},
		{"hco.kubevirt.io/v1beta1", "HyperConverged", "openshift-cnv", "kubevirt-hyperconverged"},
	} {
		if w.find(ctx, operand[0], operand[1], operand[2], operand[3]) == nil {
			t.Errorf("there is no %s", operand[1])
		}
	}
	if !w.enabled(ctx) {
		t.Error("the plugin is not in the console's list")
	}
	class := w.find(ctx, "storage.k8s.io/v1", "StorageClass", "", "lvms-vg1")
	if got, _, _ := unstructured.NestedString(class, "metadata", "annotations", virtDefault); got != "true" {
		t.Errorf("the class for virtual machines: %v", class)
	}
	if !w.registryManaged(ctx) {
		t.Error("the registry is not switched on")
	}
	if w.find(ctx, "v1", "ConfigMap", release, "migration-prep-report") == nil {
		t.Error("there is no report")
	}
}

func (w *world) registryManaged(ctx context.Context) bool {
	state, _, _ := unstructured.NestedString(w.find(ctx, "imageregistry.operator.openshift.io/v1", "Config", "", "cluster"), "spec", "managementState")
	return state == "Managed"
}

const virtDefault = "storageclass.kubevirt.io/is-default-virt-class"

// enabled reports whether the console has the plugin.
func (w *world) enabled(ctx context.Context) bool {
	plugins, _, _ := unstructured.NestedStringSlice(w.find(ctx, "operator.openshift.io/v1", "Console", "", "cluster"), "spec", "plugins")
	return slices.Contains(plugins, release)
}

func (w *world) list(t *testing.T, apiVersion, kind string) []unstructured.Unstructured {
	t.Helper()
	list := &unstructured.UnstructuredList{Object: map[string]any{"apiVersion": apiVersion, "kind": kind}}
	if err := w.List(t.Context(), list); err != nil {
		t.Fatal(err)
	}
	return list.Items
}

// managed are the objects of the Application, as they are on the cluster.
func (w *world) managed(t *testing.T) []*unstructured.Unstructured {
	t.Helper()
	seen, err := w.application(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var all []*unstructured.Unstructured
	for _, each := range seen.Status.Resources {
		if each.Hook {
			continue
		}
		object := &unstructured.Unstructured{}
		object.SetGroupVersionKind(schema.GroupVersionKind{Group: each.Group, Version: each.Version, Kind: each.Kind})
		if err := w.Get(t.Context(), client.ObjectKey{Namespace: each.Namespace, Name: each.Name}, object); err != nil {
			t.Fatal(err)
		}
		all = append(all, object)
	}
	if len(all) < 10 {
		t.Fatalf("the Application has only %d objects", len(all))
	}
	return all
}

func described(object client.Object) string {
	return strings.TrimSpace(object.GetObjectKind().GroupVersionKind().Kind + " " + object.GetNamespace() + "/" + object.GetName())
}

// kept reports whether Argo CD is told never to delete an object.
func kept(object client.Object) bool {
	options := object.GetAnnotations()["argocd.argoproj.io/sync-options"]
	return strings.Contains(options, "Prune=false") && strings.Contains(options, "Delete=false")
}

func TestFromAnEmptyCluster(t *testing.T) {
	w := newWorld(t, nil)
	w.operatorsSlow(t, 6)
	followed := w.follow(t, nil)
	w.apply(t, everything())
	w.until(t, "the catalog fails", time.Minute, func(ctx context.Context) bool {
		state, _, _ := unstructured.NestedString(w.find(ctx, "operators.coreos.com/v1alpha1", "CatalogSource", "openshift-marketplace", "redhat-operators"), "status", "connectionState", "lastObservedState")
		return state == "TRANSIENT_FAILURE"
	})
	w.until(t, "everything is prepared", 5*time.Minute, w.inSync)
	w.prepared(t)

	t.Run("wave after wave, the page first", func(t *testing.T) {
		runs := followed.all()
		if wrong := outOfOrder(runs); len(wrong) > 0 {
			t.Errorf("%s", strings.Join(wrong, "\n"))
		}
		if len(runs) < 7 || runs[0].name != "migration-prep-enable-plugin" {
			t.Errorf("hooks ran: %v", names(runs))
		}
		page := &unstructured.Unstructured{Object: w.find(t.Context(), "apps/v1", "Deployment", release, release)}
		for _, each := range w.list(t, "operators.coreos.com/v1alpha1", "SubscriptionList") {
			if each.GetNamespace() != "openshift-gitops-operator" && each.GetCreationTimestamp().Time.Before(page.GetCreationTimestamp().Time) {
				t.Errorf("%s was there before the page", described(&each))
			}
		}
	})

	t.Run("a second sync changes nothing", func(t *testing.T) {
		before := w.managed(t)
		operators := w.list(t, "operators.coreos.com/v1alpha1", "SubscriptionList")
		ran := len(followed.all())
		w.sync(t)
		for _, was := range before {
			is := was.DeepCopy()
			if err := w.Get(t.Context(), client.ObjectKeyFromObject(was), is); err != nil || is.GetUID() != was.GetUID() || is.GetGeneration() != was.GetGeneration() {
				t.Errorf("%s is another: %v", described(was), err)
			}
			// What has a status is written by others as well.
			if is.Object["status"] == nil && is.GetResourceVersion() != was.GetResourceVersion() {
				t.Errorf("%s was written", described(was))
			}
		}
		for i, each := range w.list(t, "operators.coreos.com/v1alpha1", "SubscriptionList") {
			if each.GetGeneration() != operators[i].GetGeneration() || each.GetUID() != operators[i].GetUID() {
				t.Errorf("%s is another", described(&each))
			}
		}
		if len(followed.all()) == ran {
			t.Error("the hooks did not run")
		}
		w.prepared(t)
	})

	t.Run("what is changed by hand is healed", func(t *testing.T) {
		for _, each := range w.managed(t) {
			patch := client.RawPatch(types.MergePatchType, []byte(`{"metadata":{"labels":{"app.kubernetes.io/part-of":"somebody-else"}}}`))
			if err := w.Patch(t.Context(), each, patch); err != nil {
				t.Fatalf("%s: %v", described(each), err)
			}
		}
		w.until(t, "everything has its label again", time.Minute, func(ctx context.Context) bool {
			for _, each := range w.managed(t) {
				if each.GetLabels()["app.kubernetes.io/part-of"] != release {
					return false
				}
			}
			// Not only changed back: a sync still at work would wait for ever for the health of what somebody deletes under it.
			return w.inSync(ctx)
		})
	})

	t.Run("what is deleted comes back", func(t *testing.T) {
		before := w.managed(t)
		for _, each := range before {
			if kept(each) {
				continue
			}
			if err := w.Delete(t.Context(), each); err != nil {
				t.Fatalf("%s: %v", described(each), err)
			}
		}
		w.until(t, "everything is there again", 2*time.Minute, func(ctx context.Context) bool {
			for _, was := range before {
				is := was.DeepCopy()
				err := w.Get(ctx, client.ObjectKeyFromObject(was), is)
				if err != nil || is.GetUID() == was.GetUID() && !kept(was) {
					return false
				}
			}
			return w.inSync(ctx)
		})
	})

	t.Run("what hooks set is not healed but set again by the next sync, as the README says", func(t *testing.T) {
		readme, err := os.ReadFile(project + "/charts/migration-prep/README.md")
		if err != nil || !strings.Contains(string(readme), "A commit that changes what is rendered starts a sync; so does `argocd app sync`.") {
			t.Errorf("the README does not say so: %v", err)
		}
		console := &unstructured.Unstructured{Object: w.find(t.Context(), "operator.openshift.io/v1", "Console", "", "cluster")}
		class := &unstructured.Unstructured{Object: w.find(t.Context(), "storage.k8s.io/v1", "StorageClass", "", "lvms-vg1")}
		if err := w.Patch(t.Context(), console, client.RawPatch(types.MergePatchType, []byte(`{"spec":{"plugins":["other"]}}`))); err != nil {
			t.Fatal(err)
		}
		if err := w.Patch(t.Context(), class, client.RawPatch(types.MergePatchType, []byte(`{"metadata":{"annotations":{"`+virtDefault+`":null}}}`))); err != nil {
			t.Fatal(err)
		}
		w.commit(t)
		// The repo server remembers for two seconds what the newest commit is.
		time.Sleep(2 * time.Second)
		w.refresh(t)
		time.Sleep(5 * time.Second)
		if !w.inSync(t.Context()) || w.enabled(t.Context()) {
			t.Error("Argo CD noticed: the README is wrong")
		}
		w.sync(t)
		w.prepared(t)
		plugins, _, _ := unstructured.NestedStringSlice(w.find(t.Context(), "operator.openshift.io/v1", "Console", "", "cluster"), "spec", "plugins")
		if !slices.Equal(plugins, []string{"other", release}) {
			t.Errorf("the console's list is %v", plugins)
		}
	})

	t.Run("deleting the Application takes the page and leaves what machines hang on", func(t *testing.T) {
		before := w.managed(t)
		w.deleteApplication(t, 2*time.Minute)
		for _, was := range before {
			if err := w.Get(t.Context(), client.ObjectKeyFromObject(was), was.DeepCopy()); apierrors.IsNotFound(err) == kept(was) {
				t.Errorf("%s: %v", described(was), err)
			}
		}
		if got := len(w.list(t, "operators.coreos.com/v1alpha1", "SubscriptionList")); got != 5 {
			t.Errorf("%d Subscriptions are left", got)
		}
		if len(w.list(t, "hco.kubevirt.io/v1beta1", "HyperConvergedList"))+len(w.list(t, "lvm.topolvm.io/v1alpha1", "LVMClusterList")) != 2 {
			t.Error("operands are gone")
		}
	})
}
