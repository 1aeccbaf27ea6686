#!/bin/bash
# The packages of the image are those of its list of contents, with their versions.
set -euo pipefail
diff <(awk -F '\t' '$1 == "deb" { print $2, $3, $4 }' manifest.tsv | LC_ALL=C sort) \
  <(dpkg-query -W -f '${db:Status-Status} ${Package} ${Version} ${Architecture}\n' | sed -n 's/^installed //p' | LC_ALL=C sort)
