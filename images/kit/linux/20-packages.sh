#!/bin/bash
# What the description lists, no more than it needs, none of it started.
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive

mapfile -t packages < packages.list
[ "${#packages[@]}" = 0 ] || apt-get -qy install "${packages[@]}"

# apt may satisfy a name with another package that provides it: the list says what has to be there.
for package in "${packages[@]}"; do
  if [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" != installed ]; then
    echo "package $package is not installed" >&2
    exit 1
  fi
done
