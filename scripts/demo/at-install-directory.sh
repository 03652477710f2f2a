#!/bin/sh
# Runs a program for which the files in FILES lie at PLACE, whether or not PLACE exists on this machine. To be called in a mount namespace of
# its own, so that nobody else sees it:
#
#   unshare --mount sh at-install-directory.sh FILES PLACE MOUNTPOINTS PROGRAM [ARGUMENT...]
#
# MOUNTPOINTS is a directory for empty directories.
set -eu

files=$1 place=$2 mountpoints=$3
shift 3

existing=$place
while [ ! -d "$existing" ]; do existing=$(dirname "$existing"); done

# What is missing of the path is laid over the last directory that exists; without an upper layer, nothing can be written to it.
if [ "$existing" != "$place" ]; then
  mkdir -p "$mountpoints/${place#"$existing"/}"
  mount -t overlay overlay -o "lowerdir=$mountpoints:$existing" "$existing"
fi
mount --bind "$files" "$place"

exec "$@"
