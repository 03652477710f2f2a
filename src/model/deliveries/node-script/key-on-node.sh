#!/bin/sh
# What a script does more if the key of its node stays on the node. In such a script it stands between the body of install-script.sh and the last
# line of that body, and its functions take the places of those with the same names. key-part.ts renders what it needs of the head: the variables
# key_name, key_in, certificate_in and key_options, and the function request_configuration.
#
# Keys are in .erlang-tls/keys, each in a directory with a number: `key.pem`, the request, what it was made from, and the kind of the key. Such a
# directory is put into place whole and never changes. The highest number is that of the latest request.
#
# The variables of the head and of the body are not here.
# shellcheck disable=SC2034,SC2154
# ---------- embedded from the next line on ----------
usage() {
  say "usage: sh $0 [--check | --rollback | --request [--new-key]] [--root DIR] [--owner USER[:GROUP]]"
  say "  --check     shows what would change; exits with status 1 if anything would"
  say "  --rollback  restores the files from before the last change"
  say "  --request   prints the certificate request of this node; makes its key first if there is none"
  say "  --new-key   with --request: makes a new key. The old one serves until a certificate for the new one is installed"
  say "  --root      uses DIR as the root of the file system"
  say "  --owner     sets the owner of the files (default: ${owner:-the current owner, or the user who runs this})"
}

main() {
  job=install root='' new_key='' key_file='' complete_sum='' number_of_key=0
  while [ $# -gt 0 ]; do
    case $1 in
      --check | --rollback | --request)
        [ "$job" = install ] || fail "--check, --rollback and --request exclude each other"
        job=${1#--}
        ;;
      --new-key) new_key=yes ;;
      --root) [ -n "${2-}" ] || fail "--root needs a directory"; root=${2%/}; shift ;;
      --owner) [ -n "${2-}" ] || fail "--owner needs a user"; owner=$2; shift ;;
      --help) usage; exit 0 ;;
      *) usage >&2; fail "unknown argument $1" ;;
    esac
    shift
  done
  [ -z "$new_key" ] || [ "$job" = request ] || fail "--new-key makes a new key for a request: add --request"
  directory=$root$install_directory
  state=$directory/.erlang-tls
  # A request needs the directory as much as an installation does.
  action=$job
  if [ "$job" = request ]; then action=install; fi
  check_programs
  if [ "$job" != rollback ]; then check_key_programs; fi
  check_owner
  enter_directory
  if [ "$job" = check ]; then
    find_key "$installed/.erlang-tls"
    check_only
  fi
  enter_state
  take_lock
  choose_rename
  finish_saving
  case $job in
    install) install_onto_key ;;
    *) "$job" ;;
  esac
}

check_key_programs() {
  for program in openssl sed; do
    command -v "$program" >/dev/null || is_missing "$program"
  done
}

# Called by `describe`: the file with the key is complete only on this node.
complete_key_file() {
  if [ -n "$key_file" ] && [ "$1" = "$key_in" ]; then checksum=$complete_sum; fi
}

# Called by `content`: the key comes first.
print_key() {
  if [ -n "$key_file" ] && [ "$1" = "$key_in" ]; then
    sed -n '/^-----BEGIN [A-Z ]*PRIVATE KEY-----/,/^-----END [A-Z ]*PRIVATE KEY-----/p' "$key_file"
  fi
}

# Finds the key that the certificate belongs to. Nothing is installed without it.
find_key() {
  if [ -z "$certificate_in" ]; then
    say "$subject waits for its certificate: hand in what --request prints, deploy, and run the new script"
    return
  fi
  describe "$certificate_in"
  sum=$(content "$certificate_in" | $sha256)
  [ "${sum%% *}" = "$checksum" ] || fail "$name does not have its checksum: copy this script again"
  certified=$(content "$certificate_in" | openssl x509 -noout -pubkey 2>/dev/null) || fail "openssl cannot read the certificate in $name: copy this script again"
  find_latest_key "$1/keys"
  number_of_key=$latest
  while [ "$number_of_key" -gt 0 ] && ! is_certified "$1/keys/$number_of_key/key.pem"; do number_of_key=$((number_of_key - 1)); done
  # The key of a set that is installed, or that a rollback restores, may be older than those.
  for key_file in "$1/keys/$number_of_key/key.pem" "$installed/$key_name" "$1/previous/files/$key_name" ''; do
    [ -n "$key_file" ] || no_key
    if is_certified "$key_file"; then break; fi
  done
  sum=$(content "$key_in" | $sha256)
  complete_sum=${sum%% *}
}

no_key() {
  [ "$latest" -gt 0 ] || [ -f "$installed/$key_name" ] ||
    fail "there is no key of $subject on this machine, and nothing was changed: print a request with --request, hand it in, and deploy"
  fail "the certificate in this script is for another key than those on this machine, and nothing was changed: hand in what --request prints, and deploy"
}

is_certified() {
  [ -f "$1" ] && [ "$(public_key_of "$1")" = "$certified" ]
}

# Without a password, openssl would ask for one.
public_key_of() {
  openssl pkey -in "$1" -passin pass: -pubout 2>/dev/null </dev/null || true
}

find_latest_key() {
  latest=0
  for made in "$1"/*; do
    case ${made##*/} in
      *[!0-9]*) ;;
      *) if [ "${made##*/}" -gt "$latest" ]; then latest=${made##*/}; fi ;;
    esac
  done
}

install_onto_key() {
  find_key .
  install
  for made in keys/*; do
    case ${made##*/} in
      *[!0-9]*) ;;
      *) if [ "${made##*/}" -lt "$number_of_key" ]; then rm -rf "$made"; fi ;;
    esac
  done
}

request() {
  find_latest_key keys
  if [ "$latest" -gt 0 ] && [ -n "$new_key" ] && [ "$(public_key_of "../$key_name")" != "$(public_key_of "keys/$latest/key.pem")" ]; then
    say "The latest key waits for its certificate: this is its request. To discard that key, remove $state/keys/$latest first." >&2
    new_key=
  fi
  request_configuration >new/configuration || fail "$state/new cannot be written: is the disk full?"
  if [ "$latest" -eq 0 ] || [ -n "$new_key" ] || [ "$(cat "keys/$latest/kind")" != "$key_options" ]; then
    make_request ''
  elif ! cmp -s new/configuration "keys/$latest/configuration"; then
    make_request "keys/$latest/key.pem"
  fi
  cat "keys/$latest/request.pem"
}

# With the key in that file, or with a new one.
make_request() {
  mkdir new/made || fail "$state/new cannot be written: is the disk full?"
  if [ -n "$1" ]; then
    cat "$1" >new/made/key.pem || fail "$state/new cannot be written: is the disk full?"
  else
    # shellcheck disable=SC2086 # words
    openssl genpkey $key_options >new/made/key.pem 2>new/problem </dev/null || fail "openssl makes no such key: $(cat new/problem)"
  fi
  mv new/configuration new/made/configuration
  say "$key_options" >new/made/kind || fail "$state/new cannot be written: is the disk full?"
  openssl req -new -config new/made/configuration -key new/made/key.pem >new/made/request.pem 2>new/problem </dev/null ||
    fail "openssl makes no request: $(cat new/problem)"
  [ "$(openssl req -in new/made/request.pem -noout -pubkey)" = "$(public_key_of new/made/key.pem)" ] || fail "$state/new cannot be written: is the disk full?"
  sync
  latest=$((latest + 1))
  mkdir -p keys || fail "$state cannot be written to: is the disk full?"
  mv new/made "keys/$latest" || fail "$state cannot be written to: is the disk full?"
  sync
}
