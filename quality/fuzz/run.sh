#!/usr/bin/env bash
# Fuzzes every target in turn and prints what was found.
#
#   quality/fuzz/run.sh SECONDS [TARGET...]      SECONDS for each target; TARGET: Class#method, default all of them
#
# What the fuzzer learnt (its corpus) stays under quality/fuzz/target/corpus and is the start of the next run; the reference corpus beside the
# repository (../shared, or the folder in HOLDFAST_SHARED) seeds the binary formats when it is there. An input that makes a parser fail is kept
# under quality/fuzz/target/found: reproduce it with
#   java -cp … dev.holdfast.fuzz.FuzzOne, or move it to quality/fuzz/src/test/resources/dev/holdfast/fuzz/ClassInputs/method/, where
# every normal build runs it.
set -euo pipefail
[ $# -ge 1 ] || { sed -n '2,11s/^# \{0,1\}//p' "$0"; exit 3; }
seconds=$1
shift
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
. "$root/platform/dist/find-jdk.sh" || { echo "no JDK 25 found" >&2; exit 4; }
cd "$root"
work=$root/quality/fuzz/target
mkdir -p "$work/found" "$work/corpus"
./mvnw -B -q -ntp -pl quality/fuzz -am -Dspotless.check.skip -Dmaven.test.skip=false -DskipTests \
  test-compile org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath -Dmdep.outputFile=target/class-path >"$work/build.log" 2>&1 ||
  { tail -n 20 "$work/build.log"; exit 4; }
cp=$work/test-classes:$work/classes:$(cat "$work/class-path")
java=("$JAVA_HOME/bin/java" -cp "$cp" -Xmx1g -XX:+UseSerialGC -XX:+EnableDynamicAgentLoading -Xshare:off --enable-native-access=ALL-UNNAMED
  --sun-misc-unsafe-memory-access=allow)
[ $# -gt 0 ] || mapfile -t targets < <("${java[@]}" dev.holdfast.fuzz.FuzzOne)
[ $# -eq 0 ] || targets=("$@")
found=0
for target in "${targets[@]}"; do
  folder=$work/corpus/${target/\#/.}
  mkdir -p "$folder"
  log=$folder.log
  status=0
  (cd "$folder" && JAZZER_FUZZ=1 "${java[@]}" -Djazzer.max_duration="${seconds}s" -Djazzer.instrumentation_includes='dev.holdfast.**' \
    dev.holdfast.fuzz.FuzzOne "$target") >"$log" 2>&1 || status=$?
  runs=$(grep -aoE '^#[0-9]+' "$log" | tail -n 1 | tr -d '#' || true)
  if [ $status -eq 0 ]; then
    printf '%-45s %12s runs  nothing found\n' "$target" "${runs:-0}"
  else
    found=$((found + 1))
    printf '%-45s %12s runs  FOUND\n' "$target" "${runs:-0}"
    grep -aE '^== Java Exception|^Caused by|^    at dev.holdfast|^\s+at dev.holdfast|ERROR: libFuzzer|=> ' "$log" | head -n 12 | sed 's/^/    /'
    find "$folder" "$root/quality/fuzz/src/test/resources" -newer "$work/class-path" \( -name 'crash-*' -o -name 'timeout-*' -o -name 'oom-*' \) \
      -exec mv {} "$work/found/" \; 2>/dev/null || true
  fi
done
echo "$found of ${#targets[@]} targets found something; inputs are in $work/found, logs in $work/corpus"
[ "$found" -eq 0 ]
