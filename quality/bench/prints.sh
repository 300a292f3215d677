#!/usr/bin/env bash
# Compiles the base of class prints:  quality/bench/prints.sh build|update FILE… (image/jvm/prints/README.md)
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
. "$root/platform/dist/find-jdk.sh" || { echo "no JDK 25 found" >&2; exit 4; }
cd "$root"
target=$root/quality/bench/target
mkdir -p "$target"
./mvnw -B -q -ntp -pl quality/bench -am -Dspotless.check.skip -DskipTests \
  test-compile org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath -Dmdep.outputFile=target/class-path >"$target/build.log" 2>&1 ||
  { tail -n 20 "$target/build.log"; exit 4; }
exec "$JAVA_HOME/bin/java" -Xmx5g -cp "$target/classes:$(cat "$target/class-path")" dev.holdfast.bench.prints.PrintsTool "$@"
