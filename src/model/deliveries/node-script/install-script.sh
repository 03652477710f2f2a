#!/bin/sh
# The TLS files of app@db1.example.com, for /etc/app/tls. They may hold a private key: keep this file from others, and delete it after use.
#   sh FILE --help
set -eu
umask 077
LC_ALL=C
export LC_ALL

subject='app@db1.example.com'
install_directory='/etc/app/tls'
owner=''
reload='pem_cache:clear()'
numbers='1'

describe() {
  case $1 in
    1) name='vm.args' mode=0644 boot=yes checksum=4a9de1db0ed2f0c565b248c49311e521396794ce10fbb5c120e2ed8cbd75e031 ;;
  esac
}

content() {
  case $1 in
    1)
      cat <<'END_OF_FILE_1'
-proto_dist inet_tls
END_OF_FILE_1
      ;;
  esac
}
# Above: an example of the head that writer.ts renders for each script. Below the next line: the body, which is the same in all scripts, byte for byte.
# It is POSIX sh, and uses only POSIX programs, sync, and one that computes SHA-256. `node scripts/build/embed.mjs` copies it to body.generated.ts.
#
# Files that a script leaves in .erlang-tls of the install directory: `previous`, the set before the last change, and `lock.N`, of the last run.
# Files while it runs: `new`, the files to install; `installing`, which says that some of them are installed; `saving`, which becomes `previous`.
# If the script is killed at any moment, every file is complete, old or new, and the next run continues.
# ---------- embedded from the next line on ----------
usage() {
  say "usage: sh $0 [--check | --rollback] [--root DIR] [--owner USER[:GROUP]]"
  say "  --check     shows what would change; exits with status 1 if anything would"
  say "  --rollback  restores the files from before the last change"
  say "  --root      uses DIR as the root of the file system"
  say "  --owner     sets the owner of the files (default: ${owner:-the current owner, or the user who runs this})"
}

# The echo of some shells interprets a backslash in a name.
say() {
  printf '%s\n' "$*"
}

fail() {
  say "error: $*" >&2
  exit 2
}

main() {
  action=install root=
  while [ $# -gt 0 ]; do
    case $1 in
      --check | --rollback)
        [ "$action" = install ] || fail "--check and --rollback exclude each other"
        action=${1#--}
        ;;
      --root) [ -n "${2-}" ] || fail "--root needs a directory"; root=${2%/}; shift ;;
      --owner) [ -n "${2-}" ] || fail "--owner needs a user"; owner=$2; shift ;;
      --help) usage; exit 0 ;;
      *) usage >&2; fail "unknown argument $1" ;;
    esac
    shift
  done
  directory=$root$install_directory
  state=$directory/.erlang-tls
  check_programs
  check_owner
  enter_directory
  if [ "$action" = check ]; then check_only; fi
  enter_state
  take_lock
  choose_rename
  finish_saving
  "$action"
}

check_programs() {
  for program in cat chmod chown cmp cp env find id ln ls mkdir mv readlink rm sync touch; do
    command -v "$program" >/dev/null || is_missing "$program"
  done
  # pwd is built into every shell, so ask env for the program.
  env pwd >/dev/null 2>&1 || is_missing pwd
  for sha256 in 'sha256sum' 'shasum -a 256' 'openssl dgst -sha256 -r' ''; do
    [ -n "$sha256" ] || fail "this machine has none of sha256sum, shasum and openssl: install one"
    if command -v "${sha256%% *}" >/dev/null; then break; fi
  done
}

is_missing() {
  fail "$1 is missing on this machine: install it, or add its directory to PATH"
}

check_owner() {
  me=$(id -u)
  owner_id=$me
  case $owner in
    '') return ;;
    [!A-Za-z_]* | *[!0-9A-Za-z_.:-]* | *: | *:[!A-Za-z_]* | *:*:*)
      fail "$owner is not an owner: use USER or USER:GROUP, with names" ;;
  esac
  owner_id=$(id -u "${owner%%:*}" 2>/dev/null) || fail "this machine has no user ${owner%%:*}: create that user first, or give another one with --owner"
  case $owner in
    *:*)
      find / -prune -group "${owner#*:}" >/dev/null 2>&1 ||
        fail "this machine has no group ${owner#*:}: create that group first, or give another one with --owner" ;;
  esac
}

