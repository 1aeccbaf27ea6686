import { image } from './kit/description';

/** The unit that encodes comes with user data, named watari-encoder.service: the guard of the processor's level holds for it. */
export default image({
  summary: 'Encoder: ffmpeg with x264, x265, VP9 and AV1, or programs of your own for each level of x86-64',
  base: 'base',
  microarchitectures: true,
  packages: ['ffmpeg', 'mediainfo', 'python3'],
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
  checks: [
    { command: '[ ! -f /opt/watari/bin ]', what: 'programs of your own, if any, are a folder' },
    { script: 'checks/encoding.sh', what: 'ffmpeg encodes and decodes what the platform uses' },
  ],
});
