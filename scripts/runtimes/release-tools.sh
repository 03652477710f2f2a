#!/usr/bin/env bash
# Provides what builds releases, for the tests of Elixir and relx releases: Elixir and rebar3 of the Debian suite that
# each Erlang runtime comes from, unpacked into a directory of its own. Nothing is installed.
#
#   scripts/runtimes/release-tools.sh          fetches what is missing
#   scripts/runtimes/release-tools.sh 27       only for this OTP release
#
# They lie below ${XDG_CACHE_HOME:-~/.cache}/cdktf-erlang-tls/release-tools/<release>. A suite moves on: to get its newer
# programs, remove that directory and run this again.
set -euo pipefail

readonly CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/cdktf-erlang-tls/release-tools

# shellcheck source=scripts/runtimes/debian-root.sh
. "$(dirname "${BASH_SOURCE[0]}")/debian-root.sh"

# Elixir and rebar3 need three applications of OTP that erlang-base does not have. rebar3's other dependencies (dialyzer,
# observer and so wx) are for commands that no test runs.
readonly PACKAGES=(elixir rebar3 erlang-inets erlang-parsetools erlang-tools)

main() {
  local releases=("$@") release
  ((${#releases[@]} > 0)) || releases=(25 27 29)
  for release in "${releases[@]}"; do
    [[ -n ${SUITES[$release]:-} ]] || fail "no Debian suite is known for OTP $release: choose from ${!SUITES[*]}"
    provide "$release"
  done
}

need_programs() {
  need_from 'apt dpkg util-linux' apt-get dpkg flock
}

is_there() {
  [[ -d $CACHE/$1/usr ]]
}

build() {
  local release=$1 mirror package
  mirror=$(debian_mirror)
  new_root "$release"
  echo "OTP $release: unpacking Elixir and rebar3 from Debian ${SUITES[$release]} (about 5 s and 20 MB)"
  work=$root/.apt
  configure_apt "$release" "$mirror"
  apt_of_suite update || fail "the lists of Debian ${SUITES[$release]} could not be read"
  (cd "$work/debs" && apt_of_suite download "${PACKAGES[@]}") || fail "a package could not be downloaded from ${SUITES[$release]}"
  (cd "$work/debs" && printf "%s\n" *.deb) >"$root/versions"
  for package in "$work"/debs/*.deb; do
    dpkg --extract "$package" "$root"
  done
  rm -rf "$work" "$root/usr/share/doc" "$root/usr/share/man"
  publish "$release"
}

# Separate lists and state, because the machine's are of another suite.
configure_apt() {
  mkdir -p "$work"/{debs,lists/partial,archives/partial}
  touch "$work/status"
  echo "deb $2 ${SUITES[$1]} main" >"$work/sources.list"
  # apt drops root before it downloads.
  chmod -R a+rwX "$work"
}

# sid's Release file may be past its Valid-Until; its signature is still checked.
apt_of_suite() {
  apt-get -qq -o Acquire::Check-Valid-Until=false -o Acquire::Retries=3 -o APT::Sandbox::User=root \
    -o Dir::State::Lists="$work/lists" -o Dir::State::status="$work/status" -o Dir::Cache="$work" \
    -o Dir::Etc::sourcelist="$work/sources.list" -o Dir::Etc::sourceparts=/dev/null "$@"
}

main "$@"
