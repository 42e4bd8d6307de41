package crd

import (
	"slices"
	"testing"
)

// The whole comparison, where the published definitions lie beside the project. Without them there is the table of the fields.
func TestOwnSchemasAgreeWithThePublishedOnes(t *testing.T) {
	for _, ours := range withTable() {
		theirs, ok := publishedOf(t, ours)
		if !ok {
			continue
		}
		if theirs.Spec.Scope != ours.Spec.Scope || theirs.Spec.Names.Kind != ours.Spec.Names.Kind {
			t.Errorf("%s: kind or scope differ", ours.Name)
			continue
		}
		for _, part := range []string{"spec", "status"} {
			compare(t, ours.Name+" ."+part, ours.Spec.Versions[0].Schema.OpenAPIV3Schema.Properties[part],
				theirs.Spec.Versions[0].Schema.OpenAPIV3Schema.Properties[part])
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
