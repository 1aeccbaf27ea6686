import { image } from './kit/description';
import { ownPrograms, ownProgramsCheck } from './kit/own-programs';

/** What stacks/live/nginx-rtmp.ts and the agents of edges need: the relay is ffmpeg. */
export default image({
  summary: 'Edge of live streams: nginx with its RTMP module, ffmpeg for the relay, Python for the agent',
  base: 'base',
  microarchitectures: true,
  packages: ['curl', 'ffmpeg', 'libnginx-mod-rtmp', 'nginx', 'python3'],
  inputs: ownPrograms,
  steps: ['steps/start-by-user-data.sh'],
  checks: [
    ownProgramsCheck,
    { service: 'nginx.service', is: 'disabled' },
    { script: 'checks/rtmp.sh', what: 'a stream that is published can be played' },
    { script: 'checks/python-agent.sh', what: 'Python has what the agent imports' },
    { user: 'www-data', is: 'locked' },
  ],
});
