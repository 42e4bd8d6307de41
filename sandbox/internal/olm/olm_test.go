package olm_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	operatorsv1 "github.com/operator-framework/api/pkg/operators/v1"
	"github.com/operator-framework/api/pkg/operators/v1alpha1"
	corev1 "k8s.io/api/core/v1"
	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/migration-prep/migration-prep/sandbox/internal/olm"
)

const (
	lvms    = "lvms-operator.v4.22.1"
	mtv     = "mtv-operator.v2.12.1"
	nmstate = "kubernetes-nmstate-operator.4.22.0-202608190000"
)

func TestOLM(t *testing.T) {
	w := newWorld(t)

	t.Run("a catalog that answers shows its packages", func(t *testing.T) {
		w.eventually(t, "PackageManifest", func(ctx context.Context) bool {
			shown := object("packages.operators.coreos.com", "v1", "PackageManifest")
			if err := w.client.Get(ctx, client.ObjectKey{Namespace: marketplace, Name: olm.LVMS}, shown); err != nil {
				return false
			}
			channel, _, _ := unstructured.NestedString(shown.Object, "status", "defaultChannel")
			return channel == "stable-4.22"
		})
		w.eventually(t, "READY", func(ctx context.Context) bool {
			catalog := &v1alpha1.CatalogSource{}
			err := w.client.Get(ctx, client.ObjectKey{Namespace: marketplace, Name: "redhat-operators"}, catalog)
			return err == nil && catalog.Status.GRPCConnectionState != nil && catalog.Status.GRPCConnectionState.LastObservedState == "READY"
		})
	})

	t.Run("a Subscription without channel leads to an operator, its CRDs and its webhooks", func(t *testing.T) {
		w.namespace(t, "openshift-storage", "og")
		w.create(t, subscription("openshift-storage", "lvms", olm.LVMS))
		w.installed(t, "openshift-storage", "lvms", lvms)
		if c := w.sub(t, "openshift-storage", "lvms").Status.GetCondition(v1alpha1.SubscriptionCatalogSourcesUnhealthy); c.Status != corev1.ConditionFalse || c.Reason != v1alpha1.AllCatalogSourcesHealthy {
			t.Errorf("%+v", c)
		}
		csvs := &v1alpha1.ClusterServiceVersionList{}
		if err := w.client.List(t.Context(), csvs, client.MatchingLabels{"operators.coreos.com/lvms-operator.openshift-storage": ""}); err != nil || len(csvs.Items) != 1 {
			t.Fatalf("%v %d", err, len(csvs.Items))
		}
		if targets := csvs.Items[0].Annotations["olm.targetNamespaces"]; targets != "openshift-storage" {
			t.Error(targets)
		}
		definition := &apiextensions.CustomResourceDefinition{}
		if err := w.client.Get(t.Context(), client.ObjectKey{Name: "lvmclusters.lvm.topolvm.io"}, definition); err != nil {
			t.Fatal(err)
		}
		cluster := object("lvm.topolvm.io", "v1alpha1", "LVMCluster")
		cluster.SetNamespace("openshift-storage")
		cluster.SetName("lvmcluster-sample")
		if err := w.client.Create(t.Context(), cluster); !apierrors.IsInternalError(err) || !strings.Contains(err.Error(), "failed calling webhook") {
			t.Errorf("a custom resource before its operator answers: %v", err)
		}
	})

	t.Run("without exactly one OperatorGroup nothing is resolved, and nothing is said", func(t *testing.T) {
		for namespace, groups := range map[string][]string{"og-none": nil, "og-two": {"one", "two"}} {
			w.namespace(t, namespace, groups...)
			w.create(t, subscription(namespace, "mtv", olm.MTV))
			w.until(t, namespace, "mtv", v1alpha1.SubscriptionCatalogSourcesUnhealthy, corev1.ConditionFalse)
			time.Sleep(500 * time.Millisecond)
			if status := w.sub(t, namespace, "mtv").Status; status.State != "" || len(status.Conditions) != 1 {
				t.Errorf("%s: %+v", namespace, status)
			}
		}
		group := &operatorsv1.OperatorGroup{}
		w.eventually(t, "the OperatorGroups say it", func(ctx context.Context) bool {
			if err := w.client.Get(ctx, client.ObjectKey{Namespace: "og-two", Name: "one"}, group); err != nil {
				return false
			}
			c := meta.FindStatusCondition(group.Status.Conditions, "MultipleOperatorGroup")
			return c != nil && c.Reason == "MultipleOperatorGroupsFound"
		})
		if err := w.client.Delete(t.Context(), group); err != nil {
			t.Fatal(err)
		}
		w.installed(t, "og-two", "mtv", mtv)
	})

	t.Run("a second OperatorGroup makes an operator fail until it is gone", func(t *testing.T) {
		second := groupOf("og-two", "three", "og-two")
		w.create(t, second)
		csv := w.csv(t, "og-two", mtv, v1alpha1.CSVPhaseFailed)
		if csv.Status.Reason != v1alpha1.CSVReasonTooManyOperatorGroups || csv.Status.Message != "csv created in namespace with multiple operatorgroups, can't pick one automatically" {
			t.Errorf("%+v", csv.Status)
		}
		if err := w.client.Delete(t.Context(), second); err != nil {
			t.Fatal(err)
		}
		w.csv(t, "og-two", mtv, v1alpha1.CSVPhaseSucceeded)
	})

	t.Run("install modes: what an operator cannot watch it refuses", func(t *testing.T) {
		w.namespace(t, "mtv-everywhere")
		everywhere := groupOf("mtv-everywhere", "og")
		w.create(t, everywhere)
		w.create(t, subscription("mtv-everywhere", "mtv", olm.MTV))
		csv := w.csv(t, "mtv-everywhere", mtv, v1alpha1.CSVPhaseFailed)
		if csv.Status.Reason != v1alpha1.CSVReasonUnsupportedOperatorGroup || csv.Status.Message != "AllNamespaces InstallModeType not supported, cannot configure to watch all namespaces" {
			t.Errorf("%+v", csv.Status)
		}
		if err := w.client.Patch(t.Context(), everywhere, client.RawPatch("application/merge-patch+json", []byte(`{"spec":{"targetNamespaces":["mtv-everywhere"]}}`))); err != nil {
			t.Fatal(err)
		}
		w.csv(t, "mtv-everywhere", mtv, v1alpha1.CSVPhaseSucceeded)
	})

	t.Run("an empty list of target namespaces is taken away; two that watch everything are in each other's way", func(t *testing.T) {
		w.namespace(t, "nmstate-one")
		empty := object("operators.coreos.com", "v1", "OperatorGroup")
		empty.SetNamespace("nmstate-one")
		empty.SetName("og")
		empty.Object["spec"] = map[string]any{"targetNamespaces": []any{}}
		w.create(t, empty)
		w.create(t, subscription("nmstate-one", "nmstate", olm.NMState))
		w.installed(t, "nmstate-one", "nmstate", nmstate)
		w.eventually(t, "targetNamespaces is gone, the APIs are noted", func(ctx context.Context) bool {
			if err := w.client.Get(ctx, client.ObjectKeyFromObject(empty), empty); err != nil {
				return false
			}
			_, has, _ := unstructured.NestedSlice(empty.Object, "spec", "targetNamespaces")
			namespaces, _, _ := unstructured.NestedStringSlice(empty.Object, "status", "namespaces")
			return !has && empty.GetAnnotations()["olm.providedAPIs"] == "NMState.v1.nmstate.io" && slices.Equal(namespaces, []string{""})
		})
		w.namespace(t, "nmstate-two")
		w.create(t, groupOf("nmstate-two", "og"))
		w.create(t, subscription("nmstate-two", "nmstate", olm.NMState))
		if csv := w.csv(t, "nmstate-two", nmstate, v1alpha1.CSVPhaseFailed); csv.Status.Reason != v1alpha1.CSVReasonInterOperatorGroupOwnerConflict {
			t.Errorf("%+v", csv.Status)
		}
	})

	t.Run("what cannot be resolved is said in OLM's words", func(t *testing.T) {
		for namespace, test := range map[string]struct {
			change func(*v1alpha1.SubscriptionSpec)
			says   string
		}{
			"no-package": {func(s *v1alpha1.SubscriptionSpec) { s.Package = "nothing" }, "no operators found in package nothing in the catalog referenced by subscription s"},
			"no-channel": {func(s *v1alpha1.SubscriptionSpec) { s.Channel = "stable" }, "no operators found in channel stable of package mtv-operator in the catalog referenced by subscription s"},
			"no-catalog": {func(s *v1alpha1.SubscriptionSpec) { s.CatalogSource = "mirror" }, "no operators found from catalog mirror in namespace openshift-marketplace referenced by subscription s"},
			"no-version": {func(s *v1alpha1.SubscriptionSpec) { s.Channel, s.StartingCSV = "release-v2.12", "mtv-operator.v1.0.0" },
				"no operators found with name mtv-operator.v1.0.0 in channel release-v2.12 of package mtv-operator in the catalog referenced by subscription s"},
		} {
			w.namespace(t, namespace, "og")
			w.create(t, subscription(namespace, "s", olm.MTV, test.change))
			c := w.until(t, namespace, "s", v1alpha1.SubscriptionResolutionFailed, corev1.ConditionTrue)
			if c.Reason != "ConstraintsNotSatisfiable" || c.Message != "constraints not satisfiable: "+test.says+", subscription s exists" {
				t.Errorf("%s: %+v", namespace, c)
			}
		}
		c := w.until(t, "no-catalog", "s", v1alpha1.SubscriptionCatalogSourcesUnhealthy, corev1.ConditionTrue)
		if c.Message != "targeted catalogsource openshift-marketplace/mirror missing" {
			t.Errorf("%+v", c)
		}
	})
}

func object(group, version, kind string) *unstructured.Unstructured {
	o := &unstructured.Unstructured{}
	o.SetGroupVersionKind(schema.GroupVersionKind{Group: group, Version: version, Kind: kind})
	return o
}
