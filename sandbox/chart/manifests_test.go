package chart_test

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	texttemplate "text/template"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// manifests are the files of install/, by path.
func manifests(t *testing.T) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := filepath.WalkDir(filepath.Join(project, "install"), func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".yaml") {
			return err
		}
		content, err := os.ReadFile(path)
		found[strings.TrimPrefix(path, project+"/")] = string(content)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// valuesOf are what an Application gives the chart, and what an ApplicationSet gives it for a cluster whose Secret has annotations.
func valuesOf(t *testing.T, path string, annotations map[string]string) string {
	t.Helper()
	all, err := objects(manifests(t)[path])
	if err != nil || len(all) != 1 {
		t.Fatalf("%s: %v", path, err)
	}
	spec := all[0].Object["spec"].(map[string]any)
	if template, found, _ := unstructured.NestedMap(spec, "template", "spec"); found {
		spec = template
	}
	if values, found, _ := unstructured.NestedMap(spec, "source", "helm", "valuesObject"); found {
		text, err := json.Marshal(values)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	text, _, _ := unstructured.NestedString(spec, "source", "helm", "values")
	parsed, err := texttemplate.New(path).Option("missingkey=error").Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	var filled strings.Builder
	if err := parsed.Execute(&filled, map[string]any{"metadata": map[string]any{"annotations": annotations}}); err != nil {
		t.Fatal(err)
	}
	return filled.String()
}

func TestArgoCDGivesValuesThatTheChartTakes(t *testing.T) {
	for _, test := range []struct {
		path        string
		annotations map[string]string
		clusters    int
	}{
		{"install/argocd/application.yaml", nil, 0},
		{"install/argocd/applicationset.yaml", nil, 0},
		{"install/argocd/applicationset.yaml", map[string]string{"migration-prep/disks": "/dev/sdb,/dev/sdc"}, 1},
	} {
		for _, name := range helms {
			file := filepath.Join(t.TempDir(), "values.yaml")
			if err := os.WriteFile(file, []byte(valuesOf(t, test.path, test.annotations)), 0o600); err != nil {
				t.Fatal(err)
			}
			rendered, clusters := mustTemplate(t, name, "--values", file, "--set", "gitops.declareOperators=true"), 0
			for _, object := range rendered {
				if object.GetKind() == "LVMCluster" {
					clusters++
				}
			}
			if clusters != test.clusters || rendered[0].GetAnnotations()["argocd.argoproj.io/sync-wave"] == "" {
				t.Errorf("%s with %v: %d LVMClusters, first %s", test.path, test.annotations, clusters, described(rendered[0]))
			}
		}
	}
}

// Argo CD gives up after five tries by default, which is before OLM has installed anything, and does not try a revision again.
func TestArgoCDOutlastsOLM(t *testing.T) {
	for _, path := range []string{"install/argocd/application.yaml", "install/argocd/applicationset.yaml"} {
		text := manifests(t)[path]
		for _, line := range []string{"limit: -1", "refresh: true", "maxDuration: 5m"} {
			if !strings.Contains(text, line) {
				t.Errorf("%s has no %q", path, line)
			}
		}
	}
}
