#!/bin/bash
# Prometheus scrapes this machine through the blackbox exporter, fires a rule, and Alertmanager has the alert.
set -euo pipefail
folder=$(mktemp -d)
cat > "$folder/prometheus.yml" <<CONF
global: { scrape_interval: 5s, scrape_timeout: 5s, evaluation_interval: 1s }
alerting: { alertmanagers: [{ static_configs: [{ targets: ['127.0.0.1:29093'] }] }] }
rule_files: ['$folder/rules.yml']
scrape_configs:
  - job_name: probe
    metrics_path: /probe
    params: { module: [http_2xx], target: ['http://127.0.0.1:9100/metrics'] }
    static_configs: [{ targets: ['127.0.0.1:29115'] }]
CONF
cat > "$folder/rules.yml" <<'CONF'
groups: [{ name: check, rules: [{ alert: Reached, expr: 'probe_success == 1' }] }]
CONF
echo 'route: { receiver: none }
receivers: [{ name: none }]' > "$folder/alertmanager.yml"
echo 'modules: { http_2xx: { prober: http } }' > "$folder/blackbox.yml"
promtool check config "$folder/prometheus.yml"
amtool check-config "$folder/alertmanager.yml"
prometheus --config.file="$folder/prometheus.yml" --storage.tsdb.path="$folder/data" --web.listen-address=127.0.0.1:29090 > "$folder/log1" 2>&1 &
one=$!
prometheus-alertmanager --config.file="$folder/alertmanager.yml" --storage.path="$folder/alerts" --cluster.listen-address= \
  --web.listen-address=127.0.0.1:29093 > "$folder/log2" 2>&1 &
two=$!
prometheus-blackbox-exporter --config.file="$folder/blackbox.yml" --web.listen-address=127.0.0.1:29115 > "$folder/log3" 2>&1 &
three=$!
trap 'kill $one $two $three 2>/dev/null || true; wait; rm -rf "$folder"' EXIT
for _ in $(seq 150); do
  if curl -sf -m 5 http://127.0.0.1:29093/api/v2/alerts | grep '"alertname":"Reached"' > /dev/null; then exit 0; fi
  sleep 1
done
tail -n 5 "$folder"/log*
exit 1
