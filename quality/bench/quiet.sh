#!/usr/bin/env bash
# Whether ordinary servers meet no rule of ours: nginx, PostgreSQL, a Java and a Node server in containers of a real engine, from their first
# process on, asked by a client all the while, reloaded, dumped and stopped, while "holdfast watch" watches. As root, with Docker and mmdebstrap.
#
#   quality/bench/quiet.sh [MINUTES [FALCO]]     10 minutes
#   quality/bench/quiet.sh --image               only builds the image that all of them run in, of Debian's packages (two minutes, once)
#
#   FALCO   a folder of Falco's rule files: a second watch asks them at the same time; those of their rules that are known to be met, and why,
#           are in src/main/quiet/falco-noise.txt
#
# Told: how many events of each server were seen, which alerts there were. Ends with 1 when a container met a rule of ours, or one of
# Falco's that is not known to be, with 2 when a server was not seen or events were lost. HOLDFAST is the command that watches (default: ./holdfast of this tree).
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
parts=$root/quality/bench/src/main/quiet
image=holdfast-it/quiet:1
prefix=holdfast-quiet
servers=(nginx postgres java node)

build_image() {
  docker info >/dev/null 2>&1 || { echo "quiet.sh: no Docker Engine answers" >&2; exit 4; }
  exec 9>"${TMPDIR:-/tmp}/holdfast-quiet.lock"
  flock 9
  docker image inspect "$image" >/dev/null 2>&1 && return
  echo "building $image"
  mmdebstrap --quiet --variant=minbase --aptopt='Apt::Install-Recommends "false"' --dpkgopt=force-unsafe-io \
    --include=nginx-light,postgresql,openjdk-17-jre-headless,nodejs,gosu,curl,procps bookworm - | docker import - "$image" >/dev/null
  exec 9>&-
}
[ "${1:-}" != --image ] || { build_image; exit; }

minutes=${1:-10} falco=${2:-}
seconds=$(awk "BEGIN { print int($minutes * 60) }")
read -ra holdfast <<<"${HOLDFAST:-$root/holdfast}"
work=$(mktemp -d)
watchers=()
clean() {
  docker rm --force "${servers[@]/#/$prefix-}" $prefix-client >/dev/null 2>&1 || true
  docker network rm $prefix >/dev/null 2>&1 || true
  [ ${#watchers[@]} -eq 0 ] || { kill "${watchers[@]}"; wait "${watchers[@]}"; } 2>/dev/null || true
  rm -rf "$work"
}
trap clean EXIT
build_image
. "$root/platform/dist/find-jdk.sh"
"$JAVA_HOME/bin/javac" --release 17 -d "$work/classes" "$parts/PageServer.java"
chmod -R a+rX "$work"

for server in "${servers[@]}" client; do # which events each of them makes, counted by a rule of its own
  printf -- '- rule: "seen: %s"\n  desc: Something happened in it.\n  condition: container.name = %s and evt.type in (execve, openat, accept4, connect, unlink)\n  output: seen\n  priority: DEBUG\n' \
    "$server" "$prefix-$server"
done >"$work/seen.yaml"

watch() { # NAME RULES…: until it watches
  local name=$1 at
  shift
  "${holdfast[@]}" watch --rules "$@" --format json --group 600 --metrics "$work/$name.metrics" >"$work/$name.alerts" 2>"$work/$name.said" &
  at=$!
  watchers+=("$at")
  until grep -q watching "$work/$name.said"; do
    kill -0 "$at" 2>/dev/null || { cat "$work/$name.said" >&2; exit 4; }
    sleep 0.2
  done
}
start() { # NAME HEALTH OPTIONS…
  local name=$1 health=$2
  shift 2
  docker run --detach --name $prefix-"$name" --hostname "$name" --network $prefix --network-alias "$name" --memory 512m --health-cmd "$health" \
    --health-interval 5s --volume "$parts:/quiet:ro" --volume "$work/classes:/classes:ro" "$@" "$image" "/quiet/$name.sh" >/dev/null
}

watch ours shipped "$work/seen.yaml"
[ -z "$falco" ] || watch falco "$falco"/falco_rules.yaml "$falco"/falco-incubating_rules.yaml "$falco"/falco-sandbox_rules.yaml "$falco"/k8s_audit_rules.yaml
docker network create --internal $prefix >/dev/null
start nginx 'curl -fs http://localhost/ >/dev/null'
start postgres '/usr/lib/postgresql/*/bin/pg_isready --quiet' --shm-size 128m
start java 'curl -fs http://localhost:8080/ >/dev/null'
start node 'curl -fs http://localhost:3000/ >/dev/null || exit 1' --init
start client true
until docker logs $prefix-client 2>/dev/null | grep -q ready; do sleep 0.5; done
echo "all servers answer; $seconds seconds of requests"
sleep $((seconds / 2))
docker exec $prefix-nginx nginx -s reload
docker exec $prefix-postgres sh -c '/usr/lib/postgresql/*/bin/pg_dump -U postgres bench | gzip >/var/lib/postgresql/bench.sql.gz'
docker restart --time 5 $prefix-node >/dev/null
sleep $((seconds - seconds / 2))
docker exec $prefix-postgres cat /proc/loadavg >/dev/null
docker stop --time 10 $prefix-client "${servers[@]/#/$prefix-}" >/dev/null
sleep 1
kill "${watchers[@]}"
wait "${watchers[@]}" || true
watchers=()

# What was lost may have met a rule: then nothing is proven.
lost=$(sed -n 's/.* \([0-9]*\) events lost.*/\1/p' "$work"/*.said | sort -n | tail -n 1)
status=0
[ "${lost:-0}" -eq 0 ] || { echo "events were lost: this machine did too much at once to tell"; status=2; }
field() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p"; }
for server in "${servers[@]}"; do
  count=$(sed -n "s/^holdfast_watch_alerts_total{.*rule=\"seen: $server\"} //p" "$work/ours.metrics")
  printf '%-9s %9d events\n' "$server" "${count:-0}"
  [ "${count:-0}" -ge 100 ] || status=2
done
tell() { # NAME KNOWN: the alerts by rule, those of our containers first
  local name=$1 known=$2 rule count
  grep -v '"rule":"seen: ' "$work/$name.alerts" >"$work/$name.told" || true
  grep "\"$prefix-" "$work/$name.told" >"$work/$name.ours" || true
  printf '%s: %s; %d alerts of the containers, %d of others on this machine\n' "$name" "$(tail -n 1 "$work/$name.said")" \
    "$(wc -l <"$work/$name.ours")" $(($(wc -l <"$work/$name.told") - $(wc -l <"$work/$name.ours")))
  while read -r count rule; do
    if grep -qF "$rule: " "$known"; then
      printf '  %5d  %s  (known: %s)\n' "$count" "$rule" "$(grep -F "$rule: " "$known" | sed 's/^[^:]*: //')"
    else
      printf '  %5d  %s\n' "$count" "$rule"
      grep -F "\"rule\":\"$rule\"" "$work/$name.ours" | field output | head -n 3 | sed 's/^/           /'
      status=1
    fi
  done < <(field rule <"$work/$name.ours" | sort | uniq -c | sort -rn)
}
tell ours /dev/null
[ -z "$falco" ] || tell falco "$parts/falco-noise.txt"
exit $status
