{{- define "holdfast.labels" -}}
app.kubernetes.io/name: holdfast
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{- define "holdfast.selector" -}}
app.kubernetes.io/name: holdfast
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "holdfast.image" -}}
{{- if .Values.image.digest -}}
{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- else -}}
{{ .Values.image.repository }}:{{ .Values.image.tag }}
{{- end -}}
{{- end }}

{{/* The settings, with the namespace of the release switched off before everything else. */}}
{{- define "holdfast.settings" -}}
{{- $own := dict "names" (list .Release.Namespace) "mode" "off" -}}
{{- $rules := prepend (default (list) .Values.settings.namespaces) $own -}}
{{- toYaml (mergeOverwrite (deepCopy .Values.settings) (dict "namespaces" $rules)) -}}
{{- end }}
