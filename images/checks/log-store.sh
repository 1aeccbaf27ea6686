#!/bin/bash
# The receiver writes a file for the machine that sends, and journalctl reads it.
set -euo pipefail
folder=$(mktemp -d)
chmod 0755 "$folder"
trap 'rm -rf "$folder"' EXIT
mark="watari-store-$RANDOM$RANDOM"
logger "$mark"
journalctl --sync
journalctl -o export -n 500 | /lib/systemd/systemd-journal-remote --output="$folder/remote-check.journal" --split-mode=none -
journalctl -q --file="$folder/remote-check.journal" | grep "$mark"
systemd-analyze verify --man=no systemd-journal-remote.service
