#!/bin/bash
# As at a first boot: the database is made with a key for TLS of its own, starts and answers; then all of it goes again.
set -euo pipefail
# shellcheck disable=SC2317 # Run by the trap.
undo() {
  systemctl stop postgresql.service watari-postgresql.service || true
  pg_dropcluster --stop 15 main || true
  rm -f /etc/ssl/private/ssl-cert-snakeoil.key /etc/ssl/certs/ssl-cert-snakeoil.pem
  systemctl daemon-reload
}
trap undo EXIT
timeout 240 systemctl start postgresql.service
for _ in $(seq 60); do
  if runuser -u postgres -- psql -tAc 'select 6 * 7' 2>/dev/null | grep -x 42; then exit 0; fi
  sleep 1
done
systemctl status --no-pager watari-postgresql.service postgresql@15-main.service
exit 1
