#!/bin/sh
# First step on a host: makes the directory in which the install script arrives, before anything is in it, and leaves a watchdog, which removes
# it whatever happens to the connection. steps.ts renders the variables `directory` and `limit`. There is no secret in this file.
#
# The variables are not here.
# shellcheck disable=SC2154
# ---------- embedded from the next line on ----------
umask 077
fail() {
  printf '%s\n' "error: $1" >&2
  exit 2
}
parent=${directory%/*}
[ -z "$(find "$parent" -prune -perm -0002)" ] || fail "everybody can write to $(cd "$parent" && pwd), and so replace what runs here: chmod o-w, or choose another stagingDirectory"
rm -rf "$directory" || fail "what an earlier try left in $directory cannot be removed: remove it"
mkdir "$directory" || fail "$directory cannot be made: the user has to own its home directory, or stagingDirectory"
try=$$.$(date +%s)
printf '%s\n' "$try" >"$directory/try" || fail "$directory cannot be written to: is the disk full?"
is_this_try() {
  [ "$(cat "$directory/try" 2>/dev/null)" = "$try" ]
}
# Waits for the last step, which writes its process id to `runs`, and for its end.
watch() {
  waited=0
  while is_this_try; do
    if [ -s "$directory/runs" ]; then
      kill -0 "$(cat "$directory/runs")" 2>/dev/null || break
    elif [ "$waited" -ge "$limit" ]; then
      break
    fi
    sleep 1
    waited=$((waited + 1))
  done
  if is_this_try; then rm -f "$directory/bring" "$directory/install.sh"; fi
  # Terraform overwrites the script of a step with nothing when it has ended. If the directory were gone, that would make a file of its name.
  waited=0
  while is_this_try && [ -s "$directory/run" ] && [ "$waited" -lt 10 ]; do
    sleep 1
    waited=$((waited + 1))
  done
  sleep 1
  if is_this_try; then rm -rf "$directory" "$directory.sh"; fi
}
# The step ends once the watchdog has let go of everything that sshd waits for, and ignores what may end the session.
trap '' HUP INT TERM
: "$( (exec >/dev/null && watch) </dev/null 2>/dev/null &)"
