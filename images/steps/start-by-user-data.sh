#!/bin/bash
# Services that are nothing without the configuration of their machine: user data enables and starts them.
set -euo pipefail
for service in apache2 alertmanager haproxy frr keepalived mariadb nginx redis-server redis-sentinel strongswan swift-proxy \
  swift-account swift-account-auditor swift-account-reaper swift-account-replicator \
  swift-container swift-container-auditor swift-container-reconciler swift-container-replicator swift-container-sharder \
  swift-container-sync swift-container-updater swift-object swift-object-auditor swift-object-reconstructor \
  swift-object-replicator swift-object-updater memcached rsync \
  prometheus prometheus-alertmanager prometheus-blackbox-exporter prometheus-redis-exporter prometheus-haproxy-exporter \
  prometheus-nginx-exporter prometheus-postgres-exporter prometheus-mysqld-exporter postgresql; do
  if systemctl cat "$service.service" > /dev/null 2>&1 || [ -e "/etc/init.d/$service" ]; then
    systemctl disable -q "$service.service" 2> /dev/null
  fi
done
