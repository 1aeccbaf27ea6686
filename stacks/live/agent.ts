import type { ConfigurationFile, SystemdUnit } from '../../constructs/contract/configuration';
import { libraryFolder } from './media-server';

export const agentUnitName = 'watari-agent.service';
/** While this file exists, an edge takes no new viewers. */
export const flagPath = '/run/watari/draining';

/** The agent's program, its settings and its unit; `media.py` is the media server's. */
export function agentParts(
  role: 'origin' | 'edge',
  program: string,
  settings: Readonly<Record<string, unknown>>,
  mediaModule: string,
): { readonly files: readonly ConfigurationFile[]; readonly units: readonly SystemdUnit[] } {
  return {
    files: [
      { path: `${libraryFolder}/agent`, mode: '0755', content: program },
      { path: `${libraryFolder}/media.py`, mode: '0644', content: mediaModule },
      { path: `/etc/watari/${role}.json`, mode: '0644', content: `${JSON.stringify(settings)}\n` },
    ],
    units: [{ name: agentUnitName, content: agentUnit }],
  };
}

/**
 * Python that both agents share: the media server's state, asked at most five times a second however many ask. A dead
 * or hung server is remembered as long, so that questions do not pile up behind it.
 */
export const cachedState = String.raw`class Media:
    lock, asked, answer, error = threading.Lock(), -9.0, None, None

    def state(self):
        with self.lock:
            if time.monotonic() - self.asked > 0.2:
                try:
                    self.answer, self.error = media.state(), None
                except Exception as error:
                    self.error = error
                self.asked = time.monotonic()
            if self.error:
                raise self.error
            return self.answer


server = Media()`;

/** The folders outlive the agent: an edge that drains goes on draining, and remembers its origins. */
const agentUnit = `[Unit]
Description=Health endpoint and admission
After=network.target
StartLimitIntervalSec=0
[Service]
ExecStart=${libraryFolder}/agent
Restart=always
RestartSec=1
DynamicUser=yes
RuntimeDirectory=watari
RuntimeDirectoryPreserve=yes
StateDirectory=watari
LimitNOFILE=65536
[Install]
WantedBy=multi-user.target
`;
