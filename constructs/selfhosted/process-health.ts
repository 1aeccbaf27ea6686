import type { ConfigurationFile, SystemdUnit } from '../contract/configuration';
import { healthPort } from '../machine-base';

/**
 * A health endpoint for machines whose programs have none: 200 while all of the named processes run.
 * @param processes names as the kernel has them, 15 characters at most
 */
export function processHealth(processes: readonly string[]): {
  readonly files: readonly ConfigurationFile[];
  readonly units: readonly SystemdUnit[];
} {
  return {
    files: [{ path: '/usr/local/lib/watari/health', mode: '0755', content: healthScript(processes) }],
    units: [{ name: 'watari-health.service', content: healthUnit }],
  };
}

function healthScript(processes: readonly string[]): string {
  return `#!/usr/bin/python3
import glob
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

WANTED = set(${JSON.stringify(processes)})


def running():
    for path in glob.glob('/proc/[0-9]*/comm'):
        try:
            with open(path) as comm:
                yield comm.read().strip()
        except OSError:
            pass


class Health(BaseHTTPRequestHandler):
    timeout = 5

    def do_GET(self):
        healthy = WANTED <= set(running())
        self.send_response(404 if self.path != '/health' else 200 if healthy else 503)
        self.send_header('Content-Length', '0')
        self.end_headers()

    def log_message(self, *_):
        pass


ThreadingHTTPServer(('', ${healthPort}), Health).serve_forever()
`;
}

const healthUnit = `[Unit]
Description=Health endpoint
After=network.target
[Service]
ExecStart=/usr/local/lib/watari/health
Restart=always
RestartSec=1
DynamicUser=yes
[Install]
WantedBy=multi-user.target
`;
