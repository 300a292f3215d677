#!/usr/bin/env bash
# What the kernel sensor bears:  quality/bench/storm.sh RULES [SPIKE]        as root, on two processors at least
#
#   RULES   a folder of rule files; all are loaded
#   SPIKE   a folder with another consumer to compare with, run in the same sitting: its programs compiled, and a file "run" that starts one storm
#
# Told: the cost of being idle; events a second, lost ones, nanoseconds of processor and resident memory under storms of opened files that one
# processor makes and another takes; what calls of the host cost with our own rules, told and left out; nanoseconds added to a system call that
# nobody asks for; requests a second of redis with and without, where redis-server and redis-benchmark are on the PATH.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
rules=$(cd "$1" && pwd) spike=${2:-}
. "$root/platform/dist/find-jdk.sh" || { echo "no JDK 25 found" >&2; exit 4; }
target=$root/quality/bench/target
(cd "$root" && ./mvnw -B -q -ntp -pl quality/bench -am -Dspotless.check.skip -DskipTests \
  test-compile org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath -Dmdep.outputFile=target/class-path)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cc -O2 -o "$work/storm" "$root/quality/bench/src/main/c/storm.c"
. "$root/platform/dist/watch-options.sh"
java=(taskset -c 1 "$JAVA_HOME/bin/java" -XX:+UseSerialGC $holdfast_watch_options --enable-native-access=ALL-UNNAMED
  -cp "$target/classes:$(cat "$target/class-path")" dev.holdfast.bench.SensorStorm)

# Runs a command while the sensor watches, and tells what the sensor saw.
watched() {
  # Descriptors of our own: those of a coproc are taken away when it ends, what it said last may not have been read then.
  local line= sensor out in
  coproc SENSOR { "${java[@]}" hold "$rules"; }
  sensor=$SENSOR_PID
  exec {out}<&"${SENSOR[0]}" {in}>&"${SENSOR[1]}"
  eval "exec ${SENSOR[0]}<&- ${SENSOR[1]}>&-"
  while [ "$line" != watching ]; do
    read -r line <&"$out" || { echo "the sensor ended" >&2; return 1; }
  done
  sleep 3 # while it rehearses
  "$@" {in}>&- {out}<&-
  exec {in}>&-
  sed 's/^/  the sensor: /' <&"$out"
  exec {out}<&-
  wait "$sensor" || true
}

requests() {
  redis-benchmark -p 6399 -q -t get,set -n 300000 -c 50 --csv | sed -n 's/^"\(SET\|GET\)","\([0-9.]*\)".*/  \1 \2 a second/p'
}

echo "== storms of opened files"
[ -z "$spike" ] || (cd "$spike" && echo "the other consumer:" && ./run)
"${java[@]}" storm "$rules" "$work/storm" 5 2000000
[ -z "$spike" ] || (cd "$spike" && echo "the other consumer again:" && ./run)

echo "== the host with our own rules: calls that some rule is about, told all and left out where rules are about containers"
"${java[@]}" host "$work/storm" 1000000

echo "== a call that nobody asks for (getppid), nanoseconds"
echo "  without $(taskset -c 0 "$work/storm" plain 3000000)"
watched sh -c "echo \"  with    \$(taskset -c 0 '$work/storm' plain 3000000)\""

if command -v redis-server >/dev/null && command -v redis-benchmark >/dev/null; then
  echo "== redis, server and clients on one processor"
  (cd "$work" && exec taskset -c 0 redis-server --port 6399 --save '' --appendonly no --daemonize no >/dev/null) &
  redis=$!
  trap 'kill $redis 2>/dev/null; rm -rf "$work"' EXIT
  sleep 1
  for round in 1 2; do
    echo "without:" && taskset -c 0 "$BASH" -c "$(declare -f requests); requests"
    echo "with:" && watched taskset -c 0 "$BASH" -c "$(declare -f requests); requests"
  done
fi
