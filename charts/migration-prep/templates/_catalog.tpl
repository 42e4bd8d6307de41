{{/* Written by `npm run chart:docs` from src/domain/operators/operator.ts and src/domain/kinds.ts. */}}
{{- define "migration-prep.catalog" -}}
lvms:
  package: lvms-operator
  packages:
    - lvms-operator
    - odf-lvm-operator
  subscription: lvms-operator
  operatorGroup: openshift-storage-operatorgroup
  namespaceLabels:
    openshift.io/cluster-monitoring: "true"
    pod-security.kubernetes.io/enforce: privileged
  operand:
    group: lvm.topolvm.io
    apiVersion: lvm.topolvm.io/v1alpha1
    kind: LVMCluster
    plural: lvmclusters
    namespaced: true
    name: lvmcluster-sample
mtv:
  package: mtv-operator
  packages:
    - mtv-operator
    - forklift-operator
    - konveyor-forklift-operator
  subscription: mtv-operator
  operatorGroup: migration
  namespaceLabels: {}
  operand:
    group: forklift.konveyor.io
    apiVersion: forklift.konveyor.io/v1beta1
    kind: ForkliftController
    plural: forkliftcontrollers
    namespaced: true
    name: forklift-controller
nmstate:
  package: kubernetes-nmstate-operator
  packages:
    - kubernetes-nmstate-operator
  subscription: kubernetes-nmstate-operator
  operatorGroup: openshift-nmstate
  namespaceLabels: {}
  operand:
    group: nmstate.io
    apiVersion: nmstate.io/v1
    kind: NMState
    plural: nmstates
    namespaced: false
    name: nmstate
cnv:
  package: kubevirt-hyperconverged
  packages:
    - kubevirt-hyperconverged
    - community-kubevirt-hyperconverged
  subscription: hco-operatorhub
  operatorGroup: kubevirt-hyperconverged-group
  namespaceLabels:
    openshift.io/cluster-monitoring: "true"
  operand:
    group: hco.kubevirt.io
    apiVersion: hco.kubevirt.io/v1beta1
    kind: HyperConverged
    plural: hyperconvergeds
    namespaced: true
    name: kubevirt-hyperconverged
{{- end }}
