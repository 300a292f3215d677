# ./holdfast --fetch-jdk, sourced by it: downloads a Temurin JDK 25 for this platform into the user's cache, where find-jdk.sh finds it.
#
#   1  GET MIRROR/v3/binary/latest/25/ga/OS/ARCH/jdk/hotspot/normal/eclipse, which answers with the archive or a redirect to it
#   2  GET the archive's own address with .sha256.txt behind it: the SHA-256 in hexadecimal, published beside the archive
#   3  compare, unpack beside the final place, rename
#
# MIRROR is HOLDFAST_JDK_MIRROR, by default the vendor's own API; a mirror may also be a plain folder of these paths. A download that is
# cut off is kept as a .part file and goes on where it ended; one with a wrong checksum is deleted. Nothing unfinished is ever found.

holdfast_fail() {
  printf 'holdfast: %s\n' "$*" >&2
  return 4
}

holdfast_platform() {
  case $(uname -m) in
    x86_64 | amd64) holdfast_arch=x64 ;;
    aarch64 | arm64) holdfast_arch=aarch64 ;;
    *) holdfast_fail "--fetch-jdk knows x86-64 and ARM64, this is $(uname -m): install a JDK 25 and set JAVA_HOME" ; return ;;
  esac
  case $(uname -s) in
    Darwin) holdfast_os=mac ;;
    Linux)
      case $(ldd --version 2>&1) in
        *musl*) holdfast_os=alpine-linux ;;
        *) holdfast_os=linux ;;
      esac
      ;;
    *) holdfast_fail "--fetch-jdk knows Linux and macOS, this is $(uname -s): install a JDK 25 and set JAVA_HOME" ; return ;;
  esac
}

# The first redirect's target, or the address itself. Only the first: what follows may be a signed address without neighbours.
holdfast_resolve() { # URL
  if command -v curl >/dev/null 2>&1; then
    holdfast_url=$(curl -s --connect-timeout 20 -o /dev/null -r 0-0 -w '%{redirect_url}' "$1") || return 1
  else
    holdfast_url=$(wget -S --spider -T 20 "$1" 2>&1 | sed -n 's/^ *[Ll]ocation: *\([^ ]*\).*/\1/p' | head -n 1)
  fi
  case $holdfast_url in
    '') holdfast_url=$1 ;;
    /*) # relative to the server
      holdfast_host=${1#*://}
      holdfast_url=${1%%://*}://${holdfast_host%%/*}$holdfast_url
      ;;
  esac
}

# Goes on where FILE ends; a server that cannot do that, or has less than FILE, is asked for the whole.
holdfast_download() { # URL FILE
  if command -v curl >/dev/null 2>&1; then
    holdfast_show=-sS
    [ -t 2 ] && holdfast_show=--progress-bar
    curl "$holdfast_show" -fL --connect-timeout 20 --speed-limit 1 --speed-time 60 -C - -o "$2" "$1"
    case $? in
      0) return 0 ;;
      22 | 33) [ -s "$2" ] || return 1 ;;
      *) return 1 ;;
    esac
    rm -f "$2"
    curl "$holdfast_show" -fL --connect-timeout 20 --speed-limit 1 --speed-time 60 -o "$2" "$1"
  else
    wget -q -t 1 -T 60 -c -O "$2" "$1"
  fi
}

holdfast_sha256() { # FILE
  if command -v sha256sum >/dev/null 2>&1; then
    sha256sum <"$1"
  elif command -v shasum >/dev/null 2>&1; then
    shasum -a 256 <"$1"
  else
    openssl dgst -sha256 -r <"$1"
  fi
}

holdfast_fetch_jdk() {
  command -v curl >/dev/null 2>&1 || command -v wget >/dev/null 2>&1 || { holdfast_fail "--fetch-jdk needs curl or wget"; return; }
  [ -n "${XDG_CACHE_HOME:-}${HOME:-}" ] || { holdfast_fail "--fetch-jdk keeps the JDK in the user's cache: set HOME or XDG_CACHE_HOME"; return; }
  holdfast_platform || return
  holdfast_jdks=${XDG_CACHE_HOME:-${HOME:-}/.cache}/holdfast/jdk
  mkdir -p "$holdfast_jdks" 2>/dev/null && [ -w "$holdfast_jdks" ] || { holdfast_fail "$holdfast_jdks is not writable"; return; }
  for holdfast_jdk in "$holdfast_jdks"/*; do
    if holdfast_is_jdk25 "$holdfast_jdk"; then
      echo "holdfast: already there: $holdfast_jdk" >&2
      return 0
    fi
  done
  holdfast_lock "$holdfast_jdks/.lock" "fetching a JDK" || return 4
  holdfast_fetch_into "$holdfast_jdks"
  holdfast_fetched=$?
  rm -rf "$holdfast_jdks"/.new
  holdfast_unlock
  return $holdfast_fetched
}

holdfast_fetch_into() { # FOLDER
  holdfast_mirror=${HOLDFAST_JDK_MIRROR:-https://api.adoptium.net}
  holdfast_url=${holdfast_mirror%/}/v3/binary/latest/25/ga/$holdfast_os/$holdfast_arch/jdk/hotspot/normal/eclipse
  holdfast_resolve "$holdfast_url" || { holdfast_fail "cannot reach ${holdfast_mirror%/}; is there a network, a proxy, another HOLDFAST_JDK_MIRROR?"; return; }
  holdfast_name=${holdfast_url%%\?*}
  holdfast_part=$1/.${holdfast_name##*/}.part
  echo "holdfast: downloading $holdfast_url" >&2
  rm -f "$1/.sha256"
  if ! holdfast_download "$holdfast_url.sha256.txt" "$1/.sha256" 2>"$1/.said"; then
    holdfast_fail "no checksum at $holdfast_url.sha256.txt$(holdfast_reason "$1/.said"); nothing was downloaded"
    return
  fi
  read -r holdfast_want _ <"$1/.sha256" || :
  rm -f "$1/.sha256" "$1/.said"
  if ! holdfast_is_whole && ! holdfast_download "$holdfast_url" "$holdfast_part"; then
    [ -s "$holdfast_part" ] || rm -f "$holdfast_part"
    holdfast_fail "the download of $holdfast_url was cut off; run the same command again to go on"
    return
  fi
  if ! holdfast_is_whole; then
    rm -f "$holdfast_part"
    holdfast_fail "the JDK from $holdfast_url has SHA-256 $holdfast_have, but $holdfast_want is published; nothing was kept"
    return
  fi
  holdfast_unpack "$1"
}

