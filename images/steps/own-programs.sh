#!/bin/bash
# Programs of the builder's own, where they were given: /opt/watari/programs/VARIANT/* (or, the same for every variant,
# /opt/watari/programs/*) become /opt/watari/bin/*, and what was built for other processors does not stay.
set -euo pipefail
given=/opt/watari/programs
[ -d "$given" ] || exit 0

chosen=$given
[ ! -d "$given/$WATARI_VARIANT" ] || chosen=$given/$WATARI_VARIANT
mkdir -p /opt/watari/bin
find "$chosen" -mindepth 1 -maxdepth 1 -type f -exec install -m 0755 -t /opt/watari/bin {} +
rm -rf "$given"
if [ -z "$(ls /opt/watari/bin)" ]; then
  echo "the folder given for programs has neither files nor a folder $WATARI_VARIANT" >&2
  exit 1
fi
