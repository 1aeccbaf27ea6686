import { image } from './kit/description';
import { ownPrograms, ownProgramsCheck } from './kit/own-programs';

/** The unit that encodes comes with user data, named watari-encoder.service: the guard of the processor's level holds for it. */
export default image({
  summary: 'Encoder: ffmpeg with x264, x265, VP9 and AV1, or programs of your own for each level of x86-64',
  base: 'base',
  microarchitectures: true,
  packages: ['ffmpeg', 'mediainfo', 'python3'],
  inputs: ownPrograms,
  checks: [
    ownProgramsCheck,
    { script: 'checks/encoding.sh', what: 'ffmpeg encodes and decodes what the platform uses' },
  ],
});
