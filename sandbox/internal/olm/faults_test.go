package olm_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/operator-framework/api/pkg/operators/v1alpha1"
	registration "k8s.io/api/admissionregistration/v1"
	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/migration-prep/migration-prep/sandbox/internal/olm"
)

func TestFaultsAndUpgrades(t *testing.T) {
	w := newWorld(t)

	t.Run("two Subscriptions for one package: at once both follow one operator, later the second one holds up the namespace", func(t *testing.T) {
		w.namespace(t, "twice", "og")
		w.create(t, subscription("twice", "a", olm.MTV))
		w.create(t, subscription("twice", "b", olm.MTV))
		w.installed(t, "twice", "a", mtv)
		w.create(t, subscription("twice", "c", olm.MTV))
		c := w.until(t, "twice", "c", v1alpha1.SubscriptionResolutionFailed, corev1.ConditionTrue)
		for _, part := range []string{
			"constraints not satisfiable: ", "subscription c requires at least one of redhat-operators/openshift-marketplace/release-v2.12/mtv-operator.v2.12.1 or ",
			"@existing/twice//mtv-operator.v2.12.1 and redhat-operators/openshift-marketplace/release-v2.12/mtv-operator.v2.12.1 originate from package mtv-operator",
		} {
			if !strings.Contains(c.Message, part) {
				t.Errorf("%q lacks %q", c.Message, part)
			}
		}
		if other := w.until(t, "twice", "a", v1alpha1.SubscriptionResolutionFailed, corev1.ConditionTrue); other.Message != c.Message {
			t.Errorf("%+v", other)
		}
	})

	t.Run("an operator whose Subscription was deleted is in the way of a new one", func(t *testing.T) {
		w.namespace(t, "left", "og")
		w.create(t, subscription("left", "a", olm.LVMS))
		w.installed(t, "left", "a", lvms)
		if err := w.client.Delete(t.Context(), w.sub(t, "left", "a")); err != nil {
			t.Fatal(err)
		}
		w.create(t, subscription("left", "b", olm.LVMS))
		c := w.until(t, "left", "b", v1alpha1.SubscriptionResolutionFailed, corev1.ConditionTrue)
		if !strings.Contains(c.Message, "clusterserviceversion lvms-operator.v4.22.1 exists and is not referenced by a subscription") {
			t.Errorf("%+v", c)
		}
		csv := w.csv(t, "left", lvms, v1alpha1.CSVPhaseSucceeded)
		if err := w.client.Delete(t.Context(), csv); err != nil {
			t.Fatal(err)
		}
		w.installed(t, "left", "b", lvms)
	})

	t.Run("manual approval: install and upgrade wait, each for its own", func(t *testing.T) {
		w.namespace(t, "manual", "og")
		w.create(t, subscription("manual", "mtv", olm.MTV, func(s *v1alpha1.SubscriptionSpec) {
			s.InstallPlanApproval, s.StartingCSV, s.Channel = v1alpha1.ApprovalManual, "mtv-operator.v2.12.0", "release-v2.12"
		}))
		approve := func() {
			c := w.until(t, "manual", "mtv", v1alpha1.SubscriptionInstallPlanPending, corev1.ConditionTrue)
			sub := w.sub(t, "manual", "mtv")
			if c.Reason != "RequiresApproval" || sub.Status.State != v1alpha1.SubscriptionStateUpgradePending {
				t.Errorf("%+v", sub.Status)
			}
			plan := &v1alpha1.InstallPlan{}
			if err := w.client.Get(t.Context(), client.ObjectKey{Namespace: "manual", Name: sub.Status.InstallPlanRef.Name}, plan); err != nil {
				t.Fatal(err)
			}
			if plan.Status.Phase != v1alpha1.InstallPlanPhaseRequiresApproval || plan.Spec.Approved {
				t.Errorf("%+v", plan)
			}
			if err := w.client.Patch(t.Context(), plan, client.RawPatch("application/merge-patch+json", []byte(`{"spec":{"approved":true}}`))); err != nil {
				t.Fatal(err)
			}
		}
		approve()
		w.csv(t, "manual", "mtv-operator.v2.12.0", v1alpha1.CSVPhaseSucceeded)
		w.eventually(t, "the upgrade is pending", func(context.Context) bool {
			status := w.sub(t, "manual", "mtv").Status
			return status.CurrentCSV == mtv && status.InstalledCSV == "mtv-operator.v2.12.0" && status.State == v1alpha1.SubscriptionStateUpgradePending
		})
		approve()
		w.installed(t, "manual", "mtv", mtv)
		w.eventually(t, "the old version is gone", func(ctx context.Context) bool {
			err := w.client.Get(ctx, client.ObjectKey{Namespace: "manual", Name: "mtv-operator.v2.12.0"}, &v1alpha1.ClusterServiceVersion{})
			return apierrors.IsNotFound(err)
		})
	})

	t.Run("a catalog that cannot be reached holds up everything until it can", func(t *testing.T) {
		faults := httptest.NewServer(w.olm.Handler())
		defer faults.Close()
		put(t, faults.URL, `{"unhealthy": ["redhat-operators"], "seconds": 2}`)
		w.namespace(t, "unreached", "og")
		w.create(t, subscription("unreached", "mtv", olm.MTV))
		c := w.until(t, "unreached", "mtv", v1alpha1.SubscriptionCatalogSourcesUnhealthy, corev1.ConditionTrue)
		if c.Reason != v1alpha1.UnhealthyCatalogSourceFound || c.Message != "targeted catalogsource openshift-marketplace/redhat-operators unhealthy" {
			t.Errorf("%+v", c)
		}
		failed := w.until(t, "unreached", "mtv", v1alpha1.SubscriptionResolutionFailed, corev1.ConditionTrue)
		if failed.Reason != "ErrorPreventedResolution" || !strings.Contains(failed.Message, "error using catalogsource openshift-marketplace/redhat-operators: failed to list bundles") {
			t.Errorf("%+v", failed)
		}
		w.installed(t, "unreached", "mtv", mtv)
		if c := w.until(t, "unreached", "mtv", v1alpha1.SubscriptionCatalogSourcesUnhealthy, corev1.ConditionFalse); c.Message != "all available catalogsources are healthy" {
			t.Errorf("%+v", c)
		}
	})

	t.Run("a catalog of somebody else that cannot be reached holds up everything as well, and its own is blameless", func(t *testing.T) {
		w.create(t, catalog("community-operators", "registry.redhat.io/redhat/community-operator-index:v4.22"))
		w.olm.Break(olm.Faults{Unhealthy: []string{"community-operators"}, Seconds: 2})
		w.namespace(t, "held", "og")
		w.create(t, subscription("held", "nmstate", olm.NMState))
		failed := w.until(t, "held", "nmstate", v1alpha1.SubscriptionResolutionFailed, corev1.ConditionTrue)
		if failed.Reason != "ErrorPreventedResolution" || !strings.HasPrefix(failed.Message, "error using catalogsource openshift-marketplace/community-operators: failed to list bundles: rpc error: code = Unavailable") {
			t.Errorf("%+v", failed)
		}
		sub := w.sub(t, "held", "nmstate")
		if c := sub.Status.GetCondition(v1alpha1.SubscriptionCatalogSourcesUnhealthy); c.Status != corev1.ConditionTrue || strings.HasPrefix(c.Message, "targeted") {
			t.Errorf("%+v", c)
		}
		for _, each := range sub.Status.CatalogHealth {
			if each.Healthy != (each.CatalogSourceRef.Name == "redhat-operators") {
				t.Errorf("%+v", each)
			}
		}
		w.installed(t, "held", "nmstate", nmstate)
	})

	t.Run("the community's catalog has its own packages, and not those of Red Hat", func(t *testing.T) {
		w.olm.Break(olm.Faults{})
		fromCommunity := func(s *v1alpha1.SubscriptionSpec) { s.CatalogSource = "community-operators" }
		w.namespace(t, "konveyor-forklift", "og")
		w.create(t, subscription("konveyor-forklift", "forklift", olm.Forklift, fromCommunity))
		w.installed(t, "konveyor-forklift", "forklift", "forklift-operator.v2.12.0")
		w.namespace(t, "wrong", "og")
		w.create(t, subscription("wrong", "mtv", olm.MTV, fromCommunity))
		c := w.until(t, "wrong", "mtv", v1alpha1.SubscriptionResolutionFailed, corev1.ConditionTrue)
		if !strings.Contains(c.Message, "no operators found in package mtv-operator in the catalog referenced by subscription mtv") {
			t.Errorf("%+v", c)
		}
	})

	t.Run("a bundle that cannot be unpacked fails, and is tried again", func(t *testing.T) {
		w.olm.Break(olm.Faults{Unpack: []string{olm.NMState}})
		w.namespace(t, "packed", "og")
		w.create(t, subscription("packed", "nmstate", olm.NMState))
		c := w.until(t, "packed", "nmstate", v1alpha1.SubscriptionBundleUnpackFailed, corev1.ConditionTrue)
		if !strings.HasPrefix(c.Message, "Bundle unpacking failed - DeadlineExceeded: ") {
			t.Errorf("%+v", c)
		}
		w.olm.Break(olm.Faults{})
		w.installed(t, "packed", "nmstate", nmstate)
		if c := w.sub(t, "packed", "nmstate").Status.GetCondition(v1alpha1.SubscriptionBundleUnpackFailed); c.Status == corev1.ConditionTrue {
			t.Errorf("%+v", c)
		}
	})

	t.Run("an operator whose Deployment is deleted fails and is installed again; its webhooks go with it", func(t *testing.T) {
		csv := w.csv(t, "left", lvms, v1alpha1.CSVPhaseSucceeded)
		hooks := &registration.ValidatingWebhookConfigurationList{}
		if err := w.client.List(t.Context(), hooks, client.MatchingLabels{"olm.owner": lvms}); err != nil || len(hooks.Items) != 1 {
			t.Fatalf("%v %d", err, len(hooks.Items))
		}
		deployment := object("apps", "v1", "Deployment")
		deployment.SetNamespace("left")
		deployment.SetName("lvms-operator")
		if err := w.client.Delete(t.Context(), deployment); err != nil {
			t.Fatal(err)
		}
		w.eventually(t, "it is there again", func(ctx context.Context) bool {
			return w.client.Get(ctx, client.ObjectKeyFromObject(deployment), deployment) == nil
		})
		w.csv(t, "left", lvms, v1alpha1.CSVPhaseSucceeded)
		if err := w.client.Delete(t.Context(), w.sub(t, "left", "b")); err != nil {
			t.Fatal(err)
		}
		if err := w.client.Delete(t.Context(), csv, client.PropagationPolicy(metav1.DeletePropagationBackground)); err != nil {
			t.Fatal(err)
		}
		w.eventually(t, "no Deployment, no webhook", func(ctx context.Context) bool {
			err := w.client.List(ctx, hooks, client.MatchingLabels{"olm.owner": lvms})
			return err == nil && len(hooks.Items) == 0 && apierrors.IsNotFound(w.client.Get(ctx, client.ObjectKeyFromObject(deployment), deployment))
		})
	})
}

func put(t *testing.T, address, body string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPut, address+"/faults", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	if answer.StatusCode != http.StatusNoContent {
		t.Fatal(answer.Status)
	}
}
