// Package chart_test renders the chart with real Helm 3 and 4 and brings it onto a real API server: charts/migration-prep and install/.
package chart_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/util/yaml"
)

const (
	project = "../.."
	chart   = project + "/charts/migration-prep"
	bin     = project + "/.build/bin"
	// release is the namespace and the name that users are told to give.
	release = "migration-prep"
)

// helms are the programs that the chart has to work with.
var helms = []string{"helm3", "helm4"}

// helm runs one of them and returns what it printed.
func helm(name string, arguments ...string) (string, error) {
	command := exec.Command(filepath.Join(bin, name), arguments...)
	command.Env = append(command.Environ(), "HELM_NO_PLUGINS=1")
	var stdout, stderr bytes.Buffer
	command.Stdout, command.Stderr = &stdout, &stderr
	if err := command.Run(); err != nil {
		return stdout.String(), fmt.Errorf("%s %s: %w\n%s", name, strings.Join(arguments, " "), err, stderr.String())
	}
	return stdout.String(), nil
}

// template renders the chart as it would be for OpenShift 4.22.
func template(name string, arguments ...string) ([]*unstructured.Unstructured, error) {
	arguments = append([]string{"template", release, chart, "--namespace", release, "--kube-version", "1.35.0"}, arguments...)
	text, err := helm(name, arguments...)
	if err != nil {
		return nil, err
	}
	return objects(text)
}

// objects parses YAML documents.
func objects(text string) ([]*unstructured.Unstructured, error) {
	decoder := yaml.NewYAMLOrJSONDecoder(strings.NewReader(text), 4096)
	var found []*unstructured.Unstructured
	for {
		object := &unstructured.Unstructured{}
		if err := decoder.Decode(&object.Object); errors.Is(err, io.EOF) {
			return found, nil
		} else if err != nil {
			return nil, err
		}
		if object.Object != nil {
			found = append(found, object)
		}
	}
}

// valueFiles are those of ci/, by name.
func valueFiles(t *testing.T) map[string]string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(chart, "ci", "*-values.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	if len(files) < 12 {
		t.Fatalf("there are %d scenarios in %s/ci", len(files), chart)
	}
	found := map[string]string{}
	for _, file := range files {
		found[strings.TrimSuffix(filepath.Base(file), "-values.yaml")] = file
	}
	return found
}

// forEachScenario runs a test for every scenario rendered by every Helm.
func forEachScenario(t *testing.T, test func(t *testing.T, scenario string, rendered []*unstructured.Unstructured)) {
	t.Helper()
	for scenario, file := range valueFiles(t) {
		for _, name := range helms {
			t.Run(scenario+"/"+name, func(t *testing.T) {
				test(t, scenario, mustTemplate(t, name, "--values", file))
			})
		}
	}
}

func mustTemplate(t *testing.T, name string, arguments ...string) []*unstructured.Unstructured {
	t.Helper()
	rendered, err := template(name, arguments...)
	if err != nil {
		t.Fatal(err)
	}
	return rendered
}

// described names an object in messages.
func described(object *unstructured.Unstructured) string {
	return strings.Join([]string{object.GetKind(), object.GetNamespace(), object.GetName()}, " ")
}

// leaf is a value that has no values below it.
type leaf struct {
	Path    string `json:"path"`
	Default any    `json:"default"`
	// Other is another value that the schema allows.
	Other any `json:"other"`
}

var leaves = sync.OnceValues(func() ([]leaf, error) {
	output, err := exec.Command("node", project+"/tools/chart-docs.mjs", "--leaves").Output()
	if err != nil {
		return nil, err
	}
	var found []leaf
	return found, json.Unmarshal(output, &found)
})
