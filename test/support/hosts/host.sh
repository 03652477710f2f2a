#!/bin/sh
# Turns new namespaces into one host of a lab (see lab.sh), and stays as its first process:
#
#   sh host.sh ROOT NAME DOMAIN
#
# Prints `NAME PID` when the host is ready, the number as the system sees it.
set -eu

root=$1 name=$2 domain=$3

# This /proc is still the system's, so the number is one by which a test finds this host.
read -r pid rest </proc/self/stat

if [ ! -d "$root" ]; then
  echo "no directory $root" >&2
  exit 1
fi
own=/run/host-$name
mkdir -p "$own/upper" "$own/work" "$own/root"
mount -t overlay overlay -o "lowerdir=$root,upperdir=$own/upper,workdir=$own/work" "$own/root"
cd "$own/root"

mount -t proc proc proc
mount -t sysfs -o ro sysfs sys
mount -t tmpfs -o mode=0755 dev dev
for device in null zero full random urandom tty; do
  : >"dev/$device"
  mount --bind "/dev/$device" "dev/$device"
done
ln -s /proc/self/fd dev/fd
mkdir dev/shm dev/pts
chmod 1777 dev/shm tmp
mount -t devpts -o newinstance,ptmxmode=0666 devpts dev/pts
ln -s pts/ptmx dev/ptmx

echo "$name" >/proc/sys/kernel/hostname
echo "$name" >etc/hostname
cp /run/hosts etc/hosts
# Service users read both.
chmod 0644 etc/hostname etc/hosts
# Nobody to ask: names come from the file alone.
echo "search $domain" >etc/resolv.conf

pivot_root . mnt
cd /
umount -l /mnt

echo "$name $pid"
exec >/dev/null
# `wait` also takes leave of the daemons that end: they are this process's children.
sleep infinity &
wait
