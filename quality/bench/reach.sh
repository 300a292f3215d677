#!/usr/bin/env bash
# Times `holdfast reach map` of a made-up cluster:
#
#   quality/bench/reach.sh [NAMESPACES [WORKLOADS [POLICIES]]]     default 100 30 10, the last two for each namespace
#
# Every namespace denies everything first; each policy chooses one workload, lets in another one of some team's namespaces by a named port, and lets out
# to the team. Prints seconds and resident memory of the whole process, three times.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
namespaces=${1:-100} workloads=${2:-30} policies=${3:-10}
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT

awk -v namespaces="$namespaces" -v workloads="$workloads" -v policies="$policies" '
  function document(text) { printf "%s%s", separator, text; separator = "\n---\n" }
  BEGIN {
    srand(1)
    for (n = 0; n < namespaces; n++) {
      document("{apiVersion: v1, kind: Namespace, metadata: {name: ns" n ", labels: {team: t" n % 7 "}}}")
      for (w = 0; w < workloads; w++)
        document("{apiVersion: apps/v1, kind: Deployment, metadata: {name: w" w ", namespace: ns" n "}, spec: {template: {metadata: {labels: {app: w" w "}}, spec: {containers: [{name: c, ports: [{name: http, containerPort: 8080}]}]}}}}")
      document("{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: deny, namespace: ns" n "}, spec: {podSelector: {}, policyTypes: [Ingress, Egress]}}")
      for (p = 0; p < policies; p++) {
        team = "{namespaceSelector: {matchLabels: {team: t" int(rand() * 7) "}}"
        document("{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: p" p ", namespace: ns" n "}, spec: {podSelector: {matchLabels: {app: w" int(rand() * workloads) "}}, policyTypes: [Ingress, Egress], ingress: [{from: [" team ", podSelector: {matchLabels: {app: w" int(rand() * workloads) "}}}], ports: [{port: http}]}], egress: [{to: [" team "}], ports: [{port: 8080}]}]}}")
      }
    }
  }' >"$temporary/cluster.yaml"

./holdfast --version >/dev/null
echo "$((namespaces * workloads)) workloads, $((namespaces * (policies + 1))) policies"
for _ in 1 2 3; do
  /usr/bin/time -f '%e s  %M kB' ./holdfast reach map "$temporary/cluster.yaml" --format json --output "$temporary/map.json"
done
