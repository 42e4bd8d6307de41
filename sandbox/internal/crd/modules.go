package crd

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"sigs.k8s.io/yaml"
)

// module is a Go module that carries definitions as YAML files. It is not required by go.mod, so that its own requirements (of Argo
// CD: half of Kubernetes) do not become ours; sum is what go.sum would hold.
type module struct {
	path, version, sum string
	files              []string
}

// published are the definitions that come from Go modules.
var published = map[Set][]module{
	Platform: {
		{"github.com/k8snetworkplumbingwg/network-attachment-definition-client", "v1.7.7", "h1:z4P744DR+PIpkjwXSEc6TvN3L6LVzmUquFgmNm8wSUc=",
			[]string{"artifacts/networks-crd.yaml"}},
		{"github.com/operator-framework/api", "v0.42.0", "h1:rkc5V3zW8RxZMjePAe12jdL7Co/hwsYo1pLnkkhuR7s=", []string{
			"crds/operators.coreos.com_catalogsources.yaml", "crds/operators.coreos.com_clusterserviceversions.yaml",
			"crds/operators.coreos.com_installplans.yaml", "crds/operators.coreos.com_operatorgroups.yaml",
			"crds/operators.coreos.com_subscriptions.yaml",
		}},
		{"github.com/openshift/api", "v0.0.0-20260213155647-8fe9fe363807", "h1:coR/haF16EW8KS1E/PwJfDzMSy4mU9K0H1rcHejqYDY=", []string{
			"config/v1/zz_generated.crd-manifests/0000_00_cluster-version-operator_01_clusteroperators.crd.yaml",
			"config/v1/zz_generated.crd-manifests/0000_00_cluster-version-operator_01_clusterversions-Default.crd.yaml",
			"config/v1/zz_generated.crd-manifests/0000_10_config-operator_01_apiservers-Default.crd.yaml",
			"config/v1/zz_generated.crd-manifests/0000_10_config-operator_01_images.crd.yaml",
			"config/v1/zz_generated.crd-manifests/0000_10_config-operator_01_infrastructures-Default.crd.yaml",
			"console/v1/zz_generated.crd-manifests/00_consolequickstarts.crd.yaml",
			"console/v1/zz_generated.crd-manifests/90_consoleplugins.crd.yaml",
			"imageregistry/v1/zz_generated.crd-manifests/00_configs.crd.yaml",
			"operator/v1/zz_generated.crd-manifests/0000_50_console_01_consoles.crd.yaml",
		}},
		{"github.com/kubernetes-csi/external-snapshotter/client/v8", "v8.4.0", "h1:bMqrb3UHgHbP+PW9VwiejfDJU1R0PpXVZNMdeH8WYKI=",
			[]string{"config/crd/snapshot.storage.k8s.io_volumesnapshotclasses.yaml"}},
		{"github.com/prometheus-operator/prometheus-operator", "v0.85.0", "h1:M5xLCLEoaW2IJfnuCwFzzpL+jSVQu3KGT84Pye+fW8s=", []string{
			"example/prometheus-operator-crd/monitoring.coreos.com_prometheusrules.yaml",
			"example/prometheus-operator-crd/monitoring.coreos.com_servicemonitors.yaml",
		}},
	},
	LVMS: {{"github.com/openshift/lvm-operator/v4", "v4.20.0", "h1:rENUiQPyXnQahFkAwsecpfEGqEDKSSRCkXosX3nou7w=", []string{
		"config/crd/bases/lvm.topolvm.io_lvmclusters.yaml", "config/crd/bases/lvm.topolvm.io_lvmvolumegroupnodestatuses.yaml",
		"config/crd/bases/lvm.topolvm.io_lvmvolumegroups.yaml", "config/crd/bases/topolvm.io_logicalvolumes.yaml",
	}}},
	Mirrors: {{"github.com/openshift/api", "v0.0.0-20260213155647-8fe9fe363807", "h1:coR/haF16EW8KS1E/PwJfDzMSy4mU9K0H1rcHejqYDY=", []string{
		"config/v1/zz_generated.crd-manifests/0000_10_config-operator_01_imagedigestmirrorsets.crd.yaml",
		"config/v1/zz_generated.crd-manifests/0000_10_config-operator_01_imagetagmirrorsets.crd.yaml",
	}}},
	NMState:        {nmstate("nmstate.io_nmstates.yaml")},
	NMStateOperand: {nmstate("nmstate.io_nodenetworkconfigurationenactments.yaml", "nmstate.io_nodenetworkconfigurationpolicies.yaml", "nmstate.io_nodenetworkstates.yaml")},
	GitOps: {{"github.com/argoproj/argo-cd/v3", "v3.2.11", "h1:3hkR11XCp/nlyM2cWr3qeUSGuZgi3JkFdMpzgL5qOR8=", []string{
		"manifests/crds/application-crd.yaml", "manifests/crds/applicationset-crd.yaml", "manifests/crds/appproject-crd.yaml",
	}}},
}

func nmstate(files ...string) module {
	for i := range files {
		files[i] = "deploy/crds/" + files[i]
	}
	return module{"github.com/nmstate/kubernetes-nmstate", "v0.86.0", "h1:p6YmPV/kFpz9q+5EQ2TzE47bw90EQrJkbPcN2vDrduU=", files}
}

// read finds the definitions of modules. Go's module cache holds them after the first time.
func read(ctx context.Context, modules []module) ([]*apiextensions.CustomResourceDefinition, error) {
	folders, err := download(ctx, modules)
	if err != nil {
		return nil, err
	}
	var definitions []*apiextensions.CustomResourceDefinition
	for _, each := range modules {
		for _, file := range each.files {
			content, err := os.ReadFile(filepath.Join(folders[each.path], file))
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

// download has the go command fetch modules and returns their folders by path.
func download(ctx context.Context, modules []module) (map[string]string, error) {
	if len(modules) == 0 {
		return nil, nil
	}
	arguments := []string{"mod", "download", "-json"}
	sums := map[string]string{}
	for _, each := range modules {
		arguments = append(arguments, each.path+"@"+each.version)
		sums[each.path] = each.sum
	}
	command := exec.CommandContext(ctx, "go", arguments...)
	// Outside any module. The sums are compared here.
	command.Dir, command.Env = os.TempDir(), append(os.Environ(), "GONOSUMDB=*", "GOFLAGS=-mod=mod", "GOWORK=off")
	output, err := command.Output()
	folders := map[string]string{}
	for decoder := json.NewDecoder(bytes.NewReader(output)); decoder.More(); {
		var one struct{ Path, Version, Sum, Dir, Error string }
		if err := decoder.Decode(&one); err != nil {
			return nil, fmt.Errorf("fetch modules that carry CRDs: %w", err)
		}
		if one.Error != "" {
			return nil, fmt.Errorf("fetch the module %s, which carries CRDs: %s", one.Path, strings.TrimSpace(one.Error))
		}
		if one.Sum != sums[one.Path] {
			return nil, fmt.Errorf("the module %s %s is not the one expected: its sum is %s", one.Path, one.Version, one.Sum)
		}
		folders[one.Path] = one.Dir
	}
	if err != nil {
		return nil, fmt.Errorf("fetch modules that carry CRDs: %w", err)
	}
	return folders, nil
}
