#!/bin/bash
# The account that Consul runs as, and the folder that only it reads: user data writes keys there.
set -euo pipefail
adduser --system --group --home /var/lib/consul --no-create-home --quiet consul
install -d -m 0750 -o root -g consul /etc/consul.d
