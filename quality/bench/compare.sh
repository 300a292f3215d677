#!/usr/bin/env bash
# Times `./holdfast scan IMAGE` as a whole process against every peer scanner on PATH, in one sitting on this machine:
#
#   quality/bench/compare.sh IMAGE...        IMAGE: a docker-archive or an OCI archive, as `docker save` or skopeo write them
#
# For each: wall time, CPU time and peak memory of the best of ROUNDS runs (default 5), with the page cache warm; behind a peer's line its time
# and memory as multiples of ours. The tools take turns within a round, so that a noisy neighbour meets them all. Vulnerability scanners run with
# the database they have (none is updated); where Trivy has no database only its package listing is timed, which is less work than our scan.
set -euo pipefail
[ $# -ge 1 ] || { sed -n '2,10s/^# \{0,1\}//p' "$0"; exit 3; }
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
rounds=${ROUNDS:-5}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# The commands, by tool; %s is the image.
tools=(holdfast)
declare -A command=([holdfast]="$root/holdfast scan %s")
add() { # TOOL COMMAND: when it is installed
  command -v "$1" >/dev/null 2>&1 || { echo "not on PATH: $1" >&2; return 0; }
  tools+=("$1")
  command[$1]=$2
}
trivy_database=${TRIVY_CACHE_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/trivy}/db/trivy.db
if [ -e "$trivy_database" ]; then
  add trivy "trivy image -q --skip-db-update --skip-java-db-update --skip-version-check --scanners vuln --input %s"
else
  add trivy "trivy image -q --offline-scan --skip-version-check --list-all-pkgs --scanners license --format json --input %s"
fi
add grype "grype -q %s"
add syft "syft scan -q -o json %s"
add osv-scanner "osv-scanner scan image --offline-vulnerabilities --archive %s"
export GRYPE_DB_AUTO_UPDATE=false GRYPE_DB_VALIDATE_AGE=false GRYPE_CHECK_FOR_APP_UPDATE=false SYFT_CHECK_FOR_APP_UPDATE=false

# One run; prints "wall cpu kilobytes exit". bash's own clock where GNU time is missing (then without memory).
measure() { # COMMAND...
  local status=0
  if [ -x /usr/bin/time ]; then
    /usr/bin/time -o "$scratch/time" -f '%e %U %S %M' "$@" >"$scratch/out" 2>"$scratch/err" </dev/null || status=$?
    awk -v status=$status 'NF == 4 { printf "%.2f %.2f %d %d\n", $1, $2 + $3, $4, status }' "$scratch/time"
  else
    local TIMEFORMAT='%R %U %S'
    { time "$@" >"$scratch/out" 2>"$scratch/err" </dev/null; } 2>"$scratch/time" || status=$?
    awk -v status=$status 'NF == 3 { printf "%.2f %.2f 0 %d\n", $1, $2 + $3, status }' "$scratch/time"
  fi
}

for image in "$@"; do
  [ -r "$image" ] || { echo "$image: cannot be read" >&2; exit 3; }
  cat "$image" >/dev/null # into the page cache
  : >"$scratch/results"
  for ((round = 0; round <= rounds; round++)); do # round 0 warms each tool's own caches
    for tool in "${tools[@]}"; do
      read -ra words <<<"${command[$tool]}"
      for i in "${!words[@]}"; do [ "${words[$i]}" = %s ] && words[$i]=$image; done
      result=$(measure "${words[@]}")
      [ $round -eq 0 ] || echo "$tool $result" >>"$scratch/results"
    done
  done
  echo "$image ($(du -m --apparent-size "$image" | cut -f1) MB)"
  awk -v order="${tools[*]}" '
    { if (!($1 in wall) || $2 < wall[$1]) { wall[$1] = $2; cpu[$1] = $3; memory[$1] = $4; status[$1] = $5 } }
    END {
      count = split(order, names, " ")
      for (i = 1; i <= count; i++) {
        name = names[i]
        if (!(name in wall)) continue
        printf "  %-12s %7.2f s wall  %7.2f s CPU  %5d MB", name, wall[name], cpu[name], memory[name] / 1024
        if (i > 1 && wall["holdfast"] > 0) printf "   %5.1f x our time", wall[name] / wall["holdfast"]
        if (i > 1 && memory["holdfast"] > 0) printf "  %4.1f x our memory", memory[name] / memory["holdfast"]
        if (status[name] > 2) printf "   FAILED (exit %d)", status[name]
        printf "\n"
      }
    }' "$scratch/results"
done
