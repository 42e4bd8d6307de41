package scenarios_test

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-logr/logr"
	admissionv1 "k8s.io/api/admissionregistration/v1"
	corev1 "k8s.io/api/core/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/rest"
	"sigs.k8s.io/controller-runtime/pkg/client"

	ctrl "sigs.k8s.io/controller-runtime"

	"github.com/migration-prep/migration-prep/sandbox/internal/controlplane"
	"github.com/migration-prep/migration-prep/sandbox/internal/crd"
	"github.com/migration-prep/migration-prep/sandbox/internal/openshift"
	"github.com/migration-prep/migration-prep/sandbox/internal/openshiftapi"
	"github.com/migration-prep/migration-prep/sandbox/internal/pace"
	"github.com/migration-prep/migration-prep/sandbox/scenarios"
)

var (
	provider    = schema.GroupVersionKind{Group: "forklift.konveyor.io", Version: "v1beta1", Kind: "Provider"}
	imageStream = schema.GroupVersionKind{Group: "image.openshift.io", Version: "v1", Kind: "ImageStream"}
	image       = schema.GroupVersionKind{Group: "image.openshift.io", Version: "v1", Kind: "Image"}
	buildConfig = schema.GroupVersionKind{Group: "build.openshift.io", Version: "v1", Kind: "BuildConfig"}
	build       = schema.GroupVersionKind{Group: "build.openshift.io", Version: "v1", Kind: "Build"}
)

var values = scenarios.Values{"openshift": "4.22", "url": "https://127.0.0.1:1/sdk", "user": "u", "password": "a: b\n# c", "ca": "-----BEGIN\nX\n"}

func init() {
	ctrl.SetLogger(logr.FromSlogHandler(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError})))
}

