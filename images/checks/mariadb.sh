#!/bin/bash
# As at a first boot: the database is made, starts and answers root of the machine alone; then all of it goes again.
set -euo pipefail
undo() {
  systemctl stop mariadb.service watari-mariadb.service || true
  find /var/lib/mysql -mindepth 1 -delete
}
trap undo EXIT
timeout 300 systemctl start mariadb.service
[ "$(mariadb -NBe 'select 6 * 7')" = 42 ]
if runuser -u nobody -- mariadb -u root -e 'select 1' > /dev/null 2>&1; then
  echo 'everybody on this machine is root of the database'
  exit 1
fi
