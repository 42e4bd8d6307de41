// Package crd installs the custom resource definitions of the sandbox: real ones where a Go module carries them, and schemas
// of its own for MTV and OpenShift Virtualization.
package crd

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	// The import keeps the module in go.mod: its definition is read from the module's folder.
	_ "github.com/k8snetworkplumbingwg/network-attachment-definition-client/pkg/apis/k8s.cni.cncf.io"
	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apiextensions-apiserver/pkg/client/clientset/clientset"
	"k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/wait"
	"k8s.io/client-go/rest"
	"sigs.k8s.io/yaml"
)

// published are the definitions that come from Go modules: module → file.
var published = map[string]string{
	"github.com/k8snetworkplumbingwg/network-attachment-definition-client": "artifacts/networks-crd.yaml",
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
	for name, file := range published {
		definition, err := read(ctx, module, name, file)
		if err != nil {
			return err
		}
		definitions = append(definitions, definition)
	}
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

// read finds a file of a Go module that go.mod requires; `go list` knows where the module cache has it.
func read(ctx context.Context, folder, module, file string) (*apiextensions.CustomResourceDefinition, error) {
	list := exec.CommandContext(ctx, "go", "list", "-m", "-f", "{{.Dir}}", module)
	list.Dir = folder
	directory, err := list.Output()
	if err != nil {
		return nil, fmt.Errorf("find the module %s: %w", module, err)
	}
	content, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(directory)), file))
	if err != nil {
		return nil, fmt.Errorf("read a CRD: %w", err)
	}
	definition := &apiextensions.CustomResourceDefinition{}
	if err := yaml.Unmarshal(content, definition); err != nil {
		return nil, fmt.Errorf("read the CRD in %s: %w", file, err)
	}
	return definition, nil
}
