#!/bin/sh
# One machine with systemd as its first process, for one test. To be called in a mount and a network namespace of its own:
#
#   unshare --mount --net sh machine.sh BOOT.SH SEED [PATH...]
#
# SEED has files to put over those of this system, and each PATH of this system can be read on the machine. Prints `ready PID` just before systemd
# takes over. All of it ends when the standard input does: with the test process, however that ends. Nothing is written outside of these
# namespaces but one control group, which goes with the machine.
set -eu

work=/mnt
mount -t tmpfs -o mode=0700 machine "$work"
mkdir "$work/groups" "$work/upper" "$work/work" "$work/root"
mount -t cgroup2 groups "$work/groups"
ip link set lo up
group=$work/groups/erlang-tls-machine-$$
mkdir "$group"

{
  echo 0 >"$group/cgroup.procs"
  exec unshare --mount --uts --ipc --pid --cgroup --fork --kill-child sh "$@"
} </dev/null &
machine=$!

cat >/dev/null
kill -KILL "$machine" 2>/dev/null || true
# The last process of the machine may need a moment to go, and a group with a process cannot be removed.
attempts=0
while [ -d "$group" ] && [ "$attempts" -lt 100 ]; do
  find "$group" -depth -type d -exec rmdir {} + 2>/dev/null || sleep 0.1
  attempts=$((attempts + 1))
done
