import { type Command, Option } from 'commander';
import type { Target } from '../../images/packer-ts-helpers/src';
import type { CliContext } from '../cli/context';
import { jsonOption, topologyOption } from '../cli/options';
import { runWith } from '../cli/run';
import type { BuildOptions } from './build';
import type { BootCommandOptions } from './boot';
import type { CheckOptions } from './check';
import type { ListOptions } from './list';
import type { PromoteOptions } from './promote';
import type { RefreshOptions } from './refresh';
import type { RenderOptions } from './render';
import type { ValidateOptions } from './validate';

const examples = `
Examples:
  watari image list
  watari image render edge --arch arm64
  watari image validate --all
  watari image build edge --builder qemu`;

export function register(program: Command, context: CliContext): void {
  const image = program
    .command('image')
    .description('machine images: what there is, rendered for Packer, built, checked, pinned')
    .addHelpText('after', examples);
  for (const registerOne of registrations) registerOne(image, context);
}

function registerList(image: Command, context: CliContext): void {
  image
    .command('list')
    .description('images as they are described, and what the stages pin; of a topology, what its machines boot')
    .option('-t, --topology <name|file>', 'images that this topology boots, and whether they are there')
    .option('--ask', 'ask the providers of the topology, with the credentials of the environment')
    .option('--sandbox', 'ask the simulated cloud')
    .addOption(jsonOption())
    .action(
      runWith(context, async (options: ListOptions) => {
        const { topology } = options;
        if (topology !== undefined) return (await import('./needed')).needed({ ...options, topology }, context);
        return (await import('./list')).list(options, context);
      }),
    );
}

function registerRender(image: Command, context: CliContext): void {
  withSelection(image.command('render [images...]'))
    .description('write the folders that Packer is run in')
    .option('-o, --output <folder>', 'where to', 'packer.out')
    .addOption(
      new Option('--target <release>', 'which Packer: the one that Debian has, or those with plugins')
        .choices(['1.6.6', 'current'])
        .default('current'),
    )
    .action(
      runWith(context, async (images: readonly string[], options: Omit<RenderOptions, 'images'>) => {
        const { render } = await import('./render');
        return render({ ...options, target: options.target satisfies Target, images }, context);
      }),
    );
}

function registerValidate(image: Command, context: CliContext): void {
  withSelection(image.command('validate [images...]'))
    .description('have Packer judge the templates, without building anything')
    .action(
      runWith(context, async (images: readonly string[], options: Omit<ValidateOptions, 'images'>) => {
        const { validate } = await import('./validate');
        return validate({ ...options, images }, context);
      }),
    );
}

function registerBuild(image: Command, context: CliContext): void {
  withArchive(withSelection(image.command('build [images...]')))
    .description('build images, have them prove themselves, and keep those that do')
    .option('--format <format...>', 'what QEMU makes: qcow2, raw, tgz (MAAS), ova (VMware), ddgz (Windows for MAAS)')
    .option('--only <build...>', 'only these: edge, edge-amd64-v3, edge-amd64-v3/qcow2')
    .option('--windows-iso <file>', "Microsoft's DVD, for Windows images with QEMU")
    .option('--again', 'build also what was built already: it was removed at the provider, for instance')
    .option('--drivers <folder>', 'virtio drivers, for Windows images with QEMU')
    .action(
      runWith(context, async (images: readonly string[], options: Omit<BuildOptions, 'images'>) => {
        const { build } = await import('./build');
        return build({ ...options, images }, context);
      }),
    );
}

function registerCheck(image: Command, context: CliContext): void {
  withStored(image.command('check <image>'))
    .description('boot an image that was built here, and ask all its checks again')
    .addOption(jsonOption())
    .action(
      runWith(context, async (name: string, options: CheckOptions) => {
        const { check } = await import('./check');
        return check(name, options, context);
      }),
    );
}

function registerBoot(image: Command, context: CliContext): void {
  withStored(image.command('boot <image>'))
    .description('boot an image that was built here, and say how one logs in')
    .option('--user-data <file>', 'what cloud-init is given beside an account')
    .option('--port <port...>', 'ports of the machine that are to be reached from here')
    .action(
      runWith(context, async (name: string, options: BootCommandOptions) => {
        const { boot } = await import('./boot');
        return boot(name, options, context);
      }),
    );
}

function withStored(command: Command): Command {
  return command
    .option('--arch <variant>', 'for which processor; by default the one of this machine')
    .option('-i, --input <name=value...>', 'what the image was built with: a text, a file or a folder');
}

function registerRefresh(image: Command, context: CliContext): void {
  withArchive(image.command('refresh [images...]'))
    .description('what the images would be now: newer packages, other content ids')
    .option('-s, --stage <stage>', 'which stage is compared, and written', 'dev')
    .option('--snapshot <moment>', 'Debian at this moment: 20261120T000000Z, latest or keep', 'latest')
    .option('-i, --input <name=value...>', 'what an image asks for: a text, a file or a folder')
    .option('-w, --write', 'write the moment and the content ids')
    .addOption(jsonOption())
    .action(
      runWith(context, async (images: readonly string[], options: Omit<RefreshOptions, 'images'>) => {
        const { refresh } = await import('./refresh');
        return refresh({ ...options, images }, context);
      }),
    );
}

function registerPromote(image: Command, context: CliContext): void {
  image
    .command('promote <from> <to> [images...]')
    .description('let a stage boot what another one has tested; nothing is built')
    .addOption(jsonOption())
    .action(
      runWith(
        context,
        async (from: string, to: string, images: readonly string[], options: Omit<PromoteOptions, 'images'>) => {
          const { promote } = await import('./promote');
          return promote(from, to, { ...options, images }, context);
        },
      ),
    );
}

/** What says which images, for which processors, on which builders. */
function withSelection(command: Command): Command {
  return command
    .option('-a, --all', 'every image')
    .option('--arch <variant...>', 'only for these processors: amd64, amd64-v2, amd64-v3, amd64-v4, arm64')
    .option('-b, --builder <builder...>', 'only on these: amazon-ebs, googlecompute, cloudstack, qemu')
    .option('-i, --input <name=value...>', 'what an image asks for: a text, a file or a folder')
    .addOption(topologyOption())
    .addOption(jsonOption());
}

function withArchive(command: Command): Command {
  return command
    .option('--archive <address>', 'a mirror of Debian in place of the snapshot, where that is not reached')
    .option('--security-archive <address>', 'the same for security updates');
}

const registrations = [
  registerList,
  registerRender,
  registerValidate,
  registerBuild,
  registerCheck,
  registerBoot,
  registerRefresh,
  registerPromote,
] as const;
