{{/*
A Job that runs one command. Call with a dict: root, name, args (list), minutes; Helm's events and weight; Argo CD's hook and wave;
wishes: true to have the file.
A deadline that passed (3), a refusal (1) and a wrong command line (2) are not tried again: the next upgrade or sync is. A missing
right (4) is, because rights arrive late under Argo CD.
*/}}
{{- define "migration-prep.hook" -}}
{{- $root := .root -}}
{{- $hooks := $root.Values.hooks -}}
apiVersion: batch/v1
kind: Job
metadata:
  name: migration-prep-{{ .name }}
  namespace: {{ $root.Release.Namespace }}
  labels:
    {{- include "migration-prep.labels" (list $root "hook") | nindent 4 }}
  annotations:
    {{- if $root.Values.gitops.enabled }}
    argocd.argoproj.io/hook: {{ .hook | default "Sync" }}
    argocd.argoproj.io/hook-delete-policy: BeforeHookCreation,HookSucceeded
    {{- include "migration-prep.wave" (list $root .wave) | nindent 4 }}
    {{- else }}
    {{- include "migration-prep.helmHook" (list .events .weight) | nindent 4 }}
    helm.sh/hook-output-log-policy: hook-failed
    {{- end }}
spec:
  activeDeadlineSeconds: {{ add 60 (mul 60 (int .minutes)) }}
  backoffLimit: 5
  {{- if not $root.Values.gitops.enabled }}
  ttlSecondsAfterFinished: 3600
  {{- end }}
  podFailurePolicy:
    rules:
      - action: FailJob
        onExitCodes:
          containerName: command
          operator: In
          values: [1, 2, 3]
      - action: Ignore
        onPodConditions:
          - type: DisruptionTarget
  template:
    metadata:
      labels:
        {{- include "migration-prep.labels" (list $root "hook") | nindent 8 }}
      annotations:
        openshift.io/required-scc: restricted-v2
    spec:
      serviceAccountName: {{ .serviceAccount | default "migration-prep-hooks" }}
      automountServiceAccountToken: true
      restartPolicy: Never
      securityContext:
        {{- include "migration-prep.podSecurity" . | nindent 8 }}
      {{- with include "migration-prep.placement" (list $root $hooks) }}
      {{- . | indent 6 }}
      {{- end }}
      containers:
        - name: command
          {{- include "migration-prep.command" (dict "root" $root "args" .args "minutes" .minutes) | nindent 10 }}
          {{- if .wishes }}
          volumeMounts:
            - name: wishes
              mountPath: /etc/migration-prep
              readOnly: true
          {{- end }}
      {{- if .wishes }}
      volumes:
        - name: wishes
          configMap:
            name: migration-prep-wishes
      {{- end }}
{{- end }}

{{/* What a container that runs one command is, but for its name and mounts. */}}
{{- define "migration-prep.command" -}}
image: {{ include "migration-prep.image" (list .root "tools") }}
imagePullPolicy: {{ .root.Values.images.pullPolicy }}
args:
  {{- range .args }}
  - {{ . | quote }}
  {{- end }}
  - --deadline
  - {{ .minutes | quote }}
resources:
  {{- toYaml .root.Values.hooks.resources | nindent 2 }}
securityContext:
  {{- include "migration-prep.containerSecurity" . | nindent 2 }}
terminationMessagePolicy: FallbackToLogsOnError
{{- end }}

{{/* Helm deletes a hook's objects when the event is over, however it ended, so that nothing is left of them. Call with (list events weight). */}}
{{- define "migration-prep.helmHook" -}}
helm.sh/hook: {{ index . 0 }}
helm.sh/hook-weight: {{ index . 1 | quote }}
helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded,hook-failed
{{- end }}

{{/* The events after which hooks bring the cluster to what the values say. */}}
{{- define "migration-prep.after" -}}
post-install,post-upgrade,post-rollback
{{- end }}
