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

{{/* What needs to call somebody, and may not: said when it is installed, not when it is missed. */}}
{{- define "holdfast.demands" -}}
{{- $needs := or .Values.namespaces.watch (eq .Values.store.kind "postgresql") (gt (int .Values.scan.scanners) 0) -}}
{{- if and $needs .Values.networkPolicy.enabled (not .Values.networkPolicy.egress) -}}
{{- fail "networkPolicy.egress is empty, and namespaces.watch, store.kind postgresql or scan.scanners need to call somebody: name whom, or set networkPolicy.enabled=false" -}}
{{- end -}}
{{- if and (gt (int .Values.scan.scanners) 0) (eq .Values.store.kind "none") -}}
{{- fail "scan.scanners needs a store: set store.kind" -}}
{{- end -}}
{{- end -}}
