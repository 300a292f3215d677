# The slow paths of ./holdfast, sourced by it when they are needed: building the program and recording its AOT caches.
# Uses root, dist, app of the launcher. Everything said goes to stderr. Two first runs at once: one builds, the other waits for it.

holdfast_say() { printf 'holdfast: %s\n' "$*" >&2; }

# Holds LOCK (a file) until holdfast_unlock or the end of this process. Where flock(1) is missing, a folder with our process id in it.
holdfast_lock() { # LOCK WAITING-FOR-WHAT
  if command -v flock >/dev/null 2>&1; then
    (: >>"$1") 2>/dev/null || return 1 # a failing exec would end this shell
    exec 9>>"$1"
    flock -n 9 && return 0
    holdfast_say "another run is $2; waiting for it"
    flock 9
    return
  fi
  holdfast_lock_folder=$1.d
  holdfast_waited=
  until mkdir "$holdfast_lock_folder" 2>/dev/null; do
    [ -d "$holdfast_lock_folder" ] || return 1
    read -r holdfast_owner 2>/dev/null <"$holdfast_lock_folder/pid" || holdfast_owner=
    if [ -n "$holdfast_owner" ] && ! kill -0 "$holdfast_owner" 2>/dev/null; then
      rm -rf "$holdfast_lock_folder" # its owner was killed
      continue
    fi
    [ -n "$holdfast_waited" ] || holdfast_say "another run is $2; waiting for it"
    holdfast_waited=yes
    sleep 1
  done
  echo $$ >"$holdfast_lock_folder/pid"
}

holdfast_unlock() {
  [ -z "${holdfast_lock_folder:-}" ] || rm -rf "$holdfast_lock_folder"
  holdfast_lock_folder=
  exec 9>&-
}

# 0: the program in $app is there and current.
holdfast_build_when_stale() {
  holdfast_is_current && return 0
  if ! mkdir -p "$dist/target" 2>/dev/null || [ ! -w "$dist/target" ]; then
    [ -r "$app/id" ] && return 0 # a read-only installation runs as it is
    holdfast_say "cannot build: $dist/target is not writable; run $0 once as its owner"
    return 4
  fi
  holdfast_lock "$dist/target/launcher.lock" "building Holdfast" || return 4
  if ! holdfast_is_current; then
    trap 'holdfast_unlock; exit 130' INT
    trap 'holdfast_unlock; exit 143' TERM
    holdfast_build
    holdfast_built=$?
    trap - INT TERM
    [ $holdfast_built -eq 0 ] || { holdfast_unlock; return $holdfast_built; }
  fi
  holdfast_unlock
}

# Whether no source is newer than the program; remembers it in the time of $app/current.
holdfast_is_current() {
  [ -r "$app/id" ] && [ -e "$app/current" ] || return 1
  holdfast_rooms=$(cd "$root" && sed -n 's:.*<module>\([^/]*\)/.*:\1:p' pom.xml | sort -u | grep -vx quality)
  # shellcheck disable=SC2086 # a word for each room
  holdfast_newer=$(cd "$root" && find pom.xml $holdfast_rooms \( -name target -o -path '*/src/test' \) -prune -o \
    \( -name pom.xml -o -path '*/src/main/*' -o -name snapshot \) -newer "$app/current" -print 2>/dev/null | head -n 1)
  [ -z "$holdfast_newer" ] || return 1
  touch "$app/current" 2>/dev/null || :
}

# Maven compiles into target/launcher of each module, apart from the developer's own builds, and puts $app in place by one rename at the
# very end. What an interrupted build left is thrown away: a class file may be half written.
holdfast_build() {
  if [ -r "$app/id" ]; then
    holdfast_say "the sources changed: building"
  else
    holdfast_say "first use: building (about a minute)"
  fi
  holdfast_unfinished=$dist/target/launcher.unfinished
  if [ -e "$holdfast_unfinished" ]; then
    rm -rf "$root"/*/*/target/launcher
  fi
  : >"$holdfast_unfinished"
  holdfast_log=$dist/target/launcher.log
  holdfast_maven "$root/mvnw"
  if ! holdfast_succeeded && ! grep -q '^\[' "$holdfast_log" && command -v mvn >/dev/null 2>&1; then
    holdfast_say "the Maven wrapper could not start; trying the installed mvn"
    holdfast_maven mvn
  fi
  if ! holdfast_succeeded || [ ! -r "$app/id" ]; then
    holdfast_say "the build failed; the end of $holdfast_log:"
    { grep -E '^\[ERROR\]' "$holdfast_log" || tail -n 15 "$holdfast_log"; } | head -n 15 | sed 's/^/  /' >&2
    return 4
  fi
  rm -f "$holdfast_unfinished"
}

