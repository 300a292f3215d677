# Sets JAVA_HOME to a JDK 25 or newer, looked for in JAVA_HOME, the user's own cache, PATH and the usual folders.
# Sourced by ./holdfast and ./mvnw; returns 1 when there is none. Starts no process: the version is read from the JDK's release file.

holdfast_is_jdk25() { # FOLDER
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  while IFS= read -r holdfast_line; do
    case $holdfast_line in
      JAVA_VERSION=*)
        holdfast_line=${holdfast_line#JAVA_VERSION=\"}
        holdfast_line=${holdfast_line%%[!0-9]*}
        [ -n "$holdfast_line" ] && [ "$holdfast_line" -ge 25 ]
        return
        ;;
    esac
  done <"$1/release"
  return 1
}

holdfast_find_jdk() {
  set -- "${JAVA_HOME:-}"
  holdfast_path=$PATH:
  while [ -n "$holdfast_path" ]; do # every java on PATH: the folder above its bin, when it is a JDK's own
    holdfast_dir=${holdfast_path%%:*}
    holdfast_path=${holdfast_path#*:}
    [ -n "$holdfast_dir" ] && [ -x "$holdfast_dir/java" ] && set -- "$@" "${holdfast_dir%/*}"
  done
  for holdfast_dir in "$@" \
    "${XDG_CACHE_HOME:-${HOME:-/nonexistent}/.cache}"/holdfast/jdk/* \
    /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* /opt/*jdk* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    "${HOME:-/nonexistent}"/.sdkman/candidates/java/* "${HOME:-/nonexistent}"/.jdks/*; do
    if [ -n "$holdfast_dir" ] && holdfast_is_jdk25 "$holdfast_dir"; then
      JAVA_HOME=$holdfast_dir
      export JAVA_HOME
      return 0
    fi
  done
  return 1
}

holdfast_find_jdk
