/**
 * What runs in the utility image: POSIX sh with find, stat, awk, sort, cpio and sha256sum, as BusyBox has them. The cpio of the
 * `newc` form keeps owner, mode, times and links; names come to it one a line, so that what has a line feed in its name is left out.
 */

/** Writes the files of the working directory to standard output: `mode uid gid bytes time name`, none that is not worth keeping. */
const list = `
set -eu
export LC_ALL=C
feed='
'
mkdir -p /w
list() {
  find . -path ./.buildx-action -prune -o -name "*$feed*" -prune -o '(' -type f -o -type d -o -type l ')' -exec stat -c '%f %u %g %s %Y %n' {} + |
    awk -f /work/choose.awk
}
digest() {
  awk '{ type = substr($1, 1, 1); name = substr($0, length($1 $2 $3 $4 $5) + 6)
    print $1, $2, $3, type == "4" ? "-" : $4, type == "8" ? $5 : "-", name }' "$1" | sort | sha256sum | cut -c 1-16
}
`

/**
 * Leaves out what is made again from what stays: of conda's folders of packages those with an archive beside them, and repodata; what apt
 * is in the middle of. Both are told by what lies there, wherever the mount is.
 */
const choose = `
{ name = substr($0, length($1 $2 $3 $4 $5) + 6); lines[NR] = $0; names[NR] = name; type[name] = substr($1, 1, 1) }
function folder(path) { sub("/[^/]*$", "", path); return path }
END {
  for (name in type) {
    if (type[name] == "8" && name ~ /\\.(conda|tar\\.bz2)$/) {
      stem = name
      sub(/\\.(conda|tar\\.bz2)$/, "", stem)
      if (type[stem] == "4") { dropped[stem] = 1; dropped[folder(name) "/cache"] = 1 }
    }
    if (type[name] == "4" && name ~ /\\/partial$/ && type[folder(name) "/lock"] == "8") {
      emptied[name] = 1
      dropped[folder(name) "/lock"] = 1
    }
  }
  for (at = 1; at <= NR; at++) if (stays(names[at])) print lines[at]
}
function stays(name,  above) {
  if (name in dropped) return 0
  for (above = folder(name); above != "." && above != ""; above = folder(above)) {
    if (above in dropped || above in emptied) return 0
    if (above !~ "/") return 1
  }
  return 1
}
`

/**
 * A mount that is empty is filled by whole files only: they are unpacked and compared aside, in a folder of the mount, and moved. What an
 * interrupted run left there goes. A mount that begins with an image's files is written over.
 */
const unpack = `
${list}
archive=$1 known=$2 how=$3 stage=/mount/.buildx-action
unpacked() {
  cpio -i -d -m -u < "$archive" || return 1
  find . '!' -type f '!' -type d '!' -type l -exec rm -f {} + || return 1
}
fill() {
  mkdir "$stage" && cd "$stage" && unpacked && list > /w/list && [ "$(digest /w/list)" = "$known" ] || return 1
  find . -mindepth 1 -maxdepth 1 -exec sh -c 'mv "$@" /mount/' sh {} + || return 1
  chown "$(stat -c %u:%g .)" /mount && chmod "$(stat -c %a .)" /mount || return 1
}
rm -rf "$stage"
cd /mount
if [ "$how" = over ]; then
  if unpacked; then echo restored > /out; else echo failed > /out; fi
  exit 0
fi
if [ -n "$(find . -mindepth 1 -maxdepth 1 | head -n 1)" ]; then
  echo kept > /out
  exit 0
fi
if fill; then echo restored > /out; else
  find /mount -mindepth 1 -maxdepth 1 -exec rm -rf {} +
  echo failed > /out
fi
cd /
rm -rf "$stage"
`

/** The smallest mounts are kept whole, of the others what is newest: a file of more than 4 GB does not fit into the archive. */
const pack = `
${list}
limit=$1
shift
mkdir -p /out
: > /out/report
for pair in "$@"; do
  number=\${pair%%:*}
  cd "/m/$number"
  list > "/w/$number" || : > "/w/$number"
  awk '{ if (substr($1, 1, 1) == "8") bytes += $4 } END { printf "%.0f", bytes }' "/w/$number" > "/w/$number.bytes"
  echo "$(cat "/w/$number.bytes") $pair" >> /w/order
done
sort -n /w/order > /w/sorted
while read -r all pair; do
  number=\${pair%%:*} known=\${pair#*:}
  sort -k 5,5nr "/w/$number" | awk -v limit="$limit" '
    substr($1, 1, 1) != "8" { print; next }
    $4 < 4294967295 && used + $4 <= limit { used += $4; print }' > "/w/$number.kept"
  awk '{ if (substr($1, 1, 1) == "8") { bytes += $4; files++ } else if (substr($1, 1, 1) == "a") files++ }
    END { printf "%.0f %d", bytes, files }' "/w/$number.kept" > "/w/sum"
  read -r bytes files < /w/sum || :
  left=$(($(wc -l < "/w/$number") - $(wc -l < "/w/$number.kept")))
  limit=$((limit - bytes))
  now=$(digest "/w/$number.kept")
  state=packed
  if [ "$files" = 0 ]; then state=empty
  elif [ "$now" = "$known" ]; then state=same
  else
    cd "/m/$number"
    awk '{ print substr($0, length($1 $2 $3 $4 $5) + 6) }' "/w/$number.kept" | sort |
      cpio -o -H newc > "/out/$number.cpio" || { rm -f "/out/$number.cpio"; state=failed; }
  fi
  echo "$number $state $now $bytes $files $left" >> /out/report
done < /w/sorted
`

/** Files of the context of both builds, by name. */
export const mountScripts: Readonly<Record<string, string>> = {
  'choose.awk': choose,
  'pack.sh': pack,
  'unpack.sh': unpack,
}