holdfast_succeeded() { [ -r "$holdfast_log.code" ] && read -r holdfast_code <"$holdfast_log.code" && [ "$holdfast_code" = 0 ]; }

# Runs Maven with its output in the log, telling a person the module in work and what is downloaded.
holdfast_maven() { # COMMAND
  rm -f "$holdfast_log.code"
  (
    cd "$root" || exit
    # Maven's wrapper asks for HOME under `set -u`.
    [ -n "${HOME:-}" ] || { HOME=$(eval "echo ~$(id -un)") && export HOME; }
    unset JDK_JAVA_OPTIONS MAVEN_ARGS
    "$1" -B -Plauncher -pl platform/dist -am package </dev/null 2>&1 9>&-
    echo $? >"$holdfast_log.code"
  ) | holdfast_progress
}

holdfast_progress() {
  holdfast_downloads=0
  : >"$holdfast_log"
  while IFS= read -r holdfast_line; do
    printf '%s\n' "$holdfast_line" >>"$holdfast_log"
    case $holdfast_line in
      '[INFO] Building holdfast'*'['*)
        holdfast_step=${holdfast_line##*\[}
        holdfast_line=${holdfast_line#* Building }
        holdfast_say "  ${holdfast_step%]} ${holdfast_line%% *}"
        ;;
      *'Downloaded from '*.jar* | *'Downloaded from '*.zip*)
        holdfast_downloads=$((holdfast_downloads + 1))
        case $holdfast_downloads in 1 | *0) holdfast_say "  downloading what the build needs ($holdfast_downloads files)" ;; esac
        ;;
    esac
  done
}

# Records the AOT caches of this program for this JDK into FOLDER. Failing is no error: without a cache the program only starts slower.
holdfast_train() { # FOLDER
  holdfast_parent=${1%/*}
  mkdir -p "$holdfast_parent" 2>/dev/null && [ -w "$holdfast_parent" ] || return 0
  holdfast_lock "$holdfast_parent/.lock" "preparing the start-up cache" || return 0
  if [ ! -d "$1" ]; then
    holdfast_say "preparing the start-up cache for this JDK (a few seconds)"
    holdfast_new=$holdfast_parent/.new.$$
    trap 'rm -rf "$holdfast_new"; holdfast_unlock; exit 130' INT
    trap 'rm -rf "$holdfast_new"; holdfast_unlock; exit 143' TERM
    rm -rf "$holdfast_parent"/.new.*
    mkdir "$holdfast_new"
    holdfast_record quick -XX:TieredStopAtLevel=1
    holdfast_record scan
    mv "$holdfast_new" "$1" 2>/dev/null || rm -rf "$holdfast_new"
    trap - INT TERM
  fi
  holdfast_unlock
}

# One training run: the VM records what it loads, and writes the cache when it ends.
holdfast_record() { # NAME [VM-OPTION]
  holdfast_name=$1
  shift
  (
    unset JDK_JAVA_OPTIONS JAVA_TOOL_OPTIONS _JAVA_OPTIONS
    export XDG_CACHE_HOME="$holdfast_new/cache" # what a training run remembers is of no use to the user
    cd "$holdfast_new" && exec "$JAVA_HOME/bin/java" -XX:+UseSerialGC "$@" -Xlog:disable --sun-misc-unsafe-memory-access=allow "-XX:AOTCacheOutput=$holdfast_name.aot" \
      "-Dholdfast.app=$app" "-Dholdfast.training=$holdfast_name" "-Dholdfast.examples=$root/examples" \
      -cp "$app/holdfast.jar" dev.holdfast.dist.Training
  ) </dev/null >/dev/null 2>"$holdfast_new/$holdfast_name.log" 9>&- || rm -f "$holdfast_new/$holdfast_name.aot"
  rm -rf "$holdfast_new/$holdfast_name.aot.config" "$holdfast_new/cache" "$holdfast_new/training.cdx.json"
}