# Enters the install directory one path component at a time, and then uses relative names. The owner of a directory on the way, such as the user
# that runs the node, can rename it or replace it with a link at any moment, and must not redirect root in this way.
enter_directory() {
  CDPATH='' cd -P -- "$root/" || fail "$root cannot be entered: create that directory first"
  top=$(env pwd -P) here=$top installed=. way=${install_directory#/} links=0
  while [ -n "$way" ]; do
    check_directory
    next=${way%%/*}
    way=${way#"$next"}
    way=${way#/}
    if [ -z "$next" ]; then continue; fi
    if [ -h "./$next" ]; then
      follow_link
      continue
    fi
    if [ ! -d "./$next" ]; then
      if [ "$action" != install ]; then
        installed=./$next/$way
        return
      fi
      (umask 022 && mkdir -p "./$next") || fail "$directory cannot be created: run this as root"
    fi
    step "$next"
  done
  check_directory
  [ -n "$(find . -prune ! -perm -0002 ! -perm -0020)" ] || others_can_write
}

step() {
  cd -P "./$1" || fail "$here/$1 cannot be entered: run this as root, or as the owner of $directory"
  before=${here%/}/$1
  # Not the shell's built-in pwd, which may return a remembered path.
  here=$(env pwd -P)
  [ "$1" = .. ] || [ "$1" = . ] || [ "$here" = "$before" ] ||
    fail "$before is a link to $here, or was moved meanwhile: find out who did that, and run this again"
}

# Follows a link only if root or the user who runs this must have created it. The target is checked like any other path.
follow_link() {
  link=${here%/}/$next
  is_ours . || fail "$link is a symbolic link that others can change: replace it with a directory"
  links=$((links + 1))
  [ "$links" -le 40 ] || fail "$directory has a loop of symbolic links at $link: correct that link"
  target=$(readlink "./$next") || fail "$link cannot be read: run this as root"
  case $target in
    /*) cd -P "$top" && here=$top ;;
  esac
  way=$target/$way
}

# Anyone who can write to the install directory can replace the option file, which is code that the node runs. Anyone who can write to a directory
# above it can replace everything. So each one must belong to root, the user who runs this, or the owner of the files, and only they may write to
# it. Group 0 belongs to root. With the sticky bit, as on /tmp, others cannot replace files that are not theirs.
check_directory() {
  [ -n "$(find . -prune \( -user 0 -o -user "$me" -o -user "$owner_id" \))" ] ||
    fail "$here belongs to $(name_of_owner .), who could replace the files: give it to root (chown), or the files to that user (--owner)"
  [ -n "$(find . -prune \( -perm -1000 -o ! -perm -0002 \( ! -perm -0020 -o -group 0 \) \))" ] || others_can_write
}

others_can_write() {
  fail "others can write to $here: remove that permission (chmod go-w)"
}

is_ours() {
  [ -n "$(find "$1" -prune \( -user 0 -o -user "$me" \) ! -perm -0002 \( ! -perm -0020 -o -group 0 \))" ]
}

name_of_owner() {
  # shellcheck disable=SC2046 # the third word is the owner
  set -- $(ls -ld "$1")
  say "$3"
}

# It belongs to the user who runs this, and nobody else can read it. So everything below it is ours.
enter_state() {
  [ "$installed" = . ] || fail "there is no previous set of files: $directory does not exist"
  mkdir -p ./.erlang-tls || fail "$directory cannot be written to: run this as root, or as its owner"
  step .erlang-tls
  installed=..
  [ -n "$(find . -prune -user "$me")" ] ||
    fail "$state belongs to $(name_of_owner .): run this as that user, or remove it (rm -r) together with the files that --rollback would restore"
  case $(ls -ld .) in
    drwx--[-S]---*) ;;
    *) fail "others can read $state: remove it (rm -r) together with the files that --rollback would restore" ;;
  esac
}

# A run takes the number after the last lock, once the run of that lock is over. ln lets only one run do so. The last lock stays, empty. Without it,
# a run that looked a moment ago could take a number that another run already has.
take_lock() {
  find_last_lock
  holder='' started=''
  if [ "$last" -gt 0 ]; then read -r holder started 2>/dev/null <"lock.$last" || true; fi
  if is_running "$holder" "$started"; then
    fail "another run, with process id $holder, is changing $directory: wait for it; if that process is not such a run, remove $state/lock.$last"
  fi
  lock=lock.$((last + 1))
  say "$$ $(start_of $$)" >"claim.$$" || fail "$state cannot be written to: is the disk full?"
  if ! ln "claim.$$" "$lock" 2>/dev/null; then
    rm -f "claim.$$"
    [ -e "$lock" ] || fail "$state cannot be written to: is the disk full?"
    fail "another run has just begun in $directory: wait for it, and run this again"
  fi
  find_last_lock
  [ "$lock" = "lock.$last" ] || fail "another run has just begun in $directory: wait for it, and run this again"
  trap 'end $?' EXIT
  trap 'exit 2' HUP INT TERM
  for old in claim.* lock.*; do
    if [ "$old" != "$lock" ]; then rm -f "$old"; fi
  done
}

find_last_lock() {
  last=0
  for taken in lock.*; do
    case ${taken#lock.} in
      *[!0-9]*) ;;
      *) if [ "${taken#lock.}" -gt "$last" ]; then last=${taken#lock.}; fi ;;
    esac
  done
}

# All runs in this directory are by the same user, so a process that we may not signal is not one of them. Neither is one that started at another
# time, if /proc has the time.
is_running() {
  [ -n "$1" ] && [ "$1" != $$ ] && kill -0 "$1" 2>/dev/null && [ "$(start_of "$1")" = "$2" ]
}

start_of() {
  stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 0
  # The name of the program is in parentheses and may hold anything. The time is the twentieth word after it.
  # shellcheck disable=SC2086 # words
  set -- ${stat##*) }
  if [ $# -ge 20 ]; then say "${20}"; fi
}

# A failure without a message of this script exits with 1, which would look like the result of --check.
end() {
  rm -rf new
  true >"$lock" || true
  if [ "$1" -eq 1 ]; then exit 2; fi
}

# If a link to a directory has replaced a file, -T (GNU, busybox) and -h (BSD) make mv replace the link instead of following it.
choose_rename() {
  rm -rf new
  mkdir new || fail "$state cannot be written to"
  true >new/probe
  for rename in 'mv -fT' 'mv -fh' 'mv -f'; do
    if $rename new/probe new/moved 2>/dev/null; then break; fi
  done
  rm -f new/probe new/moved
}

# Not in a subshell, because a failure would end only the subshell.
find_sum() {
  # shellcheck disable=SC2086 # a command with its options
  sum=$($sha256 <"$1") || fail "$directory/$name cannot be read: run this as root, or as the owner of the files"
  sum=${sum%% *}
}

# A file is installed if its text, its mode and its owner are correct.
is_installed() {
  file=$installed/$name
  [ -f "$file" ] && [ ! -h "$file" ] || return 1
  find_sum "$file"
  [ "$sum" = "$checksum" ] && [ -n "$(find "$file" -prune -perm "$mode")" ] && has_owner "$file"
}

has_owner() {
  case $owner in
    '') return 0 ;;
    *:*) [ -n "$(find "$1" -prune -user "${owner%%:*}" -group "${owner#*:}")" ] ;;
    *) [ -n "$(find "$1" -prune -user "$owner")" ] ;;
  esac
}

find_changes() {
  changes=
  for number in $numbers; do
    describe "$number"
    is_installed || changes="$changes $number"
  done
}

check_only() {
  find_changes
  if [ -z "$changes" ]; then
    say "nothing to do: $directory has all files of $subject"
    exit 0
  fi
  for number in $changes; do
    describe "$number"
    say "would be put into place: $directory/$name"
  done
  exit 1
}

install() {
  find_changes
  if [ -z "$changes" ]; then
    rm -f installing
    say "nothing to do: $directory has all files of $subject"
    return
  fi
  check_places
  stage
  save_previous
  place
  report "put into place"
}

# Checks that every file can be installed before the first one is.
check_places() {
  for number in $changes; do
    describe "$number"
    [ ! -d "../$name" ] || fail "$directory/$name is a directory, but has to be a file: move it away"
    check_directories_of_name
  done
}

# Directories below the install directory are not entered one by one. So only root and the user who runs this may create a link there.
check_directories_of_name() {
  case $name in
    */*) holder=../$name ;;
    *) holder=.. ;;
  esac
  while [ "$holder" != .. ]; do
    holder=$(parent_of "$holder")
    [ ! -e "$holder" ] || { [ ! -h "$holder" ] && is_ours "$holder"; } ||
      fail "$directory${holder#..} is a symbolic link, or others can write to it: give a directory to root (chown), and take that permission away (chmod go-w)"
  done
}

