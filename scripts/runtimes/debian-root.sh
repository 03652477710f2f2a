# shellcheck shell=bash
# Directories with packages of a Debian suite, unpacked apart from the system. For scripts to source: they set CACHE, the
# directory below which their roots lie, and define `need_programs`, `is_there RELEASE` and `build RELEASE`.
#
# `build` fills the directory that `new_root` names and then calls `publish`. Builds of the same script do not meet.

# What OTP release each suite has.
# shellcheck disable=SC2034 # for those who source this
declare -rA SUITES=([25]=bookworm [27]=trixie [29]=sid)

# Builds the roots that are missing.
provide() {
  local release=$1
  if is_there "$release"; then
    echo "OTP $release: there already, in $CACHE/$release"
    return
  fi
  need_programs
  mkdir -p "$CACHE/.roots"
  # Two test runs may start at once: the second waits, then finds the work done.
  exec 9>"$CACHE/.lock"
  flock 9
  is_there "$release" || build "$release"
  exec 9>&-
}

# Fails if one of the programs in these Debian packages is missing.
need_from() {
  local packages=$1 program
  shift
  for program in "$@"; do
    command -v "$program" >/dev/null || fail "$program is missing: on Debian, apt-get install $packages"
  done
}

# Sets `root` to the directory of this build, which goes away should the build not reach `publish`.
new_root() {
  root=$CACHE/.roots/$1.$$
  # shellcheck disable=SC2064 # the directory of this build, whatever `root` says later
  trap "rm -rf --one-file-system '$root'" EXIT
}

# A root may have its own absolute path written into it, so it is built where it stays; what appears at once, by rename,
# is the link to it.
publish() {
  local release=$1
  drop_older "$release"
  ln -s ".roots/$release.$$" "$root.link"
  mv --no-target-directory "$root.link" "$CACHE/$release"
  trap - EXIT
}

# Removes the remains of interrupted and earlier builds.
drop_older() {
  local other
  for other in "$CACHE/.roots/$1".*; do
    [[ $other == "$root" ]] || rm -rf --one-file-system "$other"
  done
}

# Unpacks packages of the suite of a release into `root`. Further arguments go to mmdebstrap.
unpack() {
  local release=$1 packages=$2 log=$root.log mirror
  shift 2
  mirror=$(debian_mirror)
  # sid's Release file may be past its Valid-Until; its signature is still checked.
  if ! mmdebstrap --include="$packages" "$@" \
    --aptopt='Acquire::Check-Valid-Until "false"' --aptopt='Acquire::Retries "3"' \
    "${SUITES[$release]}" "$root" "$mirror" >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    fail "OTP $release could not be unpacked from Debian ${SUITES[$release]}; log: $log"
  fi
  rm -f "$log"
}

# The mirror from which this machine gets Debian: that of its own suite's main component.
debian_mirror() {
  local codename uri
  # shellcheck source=/dev/null
  codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
  # shellcheck disable=SC2016 # these are apt's own variables
  uri=$(apt-get indextargets --format '$(RELEASE) $(COMPONENT) $(REPO_URI)' 'Created-By: Packages' |
    awk -v codename="$codename" '$1 == codename && $2 == "main" { print $3; exit }')
  [[ -n $uri ]] || fail "apt names no source for Debian ${codename:-?}: check the lists below /etc/apt"
  echo "$uri"
}

# Fails unless the unpacked release is the requested one. The second argument is what that release printed.
must_be_release() {
  local release=$1 found=$2
  [[ $found == "$release" ]] || fail "Debian ${SUITES[$release]} has OTP $found now, not $release: this script needs another suite"
}

fail() {
  echo "$(basename "$0" .sh): $*" >&2
  exit 1
}
