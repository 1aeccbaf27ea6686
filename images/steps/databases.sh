#!/bin/bash
# Takes away the databases that the packages made, and has new ones made where a machine starts the service.
set -euo pipefail
pg_dropcluster 15 main 2> /dev/null || true
rm -rf /var/lib/postgresql/15/main /var/log/postgresql/*
find /var/lib/mysql -mindepth 1 -delete
systemctl enable watari-postgresql.service watari-mariadb.service
