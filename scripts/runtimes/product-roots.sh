#!/usr/bin/env bash
# Provides the servers that the tests with real products run: RabbitMQ, ejabberd and Elixir of three Debian suites, each
# suite with the OTP that its packages were built for. Nothing is installed on this machine and no service is started:
# a root of its own for each OTP release, in which the packages' own scripts made the users and directories.
#
#   scripts/runtimes/product-roots.sh            builds what is missing
#   scripts/runtimes/product-roots.sh 27         only this one
#
# They lie below ${XDG_CACHE_HOME:-~/.cache}/cdktf-erlang-tls/products/<release>. sid moves on: to get its newer
# products, remove that directory and run this again.
set -euo pipefail

readonly CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/cdktf-erlang-tls/products

# shellcheck source=scripts/runtimes/debian-root.sh
. "$(dirname "${BASH_SOURCE[0]}")/debian-root.sh"

# procps and hostname: `ejabberdctl` calls them, and the tests look for processes. mount: to make hosts of the roots.
readonly PACKAGES=rabbitmq-server,ejabberd,elixir,procps,hostname,mount

main() {
  local releases=("$@") release
  ((${#releases[@]} > 0)) || releases=(25 27 29)
  for release in "${releases[@]}"; do
    [[ -n ${SUITES[$release]:-} ]] || fail "no Debian suite is known for OTP $release: choose from ${!SUITES[*]}"
    provide "$release"
  done
}

need_programs() {
  need_from 'mmdebstrap util-linux' mmdebstrap flock
}

is_there() {
  [[ -x $CACHE/$1/usr/sbin/rabbitmqctl ]]
}

# Variant `essential` is the smallest in which the packages' scripts can run. They start nothing: mmdebstrap sees to that.
build() {
  local release=$1
  [[ $(id -u) == 0 ]] || fail 'run this as root: the files belong to several users'
  new_root "$release"
  echo "OTP $release: unpacking RabbitMQ, ejabberd and Elixir from Debian ${SUITES[$release]} (about 20 s and 220 MB)"
  unpack "$release" "$PACKAGES" --mode=root --variant=essential --aptopt='APT::Install-Recommends "false"' \
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' \
    --dpkgopt='path-exclude=/usr/share/info/*' --dpkgopt='path-exclude=/usr/share/locale/*'
  check "$release"
  publish "$release"
}

check() {
  local release=$1 found program user
  # shellcheck disable=SC2016 # $ is Erlang's
  found=$(chroot "$root" erl -noinput -eval '
    {ok, _} = application:ensure_all_started(ssl),
    io:put_chars(erlang:system_info(otp_release)), halt().') || fail "OTP $release was unpacked but does not start"
  must_be_release "$release" "$found"
  for program in usr/sbin/rabbitmq-server usr/sbin/rabbitmqctl usr/sbin/ejabberdctl usr/bin/elixir; do
    [[ -x $root/$program ]] || fail "OTP $release was unpacked without /$program"
  done
  for user in rabbitmq ejabberd; do
    chroot "$root" id "$user" >/dev/null || fail "OTP $release was unpacked without the user $user"
  done
}

main "$@"
