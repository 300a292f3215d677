#!/usr/bin/env bash
# Whether watching stays as small as it begins while containers come and go: starts containers with runc at a steady rate, each of which runs
# one program, and prints once a minute what the watching process holds. Needs root and runc.
#
#   quality/bench/soak.sh [MINUTES [CONTAINERS_A_SECOND]]        10 minutes, 10 a second
#
# HOLDFAST is the command that is watched (default: ./holdfast of this tree); DETAILS=yes asks the virtual machine for the number of
# containers and processes that it remembers, which has it collect its garbage.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
minutes=${1:-10} rate=${2:-10}
read -ra holdfast <<<"${HOLDFAST:-./holdfast}"
work=$(mktemp -d)
watcher=
clean() {
  [ -z "$watcher" ] || kill "$watcher" 2>/dev/null || true
  rm -rf "$work"
}
trap clean EXIT

mkdir -p "$work"/bundle/rootfs/{usr,bin,lib,lib64,proc}
mounts='{"destination":"/proc","type":"proc","source":"proc"}'
for folder in /usr /bin /lib /lib64; do
  [ -e $folder ] || continue
  mounts="$mounts,{\"destination\":\"$folder\",\"type\":\"bind\",\"source\":\"$(readlink -f $folder)\",\"options\":[\"rbind\",\"ro\"]}"
done
cat >"$work/bundle/config.json" <<JSON
{"ociVersion":"1.0.2","root":{"path":"rootfs"},"annotations":{"org.opencontainers.image.ref.name":"soak:1"},
 "process":{"user":{"uid":0,"gid":0},"cwd":"/","env":["PATH=/usr/bin:/bin"],"args":["/usr/bin/true","soak"]},
 "mounts":[$mounts],"linux":{"namespaces":[{"type":"pid"},{"type":"mount"},{"type":"ipc"},{"type":"uts"},{"type":"network"}]}}
JSON
cat >"$work/rules.yaml" <<'YAML'
- rule: Soak
  desc: The one program of a container.
  condition: evt.type = execve and proc.args = soak
  output: "%container.name %container.image"
  priority: NOTICE
YAML
[ "${DETAILS:-}" != yes ] || export HOLDFAST_JAVA_OPTIONS="${HOLDFAST_JAVA_OPTIONS:-} -XX:-DisableAttachMechanism"
kernel=runtime/rules/src/main/resources/dev/holdfast/rules/shipped/kernel.yaml
"${holdfast[@]}" watch --rules "$kernel" "$work/rules.yaml" --format falco >"$work/alerts" 2>"$work/said" &
watcher=$!
until grep -q watching "$work/said"; do sleep 0.2; done

held() { # of the virtual machine: how many objects of a class there are
  awk -v class="$1" '$4 == class { print $2; found = 1 } END { if (!found) print 0 }' "$work/objects"
}
started=0
began=$(date +%s%N)
for minute in $(seq "$minutes"); do
  while [ $started -lt $((minute * 60 * rate)) ]; do
    (runc run --bundle "$work/bundle" "soak-$$-$started" >/dev/null 2>&1 || true) &
    started=$((started + 1))
    ahead=$(((began + started * 1000000000 / rate - $(date +%s%N)) / 1000000))
    [ $ahead -le 0 ] || sleep "$((ahead / 1000)).$(printf %03d $((ahead % 1000)))"
    while [ "$(jobs -rp | wc -l)" -gt 60 ]; do sleep 0.05; done
  done
  line="$minute min  $started started  $(grep -c ' soak-' "$work/alerts") named  $(awk '/VmRSS/ { print int($2 / 1024) }' "/proc/$watcher/status") MB"
  if [ "${DETAILS:-}" = yes ]; then
    jcmd "$watcher" GC.class_histogram >"$work/objects"
    line="$line  $(held dev.holdfast.sensor.container.Container) containers, $(held dev.holdfast.sensor.process.KernelProcess) processes remembered"
  fi
  printf '%s  %d s\n' "$line" $((($(date +%s%N) - began) / 1000000000))
done
sleep 2
kill "$watcher"
wait "$watcher" || true
watcher=
cat "$work/said"
printf '%d started, %d told with name and image\n' $started "$(grep -c ' soak-.* soak:1' "$work/alerts")"
