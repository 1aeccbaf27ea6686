import { TerraformStack, Testing } from 'cdktf';
import {
  type ImageBuild,
  type OperatingSystem,
  architectureOf,
  cpuLevels,
  imageBuildCommand,
  imageName,
  imageVariants,
} from '../../constructs/contract/image';
import { type SourceAttributes, type SourceType, render, source } from '../../images/packer-ts-helpers/src';
import { exampleSite } from '../support/example-site';
import { machineSpec, networkHandles } from '../support/example-specs';
import { emittedBy, mentions, plainStack } from '../support/emitted';
import { imageBuild, imageOf } from '../support/images';
import { enrolled } from './enrolled';

const systems: readonly OperatingSystem[] = ['debian-12', 'windows-server-2022', 'windows-server-2025'];
/** Attributes that Packer 1.6.6 does not know, and that templates for it leave out. */
const currentOnly = ['imds_support', 'metadata_options'];

describe.each(enrolled)('images of $title', (entry) => {
  const site = exampleSite(entry);
  const { image } = entry.adapter;
  const longest = { role: 'a-role-of-twenty-four-c', variant: 'amd64-v4', contentId: 'fedcba987654' } as const;
  const builds = systems.flatMap((operatingSystem) =>
    imageVariants
      .filter((variant) => operatingSystem === 'debian-12' || variant === 'amd64')
      .map((variant) => imageBuild([site], { operatingSystem, variant })),
  );

  it('are named by role, variant and content, and never as the latest', () => {
    const names = [imageOf('edge'), imageOf('edge', 'arm64'), imageOf('origin'), longest].map((one) =>
      image.name(site, one),
    );
    expect(new Set(names).size).toBe(names.length);
    expect(image.name(site, longest)).toContain(imageName(longest));
    expect(names.filter((name) => /latest|most.?recent|family\//i.test(name))).toEqual([]);
  });

  it('have pinned bases, as pure JSON with source and date', () => {
    expect(JSON.parse(JSON.stringify(image.bases))).toEqual(image.bases);
    expect(image.bases.source).toBeTruthy();
    expect(image.bases.read).toMatch(/^20\d\d-\d\d-\d\d$/);
    expect(Object.keys(image.bases.systems).sort()).toEqual(systems);
  });

  it('are built of every system for every processor, the same whenever it is asked', () => {
    for (const build of builds) {
      const [once, again] = [0, 1].map(() => JSON.stringify(image.packerSource(build)));
      expect(again).toBe(once);
      expect(once).not.toMatch(/most_recent":true|latest/i);
    }
  });

  it('have sources of which Packer knows every attribute, the older one and the current', () => {
    for (const target of ['1.6.6', 'current'] as const)
      for (const build of builds) expect(() => rendered(build, target)).not.toThrow();
  });

  it('pin the plugin of Packer to one version', () => {
    const plugins = builds.map((build) => image.packerSource(build)).filter(({ type }) => type !== 'qemu');
    for (const { plugin } of plugins) {
      expect(plugin?.source).toMatch(/^github\.com\/[^/]+\/[^/]+$/);
      expect(plugin?.version).toMatch(/^\d+\.\d+\.\d+$/);
    }
  });

  it('are looked up by that name where machines boot them, and their absence names the build command', () => {
    const stack = new TerraformStack(Testing.app(), 'machines');
    entry.adapter.configure(stack, site);
    const network = networkHandles(stack, entry, site);
    entry.adapter.machines(stack, 'origins', { site, network, machines: [machineSpec(site, 'a', 1)] });
    const json = plainStack(Testing.synth(stack));
    expect(
      mentions(emittedBy(json), image.name(site, imageOf('origin'))) ||
        JSON.stringify(json).includes(imageName(imageOf('origin'))),
    ).toBe(true);
    if (entry.provider.imageInquiry) return;
    const command = imageBuildCommand(imageOf('origin'), image.packerSource(builds[0] as ImageBuild));
    const inAnId = `run-${command.replace(/^npx /, '').replaceAll(' --', '--').replaceAll(' ', '-')}`;
    expect([command, inAnId].some((words) => JSON.stringify(json).includes(words))).toBe(true);
  });

  it('have machine types with a level of processors', () => {
    const { types } = entry.adapter.machineTypes(site, 'origin');
    expect(types.filter(({ cpu }) => !cpuLevels.includes(cpu))).toEqual([]);
  });

  /** A template of the source alone; what reaches Windows is added by whoever makes the whole template. */
  function rendered(build: ImageBuild, target: '1.6.6' | 'current'): unknown {
    const { type, body } = image.packerSource(build);
    const windows = build.operatingSystem !== 'debian-12' && type !== 'qemu';
    const reached = windows ? { communicator: 'winrm', winrm_username: 'Administrator' } : {};
    const known = Object.entries(body).filter(([name]) => target === 'current' || !currentOnly.includes(name));
    if (type === 'qemu') return expect(known).toEqual([]);
    const attributes = { ...Object.fromEntries(known), ...reached } as SourceAttributes[SourceType];
    const sources = [source(type as SourceType, architectureOf(build.variant), attributes)];
    return render({ builds: [{ name: 'edge', sources }] }, { target, command: 'a test' });
  }
});
