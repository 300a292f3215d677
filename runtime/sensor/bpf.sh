#!/usr/bin/env bash
# Compiles the kernel programs, those of the sensor and those that cut a container off, for every processor we carry them for:
#
#   runtime/sensor/bpf.sh           writes src/main/resources/dev/holdfast/sensor/*.bpf.o
#   runtime/sensor/bpf.sh --check   compiles aside, and fails when a byte differs from what is in the tree
#
# The same compiler gives the same bytes wherever it runs: file names are relative, and of the debugging information only BTF stays. It needs
# clang and llvm-strip of the version below (Debian: clang-16, llvm-16); with any other version --check ends with status 77, skipped.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
version=16.0.6
objects=$PWD/src/main/resources/dev/holdfast/sensor
clang=${CLANG:-clang-16} strip=${LLVM_STRIP:-llvm-strip-16}

if ! command -v "$clang" >/dev/null || ! command -v "$strip" >/dev/null || ! "$clang" --version | grep -q "version $version\b"; then
  echo "bpf.sh: clang $version and its llvm-strip are not here (CLANG and LLVM_STRIP name them)" >&2
  exit 77
fi

compile() { # FOLDER
  local each program
  mkdir -p "$1"
  for program in sensor respond; do
    for each in x86_64:x86 aarch64:arm64; do
      (cd src/main/bpf && "$clang" -target bpf -mcpu=v3 -O2 -g -Wall -Wno-unused-function -Werror -fno-ident -fdebug-compilation-dir=. \
        "-D__TARGET_ARCH_${each#*:}" -c $program.bpf.c -o "$1/$program-${each%:*}.bpf.o")
      "$strip" -g "$1/$program-${each%:*}.bpf.o"
    done
  done
}

if [ "${1:-}" != --check ]; then
  compile "$objects"
  exit
fi
aside=$(mktemp -d)
trap 'rm -rf "$aside"' EXIT
compile "$aside"
for each in "$aside"/*.bpf.o; do
  cmp "$each" "$objects/${each##*/}" || { echo "bpf.sh: ${each##*/} in the tree is not what its source compiles to; run runtime/sensor/bpf.sh" >&2; exit 1; }
done
echo "the kernel programs in the tree are what their source compiles to"
