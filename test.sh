#!/usr/bin/env bash
# Every check there is, on a fresh machine with Rust, Node and git. What else is needed (Chromium, CJK fonts, strace,
# e2fsprogs, cargo-deny) is installed first where this runs as root on Debian. The last line is `N passed, N failed`;
# what could not run is counted and listed before it.
#
#   ./test.sh            every kind of check, long ones in part
#   ./test.sh full       the same, long ones whole: every size in every language, 500 runs through failing lines, …
#   ./test.sh rust web   only these parts: install, style, supply, rust, web, browser
set -uo pipefail
cd "$(dirname "$0")"
if [ "${1:-}" = full ]; then
  shift
  export PODIUM_FULL=1
fi
parts=${*:-install style supply rust web browser}
work=$(mktemp -d)
trap 'ended; rm -rf "$work"' EXIT

wants() { [[ " $parts " == *" $1 "* ]]; }

# count PASSED FAILED SKIPPED NAME: adds to the totals, from whichever lane.
count() { printf '%d\t%d\t%d\t%s\n' "$@" >>"$work/counts"; }

# ended: ends what a command left behind: each has run in a process group of its own.
ended() {
  local group
  while read -r group; do kill -KILL -- "-$group" 2>/dev/null; done < <(cat "$work/groups" 2>/dev/null)
}

# within SECONDS LOG COMMAND…: what it prints is shown and kept. What hangs has failed, with its name; a process that a failed
# test left behind holds nothing up, neither by the pipe that it keeps open nor by what it does.
within() {
  local seconds=$1 log=$2 pid shown began=$SECONDS status
  : >"$log"
  set -m
  "${@:3}" >"$log" 2>&1 </dev/null &
  pid=$!
  set +m
  echo "$pid" >>"$work/groups"
  tail -q -n +1 -s 0.2 -f --pid="$pid" "$log" &
  shown=$!
  while kill -0 "$pid" 2>/dev/null; do
    if [ $((SECONDS - began)) -ge "$seconds" ]; then
      kill -KILL -- "-$pid"
      printf '\nNot ended within %d s: %s\n' "$seconds" "${*:3}" >>"$log"
      break
    fi
    sleep 0.2
  done
  wait "$pid" 2>/dev/null
  status=$?
  wait "$shown"
  kill -KILL -- "-$pid" 2>/dev/null
  return "$status"
}

# check NAME COMMAND…: one check, passed when the command succeeds; skipped when it prints a line that says so.
check() {
  local log began=$SECONDS status
  log=$(mktemp -p "$work")
  printf '\n== %s\n' "$1"
  within 1500 "$log" "${@:2}"
  status=$?
  grep -a '^SKIPPED: ' "$log" >>"$work/skipped"
  if [ "$status" -ne 0 ]; then count 0 1 0 "$1"; elif grep -qa '^SKIPPED: ' "$log"; then count 0 0 1 "$1"; else count 1 0 0 "$1"; fi
  printf '(%d s)\n' $((SECONDS - began))
}

