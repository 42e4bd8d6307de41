package chart_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"k8s.io/client-go/discovery"
	"k8s.io/client-go/rest"

	"github.com/migration-prep/migration-prep/sandbox/internal/crd"
)

// kubeconform knows the schemas of Kubernetes and of every operator from files that are made here: from the running API server and from the
// definitions that the operators install.
func TestKubeconform(t *testing.T) {
	t.Parallel()
	_, c, _ := cluster(t)
	schemas := t.TempDir()
	writeBuiltIn(t, c.Config, schemas)
	writeDefined(t, schemas)
	check := func(t *testing.T, files map[string]string) map[string]string {
		return kubeconform(t, schemas, files)
	}
	// All in one run, which reads the schemas once.
	files := manifests(t)
	// The APIs of builds and images are no CustomResourceDefinitions: TestBuildInCluster holds this file to them.
	delete(files, inCluster+"builds.yaml")
	for scenario, file := range valueFiles(t) {
		for _, name := range helms {
			text, err := helm(name, "template", release, chart, "--namespace", release, "--kube-version", "1.35.0", "--values", file)
			if err != nil {
				t.Fatal(err)
			}
			files[scenario+"/"+name] = text
		}
	}
	complaints := check(t, files)
	for name := range files {
		t.Run(name, func(t *testing.T) {
			if complaints[name] != "" {
				t.Error(complaints[name])
			}
		})
	}
	t.Run("refuses what is wrong", func(t *testing.T) {
		wrong := map[string]string{}
		for _, text := range []string{
			`{apiVersion: v1, kind: Service, metadata: {name: x}, spec: {port: 1}}`,
			`{apiVersion: v1, kind: Service, metadata: {name: x}, spec: {ports: [{port: "1"}]}}`,
			`{apiVersion: console.openshift.io/v1, kind: ConsolePlugin, metadata: {name: x}, spec: {displayName: x, backend: {type: Servce}}}`,
			`{apiVersion: nmstate.io/v1, kind: NMState, metadata: {name: x}, spec: {nodes: 1}}`,
			`{apiVersion: nmstate.io/v2, kind: NMState, metadata: {name: x}}`,
		} {
			wrong[text] = text
		}
		const sound = `{apiVersion: v1, kind: Service, metadata: {name: x}, spec: {ports: [{port: 1}]}}`
		wrong[sound] = sound
		for text, complaint := range check(t, wrong) {
			if (complaint == "") != (text == sound) {
				t.Errorf("%s: %q", text, complaint)
			}
		}
	})
}

