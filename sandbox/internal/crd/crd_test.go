package crd

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"sigs.k8s.io/yaml"
)

// The published definitions are not part of the project; where they lie beside it, ours are held to them.
func TestOwnSchemasAgreeWithThePublishedOnes(t *testing.T) {
	folders := map[string]string{"forklift.konveyor.io": "forklift-2.12", "hco.kubevirt.io": "hco"}
	for _, ours := range append(forklift(), hyperConvergeds()) {
		path := filepath.Join("../../../../shared/crds", folders[ours.Spec.Group], ours.Spec.Names.Plural+".yaml")
		content, err := os.ReadFile(path)
		if errors.Is(err, os.ErrNotExist) {
			t.Logf("%s is not compared: the published definition is not beside the project", ours.Name)
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		theirs := &apiextensions.CustomResourceDefinition{}
		if err := yaml.Unmarshal(content, theirs); err != nil {
			t.Fatal(err)
		}
		version := ours.Spec.Versions[0]
		at := slices.IndexFunc(theirs.Spec.Versions, func(v apiextensions.CustomResourceDefinitionVersion) bool { return v.Name == version.Name })
		if at < 0 || theirs.Spec.Scope != ours.Spec.Scope || theirs.Spec.Names.Kind != ours.Spec.Names.Kind {
			t.Errorf("%s: kind, scope or version %s differ", ours.Name, version.Name)
			continue
		}
		for _, part := range []string{"spec", "status"} {
			compare(t, ours.Name+" ."+part, version.Schema.OpenAPIV3Schema.Properties[part],
				theirs.Spec.Versions[at].Schema.OpenAPIV3Schema.Properties[part])
		}
	}
}

// compare holds a schema of ours to the published one: every field we declare exists there with the same type and the same
// values, and every field the published one requires among the declared we require too.
func compare(t *testing.T, path string, ours, theirs schema) {
	t.Helper()
	if ours.Type != theirs.Type || ours.Format != theirs.Format || ours.XIntOrString != theirs.XIntOrString {
		t.Errorf("%s is %s %s, published as %s %s", path, ours.Type, ours.Format, theirs.Type, theirs.Format)
	}
	values := func(s schema) (all []string) {
		for _, value := range s.Enum {
			all = append(all, string(value.Raw))
		}
		slices.Sort(all)
		return all
	}
	if !slices.Equal(values(ours), values(theirs)) {
		t.Errorf("%s may be %v, published as %v", path, values(ours), values(theirs))
	}
	required := func(s schema) []string { return slices.Sorted(slices.Values(s.Required)) }
	if !slices.Equal(required(ours), required(theirs)) {
		t.Errorf("%s requires %v, published %v", path, required(ours), required(theirs))
	}
	for name, field := range ours.Properties {
		published, ok := theirs.Properties[name]
		if !ok {
			t.Errorf("%s.%s is not published", path, name)
			continue
		}
		compare(t, path+"."+name, field, published)
	}
	if ours.Items != nil && theirs.Items != nil {
		compare(t, path+"[]", *ours.Items.Schema, *theirs.Items.Schema)
	}
}
