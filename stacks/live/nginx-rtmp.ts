import type { ConfigurationFile, SystemdUnit } from '../../constructs/contract/configuration';
import { libraryFolder, rtmpPort, type MediaServer } from './media-server';

/** nginx with its RTMP module, as Debian and Ubuntu package it. Why the relay is a program: docs/adr/0005-edge-relay.md. */
export const nginxRtmp: MediaServer = {
  origin: {
    files: [nginxFile(originApplication())],
    units: nginxUnits(),
    mediaModule: mediaModule(),
  },
  edge: {
    files: [nginxFile(edgeApplication()), { path: `${libraryFolder}/relay`, mode: '0755', content: relayScript() }],
    units: nginxUnits(),
    mediaModule: mediaModule(),
  },
};

/** The packaged unit leaves a dead nginx dead. */
function nginxUnits(): readonly SystemdUnit[] {
  const restart = '[Service]\nRestart=always\nRestartSec=1\n';
  return [{ name: 'nginx.service.d/watari.conf', content: restart }, { name: 'nginx.service' }];
}

/**
 * One worker, because streams are known only to the worker that has them. Idle publishers and dead connections go within
 * 2 s: a publisher that comes back after a balancer's death is refused as long as its old connection stands.
 */
function nginxFile(application: string): ConfigurationFile {
  const content = `user www-data;
worker_processes 1;
worker_rlimit_nofile 65536;
pid /run/nginx.pid;
error_log /var/log/nginx/error.log;
include /etc/nginx/modules-enabled/*.conf;
events { worker_connections 32768; }
rtmp {
  access_log off;
  server {
    listen ${rtmpPort};
    ping 2s;
    ping_timeout 2s;
    timeout 5s;
    application live {
      live on;
${application}    }
  }
}
http {
  access_log off;
  server {
    listen 127.0.0.1:8081;
    location = /stat { rtmp_stat all; }
  }
}
`;
  return { path: '/etc/nginx/nginx.conf', mode: '0644', content };
}

/** Without its publisher a stream ends for the relays: another publisher's timestamps begin anew. */
function originApplication(): string {
  return `      drop_idle_publisher 2s;
      idle_streams off;
      on_publish http://127.0.0.1:8080/publish;
`;
}

function edgeApplication(): string {
  return `      allow publish 127.0.0.1;
      deny publish all;
      drop_idle_publisher 2s;
      on_play http://127.0.0.1:8080/play;
      exec_pull ${libraryFolder}/relay $name;
      exec_kill_signal term;
      respawn on;
      respawn_timeout 100ms;
`;
}

/**
 * A relay that ends is run again by nginx as long as the stream has viewers; they stay connected meanwhile. Its
 * timestamps are shifted to where viewers expect them, else a player that has seen an hour waits for an hour.
 */
function relayScript(): string {
  return `#!/bin/sh
name=$1
answer=$(curl -sf -m 10 "http://127.0.0.1:8080/source/$name") || exec sleep 0.5
set -- $answer
exec ffmpeg -nostdin -loglevel error -rw_timeout 1500000 -analyzeduration 1000000 -fpsprobesize 0 \\
  -i "$1" -c copy -output_ts_offset "$2" -f flv "rtmp://127.0.0.1:${rtmpPort}/live/$name"
`;
}

function mediaModule(): string {
  return `import urllib.request
import xml.etree.ElementTree as tree

STAT = 'http://127.0.0.1:8081/stat'


def state():
    with urllib.request.urlopen(STAT, timeout=1) as answer:
        root = tree.fromstring(answer.read())
    streams, viewers = {}, 0
    for stream in root.iter('stream'):
        for client in stream.findall('client'):
            if client.find('publishing') is None:
                viewers += 1
            else:
                streams[stream.findtext('name')] = int(client.findtext('time')) / 1000
    return {'streams': streams, 'viewers': viewers}
`;
}
