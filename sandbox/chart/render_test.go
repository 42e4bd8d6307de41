package chart_test

import (
	"slices"
	"strings"
	"testing"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// lateGroups are the API groups that no cluster has before an operator brings them. Plain Helm would refuse the whole release.
var lateGroups = []string{"lvm.topolvm.io", "forklift.konveyor.io", "nmstate.io", "hco.kubevirt.io"}

func group(object *unstructured.Unstructured) string { return object.GroupVersionKind().Group }

func TestRendering(t *testing.T) {
	forEachScenario(t, func(t *testing.T, scenario string, rendered []*unstructured.Unstructured) {
		gitops := strings.HasPrefix(scenario, "gitops")
		seen := map[string]bool{}
		for _, object := range rendered {
			if key := group(object) + " " + described(object); seen[key] {
				t.Errorf("%s is rendered twice", key)
			} else {
				seen[key] = true
			}
			annotations := object.GetAnnotations()
			if _, helmHook := annotations["helm.sh/hook"]; helmHook && gitops {
				t.Errorf("%s: a hook of Helm's, which Argo CD would run beside its own", described(object))
			}
			for key := range annotations {
				if strings.HasPrefix(key, "argocd.argoproj.io/") && !gitops {
					t.Errorf("%s: %s with plain Helm", described(object), key)
				}
			}
			if _, inWave := annotations["argocd.argoproj.io/sync-wave"]; gitops && !inWave {
				t.Errorf("%s is in no wave", described(object))
			}
			late := slices.Contains(lateGroups, group(object))
			if late && !gitops {
				t.Errorf("%s comes with an operator and is rendered for plain Helm", described(object))
			}
			options := annotations["argocd.argoproj.io/sync-options"]
			if late && !strings.Contains(options, "SkipDryRunOnMissingResource=true") {
				t.Errorf("%s: its kind may be missing at the dry run", described(object))
			}
			precious := late || group(object) == "operators.coreos.com" || object.GetKind() == "Namespace"
			if precious && gitops && !strings.Contains(options, "Prune=false,Delete=false") {
				t.Errorf("%s may be pruned: %q", described(object), options)
			}
			if precious && !gitops && annotations["helm.sh/resource-policy"] != "keep" {
				t.Errorf("%s goes with the release", described(object))
			}
			if object.GetKind() == "Namespace" && gitops && object.GetLabels()["argocd.argoproj.io/managed-by"] == "" {
				t.Errorf("%s is not Argo CD's to manage", described(object))
			}
			if targets, found, _ := unstructured.NestedSlice(object.Object, "spec", "targetNamespaces"); found && len(targets) == 0 {
				t.Errorf("%s: OLM strips an empty list, and Argo CD would see a difference for ever", described(object))
			}
		}
	})
}

// Both Helms render the same objects: a cluster does not depend on who renders.
func TestHelmsAgree(t *testing.T) {
	for scenario, file := range valueFiles(t) {
		t.Run(scenario, func(t *testing.T) {
			text := func(name string) string {
				var lines []string
				for _, object := range mustTemplate(t, name, "--values", file) {
					json, err := object.MarshalJSON()
					if err != nil {
						t.Fatal(err)
					}
					lines = append(lines, string(json))
				}
				slices.Sort(lines)
				return strings.Join(lines, "\n")
			}
			if three, four := text("helm3"), text("helm4"); three != four {
				t.Errorf("Helm 3:\n%s\nHelm 4:\n%s", three, four)
			}
		})
	}
}

// The configuration is read when the server starts, so pods must be replaced when it changes, and only then.
func TestServerRollsOutWithItsConfiguration(t *testing.T) {
	checksum := func(arguments ...string) string {
		for _, object := range mustTemplate(t, "helm3", arguments...) {
			if object.GetKind() == "Deployment" && object.GetName() == release {
				sum, _, _ := unstructured.NestedString(object.Object, "spec", "template", "metadata", "annotations", "checksum/config")
				return sum
			}
		}
		return ""
	}
	plain := checksum()
	if plain == "" || plain != checksum("--set", "plugin.replicas=3") {
		t.Error("pods are replaced although the configuration is the same")
	}
	for _, change := range []string{"plugin.tlsProfile=Modern", "plugin.ipFamily=IPv4"} {
		if checksum("--set", change) == plain {
			t.Errorf("pods keep the old configuration after %s", change)
		}
	}
}
