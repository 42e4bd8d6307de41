// Package scenarios brings a cluster into a known state. Each scenario is one YAML file of this folder; base.yaml is part of all.
package scenarios

import (
	"bytes"
	"cmp"
	"context"
	"embed"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/util/wait"
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
	// Empty is a cluster that was just installed; Half is one that somebody began by hand; Assisted is one as the Assisted Installer's
	// virtualization bundle leaves it.
	Empty    = "empty"
	Half     = "half"
	Assisted = "assisted"
	// Elsewhere is Fresh with MTV in a project of somebody's own choice, Upstream in the one that Forklift suggests.
	Elsewhere = "elsewhere"
	Upstream  = "upstream"
	// NoBuilds is Fresh with the Build capability off. That the build and image APIs are not there is whoever serves them to see to.
	NoBuilds = "no-builds"
	// NodesEven is Prepared with nodes whose networks NMState reports, alike on all; NodesOdd with nodes that differ.
	NodesEven = "nodes-even"
	NodesOdd  = "nodes-odd"
)

// contents are the files that make a scenario, one after the other.
var contents = map[string][]string{
	Fresh:      {"base", "registry", "installed", "fresh"},
	Prepared:   {"base", "registry", "installed", "prepared"},
	NoRegistry: {"base", "no-registry", "installed", "fresh"},
	NoBuilds:   {"base", "registry", "installed", "fresh"},
	Elsewhere:  {"base", "registry", "installed", "fresh"},
	Upstream:   {"base", "registry", "installed", "fresh"},
	Empty:      {"base", "no-registry"},
	Half:       {"base", "no-registry", "half"},
	Assisted:   {"base", "no-registry", "assisted"},
	NodesEven:  {"base", "registry", "installed", "prepared", "nodes-even"},
	NodesOdd:   {"base", "registry", "installed", "prepared", "nodes-odd"},
}

// homes are the projects of MTV in the scenarios where it is not in the one that it suggests itself.
var homes = map[string]string{Elsewhere: "my-mtv", Upstream: "konveyor-forklift"}

// Names of all scenarios.
func Names() []string {
	return slices.Sorted(maps.Keys(contents))
}

// Known is nil for the name of a scenario, and otherwise says which there are.
func Known(name string) error {
	if _, ok := contents[name]; !ok {
		return fmt.Errorf("there is no scenario %q; there are %s", name, strings.Join(Names(), ", "))
	}
	return nil
}

// Values fill the placeholders of a scenario: `${url}`, `${user}`, `${password}` and `${ca}` of vCenter, `${openshift}`. `${mtv}` is MTV's
// project, which the scenario knows.
type Values map[string]string

// owner is the field manager of what a scenario sets.
const owner = client.FieldOwner("sandbox-scenario")

// patience is how long the slowest machine may take for a scenario.
const patience = 2 * time.Minute

// Apply creates what the scenario has and waits until its operators are at rest. It removes nothing: Reset does.
func Apply(ctx context.Context, config *rest.Config, name string, values Values) error {
	objects, err := objectsOf(name, values)
	if err != nil {
		return err
	}
	c, err := client.New(config, client.Options{})
	if err != nil {
		return fmt.Errorf("scenario %s: %w", name, err)
	}
	return applyAll(ctx, c, name, objects)
}

// applyAll creates objects in their order, again and again what is refused: its kind or its webhook comes with an operator. So the
// operators of a scenario are installed side by side.
func applyAll(ctx context.Context, c client.Client, name string, objects []*unstructured.Unstructured) error {
	var waiting error
	left := objects
	err := wait.PollUntilContextTimeout(ctx, 100*time.Millisecond, patience, true, func(ctx context.Context) (bool, error) {
		var refused []*unstructured.Unstructured
		for _, object := range left {
			if err := apply(ctx, c, object); err != nil {
				waiting = fmt.Errorf("apply %s %s: %w", object.GetKind(), object.GetName(), err)
				refused = append(refused, object)
			}
		}
		left = refused
		if len(left) == 0 {
			if waiting = atRest(ctx, c, objects); waiting == nil {
				waiting = allServed(ctx, c)
			}
		}
		return len(left) == 0 && waiting == nil, nil
	})
	if err != nil {
		return fmt.Errorf("scenario %s: %w", name, errors.Join(err, waiting))
	}
	return nil
}

// objectsOf are a scenario's objects; one that a later file has too is as that says.
func objectsOf(name string, values Values) ([]*unstructured.Unstructured, error) {
	if err := Known(name); err != nil {
		return nil, err
	}
	filled := Values{"mtv": cmp.Or(homes[name], "openshift-mtv")}
	maps.Copy(filled, values)
	var objects []*unstructured.Unstructured
	at := map[string]int{}
	for _, file := range contents[name] {
		more, err := read(file, filled)
		if err != nil {
			return nil, err
		}
		for _, object := range more {
			if index, twice := at[key(object)]; twice {
				objects[index] = object
				continue
			}
			at[key(object)] = len(objects)
			objects = append(objects, object)
		}
	}
	return objects, nil
}

// key names an object of any kind.
func key(object client.Object) string {
	return object.GetObjectKind().GroupVersionKind().GroupKind().String() + " " + object.GetNamespace() + "/" + object.GetName()
}

// whole are kinds of which a scenario says everything: what somebody else set in their spec is taken away again.
var whole = []string{
	"HyperConverged.hco.kubevirt.io", "NMState.nmstate.io", "ForkliftController.forklift.konveyor.io", "Console.operator.openshift.io",
	"Config.imageregistry.operator.openshift.io", "Image.config.openshift.io", "CatalogSource.operators.coreos.com",
}

// apply sets an object and, where the scenario says one, its status as a whole: so an operator would write it.
func apply(ctx context.Context, c client.Client, object *unstructured.Unstructured) error {
	wanted := object.DeepCopy()
	status, told := wanted.Object["status"]
	delete(wanted.Object, "status")
	there := &unstructured.Unstructured{}
	there.SetGroupVersionKind(wanted.GroupVersionKind())
	if err := c.Get(ctx, client.ObjectKeyFromObject(wanted), there); err == nil {
		isOther := forget(there, wanted)
		if slices.Contains(whole, wanted.GroupVersionKind().GroupKind().String()) {
			there.Object["spec"], isOther = wanted.Object["spec"], true
		}
		if isOther {
			if err := c.Update(ctx, there); err != nil {
				return err
			}
		}
	}
	if err := c.Apply(ctx, client.ApplyConfigurationFromUnstructured(wanted), owner, client.ForceOwnership); err != nil || !told {
		return err
	}
	wanted.Object["status"] = status
	return c.Status().Update(ctx, wanted)
}

// forget takes away what Migration Prep noted on an object that another scenario had too, and reports whether there was anything. It
// would be undone, or taken for Migration Prep's own, in a scenario in which nobody did anything.
func forget(there, wanted *unstructured.Unstructured) bool {
	const manager = "app.kubernetes.io/managed-by"
	annotations, labels := there.GetAnnotations(), there.GetLabels()
	before := len(annotations) + len(labels)
	maps.DeleteFunc(annotations, func(key, _ string) bool {
		_, isWanted := wanted.GetAnnotations()[key]
		return strings.HasPrefix(key, "migration-prep/") && !isWanted
	})
	if labels[manager] == "migration-prep" && wanted.GetLabels()[manager] == "" {
		delete(labels, manager)
	}
	there.SetAnnotations(annotations)
	there.SetLabels(labels)
	return len(annotations)+len(labels) < before
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
