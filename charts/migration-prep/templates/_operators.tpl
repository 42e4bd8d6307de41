{{/*
What to do about each operator that is not skipped, as YAML: `declared` when its objects are Argo CD's, `operand` when there shall be
one. No LVMCluster without disks: it would take every empty disk of every node.
*/}}
{{- define "migration-prep.operators" -}}
{{- range $id, $operator := .Values.operators }}
{{- if ne $operator.mode "skip" }}
{{- $disks := true }}
{{- if eq $id "lvms" }}
{{- $named := or $operator.operand.paths $operator.operand.optionalPaths }}
{{- if and $named $operator.operand.allEmptyDisks }}
{{- fail "operators.lvms.operand: either name disks or set allEmptyDisks, not both" }}
{{- end }}
{{- $disks = or $named $operator.operand.allEmptyDisks }}
{{- end }}
{{ $id }}:
  declared: {{ and $.Values.gitops.enabled $.Values.gitops.declareOperators (eq $operator.mode "install") }}
  operand: {{ and $operator.operand.create (not (not $disks)) }}
{{- end }}
{{- end }}
{{- end }}

{{/* Settings of an operator's Subscription: its own before those of all. Call with (list $ $operator). */}}
{{- define "migration-prep.subscription" -}}
{{- $operator := index . 1 -}}
{{- $all := merge (dict "channel" $operator.channel "startingCSV" $operator.startingCSV) $operator.subscription (index . 0).Values.subscriptions -}}
{{- range $key, $value := $all }}
{{- if $value }}
{{ $key }}: {{ toJson $value }}
{{- end }}
{{- end }}
{{- end }}

{{/* spec.storage of the LVMCluster's only device class. */}}
{{- define "migration-prep.deviceClass" -}}
name: {{ .deviceClass }}
fstype: {{ .fstype }}
thinPoolConfig:
  {{- toYaml .thinPool | nindent 2 }}
{{- if not .allEmptyDisks }}
deviceSelector:
  {{- with .paths }}
  paths:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .optionalPaths }}
  optionalPaths:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end }}
{{- with .nodeSelector }}
nodeSelector:
  nodeSelectorTerms:
    - matchExpressions:
        {{- range $key, $value := . }}
        - key: {{ $key }}
          operator: In
          values: [{{ $value | quote }}]
        {{- end }}
{{- end }}
{{- end }}

{{/*
Where MTV's services are: as set, as found on the cluster, or where MTV is going to be. MTV's operator works on its own project alone, so
what installs it tells best; where nothing does, its ForkliftController, of several the one that was looked at.
*/}}
{{- define "migration-prep.mtvNamespace" -}}
{{- $packages := (include "migration-prep.catalog" . | fromYaml).mtv.packages -}}
{{- $found := "" -}}
{{- if .Capabilities.APIVersions.Has "olm.operatorframework.io/v1/ClusterExtension" -}}
{{- range (lookup "olm.operatorframework.io/v1" "ClusterExtension" "" "").items -}}
{{- if has (dig "source" "catalog" "packageName" "" .spec) $packages -}}
{{- $found = .spec.namespace -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- if .Capabilities.APIVersions.Has "operators.coreos.com/v1alpha1/Subscription" -}}
{{- range (lookup "operators.coreos.com/v1alpha1" "Subscription" "" "").items -}}
{{- if has .spec.name $packages -}}
{{- $found = .metadata.namespace -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- if and (not $found) (.Capabilities.APIVersions.Has "forklift.konveyor.io/v1beta1/ForkliftController") -}}
{{- $seen := false -}}
{{- range (lookup "forklift.konveyor.io/v1beta1" "ForkliftController" "" "").items -}}
{{- if or (not $found) (and (not $seen) .status) -}}
{{- $found = .metadata.namespace -}}
{{- $seen = not (not .status) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{ .Values.plugin.mtvNamespace | default $found | default .Values.operators.mtv.namespace }}
{{- end }}
