import { existsSync } from 'node:fs';
import { type Problem, refuse } from '../../../constructs/contract/problem';
import { type ImageVariant, architectureOf } from '../../../constructs/contract/image';
import { windowsQemuVariables } from '../../../images/kit/windows-qemu';
import type { CliContext } from '../../cli/context';
import { findOnPath } from '../../cli/find-program';
import { hostArchitecture } from '../accelerator';

type Env = CliContext['env'];

interface Program {
  /** By name on PATH, or a file. */
  readonly program: string;
  readonly does: string;
  readonly packages: string;
}

const qemuPrograms: Readonly<Record<'amd64' | 'arm64', readonly Program[]>> = {
  amd64: [{ program: 'qemu-system-x86_64', does: 'runs the machine', packages: 'qemu-system-x86' }],
  arm64: [
    { program: 'qemu-system-aarch64', does: 'runs the machine', packages: 'qemu-system-arm' },
    { program: armFirmware(), does: 'is the firmware of the machine', packages: 'qemu-efi-aarch64' },
  ],
};
const imageProgram: Program = { program: 'qemu-img', does: 'converts disks', packages: 'qemu-utils' };
const discProgram: Program = { program: 'xorriso', does: "makes the CD with the machine's seed", packages: 'xorriso' };
const debianPrograms: readonly Program[] = [
  { program: 'mmdebstrap', does: 'makes the plain Debian that the image stands on', packages: 'mmdebstrap' },
];

/** UEFI of machines that Windows is installed on. */
const windowsFirmware: Program = {
  program: windowsQemuVariables.firmware.declaration.default ?? '',
  does: 'is the firmware of the machine',
  packages: 'ovmf',
};

/** UEFI of emulated Arm machines, where Debian and Ubuntu put it. */
export function armFirmware(): string {
  return '/usr/share/qemu-efi-aarch64/QEMU_EFI.fd';
}

/** What is begun with QEMU: an image as it is, the plain Debian of one to begin with, or Windows from its DVD. */
type Work = 'boot' | 'debian' | 'windows';

const programsFor: Readonly<Record<Work, readonly Program[]>> = {
  boot: [],
  debian: debianPrograms,
  windows: [windowsFirmware],
};

/**
 * Refuses to begin where something is absent, and names the packages of Debian and Ubuntu that bring it.
 * @throws ProblemsError
 */
export function needQemu(variant: ImageVariant, { env }: { readonly env: Env }, work: Work): void {
  const architecture = architectureOf(variant);
  const wanted = [...qemuPrograms[architecture], imageProgram, discProgram, ...programsFor[work]];
  const absent = wanted.filter(({ program }) => !isPresent(program, env));
  refuse([...absent.map(absentProgram), ...(work === 'debian' ? foreign(architecture) : [])]);
}

/** @throws ProblemsError for a program that is not on PATH */
export function needProgram(program: Program, { env }: { readonly env: Env }): void {
  if (!isPresent(program.program, env)) refuse([absentProgram(program)]);
}

function absentProgram({ program, does, packages }: Program): Problem {
  const path = program.startsWith('/') ? program : 'PATH';
  return { path, message: `there is no ${program}, which ${does}`, fix: `Install it: apt-get install ${packages}` };
}

/** Packages of another architecture are installed by running their scripts, which the kernel must know to hand to QEMU. */
function foreign(architecture: 'amd64' | 'arm64'): Problem[] {
  const interpreter = architecture === 'arm64' ? 'qemu-aarch64' : 'qemu-x86_64';
  if (hostArchitecture() === architecture || existsSync(`/proc/sys/fs/binfmt_misc/${interpreter}`)) return [];
  return [
    {
      path: '--arch',
      message: `this machine does not run programs of ${architecture}, and a plain Debian of it cannot be made here`,
      value: architecture,
      bound: hostArchitecture() ?? process.arch,
      fix: 'Install what runs them: apt-get install qemu-user-static binfmt-support; or build on such a machine.',
    },
  ];
}

function isPresent(program: string, env: Env): boolean {
  return program.startsWith('/') ? existsSync(program) : findOnPath(program, env.PATH) !== undefined;
}
