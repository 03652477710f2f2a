#!/bin/sh
# Hosts of a network of their own, for one test. To be called as the first process of new namespaces, so that all of it
# ends with this script:
#
#   unshare --mount --net --pid --ipc --fork --kill-child sh lab.sh HOST.SH ROOT DOMAIN NAME...
#
# Each NAME gets a network namespace with an IPv4 and an IPv6 address on one common bridge, and there HOST.SH is started.
# The script ends when its standard input does: with the test process, however that ends.
set -eu

host_script=$1 root=$2 domain=$3
shift 3

# Private to this mount namespace: everything that is written lies in memory, and goes with the namespace.
mount -t tmpfs lab /run
mkdir /run/netns

{
  echo '127.0.0.1 localhost'
  echo '::1 localhost ip6-localhost'
} >/run/hosts
number=0
for name in "$@"; do
  number=$((number + 1))
  # From the ranges for documentation (RFC 5737, RFC 3849): nobody's addresses.
  echo "192.0.2.$number $name.$domain $name" >>/run/hosts
  echo "2001:db8::$number $name.$domain $name" >>/run/hosts
done

ip link add bridge type bridge
ip link set bridge up
number=0
for name in "$@"; do
  number=$((number + 1))
  ip netns add "$name"
  ip link add "port$number" type veth peer name eth0 netns "$name"
  ip link set "port$number" master bridge up
  ip -n "$name" link set lo up
  ip -n "$name" address add "192.0.2.$number/24" dev eth0
  # Without the second in which IPv6 looks for others with the same address.
  ip -n "$name" address add "2001:db8::$number/64" dev eth0 nodad
  ip -n "$name" link set eth0 up
  {
    nsenter --net="/run/netns/$name" \
      unshare --mount --uts --pid --ipc --fork --kill-child sh "$host_script" "$root" "$name" "$domain" </dev/null ||
      echo "$name failed"
  } &
done

cat >/dev/null
