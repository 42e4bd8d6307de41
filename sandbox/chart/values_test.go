package chart_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// everything switches on what values decide about, so that each of them has something to change.
var everything = [][]string{
	{},
	{"--values", chart + "/ci/bare-metal-values.yaml"},
	{"--values", chart + "/ci/gitops-values.yaml"},
	{"--values", chart + "/ci/gitops-declared-values.yaml"},
	{"--values", chart + "/ci/controller-values.yaml"},
	{"--values", chart + "/ci/controller-networks-values.yaml"},
	{"--values", chart + "/ci/gitops-controller-values.yaml"},
}

// set is the argument that gives a value, whatever its type.
func set(t *testing.T, path string, value any) []string {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return []string{"--set-json", path + "=" + string(text)}
}

// A value that changes nothing is documentation of something that is not there.
func TestEveryValueIsUsed(t *testing.T) {
	all, err := leaves()
	if err != nil {
		t.Fatal(err)
	}
	render := func(arguments []string) string {
		text, err := helm("helm3", append([]string{"template", release, chart, "--kube-version", "1.35.0"}, arguments...)...)
		if err != nil {
			return ""
		}
		return text
	}
	var before []string
	for _, arguments := range everything {
		text := render(arguments)
		if text == "" {
			t.Fatalf("cannot render with %v", arguments)
		}
		before = append(before, text)
	}
	for _, value := range all {
		t.Run(value.Path, func(t *testing.T) {
			t.Parallel()
			changed, accepted := false, false
			for i, arguments := range everything {
				after := render(append(append([]string{}, arguments...), set(t, value.Path, value.Other)...))
				accepted = accepted || after != ""
				changed = changed || after != "" && after != before[i]
			}
			if !accepted {
				t.Fatalf("%v is not accepted", value.Other)
			}
			if !changed {
				t.Errorf("%v instead of %v changes nothing that is rendered", value.Other, value.Default)
			}
		})
	}
}

func TestValuesAreChecked(t *testing.T) {
	file := func(text string) string {
		path := filepath.Join(t.TempDir(), "values.yaml")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for _, test := range []struct{ values, complaint string }{
		{"plugn: {}", "plugn"},
		{"plugin: {replica: 1}", "replica"},
		{"plugin: {replicas: 0}", "replicas"},
		{"plugin: {replicas: two}", "replicas"},
		{"plugin: {ipFamily: ipv4}", "ipFamily"},
		{"images: {plugin: {digest: sha256:1}}", "digest"},
		{"operators: {lvm: {mode: install}}", "lvm"},
		{"operators: {mtv: {mode: uninstall}}", "mode"},
		{"operators: {mtv: {mode: on}}", "mode"},
		{"operators: {mtv: {subscription: {sourcename: x}}}", "sourcename"},
		{"operators: {lvms: {operand: {paths: [sdb]}}}", "paths"},
		{"operators: {lvms: {operand: {thinPool: {sizePercent: 101}}}}", "sizePercent"},
		{"operators: {mtv: {operand: {settings: {olm_managed: true}}}}", "olm_managed"},
		{"registry: {claim: image-registry-storage}", "claim"},
		{"hooks: {tolerations: [{operator: In}]}", "tolerations"},
		{"operators: {lvms: {operand: {paths: [/dev/sdb], allEmptyDisks: true}}}", "not both"},
		{"virtualization: {evictionStrategy: Migrate}", "evictionStrategy"},
		{"hooks: {takeBack: [everything]}", "takeBack"},
		{"hooks: {deadlineMinutes: {wait: 0}}", "wait"},
		{"registry: {size: 100}", "size"},
		{"prepare: {vddk: {image: registry.example.com/vddk}}", "Set controller.enabled to true"},
		{"prepare: {providers: [{name: vc, url: https://vc.example.com/sdk, secret: vc}]}", "certificate"},
		{"prepare: {providers: [{name: vc, url: https://vc.example.com/sdk, secret: vc, certificate: {pem: x, insecure: true}}]}", "certificate"},
		{"prepare: {providers: [{name: vc, url: https://me:secret@vc.example.com/sdk, secret: vc, certificate: {insecure: true}}]}", "url"},
		{"prepare: {hosts: [{provider: vc, host: esxi, secret: esxi}]}", "hosts"},
		{"prepare: {vddk: {image: registry.example.com/vddk, archiveUrl: https://x.example.com/v.tgz, sha256: 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef}}", "vddk"},
		{"prepare: {vddk: {archiveUrl: https://x.example.com/v.tgz}}", "sha256"},
		{"prepare: {networks: {rules: [{bridge: br1, mapping: physnet}]}}", "rules"},
		{"prepare: {networks: {rules: [{portGroup: web}]}}", "rules"},
		{"prepare: {networks: {rules: [{bridge: br-ex}]}}", "bridge"},
		{"prepare: {networks: {rules: [{bridge: br1, vlan: 4095}]}}", "vlan"},
	} {
		for _, name := range helms {
			t.Run(fmt.Sprintf("%s/%s", name, test.values), func(t *testing.T) {
				_, err := template(name, "--values", file(test.values))
				if err == nil || !strings.Contains(err.Error(), test.complaint) {
					t.Errorf("want a complaint about %s: %v", test.complaint, err)
				}
			})
		}
	}
}

func TestOlderClustersAreRefused(t *testing.T) {
	for _, name := range helms {
		_, err := helm(name, "template", release, chart, "--kube-version", "1.33.0")
		if err == nil || !strings.Contains(err.Error(), "kubeVersion") {
			t.Errorf("%s: OpenShift 4.20 has no console for this plugin: %v", name, err)
		}
	}
}
