#!/bin/bash
# Software that Debian lacks: nothing is unpacked whose SHA-256 is not the pinned one. A file that was uploaded as
# downloads/SHA256 is taken in place of the download, and checked alike.
set -euo pipefail

unpack() {
  local file=$1 url=$2 folder=$3
  case "$url" in
    *.tar.gz | *.tgz | *.tar.xz | *.tar.zst | *.tar.bz2) tar -C "$folder" --no-same-owner -xf "$file" ;;
    *.zip) python3 -m zipfile -e "$file" "$folder" ;;
    *) ;;
  esac
}

mkdir -p downloads
while IFS=$'\t' read -r name version _ url sha256 from to mode; do
  file=downloads/$sha256
  if [ ! -e "$file" ]; then
    echo "$name $version from $url"
    curl -fsSL --retry 5 --retry-all-errors --connect-timeout 20 -o "$file.part" "$url"
    mv "$file.part" "$file"
  fi
  if ! echo "$sha256  $file" | sha256sum -c --status; then
    echo "$name $version from $url: SHA-256 is $(sha256sum "$file" | cut -d ' ' -f 1), must be $sha256" >&2
    exit 1
  fi
  folder=downloads/$sha256.unpacked
  if [ ! -d "$folder" ]; then
    mkdir "$folder"
    unpack "$file" "$url" "$folder"
  fi
  source=$folder/$from
  [ "$from" != . ] || source=$file
  install -D -m "$mode" "$source" "$to"
done < releases.list
