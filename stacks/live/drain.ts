import type { ConfigurationFile, SystemdUnit } from '../../constructs/contract/configuration';
import { agentUnitName, flagPath } from './agent';
import { libraryFolder } from './media-server';

/**
 * A unit that does nothing until it is stopped, by a shutdown or by hand: then the edge takes no more viewers and waits
 * until the last has gone or the time is over. It is ordered after the media server, so it is stopped before it.
 */
export function drainParts(
  drainSeconds: number,
  mediaUnits: readonly string[],
): {
  readonly files: readonly ConfigurationFile[];
  readonly units: readonly SystemdUnit[];
} {
  return {
    files: [{ path: `${libraryFolder}/drain`, mode: '0755', content: drainScript(drainSeconds) }],
    units: [{ name: 'watari-drain.service', content: drainUnit(drainSeconds, mediaUnits) }],
  };
}

function drainScript(seconds: number): string {
  return `#!/bin/sh
touch ${flagPath}
end=$(($(date +%s) + ${seconds}))
while [ "$(date +%s)" -lt "$end" ]; do
  [ "$(curl -sf -m 2 http://127.0.0.1:8080/viewers)" = 0 ] && exit
  sleep 1
done
`;
}

function drainUnit(seconds: number, mediaUnits: readonly string[]): string {
  return `[Unit]
Description=Viewers leave before this machine does
After=network-online.target ${mediaUnits.join(' ')} ${agentUnitName}
Wants=network-online.target
[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/bin/rm -f ${flagPath}
ExecStop=${libraryFolder}/drain
TimeoutStopSec=${seconds + 10}
[Install]
WantedBy=multi-user.target
`;
}
