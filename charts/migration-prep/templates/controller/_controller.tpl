{{/* The metadata of the controller's objects in the release's namespace. Call with (list $ wave). */}}
{{- define "migration-prep.controller.metadata" -}}
name: migration-prep-controller
namespace: {{ (index . 0).Release.Namespace }}
{{ include "migration-prep.controller.marks" . }}
{{- end }}

{{/* Their labels, and the wave. Call with (list $ wave). */}}
{{- define "migration-prep.controller.marks" -}}
labels:
  {{- include "migration-prep.labels" (list (index . 0) "controller") | nindent 2 }}
{{- with include "migration-prep.wave" . }}
annotations:
  {{- . | nindent 2 }}
{{- end }}
{{- end }}

{{/* The account that rights are given to. */}}
{{- define "migration-prep.controller.subjects" -}}
- kind: ServiceAccount
  name: migration-prep-controller
  namespace: {{ .Release.Namespace }}
{{- end }}

{{/*
Whether an object of the cluster's monitoring is wanted: by value, or where the cluster serves its kind. Without a cluster to look at, as
under Argo CD, `auto` means yes: every OpenShift has them. Call with (list $ "auto" "monitoring.coreos.com/v1/ServiceMonitor").
*/}}
{{- define "migration-prep.controller.wants" -}}
{{- $root := index . 0 -}}
{{- $wanted := index . 1 -}}
{{- if and $root.Values.controller.enabled (or (eq $wanted "always") (and (eq $wanted "auto") (or $root.Values.gitops.enabled ($root.Capabilities.APIVersions.Has (index . 2))))) }}yes{{ end -}}
{{- end }}

{{/* `prepare` as the values have it, for those parts that declare something; "" when nothing is declared. */}}
{{- define "migration-prep.prepare" -}}
{{- $prepare := .Values.prepare -}}
{{- $declared := dict -}}
{{- with $prepare.providers -}}
{{- $_ := set $declared "providers" . -}}
{{- end -}}
{{- with $prepare.hosts -}}
{{- $_ := set $declared "hosts" . -}}
{{- end -}}
{{- if or $prepare.vddk.image $prepare.vddk.archiveUrl -}}
{{- $_ := set $declared "vddk" $prepare.vddk -}}
{{- end -}}
{{- with $prepare.networks.rules -}}
{{- $_ := set $declared "networks" $prepare.networks -}}
{{- end -}}
{{- with $declared -}}
{{- toYaml . -}}
{{- end -}}
{{- end }}
