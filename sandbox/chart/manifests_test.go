package chart_test

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// manifests are the files of install/ that users apply, by path.
func manifests(t *testing.T) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := filepath.WalkDir(filepath.Join(project, "install"), func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".yaml") || entry.Name() == "values.yaml" {
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

// clusterSecret is what Argo CD knows a cluster by.
type clusterSecret struct {
	name                string
	labels, annotations map[string]string
}

// chosen is the label that applicationset.yaml asks for.
var chosen = map[string]string{"migration-prep": "true"}

// generated are the Applications that Argo CD itself makes of the ApplicationSet for these clusters, by name.
func generated(t *testing.T, clusters ...clusterSecret) (map[string]*unstructured.Unstructured, error) {
	t.Helper()
	input := manifests(t)["install/argocd/applicationset.yaml"]
	for _, each := range clusters {
		secret := &unstructured.Unstructured{Object: map[string]any{
			"apiVersion": "v1", "kind": "Secret", "stringData": map[string]any{"name": each.name, "server": "https://api." + each.name + ".example.com:6443", "config": "{}"},
		}}
		secret.SetNamespace("openshift-gitops")
		secret.SetName(strings.ToLower(each.name) + "-cluster-secret")
		secret.SetLabels(map[string]string{"argocd.argoproj.io/secret-type": "cluster"})
		if each.labels != nil {
			secret.SetLabels(map[string]string{"argocd.argoproj.io/secret-type": "cluster", "migration-prep": each.labels["migration-prep"]})
		}
		if each.annotations != nil {
			secret.SetAnnotations(each.annotations)
		}
		text, err := secret.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		input += "\n---\n" + string(text)
	}
	command := exec.Command(filepath.Join(bin, "argocd"), "applicationset")
	command.Stdin = strings.NewReader(input)
	var stderr strings.Builder
	command.Stderr = &stderr
	output, err := command.Output()
	if err != nil {
		return nil, fmt.Errorf("%w: %s", err, stderr.String())
	}
	var all []map[string]any
	if err := json.Unmarshal(output, &all); err != nil {
		t.Fatal(err)
	}
	found := map[string]*unstructured.Unstructured{}
	for _, each := range all {
		application := &unstructured.Unstructured{Object: each}
		found[application.GetName()] = application
	}
	return found, nil
}

// valuesOf is a file with what an Application gives the chart.
func valuesOf(t *testing.T, application *unstructured.Unstructured) string {
	t.Helper()
	text, _, _ := unstructured.NestedString(application.Object, "spec", "source", "helm", "values")
	if values, found, _ := unstructured.NestedMap(application.Object, "spec", "source", "helm", "valuesObject"); found {
		content, err := json.Marshal(values)
		if err != nil {
			t.Fatal(err)
		}
		text = string(content)
	}
	file := filepath.Join(t.TempDir(), "values.yaml")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestArgoCDGivesValuesThatTheChartTakes(t *testing.T) {
	all, err := objects(manifests(t)["install/argocd/application.yaml"])
	if err != nil || len(all) != 1 {
		t.Fatal(err)
	}
	applications, err := generated(t, clusterSecret{"plain", chosen, map[string]string{"other": "1"}}, clusterSecret{"with-disks", chosen, map[string]string{"migration-prep/disks": "/dev/sdb,/dev/sdc"}})
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		application *unstructured.Unstructured
		clusters    int
	}{
		"application.yaml":        {all[0], 0},
		"a cluster":               {applications["migration-prep-plain"], 0},
		"a cluster and its disks": {applications["migration-prep-with-disks"], 1},
	} {
		if test.application == nil {
			t.Fatalf("%s: no Application", name)
		}
		for _, helm := range helms {
			rendered, clusters := mustTemplate(t, helm, "--values", valuesOf(t, test.application), "--set", "gitops.declareOperators=true"), 0
			for _, object := range rendered {
				if object.GetKind() == "LVMCluster" {
					clusters++
				}
			}
			if clusters != test.clusters || rendered[0].GetAnnotations()["argocd.argoproj.io/sync-wave"] == "" {
				t.Errorf("%s: %d LVMClusters, first %s", name, clusters, described(rendered[0]))
			}
		}
	}
}

// One cluster that cannot be rendered would leave all of them without an Application.
func TestEveryChosenClusterGetsAnApplication(t *testing.T) {
	for name, clusters := range map[string][]clusterSecret{
		"case 38: no annotations": {{"spoke", chosen, nil}},
		"other annotations":       {{"spoke", chosen, map[string]string{"managed-by": "somebody"}}},
		"an empty one":            {{"spoke", chosen, map[string]string{"migration-prep/disks": ""}}},
		"one of several":          {{"first", chosen, map[string]string{"migration-prep/disks": "/dev/sdb"}}, {"spoke", chosen, nil}, {"LAST", chosen, nil}},
		"not chosen":              {{"spoke", chosen, nil}, {"other", nil, nil}, {"no", map[string]string{"migration-prep": "false"}, nil}},
	} {
		t.Run(name, func(t *testing.T) {
			applications, err := generated(t, clusters...)
			if err != nil {
				t.Fatal(err)
			}
			wanted := 0
			for _, each := range clusters {
				if each.labels["migration-prep"] != "true" {
					continue
				}
				wanted++
				application := applications["migration-prep-"+strings.ToLower(each.name)]
				if application == nil {
					t.Errorf("%s has no Application", each.name)
					continue
				}
				server, _, _ := unstructured.NestedString(application.Object, "spec", "destination", "server")
				if server != "https://api."+each.name+".example.com:6443" {
					t.Errorf("%s: an Application for %s", each.name, server)
				}
			}
			if len(applications) != wanted {
				t.Errorf("%d Applications for %d clusters", len(applications), wanted)
			}
		})
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
