import { join } from 'node:path';
import { architectureOf } from '../../../constructs/contract/image';
import { isWindows } from '../../../images/kit/resolve';
import type { CliContext } from '../../cli/context';
import { keptManifest } from './unit';
import { type BuildUnit, resultFolder } from './unit';

/** What is done with the result, as commands that can be copied. */
export function nextSteps(unit: BuildUnit, context: CliContext): string {
  const { name, format, staged } = unit;
  const { image, variant } = staged;
  const file = join(resultFolder(unit, context), `${name}.${format ?? ''}`);
  const architecture = `${architectureOf(variant)}/generic`;
  switch (format) {
    case undefined:
      return (keptManifest(unit, context)?.artifacts ?? []).map((id) => `  ${id}`).join('\n');
    case 'qcow2':
    case 'raw':
      return isWindows(image)
        ? `  Boot it with QEMU: ${file}`
        : [
            `  Boot it and run its checks again:  npx watari image check ${image.name} --arch ${variant}`,
            `  Boot it and log in:                npx watari image boot ${image.name} --arch ${variant}`,
          ].join('\n');
    case 'tgz':
    case 'ddgz':
      return `  Give it to MAAS:  maas $PROFILE boot-resources create name=custom/${name} architecture=${architecture} filetype=${format} content@=${file}`;
    case 'ova':
      return [
        `  Put ${file} where the provider reaches it by HTTP, then register it with CloudStack's API:`,
        `  cmk register template name=${name} displaytext=${name} format=OVA hypervisor=VMware ostypeid=ID zoneid=ID url=http://HOST/${name}.ova`,
      ].join('\n');
  }
}
