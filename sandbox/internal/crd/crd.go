// Package crd installs the custom resource definitions of the sandbox: real ones where a Go module carries them, and schemas
// of its own for MTV, OpenShift Virtualization and what else no module has.
package crd

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/sync/errgroup"
	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apiextensions-apiserver/pkg/client/clientset/clientset"
	"k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/wait"
	"k8s.io/client-go/rest"
	"sigs.k8s.io/yaml"
)

// Set names definitions that come and go together.
type Set string

// The sets. Platform is what every OpenShift cluster has; the others come with an operator, or with its operand where the operator
// brings them only then.
const (
	Platform              Set = "platform"
	MTV                   Set = "mtv"
	LVMS                  Set = "lvms"
	NMState               Set = "nmstate"
	NMStateOperand        Set = "nmstate-operand"
	Virtualization        Set = "virtualization"
	VirtualizationOperand Set = "virtualization-operand"
	GitOps                Set = "gitops"
	// Mirrors is on every cluster, too; only what is written for clusters behind an air gap needs it.
	Mirrors Set = "mirrors"
)

// Operators are the sets that no cluster has without an operator.
var Operators = []Set{MTV, LVMS, NMState, NMStateOperand, Virtualization, VirtualizationOperand, GitOps}

// Definitions reads sets. A definition <plural>.yaml below one of the folders instead takes the place of the sandbox's own: so a
// test may run on what MTV really installs.
func Definitions(ctx context.Context, sets []Set, instead ...string) ([]*apiextensions.CustomResourceDefinition, error) {
	var definitions []*apiextensions.CustomResourceDefinition
	var modules []module
	for _, set := range sets {
		definitions = append(definitions, own()[set]...)
		modules = append(modules, published[set]...)
	}
	definitions, err := replaced(definitions, instead)
	if err != nil {
		return nil, err
	}
	read, err := read(ctx, modules)
	return append(definitions, read...), err
}

// Install creates every definition of the sets that is not there and waits until the API server serves them all.
func Install(ctx context.Context, config *rest.Config, sets []Set, instead ...string) error {
	definitions, err := Definitions(ctx, sets, instead...)
	if err != nil {
		return err
	}
	client, err := clientset.NewForConfig(config)
	if err != nil {
		return fmt.Errorf("install CRDs: %w", err)
	}
	crds := client.ApiextensionsV1().CustomResourceDefinitions()
	all, ctx := errgroup.WithContext(ctx)
	for _, definition := range definitions {
		all.Go(func() error {
			if _, err := crds.Create(ctx, definition, metav1.CreateOptions{FieldValidation: "Strict"}); err != nil && !errors.IsAlreadyExists(err) {
				return fmt.Errorf("install CRD %s: %w", definition.Name, err)
			}
			err := wait.PollUntilContextTimeout(ctx, 200*time.Millisecond, time.Minute, false, func(ctx context.Context) (bool, error) {
				seen, err := crds.Get(ctx, definition.Name, metav1.GetOptions{})
				return err == nil && Established(seen), err
			})
			if err != nil {
				return fmt.Errorf("wait for CRD %s: %w", definition.Name, err)
			}
			return nil
		})
	}
	return all.Wait()
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

// Established reports whether the API server serves a definition.
func Established(definition *apiextensions.CustomResourceDefinition) bool {
	for _, condition := range definition.Status.Conditions {
		if condition.Type == apiextensions.Established {
			return condition.Status == apiextensions.ConditionTrue
		}
	}
	return false
}
