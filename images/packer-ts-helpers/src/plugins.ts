import type { Build, Plugin } from './template';

// The releases that the attribute tables were read from (generate/components.ts). What is not here is part of Packer.
const plugins: Readonly<Record<string, { readonly name: string } & Plugin>> = {
  'source amazon-ebs': official('amazon', '1.8.2'),
  'source cloudstack': official('cloudstack', '1.0.2'),
  'source googlecompute': official('googlecompute', '1.2.7'),
  'source qemu': official('qemu', '1.1.4'),
  'provisioner ansible': official('ansible', '1.1.6'),
};

function official(name: string, version: string) {
  return { name, source: `github.com/hashicorp/${name}`, version: `= ${version}` };
}

/** The plugins that the components of some builds live in, by name. */
export function pluginsOf(builds: readonly Build[]): Record<string, Plugin> {
  const components = builds.flatMap(({ sources, provisioners = [] }) => [...sources, ...provisioners]);
  const needed = components
    .map(({ kind, type }) => plugins[`${kind} ${type}`])
    .filter((plugin) => plugin !== undefined);
  return Object.fromEntries(needed.map(({ name, source, version }) => [name, { source, version }]));
}
