#!/bin/bash
# The server without an agent: no container is pulled. Everything that it makes, keys above all, is taken away again.
set -euo pipefail
folder=$(mktemp -d -p /var/tmp)
k3s server --disable-agent --data-dir "$folder/data" --write-kubeconfig "$folder/config" --flannel-backend none \
  --disable coredns,servicelb,traefik,local-storage,metrics-server --disable-helm-controller > "$folder/log" 2>&1 &
server=$!
trap 'kill $server 2>/dev/null || true; wait; rm -rf "$folder" /etc/rancher' EXIT
for _ in $(seq 240); do
  if [ -e "$folder/config" ] && KUBECONFIG=$folder/config kubectl get --raw /readyz 2>/dev/null | grep -x ok; then exit 0; fi
  kill -0 "$server"
  sleep 1
done
tail -n 15 "$folder/log"
exit 1
