/**
 * What every install script does, after the part that says what it holds: POSIX `sh`, and nothing but POSIX programs beside `sync` and one that
 * computes SHA-256. It is one script, which people read on their nodes, and longer than a source file should be for that reason alone.
 *
 * What it leaves in the install directory, in `.erlang-tls`: `previous`, the set before the last change; `new`, what is about to be put into
 * place; `installing`, which says that some of it is; `lock`. Whoever ends it at any moment leaves complete files, old or new, and the next run
 * goes on.
 */
/* eslint-disable max-lines -- one shell script; cut in two, neither half could be read alone */
export const INSTALL_SCRIPT_BODY = String.raw`usage() {
  echo "usage: sh $0 [--check | --rollback] [--root DIR] [--owner USER[:GROUP]]"
  echo "  --check     says what would change, and ends with status 1 where anything would"
  echo "  --rollback  puts back the set of files from before the last change"
  echo "  --root      takes DIR for the root of the file system"
  echo "  --owner     who the files belong to (default: ${'$'}{owner:-as now, or who runs this})"
}

fail() {
  echo "error: $*" >&2
  exit 2
}

main() {
  action=install root=
  while [ $# -gt 0 ]; do
    case $1 in
      --check) action=check ;;
      --rollback) action=rollback ;;
      --root) [ $# -gt 1 ] || fail "--root needs a directory"; root=$2; shift ;;
      --owner) [ $# -gt 1 ] || fail "--owner needs a user"; owner=$2; shift ;;
      --help) usage; exit 0 ;;
      *) usage >&2; fail "unknown argument $1" ;;
    esac
    shift
  done
  check_programs
  directory=$root$install_directory
  case $action in
    check) check_only ;;
    *)
      prepare_directory
      take_lock
      finish_saving
      "$action"
      ;;
  esac
}

check_programs() {
  for program in cat chmod chown cmp cp find id ls mkdir mv rm sync touch; do
    command -v "$program" >/dev/null || fail "$program is missing on this machine"
  done
  for sha256 in 'sha256sum' 'shasum -a 256' 'openssl dgst -sha256 -r' ''; do
    [ -n "$sha256" ] || fail "none of sha256sum, shasum and openssl is on this machine"
    if command -v "${'$'}{sha256%% *}" >/dev/null; then break; fi
  done
}

sha256_of() {
  # shellcheck disable=SC2086 # a command with its options
  sum=$($sha256 <"$1") || fail "$1 cannot be read"
  echo "${'$'}{sum%% *}"
}

# Whoever can write to the directory can replace the option file, which is code that the node runs.
prepare_directory() {
  if [ ! -d "$directory" ]; then
    (umask 022 && mkdir -p "$directory") || fail "$directory cannot be made"
  fi
  directory=$(cd -P "$directory" && pwd -P) || fail "$directory cannot be entered"
  [ -z "$(find "$directory" -prune \( -perm -0020 -o -perm -0002 \))" ] ||
    fail "others can write to $directory: take that permission away (chmod go-w)"
  parent=$directory
  while [ "$parent" != / ] && [ "$parent" != "$root" ]; do
    parent=$(cd -P "$parent/.." && pwd -P)
    [ -z "$(find "$parent" -prune -perm -0002 ! -perm -1000)" ] || fail "everybody can write to $parent, which holds $directory"
  done
  state=$directory/.erlang-tls
  [ ! -h "$state" ] || fail "$state is a symbolic link"
  mkdir -p "$state" || fail "$directory cannot be written to"
}

take_lock() {
  if ! mkdir "$state/lock" 2>/dev/null; then
    other=$(cat "$state/lock/pid" 2>/dev/null) || other=
    if [ -n "$other" ] && kill -0 "$other" 2>/dev/null; then fail "another run, with process id $other, is at work in $directory"; fi
    rm -rf "$state/lock"
    mkdir "$state/lock" || fail "$state cannot be written to"
  fi
  trap 'end $?' EXIT
  trap 'exit 2' HUP INT TERM
  echo $$ >"$state/lock/pid" || fail "$state cannot be written to: is the disk full?"
}

# What fails without a message of ours ends with 1, which would look like the answer of --check.
end() {
  rm -rf "$state/new" "$state/lock"
  if [ "$1" -eq 1 ]; then exit 2; fi
}

# A file is as it should be when its text, its mode and its owner are.
is_installed() {
  file=$directory/$name
  [ -f "$file" ] && [ ! -h "$file" ] && [ "$(sha256_of "$file")" = "$checksum" ] &&
    [ -n "$(find "$file" -prune -perm "$mode")" ] && has_owner "$file"
}

has_owner() {
  case $owner in
    '') return 0 ;;
    *:*) [ -n "$(find "$1" -prune -user "${'$'}{owner%%:*}" -group "${'$'}{owner#*:}")" ] ;;
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
    echo "nothing to do: $directory has all files of $subject"
    exit 0
  fi
  for number in $changes; do
    describe "$number"
    echo "would be put into place: $directory/$name"
  done
  exit 1
}

install() {
  find_changes
  if [ -z "$changes" ]; then
    rm -f "$state/installing"
    echo "nothing to do: $directory has all files of $subject"
    return
  fi
  stage
  save_previous
  place
  report
}

# All of it is written, checked and on the disk before anything changes.
stage() {
  rm -rf "$state/new"
  mkdir "$state/new" || fail "$state cannot be written to"
  for number in $changes; do
    describe "$number"
    content "$number" >"$state/new/$number" || fail "$state/new cannot be written: is the disk full?"
    [ "$(sha256_of "$state/new/$number")" = "$checksum" ] || fail "$name does not have its checksum: this script is damaged, or the disk is full"
    give_away "$state/new/$number" "$directory/$name"
    chmod "$mode" "$state/new/$number"
  done
  sync
}

# To the owner that was asked for, or else to the one of the file that it replaces.
give_away() {
  if [ -n "$owner" ]; then
    has_owner "$1" || chown "$owner" "$1" || fail "$1 cannot be given to $owner: run this as root"
  elif [ -e "$2" ] && [ "$(id -u)" -eq 0 ]; then
    # shellcheck disable=SC2046 # the third and the fourth word are numbers
    set -- "$1" $(ls -ldn "$2")
    chown "$4:$5" "$1"
  fi
}

# The set that was complete is kept: after a run that was cut off, the one before it.
save_previous() {
  [ ! -e "$state/installing" ] || return 0
  rm -rf "$state/saving"
  mkdir "$state/saving" "$state/saving/files"
  for number in $numbers; do
    describe "$number"
    [ -f "$directory/$name" ] || continue
    mkdir -p "$(parent_of "$state/saving/files/$name")"
    cp -p "$directory/$name" "$state/saving/files/$name" || fail "$directory/$name cannot be saved: is the disk full?"
  done
  sync
  : >"$state/saving/complete"
  finish_saving
  : >"$state/installing"
  sync
}

finish_saving() {
  [ -e "$state/saving/complete" ] || return 0
  rm -rf "$state/previous"
  mv "$state/saving" "$state/previous"
}

parent_of() {
  echo "${'$'}{1%/*}"
}

# A node that reads at any moment sees a whole file, with a time that tells it to read again.
place() {
  for number in $changes; do
    describe "$number"
    put "$state/new/$number" "$name"
  done
  sync
  rm -f "$state/installing"
}

put() {
  [ ! -d "$directory/$2" ] || fail "$directory/$2 is a directory"
  (umask 022 && mkdir -p "$(parent_of "$directory/$2")")
  touch "$1"
  mv -f "$1" "$directory/$2" || fail "$directory/$2 cannot be replaced"
}

report() {
  restart=
  for number in $changes; do
    describe "$number"
    echo "put into place: $directory/$name"
    if [ "$boot" = yes ]; then restart=yes; fi
  done
  if [ -z "$reload" ]; then
    echo "Tools read them whenever they are called."
    return
  fi
  if [ -n "$restart" ]; then
    echo "A running node reads its options and flags at boot only: restart it for those."
  fi
  echo "A running node reads the rest for new connections, within two minutes. At once:"
  echo "  $reload"
}

rollback() {
  [ -d "$state/previous/files" ] || fail "there is no previous set of files in $directory"
  rm -rf "$state/new"
  mkdir "$state/new"
  restored=
  for number in $numbers; do
    describe "$number"
    saved=$state/previous/files/$name
    [ -f "$saved" ] || continue
    if cmp -s "$saved" "$directory/$name"; then continue; fi
    cp -p "$saved" "$state/new/$number" || fail "$state/new cannot be written: is the disk full?"
    sync
    put "$state/new/$number" "$name"
    echo "put back: $directory/$name"
    restored=yes
  done
  sync
  rm -f "$state/installing"
  if [ -z "$restored" ]; then echo "nothing to do: $directory has the previous files of $subject"; fi
}

main "$@"
`;
