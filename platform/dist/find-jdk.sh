# Sets JAVA_HOME to a JDK 25 or newer, looked for in JAVA_HOME, PATH, the user's own cache and the usual folders.
# Sourced by ./holdfast and ./mvnw; returns 1 when there is none, and leaves JAVA_HOME as it was. Starts no process where a JDK stands
# in one of these places: versions are read from the JDK's release file. HOLDFAST_JDK_FOLDERS, when set, is a colon-separated list of
# JDK folders that takes the place of the usual ones.

# Whether FOLDER is a JDK 25 or newer; holdfast_jdk_release is then the build's full version.
holdfast_is_jdk25() { # FOLDER
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  holdfast_jdk_release=
  holdfast_major=0
  while IFS= read -r holdfast_line || [ -n "$holdfast_line" ]; do
    case $holdfast_line in
      JAVA_VERSION=*)
        holdfast_major=${holdfast_line#JAVA_VERSION=}
        holdfast_major=${holdfast_major#\"}
        holdfast_major=${holdfast_major%%[!0-9]*}
        ;;
      JAVA_RUNTIME_VERSION=*)
        holdfast_jdk_release=${holdfast_line#JAVA_RUNTIME_VERSION=}
        holdfast_jdk_release=${holdfast_jdk_release#\"}
        holdfast_jdk_release=${holdfast_jdk_release%\"}
        ;;
    esac
  done <"$1/release"
  [ -n "$holdfast_major" ] && [ "$holdfast_major" -ge 25 ]
}

holdfast_use_jdk() { # FOLDER
  [ -n "$1" ] && holdfast_is_jdk25 "$1" || return 1
  JAVA_HOME=$1
  export JAVA_HOME
}

# Every java on PATH, as the folder above its bin. In the second round links are followed, which costs a process each.
holdfast_find_on_path() { # [follow]
  holdfast_path=$PATH:
  while [ -n "$holdfast_path" ]; do
    holdfast_dir=${holdfast_path%%:*}
    holdfast_path=${holdfast_path#*:}
    [ -n "$holdfast_dir" ] && [ -x "$holdfast_dir/java" ] || continue
    if [ -z "${1:-}" ]; then
      holdfast_use_jdk "${holdfast_dir%/*}" && return 0
    elif [ -L "$holdfast_dir/java" ]; then
      holdfast_java=$(readlink -f "$holdfast_dir/java" 2>/dev/null) || continue
      holdfast_java=${holdfast_java%/*}
      holdfast_use_jdk "${holdfast_java%/*}" && return 0
    fi
  done
  return 1
}

holdfast_find_in() { # FOLDER...
  for holdfast_dir in "$@"; do
    holdfast_use_jdk "$holdfast_dir" && return 0
  done
  return 1
}

holdfast_find_in_usual_folders() {
  if [ -n "${HOLDFAST_JDK_FOLDERS+set}" ]; then
    holdfast_path=$HOLDFAST_JDK_FOLDERS:
    while [ -n "$holdfast_path" ]; do
      holdfast_use_jdk "${holdfast_path%%:*}" && return 0
      holdfast_path=${holdfast_path#*:}
    done
    return 1
  fi
  holdfast_find_in /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /opt/java/* /opt/*jdk* /usr/local/*jdk* /usr/local/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home /usr/local/sdkman/candidates/java/* && return 0
  [ -n "${HOME:-}" ] || return 1
  holdfast_find_in "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.asdf/installs/java/* \
    "$HOME"/.local/share/mise/installs/java/* "$HOME"/.gradle/jdks/* "$HOME"/.jenv/versions/*
}

holdfast_find_jdk() {
  holdfast_use_jdk "${JAVA_HOME:-}" ||
    holdfast_find_on_path ||
    { [ -n "${XDG_CACHE_HOME:-}${HOME:-}" ] && holdfast_find_in "${XDG_CACHE_HOME:-${HOME:-}/.cache}"/holdfast/jdk/*; } ||
    holdfast_find_in_usual_folders ||
    holdfast_find_on_path follow
}

holdfast_find_jdk
