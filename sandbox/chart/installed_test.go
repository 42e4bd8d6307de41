package chart_test

import (
	"context"
	"maps"
	"slices"
	"testing"
	"time"

	batchv1 "k8s.io/api/batch/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/util/wait"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/migration-prep/migration-prep/sandbox/scenarios"
)

// handOver gives a cluster that is coming up one of the installer's files and waits until its Job is done.
func (w *world) handOver(t *testing.T, file string) {
	t.Helper()
	path := "install/assisted-installer/" + file
	refused, err := bootstrap(t.Context(), w.admin, map[string]string{path: manifests(t)[path]}, time.Minute)
	if err != nil || len(refused) > 0 {
		t.Fatalf("%v, not created: %v", err, refused)
	}
	err = wait.PollUntilContextTimeout(t.Context(), 500*time.Millisecond, 4*time.Minute, true, func(ctx context.Context) (bool, error) {
		job := &batchv1.Job{}
		err := w.admin.Get(ctx, client.ObjectKey{Namespace: release, Name: "migration-prep-installer"}, job)
		return job.Status.Succeeded > 0, client.IgnoreNotFound(err)
	})
	if err != nil {
		t.Fatalf("the Job is not done: %v\n%s", err, w.logs())
	}
}

// When OpenShift GitOps has been installed by its Subscription, it is given the Application.
func TestAssistedInstallerHandsOverToGitOps(t *testing.T) {
	t.Parallel()
	w := newWorld(t, scenarios.Assisted)
	application := &unstructured.Unstructured{Object: map[string]any{"apiVersion": "argoproj.io/v1alpha1", "kind": "Application"}}
	key := client.ObjectKey{Namespace: "openshift-gitops", Name: "migration-prep"}
	if err := w.admin.Get(t.Context(), key, application); err == nil {
		t.Fatal("there is an Application before there is GitOps")
	}
	w.handOver(t, "migration-prep-gitops.yaml")
	if err := w.admin.Get(t.Context(), key, application); err != nil {
		t.Fatalf("%v\n%s", err, w.logs())
	}
	if path, _, _ := unstructured.NestedString(application.Object, "spec", "source", "path"); path != "charts/migration-prep" {
		t.Errorf("the Application is about %q", path)
	}
}

// Without GitOps the Job subscribes what was not ticked, and adopts what was.
func TestAssistedInstallerSubscribesOperators(t *testing.T) {
	for scenario, want := range map[string][]string{
		scenarios.Empty:    {"kubernetes-nmstate-operator", "kubevirt-hyperconverged", "mtv-operator"},
		scenarios.Assisted: packages,
	} {
		t.Run(scenario, func(t *testing.T) {
			w := newWorld(t, scenario)
			before := takeDump(t, w.Config)
			followed := followAdoption(t, w.Config)
			w.handOver(t, "migration-prep-without-gitops.yaml")
			if got := followed.packages(); !slices.Equal(got, want) {
				t.Errorf("subscribed: %v", got)
			}
			if twice := followed.duplicates(); len(twice) > 0 {
				t.Errorf("there were at some time: %v", twice)
			}
			if changed := before.changed(takeDump(t, w.Config)); len(changed) > 0 {
				t.Errorf("foreign objects changed: %v", changed)
			}
		})
	}
}

// A chart that comes after the installer goes on from there: nothing is made twice, and removing the chart leaves the installer's objects.
func TestChartGoesOnAfterTheInstaller(t *testing.T) {
	t.Parallel()
	w := newWorld(t, scenarios.Empty)
	followed := followAdoption(t, w.Config)
	w.handOver(t, "migration-prep-without-gitops.yaml")
	subscribed := slices.Sorted(maps.Keys(followed.subscriptions))
	w.helm(t, "helm3", "install", chart, "--timeout", "4m", "--set", "operators.lvms.mode=skip")
	if twice := followed.duplicates(); len(twice) > 0 {
		t.Errorf("there were at some time: %v", twice)
	}
	if got := followed.packages(); !slices.Equal(got, subscribed) {
		t.Errorf("subscribed first %v, then %v", subscribed, got)
	}
	w.helm(t, "helm3", "uninstall")
	job := &batchv1.Job{}
	if err := w.admin.Get(t.Context(), client.ObjectKey{Namespace: release, Name: "migration-prep-installer"}, job); apierrors.IsNotFound(err) {
		t.Error("the installer's Job is gone with the chart")
	}
}
