#!/bin/bash
# What is in the image, a line each, tab-separated: `deb`, name, version, architecture, source package; and `release`,
# name, version, license (SPDX), SHA-256; and `input`, path in the image, name of the input, nothing, SHA-256.
set -euo pipefail

{
  dpkg-query -W -f '${db:Status-Status}\tdeb\t${Package}\t${Version}\t${Architecture}\t${source:Package}\n' |
    sed -n 's/^installed\t//p'
  awk -F '\t' -v OFS='\t' '{ print "release", $1, $2, $3, $5 }' releases.list | uniq
  awk -F '\t' -v OFS='\t' '{ print "input", $1, $2, "", $3 }' inputs.list
} | LC_ALL=C sort > manifest.tsv
