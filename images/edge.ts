import { image } from './kit/description';

/** What stacks/live/nginx-rtmp.ts and the agents of edges need: the relay is ffmpeg. */
export default image({
  summary: 'Edge of live streams: nginx with its RTMP module, ffmpeg for the relay, Python for the agent',
  base: 'base',
  microarchitectures: true,
  packages: ['curl', 'ffmpeg', 'libnginx-mod-rtmp', 'nginx', 'python3'],
  inputs: {
    programs: {
      kind: 'file',
      description:
        'a folder with programs of your own, built for the variant: {variant} in its name stands for amd64-v3, arm64, ...',
      path: '/opt/watari/bin',
      mode: '0755',
      optional: true,
    },
  },
  steps: ['steps/start-by-user-data.sh'],
  checks: [
    { command: '[ ! -f /opt/watari/bin ]', what: 'programs of your own, if any, are a folder' },
    { service: 'nginx.service', is: 'disabled' },
    { script: 'checks/rtmp.sh', what: 'a stream that is published can be played' },
    { script: 'checks/python-agent.sh', what: 'Python has what the agent imports' },
    { user: 'www-data', is: 'locked' },
  ],
});
