#!/bin/bash
# Services that are nothing without the configuration of their machine: user data enables and starts them.
set -euo pipefail
for service in frr haproxy keepalived mariadb memcached nginx postgresql redis-sentinel redis-server rsync strongswan \
  prometheus prometheus-alertmanager prometheus-blackbox-exporter prometheus-mysqld-exporter prometheus-nginx-exporter \
  prometheus-postgres-exporter prometheus-redis-exporter swift-proxy \
  swift-account swift-account-auditor swift-account-reaper swift-account-replicator \
  swift-container swift-container-auditor swift-container-reconciler swift-container-replicator swift-container-sharder \
  swift-container-sync swift-container-updater \
  swift-object swift-object-auditor swift-object-reconstructor swift-object-replicator swift-object-updater; do
  if systemctl is-enabled -q "$service.service" 2> /dev/null; then systemctl disable -q "$service.service"; fi
done
# Podman's interface is as good as root, and a container's image is changed by whoever deploys it.
for unit in podman.socket podman-auto-update.timer; do
  if systemctl is-enabled -q "$unit" 2> /dev/null; then systemctl disable -q "$unit"; fi
done
