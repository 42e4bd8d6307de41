{{/* Written by `npm run chart:docs` from docs/hooks.md, "Rights". */}}
{{- define "migration-prep.rules.operators" }}
- { apiGroups: [operators.coreos.com], resources: [subscriptions, operatorgroups, clusterserviceversions], verbs: [list] }
- { apiGroups: [operators.coreos.com], resources: [subscriptions, operatorgroups], verbs: [create] }
- { apiGroups: [''], resources: [namespaces], verbs: [get, create] }
- { apiGroups: [config.openshift.io], resources: [clusterversions], resourceNames: [version], verbs: [get] }
- { apiGroups: [olm.operatorframework.io], resources: [clusterextensions], verbs: [list] }
- { apiGroups: [forklift.konveyor.io], resources: [forkliftcontrollers], verbs: [list] }
- { apiGroups: [nmstate.io], resources: [nmstates], verbs: [list] }
- { apiGroups: [hco.kubevirt.io], resources: [hyperconvergeds], verbs: [list] }
- { apiGroups: [lvm.topolvm.io], resources: [lvmclusters], verbs: [list] }
{{- end }}
{{- define "migration-prep.rules.operands" }}
- { apiGroups: [operators.coreos.com], resources: [subscriptions, operatorgroups, clusterserviceversions], verbs: [list] }
- { apiGroups: [olm.operatorframework.io], resources: [clusterextensions], verbs: [list] }
- { apiGroups: [config.openshift.io], resources: [clusterversions], resourceNames: [version], verbs: [get] }
- { apiGroups: [forklift.konveyor.io], resources: [forkliftcontrollers], verbs: [list, create] }
- { apiGroups: [nmstate.io], resources: [nmstates], verbs: [list, create] }
- { apiGroups: [hco.kubevirt.io], resources: [hyperconvergeds], verbs: [list, create] }
- { apiGroups: [lvm.topolvm.io], resources: [lvmclusters], verbs: [list, create] }
- { apiGroups: [apps], resources: [daemonsets, deployments], resourceNames: [nmstate-handler, nmstate-webhook], verbs: [get] }
{{- end }}
{{- define "migration-prep.rules.virt-default-class" }}
- { apiGroups: [storage.k8s.io], resources: [storageclasses], verbs: [get, list, patch] }
{{- end }}
{{- define "migration-prep.rules.registry" }}
- { apiGroups: [imageregistry.operator.openshift.io], resources: [configs], resourceNames: [cluster], verbs: [get, patch] }
- { apiGroups: [config.openshift.io], resources: [images], resourceNames: [cluster], verbs: [get] }
- { apiGroups: [storage.k8s.io], resources: [storageclasses], verbs: [list] }
{{- end }}
{{- define "migration-prep.rules.registry.namespaced" }}
- { apiGroups: [''], resources: [persistentvolumeclaims], verbs: [get, create] }
{{- end }}
{{- define "migration-prep.rules.eviction-strategy" }}
- { apiGroups: [hco.kubevirt.io], resources: [hyperconvergeds], verbs: [list, patch] }
{{- end }}
{{- define "migration-prep.rules.plugin" }}
- { apiGroups: [operator.openshift.io], resources: [consoles], resourceNames: [cluster], verbs: [get, patch] }
{{- end }}
{{- define "migration-prep.rules.served" }}
- { apiGroups: [operator.openshift.io], resources: [consoles], resourceNames: [cluster], verbs: [get] }
- { apiGroups: [console.openshift.io], resources: [consoleplugins], verbs: [get] }
{{- end }}
{{- define "migration-prep.rules.served.namespaced" }}
- { apiGroups: [''], resources: [configmaps], resourceNames: [console-config], verbs: [get] }
- { apiGroups: [apps], resources: [deployments], resourceNames: [console], verbs: [get] }
{{- end }}
{{- define "migration-prep.rules.report" }}
- { apiGroups: [operators.coreos.com], resources: [subscriptions, operatorgroups, clusterserviceversions], verbs: [list] }
- { apiGroups: [olm.operatorframework.io], resources: [clusterextensions], verbs: [list] }
- { apiGroups: [forklift.konveyor.io], resources: [providers, forkliftcontrollers], verbs: [list] }
- { apiGroups: [hco.kubevirt.io], resources: [hyperconvergeds], verbs: [list] }
- { apiGroups: [lvm.topolvm.io], resources: [lvmclusters], verbs: [list] }
- { apiGroups: [nmstate.io], resources: [nmstates], verbs: [list] }
- { apiGroups: [k8s.cni.cncf.io], resources: [network-attachment-definitions], verbs: [list] }
- { apiGroups: [storage.k8s.io], resources: [storageclasses], verbs: [list] }
- { apiGroups: [console.openshift.io], resources: [consoleplugins], verbs: [list] }
- { apiGroups: [build.openshift.io], resources: [buildconfigs], verbs: [list] }
- { apiGroups: [imageregistry.operator.openshift.io], resources: [configs], resourceNames: [cluster], verbs: [get] }
- { apiGroups: [config.openshift.io], resources: [images], resourceNames: [cluster], verbs: [get] }
- { apiGroups: [apps], resources: [daemonsets, deployments], resourceNames: [nmstate-handler, nmstate-webhook], verbs: [get] }
{{- end }}
{{- define "migration-prep.rules.report.namespaced" }}
- { apiGroups: [''], resources: [configmaps], verbs: [get, create, patch] }
{{- end }}
{{- define "migration-prep.rules.stop-controller.namespaced" }}
- { apiGroups: [apps], resources: [deployments], resourceNames: [migration-prep-controller], verbs: [get, patch] }
{{- end }}
{{- define "migration-prep.rules.declared" }}
- { apiGroups: [forklift.konveyor.io], resources: [providers, hosts, forkliftcontrollers], verbs: [list, patch] }
{{- end }}
{{- define "migration-prep.rules.declared.namespaced" }}
- { apiGroups: [''], resources: [configmaps], verbs: [get, delete] }
{{- end }}
{{- define "migration-prep.rules.cleanup" }}
- { apiGroups: [imageregistry.operator.openshift.io], resources: [configs], resourceNames: [cluster], verbs: [get, patch] }
- { apiGroups: [image.openshift.io], resources: [imagestreams], verbs: [list] }
- { apiGroups: [''], resources: [persistentvolumeclaims], verbs: [list, delete] }
- { apiGroups: [''], resources: [persistentvolumes, pods], verbs: [list] }
- { apiGroups: [''], resources: [namespaces], verbs: [get, list, delete] }
- { apiGroups: [operators.coreos.com], resources: [subscriptions, operatorgroups, clusterserviceversions], verbs: [list, delete] }
- { apiGroups: [olm.operatorframework.io], resources: [clusterextensions], verbs: [list] }
- { apiGroups: [forklift.konveyor.io], resources: [forkliftcontrollers], verbs: [list, delete] }
- { apiGroups: [forklift.konveyor.io], resources: [plans, providers], verbs: [list] }
- { apiGroups: [nmstate.io], resources: [nmstates], verbs: [list, delete] }
- { apiGroups: [nmstate.io], resources: [nodenetworkconfigurationpolicies], verbs: [list] }
- { apiGroups: [hco.kubevirt.io], resources: [hyperconvergeds], verbs: [list, delete] }
- { apiGroups: [kubevirt.io], resources: [virtualmachines], verbs: [list] }
- { apiGroups: [lvm.topolvm.io], resources: [lvmclusters], verbs: [list, delete] }
{{- end }}
{{- define "migration-prep.rules.cleanup.namespaced" }}
- { apiGroups: [''], resources: [configmaps], verbs: [get, delete] }
{{- end }}
