#!/bin/bash
# Files of the description and of its inputs. Their owners may be users of packages, which are there by now.
set -euo pipefail

while IFS=$'\t' read -r mode owner path; do
  install -D -m "$mode" -o "${owner%%:*}" -g "${owner##*:}" "root$path" "$path"
done < files.list