# Writes, verifies and syncs all files before anything changes.
stage() {
  for number in $changes; do
    describe "$number"
    content "$number" >"new/$number" || fail "$state/new cannot be written: is the disk full?"
    find_sum "new/$number"
    [ "$sum" = "$checksum" ] || fail "$name does not have its checksum: copy this script again, or make room on the disk"
    give_away "new/$number" "../$name"
    chmod "$mode" "new/$number"
  done
  sync
}

# Sets the requested owner, or else the owner of the file that it replaces.
give_away() {
  if [ -n "$owner" ]; then
    has_owner "$1" || chown "$owner" "$1" || fail "$directory/$name cannot be given to $owner: run this as root"
  elif [ -e "$2" ] && [ "$me" -eq 0 ]; then
    # shellcheck disable=SC2046 # the third and the fourth word are numbers
    set -- "$1" $(ls -ldn "$2")
    chown "$4:$5" "$1"
  fi
}

# Keeps the last complete set: after an interrupted run, the set before that run.
save_previous() {
  [ ! -e installing ] || return 0
  rm -rf saving
  mkdir saving saving/files
  for number in $numbers; do
    describe "$number"
    [ -f "../$name" ] || continue
    mkdir -p "$(parent_of "saving/files/$name")"
    cp -p "../$name" "saving/files/$name" || fail "$directory/$name cannot be saved: is the disk full?"
  done
  sync
  true >saving/complete
  finish_saving
}