// kubeconform runs it over files and returns what it complains about: file → complaints.
func kubeconform(t *testing.T, schemas string, files map[string]string) map[string]string {
	t.Helper()
	dir := t.TempDir()
	names := map[string]string{}
	complaints := map[string]string{}
	for name, text := range files {
		path := filepath.Join(dir, fmt.Sprintf("%d.yaml", len(names)))
		names[path], complaints[name] = name, ""
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	command := exec.Command(filepath.Join(bin, "kubeconform"), "-strict", "-verbose", "-output", "json", "-n", "2",
		"-schema-location", schemas+"/{{ .Group }}_{{ .ResourceAPIVersion }}_{{ .ResourceKind }}.json", dir)
	output, err := command.Output()
	var report struct {
		Resources []struct{ Filename, Kind, Name, Status, Msg string }
	}
	if parseErr := json.Unmarshal(output, &report); parseErr != nil {
		t.Fatalf("kubeconform: %v, %v", err, parseErr)
	}
	if len(report.Resources) < len(files) {
		t.Fatalf("kubeconform looked at %d resources in %d files", len(report.Resources), len(files))
	}
	for _, each := range report.Resources {
		if each.Status != "statusValid" {
			complaints[names[each.Filename]] += fmt.Sprintf("%s %s: %s %s\n", each.Kind, each.Name, each.Status, each.Msg)
		}
	}
	return complaints
}

// writeBuiltIn writes the schemas that the API server publishes, with unknown fields refused.
func writeBuiltIn(t *testing.T, config *rest.Config, dir string) {
	t.Helper()
	client, err := discovery.NewDiscoveryClientForConfig(config)
	if err != nil {
		t.Fatal(err)
	}
	content, err := client.RESTClient().Get().AbsPath("/openapi/v2").SetHeader("Accept", "application/json").Do(t.Context()).Raw()
	if err != nil {
		t.Fatal(err)
	}
	var document struct {
		Definitions map[string]map[string]any `json:"definitions"`
	}
	if err := json.Unmarshal(content, &document); err != nil {
		t.Fatal(err)
	}
	const meta = "io.k8s.apimachinery.pkg."
	either := map[string]any{"oneOf": []any{map[string]any{"type": "string"}, map[string]any{"type": "number"}}}
	document.Definitions[meta+"util.intstr.IntOrString"] = either
	document.Definitions[meta+"api.resource.Quantity"] = either
	for name, definition := range document.Definitions {
		if !strings.HasPrefix(name, "io.k8s.") {
			continue
		}
		if _, isObject := definition["properties"]; isObject {
			definition["additionalProperties"] = false
		}
		kinds, _ := definition["x-kubernetes-group-version-kind"].([]any)
		for _, each := range kinds {
			kind := each.(map[string]any)
			writeJSON(t, dir, schemaFile(kind["group"].(string), kind["version"].(string), kind["kind"].(string)),
				map[string]any{"$ref": "definitions.json#/definitions/" + name})
		}
	}
	writeJSON(t, dir, "definitions.json", document)
}

// writeDefined writes the schemas of custom resources.
func writeDefined(t *testing.T, dir string) {
	t.Helper()
	definitions, err := crd.Definitions(t.Context(), append([]crd.Set{crd.Platform, crd.Mirrors}, crd.Operators...))
	if err != nil {
		t.Fatal(err)
	}
	for _, definition := range definitions {
		for _, version := range definition.Spec.Versions {
			content, err := json.Marshal(version.Schema.OpenAPIV3Schema)
			if err != nil {
				t.Fatal(err)
			}
			var schema map[string]any
			if err := json.Unmarshal(content, &schema); err != nil {
				t.Fatal(err)
			}
			closeSchema(schema)
			// Every kind has these three, whether its definition says so or not.
			for _, name := range []string{"apiVersion", "kind", "metadata"} {
				properties, _ := schema["properties"].(map[string]any)
				properties[name] = map[string]any{"type": map[bool]string{true: "object", false: "string"}[name == "metadata"]}
			}
			writeJSON(t, dir, schemaFile(definition.Spec.Group, version.Name, definition.Spec.Names.Kind), schema)
		}
	}
}

// closeSchema refuses unknown fields where the API server would: everywhere but where a definition keeps them.
func closeSchema(node any) {
	switch node := node.(type) {
	case []any:
		for _, each := range node {
			closeSchema(each)
		}
	case map[string]any:
		_, isObject := node["properties"].(map[string]any)
		_, open := node["additionalProperties"]
		if isObject && node["type"] == "object" && !open && node["x-kubernetes-preserve-unknown-fields"] != true {
			node["additionalProperties"] = false
		}
		if node["x-kubernetes-int-or-string"] == true {
			delete(node, "type")
		}
		for key, each := range node {
			if key != "default" && key != "enum" && key != "example" {
				closeSchema(each)
			}
		}
	}
}

// schemaFile is a name that kubeconform finds: for Kubernetes' core group it takes the version for the group.
func schemaFile(group, version, kind string) string {
	if group == "" {
		group = version
	}
	return strings.ToLower(fmt.Sprintf("%s_%s_%s.json", group, version, kind))
}

func writeJSON(t *testing.T, dir, name string, content any) {
	t.Helper()
	text, err := json.Marshal(content)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name), text, 0o600); err != nil {
		t.Fatal(err)
	}
}

// Every version of a kind that the README's table names is served by the definitions, and every kind that is rendered is in the table.
func TestVersionsOfKinds(t *testing.T) {
	readme, err := os.ReadFile(filepath.Join(chart, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	definitions, err := crd.Definitions(t.Context(), append([]crd.Set{crd.Platform, crd.Mirrors}, crd.Operators...))
	if err != nil {
		t.Fatal(err)
	}
	served := func(apiVersion, kind string) bool {
		for _, definition := range definitions {
			for _, version := range definition.Spec.Versions {
				if definition.Spec.Names.Kind == kind && definition.Spec.Group+"/"+version.Name == apiVersion && version.Served {
					return true
				}
			}
		}
		return false
	}
	listed := map[string]bool{}
	_, table, _ := strings.Cut(string(readme), "## Versions of kinds")
	table, _, _ = strings.Cut(table, "## Values")
	for line := range strings.Lines(table) {
		cells := strings.Split(line, " | ")
		if len(cells) != 3 || !strings.Contains(cells[1], "/") {
			continue
		}
		for kind := range strings.SplitSeq(strings.TrimPrefix(cells[0], "| "), ", ") {
			listed[cells[1]+" "+kind] = true
			if !served(cells[1], kind) {
				t.Errorf("no definition serves %s %s", cells[1], kind)
			}
		}
	}
	for scenario, file := range valueFiles(t) {
		for _, object := range mustTemplate(t, "helm3", "--values", file) {
			version := object.GetAPIVersion()
			if strings.Contains(version, ".openshift.io/") || strings.Contains(version, "operators.coreos.com/") || isLate(version) {
				if !listed[version+" "+object.GetKind()] {
					t.Errorf("%s: %s %s is not in the table", scenario, version, object.GetKind())
				}
			}
		}
	}
	if len(listed) < 9 {
		t.Errorf("the table has only %v", listed)
	}
}

func isLate(apiVersion string) bool {
	for _, group := range lateGroups {
		if strings.HasPrefix(apiVersion, group+"/") {
			return true
		}
	}
	return false
}
