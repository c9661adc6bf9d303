# shellcheck shell=bash
# What start, test and package share: plain messages, checks of the machine, packages, pinned tools.
# Sourced, never run. Everything that fails ends with one line: what went wrong and how to go on.
# shellcheck disable=SC2034

set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
TARGET=${CARGO_TARGET_DIR:-$ROOT/target}
LOGS=$TARGET/prita-logs
RUST_AT_LEAST=1.95
NODE_AT_LEAST=20.19

# A target folder elsewhere hides the checkout from the programs in it: name the models to them.
if [ -n "${CARGO_TARGET_DIR:-}" ]; then export PRITA_MODELS=${PRITA_MODELS:-$ROOT/models/cache}; fi

say() { printf '%s\n' "$*"; }
heading() { printf '\n== %s\n' "$*"; }
die() { printf 'prita: %s\n' "$*" >&2; exit 1; }

at_least() { # at_least HAVE WANT
  [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]
}

need_debian() {
  local release=${PRITA_OS_RELEASE:-/etc/os-release} family
  # shellcheck disable=SC1090
  family=$(if [ -r "$release" ]; then . "$release" && printf '%s' "${ID:-} ${ID_LIKE:-}"; fi)
  case " $family " in
    *" debian "* | *" ubuntu "*) ;;
    *) die "this script knows Debian and Ubuntu, not '${family:-an unknown system}': install the packages listed in scripts/lib.sh by their names on your system and follow «Other systems» in CONTRIBUTING.md" ;;
  esac
}

need_space() { # need_space MEGABYTES FOLDER WHAT_FOR
  local folder=$2 free
  while [ ! -d "$folder" ]; do folder=$(dirname "$folder"); done
  free=$(df -Pm "$folder" | awk 'NR==2 {print $4}')
  [ "$free" -ge "$1" ] ||
    die "not enough room on the disk of $folder: $3 needs $1 MB and $free MB are free; free some, or set CARGO_TARGET_DIR to a folder on a larger disk"
}

# Packages, by their names on Debian 12+ and Ubuntu 22.04+.
BUILD_PACKAGES=(build-essential ca-certificates clang cmake curl file libasound2-dev libclang-dev
  libgtk-3-dev librsvg2-dev libwebkit2gtk-4.1-dev pkg-config python3 espeak-ng)
# What only the tests need: a screen, a sound server and a browser without any of them attached.
TEST_PACKAGES=(ccache chromium dbus debootstrap libasound2-plugins
  pulseaudio pulseaudio-utils shellcheck unzip webkit2gtk-driver xauth xvfb)

missing_packages() { # prints those of its arguments that are not installed
  local have
  have=$(dpkg-query -W -f='${Package} ${db:Status-Status}\n' "$@" 2>/dev/null |
    awk '$2 == "installed" {print $1}' || true)
  printf '%s\n' "$@" | grep -vxF -f <(printf '%s\n' "$have" '') || true
}

apt_line() { printf 'apt-get update && apt-get install -y --no-install-recommends %s' "$*"; }

install_packages() { # installs what of its arguments is missing, or says the line that does
  local missing as_root=()
  mapfile -t missing < <(missing_packages "$@")
  [ "${#missing[@]}" -gt 0 ] || return 0
  say "Missing system packages: ${missing[*]}"
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null ||
      die "these packages need the administrator and there is no sudo; let an administrator run: $(apt_line "${missing[@]}")"
    as_root=(sudo)
  fi
  export DEBIAN_FRONTEND=noninteractive
  watch apt-update "Refreshing the list of packages" "half a minute" \
    "${as_root[@]}" apt-get update -q
  watch apt-install "Installing ${#missing[@]} system packages" "one to five minutes" \
    "${as_root[@]}" apt-get install -y -q --no-install-recommends "${missing[@]}"
}

need_rust() {
  local have
  have=$(rustc --version 2>/dev/null | awk '{print $2}' || true)
  if [ -n "$have" ] && at_least "$have" "$RUST_AT_LEAST" && command -v cargo >/dev/null; then return 0; fi
  local line="curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh -s -- -y && . \"\$HOME/.cargo/env\""
  if command -v rustup >/dev/null; then line="rustup update stable"; fi
  die "Rust $RUST_AT_LEAST or newer is needed (${have:-none} found); this line brings it, then run me again: $line"
}

need_node() {
  local have
  have=$(node --version 2>/dev/null | tr -d v || true)
  if [ -n "$have" ] && at_least "$have" "$NODE_AT_LEAST" && command -v npm >/dev/null; then return 0; fi
  die "Node.js $NODE_AT_LEAST or newer with npm is needed (${have:-none} found); this line brings it, then run me again: curl -fsSL https://deb.nodesource.com/setup_22.x | sudo -E bash - && sudo apt-get install -y nodejs"
}

