// Package scenarios brings a cluster into a known state. Each scenario is one YAML file of this folder; base.yaml is part of all.
package scenarios

import (
	"bytes"
	"context"
	"embed"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/util/yaml"
	"k8s.io/client-go/rest"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

//go:embed *.yaml
var files embed.FS

// The states of a cluster.
const (
	// Fresh is MTV installed and nothing configured; Prepared is a cluster on which everything is ready.
	Fresh    = "fresh"
	Prepared = "prepared"
	// NoRegistry is Fresh on bare metal, where the image registry is Removed until somebody gives it storage.
	NoRegistry = "no-registry"
	// NoBuilds is Fresh with the Build capability off. That the build and image APIs are not there is whoever serves them to see to.
	NoBuilds = "no-builds"
)

// contents are the files that make a scenario, one after the other.
var contents = map[string][]string{
	Fresh:      {"base", "registry", "fresh"},
	Prepared:   {"base", "registry", "prepared"},
	NoRegistry: {"base", "no-registry", "fresh"},
	NoBuilds:   {"base", "registry", "fresh"},
}

// Names of all scenarios.
func Names() []string {
	return slices.Sorted(maps.Keys(contents))
}

// Values fill the placeholders `${url}`, `${user}`, `${password}` and `${ca}` of a scenario.
type Values map[string]string

// owner is the field manager of what a scenario sets.
const owner = client.FieldOwner("sandbox-scenario")

// Apply creates what the scenario has. It removes nothing: Reset does.
func Apply(ctx context.Context, config *rest.Config, name string, values Values) error {
	c, err := client.New(config, client.Options{})
	if err != nil {
		return fmt.Errorf("scenario %s: %w", name, err)
	}
	names, ok := contents[name]
	if !ok {
		return fmt.Errorf("there is no scenario %q; there are %s", name, strings.Join(Names(), ", "))
	}
	for _, file := range names {
		objects, err := read(file, values)
		if err != nil {
			return err
		}
		for _, object := range objects {
			if err := apply(ctx, c, object); err != nil {
				return fmt.Errorf("scenario %s: apply %s %s: %w", name, object.GetKind(), object.GetName(), err)
			}
		}
	}
	return nil
}

// apply sets an object and, where the scenario says one, its status as a whole: so an operator would write it.
func apply(ctx context.Context, c client.Client, object *unstructured.Unstructured) error {
	status, told := object.Object["status"]
	delete(object.Object, "status")
	if err := c.Apply(ctx, client.ApplyConfigurationFromUnstructured(object), owner, client.ForceOwnership); err != nil || !told {
		return err
	}
	object.Object["status"] = status
	return c.Status().Update(ctx, object)
}

// read parses a file; a placeholder is replaced inside one string, so no value can change the structure.
func read(name string, values Values) ([]*unstructured.Unstructured, error) {
	content, err := files.ReadFile(name + ".yaml")
	if err != nil {
		return nil, err
	}
	decoder := yaml.NewYAMLOrJSONDecoder(bytes.NewReader(content), 4096)
	var objects []*unstructured.Unstructured
	for {
		object := &unstructured.Unstructured{}
		if err := decoder.Decode(object); errors.Is(err, io.EOF) {
			return objects, nil
		} else if err != nil {
			return nil, fmt.Errorf("read scenario %s: %w", name, err)
		}
		if object.Object == nil {
			continue
		}
		object.Object = fill(object.Object, values).(map[string]any)
		objects = append(objects, object)
	}
}

func fill(node any, values Values) any {
	switch node := node.(type) {
	case string:
		return os.Expand(node, func(key string) string { return values[key] })
	case map[string]any:
		for key, value := range node {
			node[key] = fill(value, values)
		}
	case []any:
		for i, value := range node {
			node[i] = fill(value, values)
		}
	}
	return node
}

func ignoreAbsent(err error) error {
	if apierrors.IsNotFound(err) {
		return nil
	}
	return err
}
