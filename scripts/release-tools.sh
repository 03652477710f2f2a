#!/usr/bin/env bash
# Provides what builds releases, for the tests of Elixir and relx releases: Elixir and rebar3 of the Debian suite that
# each Erlang runtime comes from, unpacked into a directory of its own. Nothing is installed.
#
#   scripts/release-tools.sh          fetches what is missing, says nothing new where all is there
#   scripts/release-tools.sh 27       only for this OTP release
#
# They lie below ${XDG_CACHE_HOME:-~/.cache}/cdktf-erlang-tls/release-tools/<release>. A suite moves on: to get its newer
# programs, remove that directory and run this again.
set -euo pipefail

readonly CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/cdktf-erlang-tls/release-tools

declare -rA SUITES=([25]=bookworm [27]=trixie [29]=sid)

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

provide() {
  local release=$1
  if [[ -d $CACHE/$release ]]; then
    echo "release tools for OTP $release: there already, in $CACHE/$release"
    return
  fi
  mkdir -p "$CACHE"
  # Two test runs may start at once: the second waits, then finds the work done.
  exec 9>"$CACHE/.lock"
  flock 9
  [[ -d $CACHE/$release ]] || unpack "$release"
  exec 9>&-
}

unpack() {
  local release=$1 mirror package
  mirror=$(debian_mirror)
  work=$(mktemp -d "$CACHE/.work.XXXXXX")
  # shellcheck disable=SC2064 # the directory of this build, whatever `work` says later
  trap "rm -rf '$work'" EXIT
  echo "release tools for OTP $release: unpacking from Debian ${SUITES[$release]} (about 5 s and 20 MB)"
  configure_apt "$release" "$mirror"
  apt_of_suite update || fail "the lists of Debian ${SUITES[$release]} could not be read"
  (cd "$work/debs" && apt_of_suite download "${PACKAGES[@]}") || fail "a package could not be had from ${SUITES[$release]}"
  (cd "$work/debs" && printf "%s\n" *.deb) >"$work/root/versions"
  for package in "$work"/debs/*.deb; do
    dpkg --extract "$package" "$work/root"
  done
  rm -rf "$work/root/usr/share/doc" "$work/root/usr/share/man"
  mv --no-target-directory "$work/root" "$CACHE/$release"
  rm -rf "$work"
  trap - EXIT
}

# Lists and state of its own: the machine's are of another suite.
configure_apt() {
  mkdir -p "$work"/{root,debs,lists/partial,archives/partial}
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

# Where this machine itself gets Debian from: its own suite's main component.
debian_mirror() {
  local codename uri
  # shellcheck source=/dev/null
  codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
  # shellcheck disable=SC2016 # these are apt's own variables
  uri=$(apt-get indextargets --format '$(RELEASE) $(COMPONENT) $(REPO_URI)' 'Created-By: Packages' |
    awk -v codename="$codename" '$1 == codename && $2 == "main" { print $3; exit }')
  [[ -n $uri ]] || fail "apt names no source for Debian ${codename:-?}: check the lists below /etc/apt"
  echo "$uri"
}

fail() {
  echo "release-tools: $*" >&2
  exit 1
}

main "$@"
