// Package crd installs the custom resource definitions of the sandbox: real ones where a Go module carries them, and schemas
// of its own for MTV and OpenShift Virtualization.
package crd

import (
	"context"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	// The import keeps the module in go.mod: its definition is read from the module's folder.
	_ "github.com/k8snetworkplumbingwg/network-attachment-definition-client/pkg/apis/k8s.cni.cncf.io"
	_ "github.com/openshift/api"
	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apiextensions-apiserver/pkg/client/clientset/clientset"
	"k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/wait"
	"k8s.io/client-go/rest"
	"sigs.k8s.io/yaml"
)

// published are the definitions that come from Go modules: module → files.
var published = map[string][]string{
	"github.com/k8snetworkplumbingwg/network-attachment-definition-client": {"artifacts/networks-crd.yaml"},
	// Of the image registry: its operator's configuration, and what the cluster knows about it.
	"github.com/openshift/api": {
		"imageregistry/v1/zz_generated.crd-manifests/00_configs.crd.yaml",
		"config/v1/zz_generated.crd-manifests/0000_10_config-operator_01_images.crd.yaml",
	},
}

// Install creates every definition that is not there and waits until the API server serves them all. module is the folder of
// the sandbox's go.mod, by which the files of published definitions are found. A definition <plural>.yaml below one of the
// folders instead takes the place of the sandbox's own: so a test may run on what MTV really installs.
func Install(ctx context.Context, config *rest.Config, module string, instead ...string) error {
	client, err := clientset.NewForConfig(config)
	if err != nil {
		return fmt.Errorf("install CRDs: %w", err)
	}
	definitions, err := replaced(own(), instead)
	if err != nil {
		return err
	}
	theirs, err := readPublished(ctx, module)
	if err != nil {
		return err
	}
	definitions = append(definitions, theirs...)
	crds := client.ApiextensionsV1().CustomResourceDefinitions()
	for _, definition := range definitions {
		if _, err := crds.Create(ctx, definition, metav1.CreateOptions{FieldValidation: "Strict"}); err != nil && !errors.IsAlreadyExists(err) {
			return fmt.Errorf("install CRD %s: %w", definition.Name, err)
		}
	}
	for _, definition := range definitions {
		err := wait.PollUntilContextTimeout(ctx, 50*time.Millisecond, time.Minute, true, func(ctx context.Context) (bool, error) {
			seen, err := crds.Get(ctx, definition.Name, metav1.GetOptions{})
			return err == nil && established(seen), err
		})
		if err != nil {
			return fmt.Errorf("wait for CRD %s: %w", definition.Name, err)
		}
	}
	return nil
}

func replaced(definitions []*apiextensions.CustomResourceDefinition, folders []string) ([]*apiextensions.CustomResourceDefinition, error) {
	for i, definition := range definitions {
		for _, folder := range folders {
			content, err := os.ReadFile(filepath.Join(folder, definition.Spec.Names.Plural+".yaml"))
			if os.IsNotExist(err) {
				continue
			}
			if err != nil {
				return nil, fmt.Errorf("read a CRD: %w", err)
			}
			definitions[i] = &apiextensions.CustomResourceDefinition{}
			if err := yaml.Unmarshal(content, definitions[i]); err != nil {
				return nil, fmt.Errorf("read the CRD of %s in %s: %w", definition.Name, folder, err)
			}
		}
	}
	return definitions, nil
}

func established(definition *apiextensions.CustomResourceDefinition) bool {
	for _, condition := range definition.Status.Conditions {
		if condition.Type == apiextensions.Established {
			return condition.Status == apiextensions.ConditionTrue
		}
	}
	return false
}

// readPublished finds the files of Go modules that go.mod requires; `go list` knows where the module cache has them.
func readPublished(ctx context.Context, folder string) ([]*apiextensions.CustomResourceDefinition, error) {
	list := exec.CommandContext(ctx, "go", append([]string{"list", "-m", "-f", "{{.Path}} {{.Dir}}"}, slices.Collect(maps.Keys(published))...)...)
	list.Dir = folder
	output, err := list.Output()
	if err != nil {
		return nil, fmt.Errorf("find the modules that carry CRDs: %w", err)
	}
	var definitions []*apiextensions.CustomResourceDefinition
	for line := range strings.Lines(string(output)) {
		module, directory, _ := strings.Cut(strings.TrimSpace(line), " ")
		for _, file := range published[module] {
			content, err := os.ReadFile(filepath.Join(directory, file))
			if err != nil {
				return nil, fmt.Errorf("read a CRD: %w", err)
			}
			definition := &apiextensions.CustomResourceDefinition{}
			if err := yaml.Unmarshal(content, definition); err != nil {
				return nil, fmt.Errorf("read the CRD in %s: %w", file, err)
			}
			definitions = append(definitions, definition)
		}
	}
	return definitions, nil
}