finish_saving() {
  [ -e saving/complete ] || return 0
  rm -rf previous
  mv saving previous
}

parent_of() {
  say "${1%/*}"
}

# A node that reads at any moment sees a complete file, whose time makes the node read it again.
place() {
  true >installing
  sync
  for number in $changes; do
    describe "$number"
    put "new/$number"
  done
  sync
  rm -f installing
}

put() {
  (umask 022 && mkdir -p "$(parent_of "../$name")")
  touch "$1"
  $rename "$1" "../$name" || fail "$directory/$name cannot be replaced: it may be a mount point, or immutable; change that, and run this again"
}

report() {
  restart=
  for number in $changes; do
    describe "$number"
    say "$1: $directory/$name"
    if [ "$boot" = yes ]; then restart=yes; fi
  done
  if [ -z "$reload" ]; then
    say "Tools read these files each time they run."
    return
  fi
  if [ -n "$restart" ]; then
    say "A running node reads its options and flags only at boot: restart it to apply them."
  fi
  say "A running node reads the other files for new connections within two minutes. To make it read them at once:"
  say "  $reload"
}

rollback() {
  [ -n "$(find . -path './previous/files/*' -type f)" ] || fail "there is no previous set of files in $directory: nothing has been replaced yet"
  changes=
  for number in $numbers; do
    describe "$number"
    saved=previous/files/$name
    [ -f "$saved" ] || continue
    if cmp -s "$saved" "../$name"; then continue; fi
    cp -p "$saved" "new/$number" || fail "$state/new cannot be written: is the disk full?"
    changes="$changes $number"
  done
  if [ -z "$changes" ]; then
    rm -f installing
    say "nothing to do: $directory has the previous files of $subject"
    return
  fi
  check_places
  sync
  place
  report "put back"
}

# In braces, so that a shell that reads only a part of this line does nothing.
{ main "$@"; }