func TestScenarios(t *testing.T) {
	c := controlplane.ForTest(t, crd.Platform)
	builds, err := openshiftapi.Start(t.Context(), openshiftapi.Options{
		Config: c.Config, Kubeconfig: c.Kubeconfig, EtcdURL: c.EtcdURL, Dir: t.TempDir(), NoBuilder: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(builds.Stop)
	openShift := openshift.ForTest(t, openshift.Options{ControlPlane: c, Dir: t.TempDir(), Pace: pace.New(1), Version: "4.22"})
	// As the sandbox does: what a scenario brings was there long ago.
	t.Cleanup(openShift.Hurry())
	admin, err := client.New(c.Config, client.Options{})
	if err != nil {
		t.Fatal(err)
	}
	apply := func(t *testing.T, name string) {
		t.Helper()
		if err := scenarios.Reset(t.Context(), c.Config, name, values); err != nil {
			t.Fatal(err)
		}
	}
	names := func(t *testing.T, kind schema.GroupVersionKind) string {
		t.Helper()
		list := &unstructured.UnstructuredList{}
		list.SetGroupVersionKind(kind)
		if err := admin.List(t.Context(), list); err != nil {
			t.Fatal(err)
		}
		var found []string
		for _, item := range list.Items {
			found = append(found, item.GetName())
		}
		return strings.Join(found, " ")
	}

	t.Run("prepared has values as they are, whatever characters they have", func(t *testing.T) {
		apply(t, scenarios.Prepared)
		if got := names(t, provider); got != "host vcenter" {
			t.Errorf("Providers: %s", got)
		}
		secret := &corev1.Secret{}
		if err := admin.Get(t.Context(), client.ObjectKey{Namespace: "openshift-mtv", Name: "vcenter-credentials"}, secret); err != nil {
			t.Fatal(err)
		}
		if string(secret.Data["password"]) != values["password"] || string(secret.Data["cacert"]) != values["ca"] {
			t.Errorf("the Secret holds %q", secret.Data)
		}
	})

	t.Run("reset to fresh removes everything else, foreign namespaces too", func(t *testing.T) {
		apply(t, scenarios.Prepared)
		leftOvers := []client.Object{
			&corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: "made-by-a-test"}},
			&corev1.ConfigMap{ObjectMeta: metav1.ObjectMeta{Name: "left-over", Namespace: "migration-target"}},
			&corev1.ConfigMap{ObjectMeta: metav1.ObjectMeta{Name: "left-over", Namespace: "default"}},
			&rbacv1.RoleBinding{
				ObjectMeta: metav1.ObjectMeta{Name: "left-over", Namespace: "openshift-mtv"},
				RoleRef:    rbacv1.RoleRef{APIGroup: rbacv1.GroupName, Kind: "ClusterRole", Name: "view"},
			},
		}
		for _, object := range leftOvers {
			if err := admin.Create(t.Context(), object); err != nil {
				t.Fatal(err)
			}
		}
		began := time.Now()
		apply(t, scenarios.Fresh)
		t.Logf("reset took %v", time.Since(began))
		if got := names(t, provider); got != "host" {
			t.Errorf("Providers: %s", got)
		}
		for _, object := range leftOvers {
			if err := admin.Get(t.Context(), client.ObjectKeyFromObject(object), object); !apierrors.IsNotFound(err) {
				t.Errorf("%T %s is still there: %v", object, object.GetName(), err)
			}
		}
	})

	t.Run("what is kept has no word of what was done to it before", func(t *testing.T) {
		apply(t, scenarios.Fresh)
		machine := &unstructured.Unstructured{Object: map[string]any{"spec": map[string]any{}}}
		machine.SetGroupVersionKind(schema.GroupVersionKind{Group: "kubevirt.io", Version: "v1", Kind: "VirtualMachine"})
		machine.SetNamespace("migration-target")
		machine.SetName("left-over")
		if err := admin.Create(t.Context(), machine); err != nil {
			t.Fatal(err)
		}
		const annotation, label = "migration-prep/undo", "app.kubernetes.io/managed-by"
		kept := map[schema.GroupVersionKind]client.ObjectKey{
			{Group: "imageregistry.operator.openshift.io", Version: "v1", Kind: "Config"}: {Name: "cluster"},
			{Group: "hco.kubevirt.io", Version: "v1beta1", Kind: "HyperConverged"}:        {Namespace: "openshift-cnv", Name: "kubevirt-hyperconverged"},
			{Group: "storage.k8s.io", Version: "v1", Kind: "StorageClass"}:                {Name: "lvms-vg1"},
			corev1.SchemeGroupVersion.WithKind("Namespace"):                               {Name: "migration-target"},
		}
		read := func(kind schema.GroupVersionKind, key client.ObjectKey) *unstructured.Unstructured {
			object := &unstructured.Unstructured{}
			object.SetGroupVersionKind(kind)
			if err := admin.Get(t.Context(), key, object); err != nil {
				t.Fatal(err)
			}
			return object
		}
		for kind, key := range kept {
			patch := fmt.Sprintf(`{"metadata":{"annotations":{%q:"{}"},"labels":{%q:"migration-prep"}}}`, annotation, label)
			if err := admin.Patch(t.Context(), read(kind, key), client.RawPatch("application/merge-patch+json", []byte(patch))); err != nil {
				t.Fatal(err)
			}
		}
		apply(t, scenarios.Fresh)
		for kind, key := range kept {
			if object := read(kind, key); object.GetAnnotations()[annotation] != "" || object.GetLabels()[label] != "" {
				t.Errorf("%s: %v %v", kind.Kind, object.GetAnnotations(), object.GetLabels())
			}
		}
		if err := admin.Get(t.Context(), client.ObjectKeyFromObject(machine), machine); !apierrors.IsNotFound(err) {
			t.Errorf("the virtual machine is still there: %v", err)
		}
	})

	t.Run("nodes report their networks where a scenario has nodes, and are gone with it", func(t *testing.T) {
		state := schema.GroupVersionKind{Group: "nmstate.io", Version: "v1beta1", Kind: "NodeNetworkState"}
		policy := schema.GroupVersionKind{Group: "nmstate.io", Version: "v1", Kind: "NodeNetworkConfigurationPolicy"}
		for _, step := range []struct{ scenario, nodes, policies string }{
			{scenarios.NodesOdd, "master-0 worker-0 worker-1 worker-2", "br-vms lab-east lab-west"},
			{scenarios.NodesEven, "master-0 worker-0 worker-1 worker-2", "br-vms"},
			{scenarios.Prepared, "", ""},
		} {
			apply(t, step.scenario)
			if states, nodes := names(t, state), names(t, corev1.SchemeGroupVersion.WithKind("Node")); states != step.nodes || nodes != step.nodes {
				t.Errorf("%s: nodes %q, which report: %q", step.scenario, nodes, states)
			}
			if got := names(t, policy); got != step.policies {
				t.Errorf("%s: policies %q", step.scenario, got)
			}
		}
	})

	t.Run("the registry is there, or it is Removed and ImageStreams say so; what was built is gone", func(t *testing.T) {
		const here = "image-registry.openshift-image-registry.svc:5000/openshift-mtv/mine"
		for scenario, want := range map[string]string{scenarios.Prepared: here, scenarios.NoRegistry: "", scenarios.Fresh: here} {
			apply(t, scenario)
			mine := &unstructured.Unstructured{}
			mine.SetGroupVersionKind(imageStream)
			mine.SetNamespace("openshift-mtv")
			mine.SetName("mine")
			if err := admin.Create(t.Context(), mine); err != nil {
				t.Fatal(err)
			}
			for _, kind := range []schema.GroupVersionKind{buildConfig, build} {
				object := &unstructured.Unstructured{Object: map[string]any{"spec": map[string]any{
					"source": map[string]any{"binary": map[string]any{}}, "strategy": map[string]any{"type": "Docker"},
				}}}
				object.SetGroupVersionKind(kind)
				object.SetNamespace("openshift-mtv")
				object.SetName("mine")
				if err := admin.Create(t.Context(), object); err != nil {
					t.Fatal(err)
				}
			}
			repository := "nowhere"
			for began := time.Now(); repository != want && time.Since(began) < 5*time.Second; time.Sleep(50 * time.Millisecond) {
				if err := admin.Get(t.Context(), client.ObjectKeyFromObject(mine), mine); err != nil {
					t.Fatal(err)
				}
				repository, _, _ = unstructured.NestedString(mine.Object, "status", "dockerImageRepository")
			}
			if repository != want {
				t.Errorf("in %s an ImageStream is reached at %q", scenario, repository)
			}
		}
		apply(t, scenarios.NoBuilds)
		if left := names(t, imageStream) + names(t, image) + names(t, buildConfig) + names(t, build); left != "" {
			t.Errorf("left behind: %s", left)
		}
	})

	t.Run("who prepares may let a project pull images", func(t *testing.T) {
		apply(t, scenarios.Fresh)
		config := rest.AnonymousClientConfig(c.Config)
		config.BearerToken = c.Users[1].Token
		prep, err := client.New(config, client.Options{})
		if err != nil {
			t.Fatal(err)
		}
		err = prep.Create(t.Context(), &rbacv1.RoleBinding{
			ObjectMeta: metav1.ObjectMeta{Name: "pull", Namespace: "openshift-mtv"},
			RoleRef:    rbacv1.RoleRef{APIGroup: rbacv1.GroupName, Kind: "ClusterRole", Name: "system:image-puller"},
			Subjects:   []rbacv1.Subject{{APIGroup: rbacv1.GroupName, Kind: "Group", Name: "system:serviceaccounts:migration-target"}},
		})
		if err != nil {
			t.Error(err)
		}
	})

	t.Run("users may do what their titles say", func(t *testing.T) {
		apply(t, scenarios.Fresh)
		allowed := func(user, verb, group, resource, namespace string) bool {
			config := rest.AnonymousClientConfig(c.Config)
			for _, each := range c.Users {
				if each.Name == user {
					config.BearerToken = each.Token
				}
			}
			return mayDo(t, config, verb, group, resource, namespace)
		}
		for _, test := range []struct {
			user, verb, group, resource, namespace string
			want                                   bool
		}{
			{"kubeadmin", "delete", "", "nodes", "", true},
			{"prep", "create", "", "secrets", "openshift-mtv", true},
			{"prep", "create", "forklift.konveyor.io", "providers", "openshift-mtv", true},
			{"prep", "patch", "forklift.konveyor.io", "forkliftcontrollers", "openshift-mtv", true},
			{"prep", "create", "build.openshift.io", "buildconfigs/instantiatebinary", "openshift-mtv", true},
			{"prep", "create", "k8s.cni.cncf.io", "network-attachment-definitions", "migration-target", true},
			{"prep", "create", "k8s.cni.cncf.io", "network-attachment-definitions", "default", false},
			{"prep", "list", "forklift.konveyor.io", "providers", "", false},
			{"prep", "list", "", "namespaces", "", false},
			{"viewer", "list", "forklift.konveyor.io", "providers", "openshift-mtv", true},
			{"viewer", "create", "forklift.konveyor.io", "providers", "openshift-mtv", false},
			{"viewer", "get", "", "secrets", "openshift-mtv", false},
		} {
			if got := allowed(test.user, test.verb, test.group, test.resource, test.namespace); got != test.want {
				t.Errorf("%s may %s %s in %q: %v", test.user, test.verb, test.resource, test.namespace, got)
			}
		}
		// Another scenario with the same project gives nobody rights there.
		apply(t, scenarios.Assisted)
		for _, user := range []string{"prep", "viewer"} {
			if allowed(user, "list", "forklift.konveyor.io", "providers", "openshift-mtv") {
				t.Errorf("%s may still list providers in MTV's project", user)
			}
		}
	})

	t.Run("each switch brings operators as they should be, and takes the others away", func(t *testing.T) {
		for _, test := range []struct {
			scenario               string
			csvs, groups, clusters []string
		}{
			{scenarios.Assisted, []string{
				"openshift-cnv/kubevirt-hyperconverged-operator.v4.22.1", "openshift-mtv/mtv-operator.v2.12.1",
				"openshift-nmstate/kubernetes-nmstate-operator.4.22.0-202608190000", "openshift-storage/lvms-operator.v4.22.1",
			}, []string{
				"openshift-cnv/kubevirt-hyperconverged-group", "openshift-mtv/migration", "openshift-nmstate/openshift-nmstate", "openshift-storage/openshift-storage-operatorgroup",
			}, []string{"openshift-storage/lvmcluster-sample"}},
			{scenarios.Half, []string{
				"mtv/mtv-operator.v2.12.1", "openshift-cnv/kubevirt-hyperconverged-operator.v4.22.1", "storage/lvms-operator.v4.22.1",
			}, []string{
				"mtv/mtv-7tq2c", "openshift-cnv/openshift-cnv-hm5vd", "openshift-nmstate/openshift-nmstate-pl8rz", "storage/storage-9xw4q",
			}, []string{"storage/my-lvmcluster"}},
			{scenarios.Empty, nil, nil, nil},
			{scenarios.Fresh, []string{
				"openshift-cnv/kubevirt-hyperconverged-operator.v4.22.1", "openshift-lvm-storage/lvms-operator.v4.22.1",
				"openshift-mtv/mtv-operator.v2.12.1", "openshift-nmstate/kubernetes-nmstate-operator.4.22.0-202608190000",
			}, []string{
				"openshift-cnv/kubevirt-hyperconverged-group", "openshift-lvm-storage/openshift-storage-operatorgroup",
				"openshift-mtv/migration", "openshift-nmstate/openshift-nmstate",
			}, []string{"openshift-lvm-storage/lvmcluster-sample"}},
			{scenarios.Elsewhere, []string{
				"my-mtv/mtv-operator.v2.12.1", "openshift-cnv/kubevirt-hyperconverged-operator.v4.22.1", "openshift-lvm-storage/lvms-operator.v4.22.1",
				"openshift-nmstate/kubernetes-nmstate-operator.4.22.0-202608190000",
			}, []string{
				"my-mtv/migration", "openshift-cnv/kubevirt-hyperconverged-group", "openshift-lvm-storage/openshift-storage-operatorgroup",
				"openshift-nmstate/openshift-nmstate",
			}, []string{"openshift-lvm-storage/lvmcluster-sample"}},
		} {
			began := time.Now()
			apply(t, test.scenario)
			t.Logf("reset to %s took %v", test.scenario, time.Since(began))
			for kind, want := range map[string][]string{"ClusterServiceVersion": test.csvs, "OperatorGroup": test.groups, "LVMCluster": test.clusters} {
				if got := found(t, admin, kind); !slices.Equal(got, want) {
					t.Errorf("%s: %s %v", test.scenario, kind, got)
				}
			}
		}
		apply(t, scenarios.Empty)
		for _, definition := range found(t, admin, "CustomResourceDefinition") {
			if strings.Contains(definition, "forklift") || strings.Contains(definition, "kubevirt") || strings.Contains(definition, "nmstate") || strings.Contains(definition, "topolvm") {
				t.Errorf("%s is left in an empty cluster", definition)
			}
		}
		if classes := found(t, admin, "StorageClass"); classes != nil {
			t.Errorf("%v are left in an empty cluster", classes)
		}
	})

	t.Run("MTV elsewhere works there, and plugins reach it there alone", func(t *testing.T) {
		for scenario, home := range map[string]string{scenarios.Elsewhere: "my-mtv", scenarios.Upstream: "konveyor-forklift", scenarios.Fresh: "openshift-mtv"} {
			apply(t, scenario)
			host := &unstructured.Unstructured{}
			host.SetGroupVersionKind(provider)
			if err := admin.Get(t.Context(), client.ObjectKey{Namespace: home, Name: "host"}, host); err != nil {
				t.Errorf("%s: %v", scenario, err)
			}
			settings, err := openShift.PluginSettings(t.Context(), "migration-prep")
			if err != nil || !reflect.DeepEqual(settings, map[string]string{"mtvNamespace": home}) {
				t.Errorf("%s: the chart would leave word of %s: %v", scenario, settings, err)
			}
			if address, err := openShift.ProxyOf(t.Context(), "migration-prep", "forklift-inventory"); err != nil || address != openShift.MTV.InventoryURL {
				t.Errorf("%s: %s %v", scenario, address, err)
			}
			if address, err := openShift.ProxyOf(t.Context(), "forklift-console-plugin", "forklift-services"); err != nil || address != openShift.MTV.ServicesURL {
				t.Errorf("%s: MTV's own plugin: %s %v", scenario, address, err)
			}
		}
		plugin := &unstructured.Unstructured{}
		plugin.SetGroupVersionKind(schema.GroupVersionKind{Group: "console.openshift.io", Version: "v1", Kind: "ConsolePlugin"})
		if err := admin.Get(t.Context(), client.ObjectKey{Name: "migration-prep"}, plugin); err != nil {
			t.Fatal(err)
		}
		proxies, _, _ := unstructured.NestedSlice(plugin.Object, "spec", "proxy")
		if err := unstructured.SetNestedField(proxies[0].(map[string]any), "no-such-project", "endpoint", "service", "namespace"); err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(unstructured.SetNestedSlice(plugin.Object, proxies, "spec", "proxy"), admin.Update(t.Context(), plugin)); err != nil {
			t.Fatal(err)
		}
		if address, err := openShift.ProxyOf(t.Context(), "migration-prep", "forklift-inventory"); err == nil || errors.Is(err, openshift.ErrNoPlugin) {
			t.Errorf("a project that does not exist has MTV's inventory: %s %v", address, err)
		}
		for _, each := range [][2]string{{"migration-prep", "another"}, {"another", "forklift-inventory"}} {
			if _, err := openShift.ProxyOf(t.Context(), each[0], each[1]); !errors.Is(err, openshift.ErrNoPlugin) {
				t.Errorf("%v: %v", each, err)
			}
		}
	})

	t.Run("a ForkliftController beside no operator stays as it is", func(t *testing.T) {
		apply(t, scenarios.Elsewhere)
		leftOver := &unstructured.Unstructured{}
		leftOver.SetGroupVersionKind(schema.GroupVersionKind{Group: provider.Group, Version: provider.Version, Kind: "ForkliftController"})
		leftOver.SetNamespace("migration-target")
		leftOver.SetName("forklift-controller")
		if err := admin.Create(t.Context(), leftOver); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Second)
		if err := admin.Get(t.Context(), client.ObjectKeyFromObject(leftOver), leftOver); err != nil {
			t.Fatal(err)
		}
		if status, told, _ := unstructured.NestedMap(leftOver.Object, "status"); told {
			t.Errorf("somebody looked at it: %v", status)
		}
	})

	t.Run("a webhook that does not answer yet is waited for", func(t *testing.T) {
		apply(t, scenarios.Prepared)
		url, fail, none := "https://127.0.0.1:1/", admissionv1.Fail, admissionv1.SideEffectClassNone
		silent := &admissionv1.ValidatingWebhookConfiguration{
			ObjectMeta: metav1.ObjectMeta{Name: "silent"},
			Webhooks: []admissionv1.ValidatingWebhook{{
				Name: "silent.example.com", ClientConfig: admissionv1.WebhookClientConfig{URL: &url}, FailurePolicy: &fail, SideEffects: &none, AdmissionReviewVersions: []string{"v1"},
				Rules: []admissionv1.RuleWithOperations{{
					Operations: []admissionv1.OperationType{admissionv1.Delete},
					Rule:       admissionv1.Rule{APIGroups: []string{provider.Group}, APIVersions: []string{"*"}, Resources: []string{"providers"}},
				}},
			}},
		}
		if err := admin.Create(t.Context(), silent); err != nil {
			t.Fatal(err)
		}
		vcenter := &unstructured.Unstructured{}
		vcenter.SetGroupVersionKind(provider)
		vcenter.SetNamespace("openshift-mtv")
		vcenter.SetName("vcenter")
		// The API server asks a new webhook a moment after it was made.
		for err := error(nil); !apierrors.IsInternalError(err); time.Sleep(50 * time.Millisecond) {
			err = admin.Delete(t.Context(), vcenter, client.DryRunAll)
		}
		done := make(chan error)
		time.AfterFunc(2*time.Second, func() { done <- admin.Delete(t.Context(), silent) })
		apply(t, scenarios.Fresh)
		if err := <-done; err != nil {
			t.Fatal(err)
		}
		if got := names(t, provider); got != "host" {
			t.Errorf("Providers: %s", got)
		}
	})

	t.Run("an unknown scenario is refused by name", func(t *testing.T) {
		err := scenarios.Apply(t.Context(), c.Config, "frsh", values)
		if err == nil || !strings.Contains(err.Error(), `no scenario "frsh"`) {
			t.Errorf("got %v", err)
		}
	})
}
