package crd

import (
	"strings"

	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
)

type definitions = []*apiextensions.CustomResourceDefinition

// own are the kinds whose definitions no Go module carries: schemas of the sandbox's own for the fields that Migration Prep and
// the stand-ins use, held to what is published of them (sandbox/recorded/crd-fields.json) and, where they lie beside the project, to the
// published definitions as a whole.
func own() map[Set]definitions {
	return map[Set]definitions{
		Platform:              {packageManifests()},
		MTV:                   forklift(),
		Virtualization:        {hyperConvergeds(), opaque("kubevirt.io", "v1", "KubeVirt", "kubevirts"), clusterWide(opaque("cdi.kubevirt.io", "v1beta1", "CDI", "cdis"))},
		VirtualizationOperand: {opaque("kubevirt.io", "v1", "VirtualMachine", "virtualmachines"), clusterWide(opaque("cdi.kubevirt.io", "v1beta1", "StorageProfile", "storageprofiles"))},
		GitOps:                {opaque("argoproj.io", "v1beta1", "ArgoCD", "argocds")},
	}
}

func forklift() definitions {
	const group, version = "forklift.konveyor.io", "v1beta1"
	return definitions{
		definition(group, version, "Provider", "providers", "provider", object(properties{
			"type": text(), "url": text(), "secret": reference(),
			"settings": {Type: "object", AdditionalProperties: &apiextensions.JSONSchemaPropsOrBool{Allows: true, Schema: &schema{Type: "string"}}},
		}, "secret", "type"), object(properties{
			"conditions": conditions(), "fingerprint": text(), "observedGeneration": number(), "phase": text(), "secretResourceVersion": text(),
		})),
		definition(group, version, "Host", "hosts", "host", object(properties{
			"id": text(), "name": text(), "ipAddress": text(), "provider": reference(), "secret": reference(),
		}, "ipAddress", "provider", "secret"), observed()),
		definition(group, version, "NetworkMap", "networkmaps", "networkmap", object(properties{
			"provider": pair(),
			"map": list(object(properties{
				"source":      source(),
				"destination": object(properties{"type": oneOf("pod", "multus", "ignored"), "name": text(), "namespace": text()}, "type"),
			}, "destination", "source")),
		}, "map", "provider"), references()),
		definition(group, version, "StorageMap", "storagemaps", "storagemap", object(properties{
			"provider": pair(),
			"map": list(object(properties{
				"source":      source(),
				"destination": object(properties{"storageClass": text()}, "storageClass"),
			}, "destination", "source")),
		}, "map", "provider"), references()),
		definition(group, version, "Plan", "plans", "plan", planSpec(), observed()),
		definition(group, version, "ForkliftController", "forkliftcontrollers", "forkliftcontroller", controllerSpec(), free()),
	}
}

// planSpec has what a Plan says about networks, storage, providers and its VMs, and what keeps MTV from looking at it.
func planSpec() schema {
	preserve := boolean()
	preserve.Default = &apiextensions.JSON{Raw: []byte("true")}
	return object(properties{
		"archived": boolean(), "description": text(), "preserveStaticIPs": preserve, "targetNamespace": text(), "transferNetwork": reference(), "warm": boolean(),
		"type": oneOf("cold", "warm", "live", "conversion"), "provider": pair(),
		"map": object(properties{"network": reference(), "storage": reference()}, "network", "storage"),
		"vms": list(object(properties{"id": text(), "name": text(), "namespace": text(), "type": text(), "targetName": text()})),
	}, "map", "provider", "targetNamespace", "vms")
}

func hyperConvergeds() *apiextensions.CustomResourceDefinition {
	spec := object(properties{
		"evictionStrategy": oneOf("None", "LiveMigrate", "LiveMigrateIfPossible", "External"), "vmStateStorageClass": text(),
		"uninstallStrategy": withDefault(oneOf("RemoveWorkloads", "BlockUninstallIfWorkloadsExist"), "BlockUninstallIfWorkloadsExist"),
	})
	status := object(properties{"observedGeneration": number(), "systemHealthStatus": text(), "conditions": list(object(properties{
		"type": text(), "status": oneOf("False", "True", "Unknown"), "reason": text(), "message": text(), "observedGeneration": number(),
		"lastTransitionTime": {Type: "string", Format: "date-time"},
	}, "lastTransitionTime", "message", "reason", "status", "type"))})
	return definition("hco.kubevirt.io", "v1beta1", "HyperConverged", "hyperconvergeds", "hyperconverged", spec, status)
}

// packageManifests stands in for an aggregated API of OLM's, which shows a catalog's packages in every namespace; here they are in
// the catalog's own namespace only.
func packageManifests() *apiextensions.CustomResourceDefinition {
	d := opaque("packages.operators.coreos.com", "v1", "PackageManifest", "packagemanifests")
	d.Spec.Versions[0].Subresources = nil
	return d
}

// opaque is a kind that stand-ins only need to exist.
func opaque(group, version, kind, plural string) *apiextensions.CustomResourceDefinition {
	return definition(group, version, kind, plural, strings.ToLower(kind), free(), free())
}

func clusterWide(d *apiextensions.CustomResourceDefinition) *apiextensions.CustomResourceDefinition {
	d.Spec.Scope = apiextensions.ClusterScoped
	return d
}

// controllerSpec refuses booleans where MTV wants strings and keeps keys it does not know, as the recorded ForkliftController does.
func controllerSpec() schema {
	spec := free()
	spec.Properties = properties{
		"vddk_image": text(), "controller_transfer_network": text(), "controller_max_vm_inflight": numberOrText(),
		"controller_precopy_interval": numberOrText(), "controller_tls_connection_timeout_sec": numberOrText(),
	}
	for _, name := range []string{
		"feature_ui_plugin", "feature_validation", "feature_volume_populator", "feature_copy_offload", "feature_auth_required",
		"feature_cli_download", "feature_ocp_live_migration", "k8s_cluster",
	} {
		spec.Properties[name] = flag()
	}
	return spec
}

// reference is the part of a core/v1 ObjectReference that MTV reads.
func reference() schema {
	s := object(properties{"apiVersion": text(), "kind": text(), "name": text(), "namespace": text(), "uid": text()})
	atomic := "atomic"
	s.XMapType = &atomic
	return s
}

func pair() schema {
	return object(properties{"source": reference(), "destination": reference()}, "destination", "source")
}

func source() schema {
	return object(properties{"id": text(), "name": text(), "namespace": text(), "type": text()})
}

func conditions() schema {
	return list(object(properties{
		"type": text(), "status": text(), "category": text(), "reason": text(), "message": text(), "suggestion": text(),
		"durable": boolean(), "items": list(text()), "lastTransitionTime": {Type: "string", Format: "date-time"},
	}, "category", "lastTransitionTime", "status", "type"))
}

func observed() schema {
	return object(properties{"conditions": conditions(), "observedGeneration": number()})
}

func references() schema {
	s := observed()
	s.Properties["references"] = list(source())
	return s
}
