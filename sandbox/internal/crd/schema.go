package crd

import (
	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/utils/ptr"
)

type (
	schema     = apiextensions.JSONSchemaProps
	properties = map[string]schema
)

func object(p properties, required ...string) schema {
	return schema{Type: "object", Properties: p, Required: required}
}

func list(of schema) schema {
	return schema{Type: "array", Items: &apiextensions.JSONSchemaPropsOrArray{Schema: &of}}
}

func text() schema { return schema{Type: "string"} }

func number() schema { return schema{Type: "integer", Format: "int64"} }

func boolean() schema { return schema{Type: "boolean"} }

func numberOrText() schema { return schema{XIntOrString: true} }

func oneOf(values ...string) schema {
	s := text()
	for _, value := range values {
		s.Enum = append(s.Enum, apiextensions.JSON{Raw: []byte(`"` + value + `"`)})
	}
	return s
}

func withDefault(s schema, value string) schema {
	s.Default = &apiextensions.JSON{Raw: []byte(`"` + value + `"`)}
	return s
}

// flag is how MTV writes booleans: as the strings "true" and "false" (docs/facts/forklift.md §3).
func flag() schema { return oneOf("true", "false") }

// free keeps whatever it is given.
func free() schema {
	return schema{Type: "object", XPreserveUnknownFields: ptr.To(true)}
}

// definition is a namespaced kind with a status of its own.
func definition(group, version, kind, plural, singular string, spec, status schema) *apiextensions.CustomResourceDefinition {
	return &apiextensions.CustomResourceDefinition{
		ObjectMeta: metav1.ObjectMeta{Name: plural + "." + group},
		Spec: apiextensions.CustomResourceDefinitionSpec{
			Group: group,
			Scope: apiextensions.NamespaceScoped,
			Names: apiextensions.CustomResourceDefinitionNames{Kind: kind, ListKind: kind + "List", Plural: plural, Singular: singular},
			Versions: []apiextensions.CustomResourceDefinitionVersion{{
				Name: version, Served: true, Storage: true,
				Subresources: &apiextensions.CustomResourceSubresources{Status: &apiextensions.CustomResourceSubresourceStatus{}},
				Schema: &apiextensions.CustomResourceValidation{OpenAPIV3Schema: ptr.To(object(properties{
					"apiVersion": text(), "kind": text(), "metadata": {Type: "object"}, "spec": spec, "status": status,
				}))},
			}},
		},
	}
}
