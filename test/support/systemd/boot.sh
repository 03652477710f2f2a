#!/bin/sh
# Turns new namespaces into one machine, whose files are a layer over those of this system, and becomes its systemd (see machine.sh):
#
#   sh boot.sh SEED [PATH...]
set -eu

seed=$1
shift
# This /proc is still the system's, so the number is one by which a test finds this machine.
read -r pid rest </proc/self/stat

cd /mnt
mount -t overlay overlay -o lowerdir=/,upperdir=upper,workdir=work root
umount -l groups
cd root

# What this system starts is not for this machine, and neither is what it has written.
mv etc/systemd/system/cloud-init.target.wants .wants 2>/dev/null || true
rm -rf etc/systemd/system etc/systemd/system-generators etc/cloud/cloud.cfg.d etc/cloud/cloud-init.disabled var/lib/cloud var/log/journal var/log/cloud-init*
mkdir -p etc/systemd/system etc/systemd/system-generators etc/cloud/cloud.cfg.d
mv .wants etc/systemd/system/cloud-init.target.wants 2>/dev/null || true
for unit in dbus.service dbus.socket getty.target systemd-logind.service systemd-udevd.service systemd-networkd.service systemd-resolved.service; do
  ln -s /dev/null "etc/systemd/system/$unit"
done
for generator in lib/systemd/system-generators/*; do
  [ "${generator##*/}" = cloud-init-generator ] || ln -s /dev/null "etc/systemd/system-generators/${generator##*/}"
done
: >etc/machine-id
: >etc/fstab

mount -t proc proc proc
mount -t sysfs -o ro sysfs sys
mount -t cgroup2 groups sys/fs/cgroup
mount -t tmpfs -o mode=0755 run run
mount -t tmpfs -o mode=1777 tmp tmp
mount -t tmpfs -o mode=1777 tmp var/tmp
mount -t tmpfs -o mode=0755 dev dev
for device in null zero full random urandom tty; do
  : >"dev/$device"
  mount --bind "/dev/$device" "dev/$device"
done
ln -s /proc/self/fd dev/fd
mkdir dev/shm dev/pts
chmod 1777 dev/shm
mount -t devpts -o newinstance,ptmxmode=0666 devpts dev/pts
ln -s pts/ptmx dev/ptmx
for path in "$@"; do
  mkdir -p ".$path"
  mount --bind "$path" ".$path"
  mount -o remount,bind,ro ".$path"
  # A home directory on the way would keep service users out.
  while path=${path%/*} && [ -n "$path" ]; do chmod a+x ".$path"; done
done
# It may have been written under any umask, and its directories lie over those of the system.
find "$seed" -type d -exec chmod 0755 {} +
cp -a "$seed/." .
hostname "$(cat etc/hostname)"

pivot_root . mnt
cd /
# Otherwise a service finds its credentials empty.
mount --make-rshared /
umount -l /mnt

echo "ready $pid"
exec env --ignore-environment container=machine PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 \
  /lib/systemd/systemd --unit=multi-user.target --log-target=journal
