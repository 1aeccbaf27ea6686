#!/bin/bash
# A partition can be grown to the disk that it is on: the first boot does so where the disk is larger than the image.
set -euo pipefail
disk=$(mktemp)
trap 'rm -f "$disk"' EXIT
truncate -s 64M "$disk"
printf 'label: gpt\nstart=2048, size=20480\n' | sfdisk -q "$disk"
growpart --dry-run "$disk" 1 | grep 'CHANGE: partition=1'
