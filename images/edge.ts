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
      description: 'a folder with programs of your own, or with one folder of them for each variant (amd64-v3, arm64)',
      path: '/opt/watari/programs',
      mode: '0755',
      optional: true,
    },
  },
  steps: ['steps/own-programs.sh', 'steps/start-by-user-data.sh'],
  checks: [
    { service: 'nginx.service', is: 'disabled' },
    { script: 'checks/rtmp.sh', what: 'a stream that is published can be played' },
    { script: 'checks/python-agent.sh', what: 'Python has what the agent imports' },
    { user: 'www-data', is: 'locked' },
  ],
});
