#!/usr/bin/env bash
# Every check there is, on a fresh machine with Rust, Node and git. What else is needed (Chromium, CJK fonts, strace,
# e2fsprogs, cargo-deny) is installed first where this runs as root on Debian. The last line is `N passed, N failed`.
#
#   ./test.sh            everything
#   ./test.sh rust web   only these parts: install, style, supply, rust, web, browser
set -uo pipefail
cd "$(dirname "$0")"
parts=${*:-install style supply rust web browser}
log=$(mktemp)
trap 'rm -f "$log"' EXIT
passed=0 failed=0 failures=()

wants() { [[ " $parts " == *" $1 "* ]]; }

# count PASSED FAILED NAME: adds to the totals.
count() {
  passed=$((passed + $1)) failed=$((failed + $2))
  [ "$2" -eq 0 ] || failures+=("$3 ($2)")
}

# check NAME COMMAND…: one check, passed when the command succeeds.
check() {
  printf '\n== %s\n' "$1"
  if "${@:2}"; then count 1 0 "$1"; else count 0 1 "$1"; fi
}

# suite NAME PASSED-REGEX FAILED-REGEX COMMAND…: many tests, counted from what the command prints.
suite() {
  printf '\n== %s\n' "$1"
  "${@:4}" 2>&1 | tee "$log"
  local status=$? good bad
  good=$(sed 's/\x1b\[[0-9;]*m//g' "$log" | grep -oP "$2" | awk '{ n += $1 } END { print n + 0 }')
  bad=$(sed 's/\x1b\[[0-9;]*m//g' "$log" | grep -oP "$3" | awk '{ n += $1 } END { print n + 0 }')
  # A run that counts nothing, or fails without a failed test, is a failure of its own.
  if { [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; } || [ $((good + bad)) -eq 0 ]; then bad=$((bad + 1)); fi
  count "$good" "$bad" "$1"
}

missing_packages() {
  command -v "${CHROMIUM:-chromium}" >/dev/null || echo chromium
  fc-list 2>/dev/null | grep -qi 'noto.*cjk' || echo fonts-noto-cjk
  command -v strace >/dev/null || echo strace
  command -v mkfs.ext4 >/dev/null || echo e2fsprogs
}

install() {
  local packages
  packages=$(missing_packages)
  if [ -n "$packages" ]; then
    if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
      # shellcheck disable=SC2086
      apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends fontconfig $packages >/dev/null
    else
      echo "Missing, please install:" $packages
      return 1
    fi
  fi
  if ! command -v cargo-deny >/dev/null; then
    cargo install --quiet --locked --root target/tools --target-dir target/tools-build cargo-deny || return 1
    rm -rf target/tools-build
  fi
  npm --prefix tests/browser ci --ignore-scripts --no-audit --no-fund --silent
}

advisories() {
  if ! cargo deny fetch db 2>/dev/null; then
    echo "SKIPPED: the advisory database cannot be reached; advisories were not checked."
    return 0
  fi
  cargo deny check advisories
}

export PATH="$PATH:$PWD/target/tools/bin" CARGO_TERM_COLOR=never RUST_BACKTRACE=0
wants install && check "what the tests need" install
if wants style; then
  check "cargo fmt" cargo fmt --check
  check "cargo clippy" cargo clippy --quiet --locked --all-targets -- -D warnings
fi
if wants supply; then
  check "cargo deny: bans, licences, sources" cargo deny --log-level error check bans licenses sources
  check "cargo deny: advisories" advisories
fi
wants rust && suite "Rust tests" '\d+(?= passed;)' '\d+(?= failed;)' cargo test --locked --no-fail-fast
if wants web; then
  [ -d web/node_modules ] || check "web packages" npm --prefix web ci --ignore-scripts --no-audit --no-fund --silent
  check "web: types and formatting" npm --prefix web run --silent check
  suite "web: unit tests" 'Tests .*?\K\d+(?= passed)' 'Tests .*?\K\d+(?= failed)' npm --prefix web run --silent test
  check "web: sizes" npm --prefix web run --silent size
fi
if wants browser; then
  check "the server" cargo build --quiet --locked
  suite "browser tests" '(?<=^# pass )\d+' '(?<=^# fail )\d+' \
    node --test --test-reporter=tap --test-concurrency=1 tests/browser/*.test.mjs
fi

[ ${#failures[@]} -eq 0 ] || printf '\nfailed: %s' "${failures[@]}"
printf '\n%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
