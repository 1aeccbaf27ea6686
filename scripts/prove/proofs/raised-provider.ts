import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import reference from '../../../stacks/topologies/reference';
import type { Proof } from '../proof';
import { changesIn, type Rehearsal, rehearsal } from '../rehearsal';
import { cloudParts } from '../snapshot';

/** The stacks that one profile pins to the older of the two versions that this repository knows of one provider. */
const raised = { site: 'idcf', provider: 'cloudstack', from: '0.5.0', to: '0.6.0' } as const;

export const proof: Proof = {
  name: 'Stacks that one version of a provider made are found unchanged by the next version, and by the former one again',
  minutes: 1,
  async run(context) {
    const { root, folder } = context;
    const cloud = rehearsal(root, folder);
    const part = cloudParts(context, reference.name);
    await part('deploy', () => cloud.deploy(reference));
    const stacks = await part('raised', async () => {
      const before = cloud.objects(reference);
      const raised = await raise(cloud, join(folder, 'raised'));
      assert.deepEqual(cloud.objects(reference), before);
      return raised;
    });
    await part('lowered', async () => assert.deepEqual(changesIn(await cloud.deploy(reference)), []));
    return { stacks: stacks.length, provider: `${raised.provider} ${raised.from} to ${raised.to}` };
  },
};

/** Plans and applies every stack of the site with the later version. Returns the stacks' folders. */
async function raise({ watari, write }: Rehearsal, out: string): Promise<string[]> {
  rmSync(out, { recursive: true, force: true });
  await succeed(watari(['synth', '--topology', write(reference), '--output', out]));
  const stacks = raiseVersions(out);
  for (const stack of stacks)
    await succeed(watari(['sandbox', '--topology', reference.name, '--', 'sh', '-c', adopt(join(out, stack))]));
  return stacks;
}

/** Writes the later version, which the sandbox then answers as, into the configurations of the site's stacks. Returns their folders, in order of deployment. */
function raiseVersions(out: string): string[] {
  const manifest = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')) as {
    readonly stacks: Readonly<Record<string, { readonly workingDirectory: string }>>;
  };
  const ofSite = Object.entries(manifest.stacks).filter(([stack]) => stack.startsWith(`${raised.site}-`));
  const folders = ofSite.map(([, { workingDirectory }]) => workingDirectory);
  for (const stack of folders) raiseVersion(join(out, stack, 'cdk.tf.json'));
  return folders;
}

function raiseVersion(file: string): void {
  const text = readFileSync(file, 'utf8');
  const stack = JSON.parse(text) as {
    readonly terraform: { readonly required_providers: Readonly<Record<string, { version: string }>> };
  };
  const provider = stack.terraform.required_providers[raised.provider];
  assert.equal(provider?.version, raised.from, file);
  provider.version = raised.to;
  writeFileSync(file, JSON.stringify(stack, null, 2));
}

/** The new version reads what the old one has written: a plan with changes ends with 2, and with it the command. */
function adopt(stack: string): string {
  const terraform = `terraform -chdir='${stack}'`;
  const quiet = '-input=false -no-color';
  return [
    `${terraform} init ${quiet} -upgrade`,
    `${terraform} plan ${quiet} -detailed-exitcode`,
    `${terraform} apply ${quiet} -auto-approve`,
  ].join(' && ');
}

async function succeed(answer: ReturnType<Rehearsal['watari']>): Promise<void> {
  const { code, stdout, stderr } = await answer;
  assert.equal(code, 0, `${stdout}\n${stderr}`);
}