# watch NAME TITLE USUALLY COMMAND…: runs it with its output in a log, says what goes on meanwhile,
# and on failure says why in one line.
watch() {
  local name=$1 title=$2 usual=$3 log began=$SECONDS status=0
  shift 3
  mkdir -p "$LOGS" 2>/dev/null || die "cannot write to $TARGET: free some room or set CARGO_TARGET_DIR to a folder on another disk"
  log=$LOGS/$name.log
  say "• $title (usually $usual) …"
  "$@" >"$log" 2>&1 </dev/null &
  local child=$!
  heartbeat "$child" "$log" "$began"
  wait "$child" || status=$?
  if [ "$status" -ne 0 ]; then explain "$title" "$log"; fi
  say "  done in $((SECONDS - began)) s"
}

heartbeat() { # heartbeat PID LOG BEGAN
  local every=60 next=$((SECONDS + 1)) last
  if [ -t 1 ]; then every=2; fi
  next=$((SECONDS + every))
  while kill -0 "$1" 2>/dev/null; do
    sleep 0.2
    [ "$SECONDS" -ge "$next" ] || continue
    next=$((SECONDS + every))
    last=$(tail -n 1 "$2" 2>/dev/null | tr -d '\r' | cut -c1-70 || true)
    if [ -t 1 ]; then printf '\r\033[K  %4d s  %s' "$((SECONDS - $3))" "$last"; else say "  $((SECONDS - $3)) s: $last"; fi
  done
  if [ -t 1 ]; then printf '\r\033[K'; fi
}

NO_ROOM='No space left on device|ENOSPC|os error 28|Disk quota exceeded'
NO_NETWORK='Temporary failure|Could not resolve|EAI_AGAIN|ENOTFOUND|ENETUNREACH|ECONNREFUSED|ETIMEDOUT|Network is unreachable|Could not connect|NewConnectionError|spurious network error|failed to download|download of config.json failed|Unable to fetch some archives|no matching package named'

explain() { # explain TITLE LOG: ends with the reason of a failure, as far as the log shows it
  local short
  short=$(printf '%s' "$1" | tr '[:upper:]' '[:lower:]')
  if grep -qE "$NO_ROOM" "$2"; then
    die "the disk is full while $short: free some room (or set CARGO_TARGET_DIR to a folder on a larger disk) and run me again"
  fi
  if grep -qE "$NO_NETWORK" "$2"; then
    die "no network while $short: connect this machine and run me again; what is done already is kept (details: $2)"
  fi
  tail -n 25 "$2" >&2
  die "$short failed; the lines above are the end of $2"
}

# Pinned programs that only tests use, from a package registry, each checked by its sha256.
TOOLS=${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/prita/tools
pinned_tool() { # pinned_tool PROGRAM VERSION SHA256_OF_X86_64_WHEEL: puts it on PATH
  local program=$1 version=$2 folder=$TOOLS/$1-$2 scratch
  if "$program" --version 2>/dev/null | grep -qE "^$program [0-9]"; then return 0; fi
  if [ ! -x "$folder/$program" ]; then
    mkdir -p "$folder"
    if [ "$(uname -m)" = x86_64 ]; then
      scratch=$(mktemp -d)
      printf 'astral-dev-toolchain-%s==%s --hash=sha256:%s\n' "$program" "$version" "$3" >"$scratch/pinned.txt"
      watch "$program" "Fetching $program $version" "a few seconds" python3 -m pip --disable-pip-version-check \
        download -q --no-deps --only-binary=:all: --require-hashes -d "$scratch" -r "$scratch/pinned.txt"
      unzip -q -o -j "$scratch"/*.whl "*/scripts/$program" -d "$folder"
      chmod +x "$folder/$program"
      rm -rf "$scratch"
    else
      watch "$program" "Compiling $program $version" "ten minutes" cargo install --locked \
        --version "$version" --root "$folder/root" "$program"
      mv "$folder/root/bin/$program" "$folder/$program"
      rm -rf "$folder/root"
    fi
  fi
  export PATH="$folder:$PATH"
}

ui_packages() { # npm ci, only when the lock changed
  local stamp=$ROOT/ui/node_modules/.prita-lock now
  now=$(sha256sum "$ROOT/ui/package-lock.json" | cut -c1-64)
  if [ "$(cat "$stamp" 2>/dev/null || true)" = "$now" ]; then return 0; fi
  watch npm-ci "Installing the packages of the screens" "half a minute" npm ci --prefix "$ROOT/ui" --no-audit --no-fund
  printf '%s\n' "$now" >"$stamp"
}

ui_screens() { # vite build, only when something it reads changed
  local dist=$ROOT/ui/dist
  if [ -f "$dist/index.html" ] && [ -z "$(find "$ROOT/ui" -path '*/node_modules' -prune -o -path "$dist" -prune \
    -o -type f -newer "$dist/index.html" -print -quit)" ]; then return 0; fi
  watch ui-build "Building the screens" "ten seconds" npm run --prefix "$ROOT/ui" build
}

PROGRAMS=(-p cli -p llm -p asr -p prita-app)
build_programs() {
  watch cargo-build "Building the programs, the language and speech engines among them" \
    "ten to twenty minutes the first time on two cores, then seconds" \
    cargo build --locked --release --manifest-path "$ROOT/Cargo.toml" "${PROGRAMS[@]}"
}
