package chart_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	rbacv1 "k8s.io/api/rbac/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"sigs.k8s.io/yaml"
)

// documented are the rights that docs/hooks.md lists, by the word behind `# rules:`.
func documented(t *testing.T) map[string][]rbacv1.PolicyRule {
	t.Helper()
	content, err := os.ReadFile(project + "/docs/hooks.md")
	if err != nil {
		t.Fatal(err)
	}
	found := map[string][]rbacv1.PolicyRule{}
	for _, match := range regexp.MustCompile("(?s)```yaml\n# rules: (\\S+)\n(.*?)```").FindAllStringSubmatch(string(content), -1) {
		var rules []rbacv1.PolicyRule
		if err := yaml.UnmarshalStrict([]byte(match[2]), &rules); err != nil {
			t.Fatalf("the rules of %s: %v", match[1], err)
		}
		found[match[1]] = rules
	}
	return found
}

// single takes rules apart: each right is one verb on one resource, of one name if they are limited to names.
func single(rules []rbacv1.PolicyRule) []string {
	var rights []string
	for _, rule := range rules {
		names := rule.ResourceNames
		if len(names) == 0 {
			names = []string{"*"}
		}
		for _, group := range rule.APIGroups {
			for _, resource := range rule.Resources {
				for _, name := range names {
					for _, verb := range rule.Verbs {
						rights = append(rights, strings.Join([]string{verb, group + "/" + resource, name}, " "))
					}
				}
			}
		}
	}
	slices.Sort(rights)
	return slices.Compact(rights)
}

// granted are the rules of a role by its name, in the whole cluster and in single namespaces.
func granted(t *testing.T, all []*unstructured.Unstructured, name string) (clusterWide, limited []rbacv1.PolicyRule) {
	t.Helper()
	for _, object := range all {
		if object.GetName() != name || object.GetKind() != "ClusterRole" && object.GetKind() != "Role" {
			continue
		}
		role := &rbacv1.ClusterRole{}
		if err := runtime.DefaultUnstructuredConverter.FromUnstructured(object.Object, role); err != nil {
			t.Fatal(err)
		}
		if object.GetKind() == "ClusterRole" {
			clusterWide = append(clusterWide, role.Rules...)
		} else {
			limited = append(limited, role.Rules...)
		}
	}
	return clusterWide, limited
}

// The hooks have exactly the rights of the commands that the values lead to.
func TestHooksHaveTheRightsOfTheirCommands(t *testing.T) {
	rules := documented(t)
	const report = "report of an uninstall"
	rules[report] = slices.DeleteFunc(slices.Clone(rules["cleanup"]), func(rule rbacv1.PolicyRule) bool { return !slices.Contains(rule.Resources, "configmaps") })
	always := []string{"operators", "operands", "virt-default-class", "eviction-strategy", "plugin", "report", report, "declared"}
	for scenario, parts := range map[string][]string{
		"hands-off":       {},
		"plugin-only":     {"plugin", "declared"},
		"defaults":        always,
		"adopt":           always,
		"bare-metal":      append(slices.Clone(always), "registry"),
		"take-back":       append(slices.Clone(always), "registry", "cleanup"),
		"gitops":          always,
		"controller":      append(slices.Clone(always), "stop-controller"),
		"gitops-declared": append(slices.Clone(always), "registry"),
	} {
		t.Run(scenario, func(t *testing.T) {
			var wanted []rbacv1.PolicyRule
			for _, part := range parts {
				if len(rules[part]) == 0 {
					t.Fatalf("docs/hooks.md has no rules of %s", part)
				}
				wanted = append(wanted, rules[part]...)
			}
			clusterWide, limited := granted(t, mustTemplate(t, "helm3", "--values", valueFiles(t)[scenario]), "migration-prep-hooks")
			if want, got := single(wanted), single(slices.Concat(clusterWide, limited)); !slices.Equal(want, got) {
				t.Errorf("documented:\n  %s\ngranted:\n  %s", strings.Join(want, "\n  "), strings.Join(got, "\n  "))
			}
			for _, right := range single(clusterWide) {
				if strings.Contains(right, "/configmaps") || strings.HasPrefix(right, "create /persistentvolumeclaims") || strings.Contains(right, "/secrets") {
					t.Errorf("granted in the whole cluster: %s", right)
				}
			}
		})
	}
}

// The Jobs of the Assisted Installer have the rights of their one command.
func TestInstallersHaveTheRightsOfTheirCommand(t *testing.T) {
	rules := documented(t)
	for file, part := range map[string]string{"migration-prep-gitops.yaml": "apply-application", "migration-prep-without-gitops.yaml": "operators"} {
		all, err := objects(manifests(t)["install/assisted-installer/"+file])
		if err != nil {
			t.Fatal(err)
		}
		clusterWide, _ := granted(t, all, "migration-prep-installer")
		if want, got := single(rules[part]), single(clusterWide); len(want) == 0 || !slices.Equal(want, got) {
			t.Errorf("%s, documented:\n  %s\ngranted:\n  %s", file, strings.Join(want, "\n  "), strings.Join(got, "\n  "))
		}
	}
}
