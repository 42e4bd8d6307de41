{{/*
What the hooks may do: the rights of the commands that these values lead to and no others. The rules themselves are written by
`npm run chart:docs` from docs/hooks.md.
*/}}
{{- define "migration-prep.clusterRules" -}}
{{- $takeBack := .Values.hooks.takeBack -}}
{{- if include "migration-prep.operators" . | fromYaml }}
{{- include "migration-prep.rules.operators" . }}
{{- include "migration-prep.rules.operands" . }}
{{- end }}
{{- $holds := .Values.controller.enabled -}}
{{- if or (and .Values.storage.virtDefaultClass (not $holds)) (has "virt-default-class" $takeBack) }}
{{- include "migration-prep.rules.virt-default-class" . }}
{{- end }}
{{- if and .Values.registry.enable (not $holds) }}
{{- include "migration-prep.rules.registry" . }}
{{- end }}
{{- if or (and (include "migration-prep.setsEvictionStrategy" .) (not $holds)) (has "eviction-strategy" $takeBack) }}
{{- include "migration-prep.rules.eviction-strategy" . }}
{{- end }}
{{- if ne .Values.plugin.console "leave" }}
{{- include "migration-prep.rules.plugin" . }}
{{- end }}
{{- if .Values.hooks.report }}
{{- include "migration-prep.rules.report" . }}
{{- end }}
{{- if or (ne .Values.plugin.console "leave") $takeBack }}
{{- include "migration-prep.rules.declared" . }}
{{- end }}
{{- if or (has "registry" $takeBack) (has "operands" $takeBack) (has "operators" $takeBack) (has "namespaces" $takeBack) }}
{{- include "migration-prep.rules.cleanup" . }}
{{- end }}
{{- end }}

{{/* In the release's own namespace: the report, and the controller. */}}
{{- define "migration-prep.namespaceRules" -}}
{{- if .Values.hooks.report }}
{{- include "migration-prep.rules.report.namespaced" . }}
{{- end }}
{{- if or (ne .Values.plugin.console "leave") .Values.hooks.takeBack }}
{{- include "migration-prep.rules.declared.namespaced" . }}
{{- if .Values.controller.enabled }}
{{- include "migration-prep.rules.stop-controller.namespaced" . }}
{{- end }}
{{- end }}
{{- if has "report" .Values.hooks.takeBack }}
{{- include "migration-prep.rules.cleanup.namespaced" . }}
{{- end }}
{{- end }}
