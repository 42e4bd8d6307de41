{{/* The file that `ensure` and `wait` read: docs/hooks.md, "The wishes file". Its schema and defaults are those of the values. */}}
{{- define "migration-prep.wishes" -}}
{{- $states := include "migration-prep.operators" . | fromYaml -}}
{{- $wishes := dict -}}
{{- $operators := dict -}}
{{- range $id, $state := $states -}}
{{- $operator := index $.Values.operators $id -}}
{{- $wish := dict "mode" $operator.mode -}}
{{- if $state.declared -}}
{{- $wish = dict "mode" "adopt" -}}
{{- else if eq $operator.mode "install" -}}
{{- $wish = merge $wish (dict "namespace" $operator.namespace) (include "migration-prep.subscription" (list $ $operator) | fromYaml) -}}
{{- end -}}
{{- if or $state.declared (not $state.operand) -}}
{{- $_ := set $wish "operand" (dict "create" false) -}}
{{- else -}}
{{- $_ := set $wish "operand" $operator.operand -}}
{{- end -}}
{{- $_ := set $operators $id $wish -}}
{{- end -}}
{{- with $operators -}}
{{- $_ := set $wishes "operators" . -}}
{{- end -}}
{{- if .Values.gitops.enabled -}}
{{- $_ := set $wishes "namespaceLabels" (dict "argocd.argoproj.io/managed-by" .Values.gitops.instance) -}}
{{- end -}}
{{- with .Values.storage.virtDefaultClass -}}
{{- $_ := set $wishes "storage" $.Values.storage -}}
{{- end -}}
{{- if .Values.registry.enable -}}
{{- $_ := set $wishes "registry" .Values.registry -}}
{{- end -}}
{{- if include "migration-prep.setsEvictionStrategy" . -}}
{{- $_ := set $wishes "virtualization" .Values.virtualization -}}
{{- end -}}
{{- with include "migration-prep.prepare" . | fromYaml -}}
{{- $_ := set $wishes "prepare" . -}}
{{- end -}}
{{ toYaml $wishes }}
{{- end }}

{{/* Whether a hook sets the eviction strategy; a declared HyperConverged has it in its own spec. */}}
{{- define "migration-prep.setsEvictionStrategy" -}}
{{- $states := include "migration-prep.operators" . | fromYaml -}}
{{- $cnv := $states.cnv | default dict -}}
{{- if and .Values.virtualization.evictionStrategy (not (and $cnv.declared $cnv.operand)) }}yes{{ end -}}
{{- end }}
