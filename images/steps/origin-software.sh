#!/bin/bash
# Licensed software that the builder gave: packages are installed, and not kept twice.
set -euo pipefail
given=/opt/watari/origin
[ -d "$given" ] || exit 0
mapfile -t packages < <(find "$given" -type f -name '*.deb' | sort)
[ "${#packages[@]}" -gt 0 ] || exit 0
DEBIAN_FRONTEND=noninteractive apt-get -qy install "${packages[@]}"
rm -f "${packages[@]}"