holdfast_is_whole() {
  [ -s "$holdfast_part" ] || return 1
  holdfast_have=$(holdfast_sha256 "$holdfast_part")
  holdfast_have=${holdfast_have%%[ *]*}
  [ ${#holdfast_want} -eq 64 ] && [ "$holdfast_have" = "$holdfast_want" ]
}

# What the downloader said last, in brackets, from FILE, which is deleted.
holdfast_reason() { # FILE
  sed -n '/[^ ]/h;${x;s/\(.*\)/ (\1)/p;}' "$1"
  rm -f "$1"
}

# The archive holds one folder; on macOS the JDK is its Contents/Home.
holdfast_unpack() { # FOLDER
  rm -rf "$1/.new"
  mkdir "$1/.new"
  if ! tar -xzf "$holdfast_part" -C "$1/.new" 2>/dev/null; then
    rm -f "$holdfast_part"
    holdfast_fail "the archive from $holdfast_url could not be unpacked into $1 (is the disk full?)"
    return
  fi
  rm -f "$holdfast_part"
  for holdfast_home in "$1"/.new/*/Contents/Home "$1"/.new/*; do
    if holdfast_is_jdk25 "$holdfast_home"; then
      holdfast_place=$1/temurin-$holdfast_jdk_release
      rm -rf "$holdfast_place"
      mv "$holdfast_home" "$holdfast_place" || return 4
      echo "holdfast: JDK $holdfast_jdk_release is in $holdfast_place" >&2
      return 0
    fi
  done
  holdfast_fail "the archive from $holdfast_url holds no JDK 25; nothing was kept"
}

. "$dist/build.sh"
. "$dist/find-jdk.sh" || : # for holdfast_is_jdk25; that there is none is why we are here
holdfast_fetch_jdk
