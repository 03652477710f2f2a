#!/bin/sh
# Last step on a host: runs the install script, which an earlier step has brought, then reloads, then waits until the node is well. steps.ts
# renders the variables `directory`, `sudo`, `install_directory`, `kept`, `is_waiting`, `reload`, `health` and `health_seconds`. There is no secret in
# this file, and none in what it prints.
#
# The variables are not here.
# shellcheck disable=SC2154
# ---------- embedded from the next line on ----------
umask 077
fail() {
  printf '%s\n' "error: $1" >&2
  exit 2
}
remove() {
  rm -f "$directory/install.sh"
}
trap remove EXIT
trap 'exit 2' HUP INT TERM PIPE
printf '%s\n' $$ >"$directory/runs" || fail "$directory cannot be written to: is the disk full?"
[ -s "$directory/install.sh" ] || fail "the install script has not arrived: apply again"
as_installer() {
  if [ -n "$sudo" ]; then sudo -n "$@"; else "$@"; fi
}
as_installer true || fail "$(id -un) cannot use sudo here without a password: allow it (NOPASSWD), or connect as root"
as_installer sh -s <"$directory/install.sh" || fail "the files are not installed, and the old ones are in place: correct what is said above, and apply again"
if [ -n "$is_waiting" ]; then
  as_installer sh -s -- --request <"$directory/install.sh" || fail "there is no request: correct what is said above, and apply again"
fi
# Only the script of a node that keeps its key has no secret.
if [ -n "$kept" ]; then
  chmod 0700 "$directory/install.sh"
  mv -f "$directory/install.sh" "$kept" || fail "$kept cannot be written: is it a directory?"
fi
remove
# After a first installation no node runs with the files yet.
[ -n "$(as_installer find "$install_directory/.erlang-tls/previous/files" -type f 2>/dev/null)" ] || exit 0
if [ -n "$reload" ]; then
  as_installer sh -c "$reload" </dev/null ||
    fail "the files are installed, but the reload failed: $reload. Correct what is said above, and apply again; a running node reads the files by itself within two minutes"
fi
[ -n "$health" ] || exit 0
deadline=$(($(date +%s) + health_seconds))
until said=$(as_installer sh -c "$health" </dev/null 2>&1); do
  if [ "$(date +%s)" -ge "$deadline" ]; then
    printf '%s\n' "$said" >&2
    fail "the files are installed, but the node is not well after $health_seconds seconds: $health. Look at the node, and apply again"
  fi
  sleep 1
done
