#!/usr/bin/env bash
# Provides the Erlang runtimes that Debian stable does not have, for the tests that compare OTP releases:
# OTP 27 from trixie and OTP 29 from sid, each unpacked into a directory of its own. Nothing is installed.
#
#   scripts/erlang-runtimes.sh          builds what is missing, says nothing new where all is there
#   scripts/erlang-runtimes.sh 27       only this one
#
# They lie below ${XDG_CACHE_HOME:-~/.cache}/cdktf-erlang-tls/otp/<release>. sid moves on: to get its newer OTP,
# remove that directory and run this again.
set -euo pipefail

readonly CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/cdktf-erlang-tls/otp

declare -rA SUITES=([27]=trixie [29]=sid)

# erlang-base has erl, erlc and epmd; erlang-ssl needs the other three. The rest is what an unpacked root misses else:
# erl is a shell script that calls sed, and libc-bin brings the loader's configuration.
readonly PACKAGES=erlang-base,erlang-ssl,erlang-crypto,erlang-public-key,erlang-asn1,dash,libc-bin,sed

main() {
  local releases=("$@") release
  ((${#releases[@]} > 0)) || releases=(27 29)
  for release in "${releases[@]}"; do
    [[ -n ${SUITES[$release]:-} ]] || fail "no Debian suite is known for OTP $release: choose from ${!SUITES[*]}"
    provide "$release"
  done
}

provide() {
  local release=$1
  if is_there "$release"; then
    echo "OTP $release: there already, in $CACHE/$release"
    return
  fi
  need_programs
  mkdir -p "$CACHE"
  # Two test runs may start at once: the second waits, then finds the work done.
  exec 9>"$CACHE/.lock"
  flock 9
  is_there "$release" || build "$release"
  exec 9>&-
}

is_there() {
  [[ -x $CACHE/$1/bin/erl ]]
}

need_programs() {
  local program
  for program in mmdebstrap patchelf flock; do
    command -v "$program" >/dev/null || fail "$program is missing: on Debian, apt-get install mmdebstrap patchelf util-linux"
  done
}

# The executables carry the absolute path of their loader, so the root is built where it stays; what appears at once,
# by rename, is the link to it.
build() {
  local release=$1 mirror
  mirror=$(debian_mirror)
  root=$CACHE/.roots/$release.$$
  # shellcheck disable=SC2064 # the directory of this build, whatever `root` says later
  trap "rm -rf '$root'" EXIT
  unpack "$release" "$mirror"
  detach_from_system
  write_launchers
  check "$release"
  drop_older "$release"
  ln -s ".roots/$release.$$" "$root.link"
  mv --no-target-directory "$root.link" "$CACHE/$release"
  trap - EXIT
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

unpack() {
  local release=$1 mirror=$2 log=$root.log hooks=/usr/share/mmdebstrap/hooks/merged-usr
  mkdir -p "$CACHE/.roots"
  echo "OTP $release: unpacking from Debian ${SUITES[$release]} (about 15 s and 90 MB)"
  # sid's Release file may be past its Valid-Until; its signature is still checked.
  if ! mmdebstrap --variant=extract --include="$PACKAGES" --hook-dir="$hooks" \
    --aptopt='Acquire::Check-Valid-Until "false"' --aptopt='Acquire::Retries "3"' \
    "${SUITES[$release]}" "$root" "$mirror" >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    fail "OTP $release could not be unpacked from Debian ${SUITES[$release]}, whole log: $log"
  fi
  rm -rf "$log" "${root:?}/usr/share" "${root:?}/var"
}

# Erlang's executables then use their own suite's loader and libraries, without chroot. RPATH, and not RUNPATH: it
# holds also for what the loaded crypto library itself needs.
detach_from_system() {
  local triplet program
  triplet=$(basename "$(dirname "$(find "$root/usr/lib" -name 'libc.so.6' | head -n 1)")")
  find "$root/usr/lib/erlang" -type f -perm -u+x | while read -r program; do
    local loader
    loader=$(patchelf --print-interpreter "$program" 2>/dev/null) || continue
    patchelf --set-interpreter "$root$loader" --force-rpath --set-rpath "$root/usr/lib/$triplet" "$program"
  done
}

# Debian's own `erl` script has the root directory of an installed system written into it.
write_launchers() {
  local erts
  erts=$(basename "$(find "$root/usr/lib/erlang" -maxdepth 1 -name 'erts-*')")
  mkdir "$root/bin.new"
  cat >"$root/bin.new/erl" <<LAUNCHER
#!/bin/sh
ROOTDIR='$root/usr/lib/erlang'
BINDIR="\$ROOTDIR/$erts/bin"
EMU=beam
PROGNAME=erl
export ROOTDIR BINDIR EMU PROGNAME
exec "\$BINDIR/erlexec" \${1+"\$@"}
LAUNCHER
  cat >"$root/bin.new/erlc" <<LAUNCHER
#!/bin/sh
ERLC_EMULATOR='$root/bin/erl'
export ERLC_EMULATOR
exec '$root/usr/lib/erlang/$erts/bin/erlc' \${1+"\$@"}
LAUNCHER
  chmod 0755 "$root"/bin.new/*
  ln -s "../usr/lib/erlang/$erts/bin/epmd" "$root/bin.new/epmd"
  # With merged /usr, /bin is only a link into what was unpacked.
  rm "$root/bin"
  mv "$root/bin.new" "$root/bin"
}

check() {
  local release=$1 found
  found=$("$root/bin/erl" -noinput -eval '
    {ok, _} = application:ensure_all_started(ssl),
    _ = crypto:strong_rand_bytes(1),
    io:put_chars(erlang:system_info(otp_release)), halt().') || fail "OTP $release was unpacked but does not start"
  [[ $found == "$release" ]] || fail "Debian ${SUITES[$release]} has OTP $found now, not $release: this script needs another suite"
  echo '-module(probe).' >"$root/probe.erl"
  "$root/bin/erlc" -o "$root" "$root/probe.erl" || fail "erlc of OTP $release does not compile"
  rm "$root"/probe.*
}

# What an interrupted build or an earlier one left.
drop_older() {
  local other
  for other in "$CACHE/.roots/$1".*; do
    [[ $other == "$root" ]] || rm -rf "$other"
  done
}

fail() {
  echo "erlang-runtimes: $*" >&2
  exit 1
}

main "$@"
