package crd

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"sigs.k8s.io/yaml"
)

// tableFile has what MTV and HyperConverged publish of the fields that we write or read. The published definitions are not part of
// the project; tools/crd-fields.sh makes the table from them where they lie beside it.
const tableFile = "../../recorded/crd-fields.json"

// updateFields is the variable of the environment that has the table written instead of compared.
const updateFields = "UPDATE_CRD_FIELDS"

// kindFields is the table of one kind. Paths are as in spec.map[].source.id; spec.settings.* is every value of a map.
type kindFields struct {
	Kind    string           `json:"kind"`
	Version string           `json:"version"`
	Scope   string           `json:"scope"`
	Fields  map[string]field `json:"fields"`
}

// field says what is allowed at a path. Open is whether fields that are not declared are kept.
type field struct {
	Type     string   `json:"type"`
	Format   string   `json:"format,omitempty"`
	Values   []string `json:"values,omitempty"`
	Required bool     `json:"required,omitempty"`
	Open     bool     `json:"open,omitempty"`
}

// folders of the published definitions, by group.
var folders = map[string]string{"forklift.konveyor.io": "forklift-2.12", "hco.kubevirt.io": "hco"}

func withTable() definitions { return append(forklift(), hyperConvergeds()) }

// Always: our own schemas are those of the table, so a field that is declared and not published is red, and so is a published rule
// that is not declared.
func TestOwnSchemasAgreeWithTheTableOfFields(t *testing.T) {
	table := map[string]kindFields{}
	content, err := os.ReadFile(tableFile)
	if err := errors.Join(err, json.Unmarshal(content, &table)); err != nil {
		t.Fatal(err)
	}
	if len(table) != len(withTable()) {
		t.Errorf("the table has %d kinds, we have %d", len(table), len(withTable()))
	}
	for _, ours := range withTable() {
		t.Run(ours.Name, func(t *testing.T) {
			declared, published := fieldsOf(ours, ours), table[ours.Name]
			if declared.Kind != published.Kind || declared.Version != published.Version || declared.Scope != published.Scope {
				t.Errorf("we have %s %s %s, the table %s %s %s", declared.Kind, declared.Version, declared.Scope, published.Kind, published.Version, published.Scope)
			}
			for path, each := range declared.Fields {
				if want, ok := published.Fields[path]; !ok {
					t.Errorf("%s is not in the table: run tools/crd-fields.sh, or it is not published", path)
				} else if !reflect.DeepEqual(each, want) {
					t.Errorf("%s is %+v, published as %+v", path, each, want)
				}
			}
			for path := range published.Fields {
				if _, ok := declared.Fields[path]; !ok {
					t.Errorf("%s is published and required, or in the table for nothing: we do not declare it", path)
				}
			}
		})
	}
}

// Where the published definitions lie beside the project: the table is theirs.
func TestTheTableOfFieldsIsThePublishedOne(t *testing.T) {
	table := map[string]kindFields{}
	for _, ours := range withTable() {
		theirs, ok := publishedOf(t, ours)
		if !ok {
			return
		}
		table[ours.Name] = fieldsOf(theirs, ours)
	}
	content, err := json.MarshalIndent(table, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	content = append(content, '\n')
	if os.Getenv(updateFields) != "" {
		if err := os.WriteFile(tableFile, content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if kept, err := os.ReadFile(tableFile); err != nil || !bytes.Equal(kept, content) {
		t.Errorf("the table is not that of the published definitions (%v): run tools/crd-fields.sh", err)
	}
}

// publishedOf reads the published definition of a kind of ours; false, with words in the output, where it does not lie beside the project.
func publishedOf(t *testing.T, ours *apiextensions.CustomResourceDefinition) (*apiextensions.CustomResourceDefinition, bool) {
	t.Helper()
	path := filepath.Join("../../../../shared/crds", folders[ours.Spec.Group], ours.Spec.Names.Plural+".yaml")
	content, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		t.Logf("%s is compared with the table of its fields only: the published definition is not beside the project", ours.Name)
		return nil, false
	}
	theirs := &apiextensions.CustomResourceDefinition{}
	if err := errors.Join(err, yaml.Unmarshal(content, theirs)); err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(theirs.Spec.Versions, func(v apiextensions.CustomResourceDefinitionVersion) bool {
		return v.Name == ours.Spec.Versions[0].Name
	})
	if at < 0 {
		t.Fatalf("%s: version %s is not published", ours.Name, ours.Spec.Versions[0].Name)
	}
	theirs.Spec.Versions = theirs.Spec.Versions[at : at+1]
	return theirs, true
}

// fieldsOf is the part of a definition that another one declares, and what it requires beside that.
func fieldsOf(of, declared *apiextensions.CustomResourceDefinition) kindFields {
	table := kindFields{Kind: of.Spec.Names.Kind, Version: of.Spec.Versions[0].Name, Scope: string(of.Spec.Scope), Fields: map[string]field{}}
	for _, part := range []string{"spec", "status"} {
		schemaOf := func(d *apiextensions.CustomResourceDefinition) schema {
			return d.Spec.Versions[0].Schema.OpenAPIV3Schema.Properties[part]
		}
		addFields(table.Fields, part, schemaOf(of), schemaOf(declared), false)
	}
	return table
}

func addFields(into map[string]field, path string, of, declared schema, isRequired bool) {
	each := field{Type: of.Type, Format: of.Format, Required: isRequired}
	if of.XIntOrString {
		each.Type = "integer or string"
	}
	for _, value := range of.Enum {
		var text string
		_ = json.Unmarshal(value.Raw, &text)
		each.Values = append(each.Values, text)
	}
	slices.Sort(each.Values)
	others := of.AdditionalProperties
	each.Open = of.XPreserveUnknownFields != nil && *of.XPreserveUnknownFields || others != nil && others.Schema == nil && others.Allows
	into[path] = each
	for name, property := range of.Properties {
		needed := slices.Contains(of.Required, name)
		if sub, ok := declared.Properties[name]; ok || needed {
			addFields(into, path+"."+name, property, sub, needed)
		}
	}
	if others != nil && others.Schema != nil && declared.AdditionalProperties != nil {
		addFields(into, path+".*", *others.Schema, *declared.AdditionalProperties.Schema, false)
	}
	if of.Items != nil && declared.Items != nil {
		addFields(into, path+"[]", *of.Items.Schema, *declared.Items.Schema, false)
	}
}
