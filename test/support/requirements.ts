import { spawnSync } from 'node:child_process';
import { wantedMirror } from '../../scripts/facts/aws-mirror';
import { notApplicableTests } from '../not-applicable';
import { awsProviderIsAvailable, findProgram, terraformBinary } from './programs';
import { naMarker, needsMarker } from './outcome-markers';

/** Something outside the repository that a test needs, and how a machine gets it. */
export interface Requirement {
  readonly name: string;
  readonly install: string;
  isPresent(): boolean;
}

const known = {
  terraform: {
    install: 'Terraform or OpenTofu 1.10 or later, on the PATH',
    isPresent: () => terraformBinary() !== undefined,
  },
  'aws-provider': {
    install: `network access to the Terraform registry, or ${wantedMirror}`,
    isPresent: awsProviderIsAvailable,
  },
  cdktf: { install: 'npm ci', isPresent: () => findProgram('cdktf') !== undefined },
  nginx: apt('nginx', 'nginx libnginx-mod-rtmp'),
  haproxy: apt('haproxy'),
  keepalived: apt('keepalived'),
  frr: apt('/usr/lib/frr/bgpd', 'frr'),
  nftables: apt('nft', 'nftables'),
  wireguard: apt('wg', 'wireguard-tools'),
  'cloud-init': apt('cloud-init'),
  strongswan: apt('swanctl', 'strongswan-swanctl'),
  charon: {
    install: 'apt-get install charon-systemd libstrongswan-standard-plugins strongswan-swanctl; run as root',
    isPresent: () => isRoot() && ['charon-systemd', 'swanctl'].every((name) => findProgram(name) !== undefined),
  },
  ffmpeg: apt('ffmpeg'),
  sshd: {
    install: 'apt-get install openssh-server; run as root',
    isPresent: () => isRoot() && ['sshd', 'ssh-keygen'].every((name) => findProgram(name) !== undefined),
  },
  'apt-config': apt('apt-config', 'apt'),
  sysctl: {
    install: 'apt-get install procps, version 4 or later',
    isPresent: () => spawnSync('sysctl', ['--help'], { encoding: 'utf8' }).stdout?.includes('--dry-run'),
  },
  packer: apt('packer'),
  shellcheck: apt('shellcheck'),
  xmllint: apt('xmllint', 'libxml2-utils'),
  openssl: apt('openssl'),
  curl: apt('curl'),
  git: apt('git'),
  jq: apt('jq'),
  unzip: apt('unzip'),
  chromium: apt('chromium'),
} as const;

export type RequirementName = keyof typeof known;

export function requirement(name: RequirementName): Requirement {
  return { name, ...known[name] };
}

/**
 * `describe` that is skipped, and says what to install, where a requirement is absent. With CI=true absence fails:
 * there everything is installed, and a test that does not run proves nothing.
 */
export function describeWith(needs: Requirement | readonly Requirement[], name: string, fn: () => void): void {
  const absent = [needs].flat().filter((need) => !need.isPresent());
  if (absent.length === 0) describe(name, fn);
  else if (process.env.CI === 'true') describe(name, () => it('has what it needs', () => refuse(absent)));
  else describe.skip(`${name} ${absent.map(needsMarker).join(' ')}`, fn);
}

/** Prints a test of the reviewed list as not applicable. Throws for an id that is not in `test/not-applicable.ts`. */
export function notApplicable(id: string): void {
  const reason = notApplicableTests[id];
  if (!reason) {
    throw new Error(`"${id}" is not in test/not-applicable.ts: add it with its reason, or make it apply`);
  }
  it.todo(naMarker(id, reason));
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

function refuse(absent: readonly Requirement[]): never {
  throw new Error(absent.map((need) => `${need.name} is absent. Install: ${need.install}`).join('\n'));
}

function apt(program: string, packages = program): Omit<Requirement, 'name'> {
  return { install: `apt-get install ${packages}`, isPresent: () => findProgram(program) !== undefined };
}
