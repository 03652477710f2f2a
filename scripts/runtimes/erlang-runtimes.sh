#!/usr/bin/env bash
# Provides the Erlang runtimes that Debian stable does not have, for the tests that compare OTP releases:
# OTP 27 from trixie and OTP 29 from sid, each unpacked into a directory of its own. Nothing is installed.
#
#   scripts/runtimes/erlang-runtimes.sh          builds what is missing
#   scripts/runtimes/erlang-runtimes.sh 27       only this one
#
# They lie below ${XDG_CACHE_HOME:-~/.cache}/cdktf-erlang-tls/otp/<release>. sid moves on: to get its newer OTP,
# remove that directory and run this again.
set -euo pipefail

readonly CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/cdktf-erlang-tls/otp

# shellcheck source=scripts/runtimes/debian-root.sh
. "$(dirname "${BASH_SOURCE[0]}")/debian-root.sh"

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

need_programs() {
  need_from 'mmdebstrap patchelf util-linux' mmdebstrap patchelf flock
}

is_there() {
  [[ -x $CACHE/$1/bin/erl ]]
}

build() {
  local release=$1
  new_root "$release"
  echo "OTP $release: unpacking from Debian ${SUITES[$release]} (about 15 s and 90 MB)"
  unpack "$release" "$PACKAGES" --variant=extract --hook-dir=/usr/share/mmdebstrap/hooks/merged-usr
  rm -rf "${root:?}/usr/share" "${root:?}/var"
  detach_from_system
  write_launchers
  check "$release"
  publish "$release"
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
  must_be_release "$release" "$found"
  echo '-module(probe).' >"$root/probe.erl"
  "$root/bin/erlc" -o "$root" "$root/probe.erl" || fail "erlc of OTP $release does not compile"
  rm "$root"/probe.*
}

main "$@"
