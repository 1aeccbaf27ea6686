#!/bin/bash
# A folder for disks; and no hash suffix, which is the cluster's secret and comes with user data.
set -euo pipefail
install -d -m 0755 -o swift -g swift /srv/node
rm -f /etc/swift/swift.conf
