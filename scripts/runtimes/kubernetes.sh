#!/usr/bin/env bash
# Provides a real API server of Kubernetes, its etcd, and the kubelet's own writer of Secret volumes for the tests. Nothing
# is installed on this machine: three programs below ${XDG_CACHE_HOME:-~/.cache}/cdktf-erlang-tls/kubernetes/<key>. The key
# is what they are built from. Go checks the modules by the sums in test/support/kubernetes/programs/go.sum, and Debian its package.
#
#   scripts/runtimes/kubernetes.sh
set -euo pipefail

readonly VERSION=v1.36.3
SOURCES=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../test/support/kubernetes/programs" && pwd)
readonly SOURCES
readonly CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/cdktf-erlang-tls/kubernetes

main() {
  local key
  # test/support/programs/requires.ts looks for the same one.
  key=$(cd "$SOURCES" && cat go.mod go.sum cmd/kube-apiserver/main.go cmd/projector/main.go | sha256sum | cut -c 1-16)
  if [[ -d $CACHE/$key ]]; then
    echo "Kubernetes $VERSION: there already, in $CACHE/$key"
    return
  fi
  need go golang-go
  need flock util-linux
  mkdir -p "$CACHE"
  # Two test runs may start at once: the second waits, then finds the work done.
  exec 9>"$CACHE/.lock"
  flock 9
  [[ -d $CACHE/$key ]] || build "$key"
  exec 9>&-
}

need() {
  command -v "$1" >/dev/null || fail "$1 is missing: on Debian, apt-get install $2"
}

build() {
  local key=$1 work
  work=$(mktemp -d "$CACHE/.new-XXXXXX")
  # shellcheck disable=SC2064 # the directory of this build
  trap "rm -rf --one-file-system '$work'" EXIT
  mkdir "$work/root"
  echo "Kubernetes $VERSION: building it (once, about 8 min on two cores, 130 MB)"
  take_etcd "$work"
  cd "$SOURCES"
  CGO_ENABLED=0 go build -trimpath -buildvcs=false -o "$work/root/" \
    -ldflags "-s -w -X k8s.io/component-base/version.gitVersion=$VERSION" ./cmd/kube-apiserver ./cmd/projector
  [[ $("$work/root/kube-apiserver" --version) == "Kubernetes $VERSION" ]] || fail "the program is not kube-apiserver $VERSION"
  mv --no-target-directory "$work/root" "$CACHE/$key"
  rm -rf --one-file-system "$work"
  trap - EXIT
}

# Out of its package, and not installed: that would start a server on this machine.
take_etcd() {
  local work=$1
  need apt-get apt
  cd "$work"
  download || { apt-get -qq -o Acquire::Retries=3 update && download; } || fail 'Debian does not give etcd-server'
  dpkg-deb --extract etcd-server_*.deb package
  mv package/usr/bin/etcd root/etcd
}

download() {
  apt-get -qq -o Acquire::Retries=3 -o APT::Sandbox::User=root download etcd-server
}

fail() {
  echo "$(basename "$0" .sh): $*" >&2
  exit 1
}

main "$@"