# suite NAME PASSED-REGEX FAILED-REGEX COMMAND…: many tests, counted from what the command prints.
suite() {
  local log began=$SECONDS status good bad skipped ignored
  log=$(mktemp -p "$work")
  printf '\n== %s\n' "$1"
  within 1800 "$log.raw" "${@:4}"
  status=$?
  sed 's/\x1b\[[0-9;]*m//g' "$log.raw" >"$log"
  sum() { grep -oP "$1" "$log" | awk '{ n += $1 } END { print n + 0 }'; }
  good=$(sum "$2") bad=$(sum "$3") ignored=$(sum '\d+(?= ignored;)')
  # A test that says that it could not run has passed in the eyes of its runner; the browser's runner tells them apart.
  grep -aoP 'SKIPPED: .*' "$log" >"$log.skipped"
  skipped=$(grep -c . "$log.skipped")
  cat "$log.skipped" >>"$work/skipped"
  grep -oP '^test \K\S+(?= \.\.\. ignored)' "$log" | sed 's/^/SKIPPED: ignored: /' >>"$work/skipped"
  grep -q '^# skipped' "$log" || good=$((good - skipped))
  # A run that counts nothing, or fails without a failed test, is a failure of its own.
  if { [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; } || [ $((good + bad)) -le 0 ]; then bad=$((bad + 1)); fi
  count "$good" "$bad" $((skipped + ignored)) "$1"
  slowest "$log"
  printf '(%d s)\n' $((SECONDS - began))
}

# slowest LOG: the ten Rust tests that took longest.
slowest() {
  grep -qP '^test .* <[\d.]+s>$' "$1" || return 0
  printf '\nThe slowest ten\n'
  sed -nE 's/^test (.*) \.\.\. .*<([0-9.]+)s>$/\2 \1/p' "$1" | sort -rn | head -n 10 | awk '{ printf "%6.1f s  %s\n", $1, $2 }'
}

missing_packages() {
  command -v "${CHROMIUM:-chromium}" >/dev/null || echo chromium
  fc-list 2>/dev/null | grep -qi 'noto.*cjk' || echo fonts-noto-cjk
  command -v strace >/dev/null || echo strace
  command -v mkfs.ext4 >/dev/null || echo e2fsprogs
}

packages() {
  local packages
  packages=$(missing_packages)
  [ -n "$packages" ] || return 0
  if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    # shellcheck disable=SC2086
    apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends fontconfig $packages >/dev/null
  else
    echo "Missing, please install:" $packages
    return 1
  fi
}

# fetched FOLDER: its npm packages, as its lock file has them.
fetched() {
  [ "$1/node_modules/.package-lock.json" -nt "$1/package-lock.json" ] || timeout 600 npm --prefix "$1" ci --ignore-scripts --no-audit --no-fund --silent
}

install() {
  packages &
  fetched tests/browser && fetched web && wait $!
}

# A tool that runs for seconds need not be optimised for minutes.
cargo_deny() {
  command -v cargo-deny >/dev/null && return
  CARGO_PROFILE_DEV_DEBUG=0 CARGO_INCREMENTAL=0 nice \
    cargo install --quiet --locked --debug --root target/tools --target-dir target/tools-build cargo-deny || return 1
  rm -rf target/tools-build
}

advisories() {
  if ! timeout 120 cargo deny fetch db 2>/dev/null; then
    echo "SKIPPED: advisories: their database cannot be reached"
    return 0
  fi
  cargo deny check advisories
}

# How long each test took is told on a nightly toolchain alone, or to who asks as if: the runner asks, so that cargo builds nothing anew.
rust_tests() {
  local triple
  triple=$(rustc -vV | sed -n 's/^host: //p' | tr 'a-z-' 'A-Z_')
  env "CARGO_TARGET_${triple}_RUNNER=env RUSTC_BOOTSTRAP=1" \
    cargo test --locked --no-fail-fast -- -Z unstable-options --report-time
}

web_lane() {
  check "web: types and formatting" npm --prefix web run --silent check
  suite "web: unit tests" 'Tests .*?\K\d+(?= passed)' 'Tests .*?\K\d+(?= failed)' npm --prefix web run --silent test
}

export PATH="$PATH:$PWD/target/tools/bin" CARGO_TERM_COLOR=never RUST_BACKTRACE=0
wants install && check "what the tests need" install
# In the gaps that cargo leaves on two cores: what needs one of them.
wants supply && { within 1500 "$work/deny.log" cargo_deny >"$work/deny" & deny=$!; }
wants web && { fetched web; web_lane >"$work/web" 2>&1 & web=$!; }
if wants style; then
  check "cargo fmt" cargo fmt --check
  check "cargo clippy" cargo clippy --quiet --locked --all-targets -- -D warnings
fi
wants rust && suite "Rust tests" '\d+(?= passed;)' '\d+(?= failed;)' rust_tests
if wants web; then
  wait "$web"
  cat "$work/web"
fi
if wants supply; then
  wait "$deny" || cat "$work/deny"
  check "cargo deny: bans, licences, sources" cargo deny --log-level error check bans licenses sources
  check "cargo deny: advisories" advisories
fi
# The Rust tests have built the server with its pages; building it without them takes every dependency once more.
if ! wants rust && { wants web || wants browser; }; then check "the server" cargo build --quiet --locked; fi
wants web && check "web: sizes" npm --prefix web run --silent size
wants browser && suite "browser tests" '(?<=^# pass )\d+' '(?<=^# fail )\d+' node tests/browser/run.mjs

touch "$work/counts" "$work/skipped"
awk -F'\t' '$2 > 0 { printf "\nfailed: %s (%d)", $4, $2 }' "$work/counts"
skipped=$(awk -F'\t' '{ n += $3 } END { print n + 0 }' "$work/counts")
if [ "$skipped" -gt 0 ]; then
  printf '\n'
  cat "$work/skipped"
fi
printf '\n%d skipped, in %d s\n' "$skipped" "$SECONDS"
awk -F'\t' '{ passed += $1; failed += $2 } END { printf "%d passed, %d failed\n", passed, failed; exit failed > 0 || passed == 0 }' "$work/counts"
