import type { Check } from './checks';
import type { Input } from './description';

/** For images of `microarchitectures`: programs that whoever builds has compiled for each level. */
export const ownPrograms: Readonly<Record<'programs', Input>> = {
  programs: {
    kind: 'file',
    description:
      'a folder with programs of your own, built for the variant: {variant} in its name stands for amd64-v3, arm64, ...',
    path: '/opt/watari/bin',
    mode: '0755',
    optional: true,
  },
};

/** A single file would stand where the folder belongs. */
export const ownProgramsCheck: Check = {
  command: '[ ! -f /opt/watari/bin ]',
  what: 'programs of your own, if any, are a folder',
};
