#!/bin/bash
# Looks for credentials in every file that no package brought, and in settings that differ from their package's: keys and
# tokens by their form. Packages' own files are left out: they come from the archive, and hold examples and keys for tests.
set -euo pipefail
root=${1:-/}
root=${root%/}
list=$(mktemp -d)
trap 'rm -rf "$list"' EXIT

# /bin, /lib and /sbin are links to /usr: the lists of packages name both.
cat "$root"/var/lib/dpkg/info/*.list 2> /dev/null | grep -v '^/etc/' | sed -E 's#^/(bin|sbin|lib|lib32|lib64)/#/usr/\1/#' > "$list/packages"
# Settings count as the package's while they have its MD5: https://www.debian.org/doc/debian-policy/ap-pkg-conffiles.html
awk '!/^ / { listed = /^Conffiles:/ } listed && /^ \// { print $2 "  ." $1 }' "$root/var/lib/dpkg/status" > "$list/settings"
(cd "$root/"; LC_ALL=C md5sum --check "$list/settings" 2> /dev/null || true) | sed -n 's/^\.\(.*\): OK$/\1/p' >> "$list/packages"
LC_ALL=C sort -u -o "$list/packages" "$list/packages"
find "$root/" -xdev -type f ! -path "$root/proc/*" ! -path "$root/sys/*" ! -path "$root/run/*" ! -path "$list/*" -printf '/%P\n' |
  LC_ALL=C sort > "$list/all"
LC_ALL=C comm -13 "$list/packages" "$list/all" > "$list/own"

# Built from parts, so that this file does not find itself.
dash=-----
# shellcheck disable=SC2016 # The dollars are those of password hashes.
patterns=(
  "${dash}BEGIN ([A-Z0-9]+ )*PRIVATE KEY"
  "${dash}BEGIN PGP PRIVATE KEY"
  '\b(AKIA|ASIA)[0-9A-Z]{16}\b'
  'aws_secret_access_key[ "'"'"']*[=:]'
  '"type": *"service_account"'
  '\bAIza[0-9A-Za-z_-]{35}\b'
  '\bya29\.[0-9A-Za-z_-]{20,}'
  '\b(ghp|gho|ghs|ghr|github_pat)_[0-9A-Za-z_]{30,}'
  '\bglpat-[0-9A-Za-z_-]{20}'
  '\bxox[abpr]-[0-9A-Za-z-]{10,}'
  '\bhv[sb]\.[0-9A-Za-z_-]{20,}'
  '\beyJ[0-9A-Za-z_-]{10,}\.eyJ[0-9A-Za-z_-]{10,}\.[0-9A-Za-z_-]{10,}'
  '^[^#:]*:\$(1|2[aby]|5|6|y|argon2id?)\$[^:]+:'
  '[a-z]+://[^/:@ ]+:[^/@ $]{6,}@[a-z0-9.]+'
)
printf '%s\n' "${patterns[@]}" > "$list/patterns"
# A pattern that grep does not understand finds nothing: 1 is its answer to an empty text, 2 to a mistake.
status=0
grep -qE -f "$list/patterns" < /dev/null || status=$?
[ "$status" = 1 ]

# 1 says that none of some files matches; whatever else goes wrong is no answer.
# shellcheck disable=SC2016 # Expanded by the inner shell.
found=$(sed "s#^#$root#" "$list/own" | tr '\n' '\0' |
  xargs -0 -r sh -c 'grep -lIE -f "$0" -- "$@" || [ $? = 1 ]' "$list/patterns")
# Where a pattern is found is said, and not what: the log of a build is no place for it either.
if [ -n "$found" ]; then
  printf 'Looks like a credential in:\n%s\n' "$found"
  exit 1
fi
