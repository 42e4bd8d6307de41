{{/*
Everything has the name migration-prep, whatever the release is called: a cluster has one console, and the console knows the plugin
by the name that is built into it.
*/}}

{{/* Labels of every object. Call with (list $ "component"). */}}
{{- define "migration-prep.labels" -}}
{{- $root := index . 0 -}}
{{ include "migration-prep.selector" . }}
app.kubernetes.io/instance: {{ $root.Release.Name }}
app.kubernetes.io/managed-by: {{ $root.Release.Service }}
app.kubernetes.io/part-of: migration-prep
app.kubernetes.io/version: {{ $root.Chart.AppVersion | quote }}
helm.sh/chart: {{ printf "%s-%s" $root.Chart.Name $root.Chart.Version | replace "+" "_" }}
{{- end }}

{{/* Labels that pods are selected by; they never change. Call with (list $ "component"). */}}
{{- define "migration-prep.selector" -}}
app.kubernetes.io/name: migration-prep
app.kubernetes.io/component: {{ index . 1 }}
{{- end }}

{{/* An image by its name under `images`, pinned by digest if there is one. Call with (list $ "plugin"). */}}
{{- define "migration-prep.image" -}}
{{- $root := index . 0 -}}
{{- $image := index $root.Values.images (index . 1) | required (printf "there is no image %q" (index . 1)) -}}
{{- if $image.digest -}}
{{ $image.repository }}@{{ $image.digest }}
{{- else -}}
{{ $image.repository }}:{{ $image.tag | default $root.Chart.AppVersion }}
{{- end -}}
{{- end }}

{{/* Argo CD's sync wave, as an annotation; nothing with plain Helm. Call with (list $ -25). */}}
{{- define "migration-prep.wave" -}}
{{- if (index . 0).Values.gitops.enabled -}}
argocd.argoproj.io/sync-wave: {{ index . 1 | quote }}
{{- end -}}
{{- end }}

{{/* What the policy `restricted` and SCC restricted-v2 ask of a pod: no fixed user, which OpenShift chooses. */}}
{{- define "migration-prep.podSecurity" -}}
runAsNonRoot: true
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{- define "migration-prep.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end }}

{{/* Where a pod runs and what it pulls with. Call with (list $ .Values.plugin). */}}
{{- define "migration-prep.placement" -}}
{{- $root := index . 0 }}
{{- $at := index . 1 }}
{{- with $root.Values.images.pullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $at.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $at.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}
