package chart_test

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/migration-prep/migration-prep/sandbox/internal/controlplane"
	"github.com/migration-prep/migration-prep/sandbox/internal/crd"
)

// everySetting gives each value that goes into an operator or an operand another value than its default.
const everySetting = `
subscriptions:
  source: mirrored
  sourceNamespace: catalogs
  installPlanApproval: Manual
  nodeSelector: {node-role.kubernetes.io/infra: ""}
  tolerations: [{key: infra, operator: Exists, effect: NoSchedule}]
operators:
  lvms:
    namespace: lvms
    channel: stable-4.22
    startingCSV: lvms-operator.v4.22.0
    operand:
      name: disks
      deviceClass: fast
      paths: [/dev/sdb]
      optionalPaths: [/dev/sdc]
      thinPool: {name: thin, sizePercent: 100, overprovisionRatio: 2}
      fstype: ext4
      nodeSelector: {node-role.kubernetes.io/worker: "", disks: local}
      tolerations: [{key: storage, operator: Exists, effect: NoExecute, tolerationSeconds: 5}]
  mtv:
    subscription: {source: own}
    operand: {settings: {feature_ui_plugin: false, controller_max_vm_inflight: 10, controller_precopy_interval: "30"}}
virtualization: {evictionStrategy: LiveMigrateIfPossible}
`

// Declared to Argo CD or made by a hook, the same values lead to the same operators and operands.
func TestDeclaredIsPlanned(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"defaults":      `operators: {lvms: {operand: {allEmptyDisks: true}}}`,
		"every setting": everySetting,
	} {
		t.Run(name, func(t *testing.T) {
			c := controlplane.ForTest(t, append([]crd.Set{crd.Platform}, crd.Operators...)...)
			admin, err := client.New(c.Config, client.Options{})
			if err != nil {
				t.Fatal(err)
			}
			file := filepath.Join(t.TempDir(), "values.yaml")
			if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			values := []string{"--values", file, "--set", "gitops.enabled=true"}
			ensure := command{
				arguments: []string{"ensure", "--wishes", "/etc/migration-prep/wishes.yaml", "--deadline", "0.5", "--interval", "1"},
				files:     commands(mustTemplate(t, "helm3", values...))[0].files,
			}
			if code, output, err := runCommand(t.Context(), t.TempDir(), c.Kubeconfig, ensure); err != nil || code != 0 {
				t.Fatalf("exit code %d, %v\n%s", code, err, output)
			}
			declared := map[string]*unstructured.Unstructured{}
			for _, object := range mustTemplate(t, "helm3", append(values, "--set", "gitops.declareOperators=true")...) {
				if isOfOperator(object) {
					declared[described(object)] = object
				}
			}
			planned := map[string]*unstructured.Unstructured{}
			for _, object := range declared {
				list := &unstructured.UnstructuredList{}
				list.SetGroupVersionKind(object.GroupVersionKind())
				if err := admin.List(t.Context(), list, client.MatchingLabels{"app.kubernetes.io/managed-by": "migration-prep"}); err != nil {
					t.Fatal(err)
				}
				for i := range list.Items {
					planned[described(&list.Items[i])] = &list.Items[i]
				}
			}
			if want, got := slices.Sorted(maps.Keys(planned)), slices.Sorted(maps.Keys(declared)); !slices.Equal(want, got) || len(want) != 16 {
				t.Fatalf("planned %v\ndeclared %v", want, got)
			}
			for key, object := range declared {
				// Under another name, so that the API server takes it as a new one and fills in what it fills in.
				object.SetName("declared-" + object.GetName())
				if err := admin.Create(t.Context(), object, client.DryRunAll); err != nil {
					t.Fatal(err)
				}
				if want, got := content(t, planned[key]), content(t, object); want != got {
					t.Errorf("%s\nplanned:  %s\ndeclared: %s", key, want, got)
				}
			}
		})
	}
}

// isOfOperator says whether an object is an operator's: its project, what installs it, or its operand.
func isOfOperator(object *unstructured.Unstructured) bool {
	return isLate(object.GetAPIVersion()) || group(object) == "operators.coreos.com" ||
		object.GetKind() == "Namespace" && object.GetName() != release
}

// content is what an object asks for, and the labels that have a meaning beyond whose it is.
func content(t *testing.T, object *unstructured.Unstructured) string {
	t.Helper()
	labels := object.GetLabels()
	maps.DeleteFunc(labels, func(key, _ string) bool {
		return strings.HasPrefix(key, "app.kubernetes.io/") || strings.HasPrefix(key, "helm.sh/") || key == "kubernetes.io/metadata.name"
	})
	text, err := json.Marshal([]any{labels, object.Object["spec"]})
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
