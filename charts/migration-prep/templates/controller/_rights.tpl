{{/* Written by `npm run chart:docs` from src/domain/controller-rights.ts. */}}
{{- define "migration-prep.controller.rights.cluster.read" }}
{{- if has "always" .parts }}
- { apiGroups: [forklift.konveyor.io], resources: [forkliftcontrollers], verbs: [list, watch] }
- { apiGroups: [forklift.konveyor.io], resources: [providers], verbs: [list] }
- { apiGroups: [forklift.konveyor.io], resources: [hosts], verbs: [list] }
{{- end }}
{{- if has "providers" .parts }}
- { apiGroups: [forklift.konveyor.io], resources: [providers], verbs: [watch] }
{{- end }}
{{- if has "vddk" .parts }}
- { apiGroups: [forklift.konveyor.io], resources: [providers], verbs: [watch] }
- { apiGroups: [forklift.konveyor.io], resources: [plans], verbs: [list] }
{{- end }}
{{- if has "archive" .parts }}
- { apiGroups: [config.openshift.io], resources: [proxies], resourceNames: [cluster], verbs: [get] }
{{- end }}
{{- if has "networks" .parts }}
- { apiGroups: [forklift.konveyor.io], resources: [plans], verbs: [list, watch] }
- { apiGroups: [forklift.konveyor.io], resources: [networkmaps], verbs: [list, watch] }
- { apiGroups: [forklift.konveyor.io], resources: [providers], verbs: [get, watch] }
- { apiGroups: [k8s.cni.cncf.io], resources: [network-attachment-definitions], verbs: [get, list, watch] }
- { apiGroups: [''], resources: [namespaces], verbs: [list, watch] }
- { apiGroups: [''], resources: [events], verbs: [get] }
{{- end }}
{{- if has "createNamespaces" .parts }}
- { apiGroups: [''], resources: [namespaces], verbs: [get] }
{{- end }}
{{- if has "removeUnused" .parts }}
- { apiGroups: [kubevirt.io], resources: [virtualmachines], verbs: [list, watch] }
- { apiGroups: [kubevirt.io], resources: [virtualmachineinstances], verbs: [list, watch] }
{{- end }}
{{- if has "virtDefaultClass" .parts }}
- { apiGroups: [storage.k8s.io], resources: [storageclasses], verbs: [list, watch] }
{{- end }}
{{- if has "registry" .parts }}
- { apiGroups: [imageregistry.operator.openshift.io], resources: [configs], verbs: [list, watch] }
- { apiGroups: [imageregistry.operator.openshift.io], resources: [configs], resourceNames: [cluster], verbs: [get] }
- { apiGroups: [storage.k8s.io], resources: [storageclasses], verbs: [list, watch] }
{{- end }}
{{- if has "evictionStrategy" .parts }}
- { apiGroups: [hco.kubevirt.io], resources: [hyperconvergeds], verbs: [list, watch] }
{{- end }}
{{- end }}
{{- define "migration-prep.controller.rights.cluster.write" }}
{{- if has "networks" .parts }}
- { apiGroups: [''], resources: [events], verbs: [create, patch] }
{{- end }}
{{- if has "createNamespaces" .parts }}
- { apiGroups: [''], resources: [namespaces], verbs: [create] }
{{- end }}
{{- if has "virtDefaultClass" .parts }}
- { apiGroups: [storage.k8s.io], resources: [storageclasses], verbs: [patch] }
{{- end }}
{{- if has "registry" .parts }}
- { apiGroups: [imageregistry.operator.openshift.io], resources: [configs], resourceNames: [cluster], verbs: [patch] }
{{- end }}
{{- if has "evictionStrategy" .parts }}
- { apiGroups: [hco.kubevirt.io], resources: [hyperconvergeds], verbs: [patch] }
{{- end }}
{{- end }}
{{- define "migration-prep.controller.rights.mtv.read" }}
{{- if has "archive" .parts }}
- { apiGroups: [image.openshift.io], resources: [imagestreams], verbs: [get] }
- { apiGroups: [build.openshift.io], resources: [buildconfigs], verbs: [get] }
- { apiGroups: [build.openshift.io], resources: [builds], verbs: [get, list] }
{{- end }}
{{- end }}
{{- define "migration-prep.controller.rights.mtv.write" }}
{{- if has "always" .parts }}
- { apiGroups: [forklift.konveyor.io], resources: [forkliftcontrollers], verbs: [patch] }
{{- end }}
{{- if has "archive" .parts }}
- { apiGroups: [image.openshift.io], resources: [imagestreams], verbs: [create] }
- { apiGroups: [build.openshift.io], resources: [buildconfigs], verbs: [create, patch] }
- { apiGroups: [build.openshift.io], resources: [buildconfigs/instantiatebinary], verbs: [create] }
- { apiGroups: [build.openshift.io], resources: [builds], verbs: [delete] }
{{- end }}
{{- end }}
{{- define "migration-prep.controller.rights.providers.read" }}
{{- if has "providers" .parts }}
- { apiGroups: [forklift.konveyor.io], resources: [providers], verbs: [get] }
- { apiGroups: [''], resources: [secrets], resourceNames: {{ toJson .credentials }}, verbs: [get] }
{{- end }}
{{- if has "hosts" .parts }}
- { apiGroups: [forklift.konveyor.io], resources: [hosts], verbs: [get] }
- { apiGroups: [''], resources: [secrets], verbs: [get] }
{{- end }}
{{- end }}
{{- define "migration-prep.controller.rights.providers.write" }}
{{- if has "always" .parts }}
- { apiGroups: [forklift.konveyor.io], resources: [providers], verbs: [patch] }
- { apiGroups: [forklift.konveyor.io], resources: [hosts], verbs: [patch] }
{{- end }}
{{- if has "providers" .parts }}
- { apiGroups: [forklift.konveyor.io], resources: [providers], verbs: [create] }
- { apiGroups: [''], resources: [secrets], verbs: [create] }
- { apiGroups: [''], resources: [secrets], resourceNames: {{ toJson .credentials }}, verbs: [patch] }
{{- end }}
{{- if has "hosts" .parts }}
- { apiGroups: [forklift.konveyor.io], resources: [hosts], verbs: [create] }
- { apiGroups: [''], resources: [secrets], verbs: [patch] }
{{- end }}
{{- end }}
{{- define "migration-prep.controller.rights.networks.read" }}
{{- end }}
{{- define "migration-prep.controller.rights.networks.write" }}
{{- if has "networks" .parts }}
- { apiGroups: [k8s.cni.cncf.io], resources: [network-attachment-definitions], verbs: [create] }
{{- end }}
{{- if has "removeUnused" .parts }}
- { apiGroups: [k8s.cni.cncf.io], resources: [network-attachment-definitions], verbs: [delete] }
{{- end }}
{{- end }}
{{- define "migration-prep.controller.rights.registry.read" }}
{{- if has "registry" .parts }}
- { apiGroups: [''], resources: [persistentvolumeclaims], verbs: [get] }
{{- end }}
{{- end }}
{{- define "migration-prep.controller.rights.registry.write" }}
{{- if has "registry" .parts }}
- { apiGroups: [''], resources: [persistentvolumeclaims], verbs: [create] }
{{- end }}
{{- end }}
{{- define "migration-prep.controller.rights.trust.read" }}
{{- if has "archive" .parts }}
- { apiGroups: [''], resources: [configmaps], resourceNames: [trusted-ca-bundle], verbs: [get] }
{{- end }}
{{- end }}
{{- define "migration-prep.controller.rights.trust.write" }}
{{- end }}
{{- define "migration-prep.controller.rights.release.read" }}
{{- if has "providers" .parts }}
- { apiGroups: [''], resources: [configmaps], resourceNames: [{{ .release }}-refused-credentials], verbs: [get] }
{{- end }}
{{- end }}
{{- define "migration-prep.controller.rights.release.write" }}
{{- if has "providers" .parts }}
- { apiGroups: [''], resources: [configmaps], verbs: [create] }
- { apiGroups: [''], resources: [configmaps], resourceNames: [{{ .release }}-refused-credentials], verbs: [patch] }
{{- end }}
{{- end }}
