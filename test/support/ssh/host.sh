#!/bin/sh
# Turns new namespaces into a host with a home directory, temporary files, users and a sudo of its own, and stays as its first process:
#
#   unshare --mount --uts --pid --fork --kill-child sh host.sh NAME SHARED
#
# SHARED is the only directory below /tmp that it has in common with this machine. Prints `NAME PID` when the host is ready, the number as the system
# sees it. Ends with its standard input.
set -eu

name=$1 shared=$2

# This /proc is still the system's.
read -r pid rest </proc/self/stat

mount --make-rprivate /
mount -t tmpfs -o mode=0755 own /run
mkdir -p /run/sshd /run/shared /run/etc
mount --bind "$shared" /run/shared
mount -t tmpfs -o mode=1777 own /tmp
mkdir -p "$shared"
mount --move /run/shared "$shared"
mount -t proc proc /proc
echo "$name" >/proc/sys/kernel/hostname

for file in passwd group shadow; do cp "/etc/$file" "/run/etc/$file"; done
echo 'deploy:x:4242:4242::/home/deploy:/bin/sh' >>/run/etc/passwd
echo 'deploy:x:4242:' >>/run/etc/group
echo 'deploy:*:19000:0:99999:7:::' >>/run/etc/shadow
printf '%s\n' 'root ALL=(ALL:ALL) ALL' 'deploy ALL=(ALL:ALL) NOPASSWD: ALL' >/run/etc/sudoers
chmod 0440 /run/etc/sudoers
for file in passwd group shadow sudoers; do mount --bind "/run/etc/$file" "/etc/$file"; done
# Small, so that a test can fill it.
mount -t tmpfs -o mode=0755,size=512k own /home
mkdir -m 0700 /home/deploy
chown deploy: /home/deploy

printf '127.0.0.1 localhost %s\n' "$name" >/run/etc/hosts
chmod 0644 /run/etc/hosts
mount --bind /run/etc/hosts /etc/hosts

echo "$name $pid"
exec >/dev/null
# The first process of the host takes leave of those that lose their parents, too.
cat >/dev/null
