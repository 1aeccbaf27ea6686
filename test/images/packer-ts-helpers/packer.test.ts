import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  hcl,
  type PostProcessor,
  postProcessor,
  type Provisioner,
  type Source,
  type SourceType,
  type Template,
  text,
  variable,
} from '../../../images/packer-ts-helpers/src';
import { describeComponent } from '../../../images/packer-ts-helpers/src/component';
import { describeWith, requirement } from '../../support/requirements';
import { everything, inputs, sources } from './examples';
import { PackerFolder } from './packer';

const values = { api_key: 'fake' };

describeWith(requirement('packer'), 'what is rendered for 1.6.6', () => {
  let folder: PackerFolder;
  beforeEach(() => (folder = new PackerFolder()));
  afterEach(() => folder.remove());

  it('is accepted by Packer with every source, provisioner and post-processor in it', () => {
    folder.write(everything);
    expect(folder.run('validate', values)).toEqual({ ok: true, output: '' });
  });

  it.each(Object.keys(sources) as SourceType[])('is accepted by Packer with %s alone', (type) => {
    folder.write({ ...everything, builds: [{ name: 'one', sources: [sources[type]] }] });
    expect(folder.run('validate', values)).toEqual({ ok: true, output: '' });
  });

  it('is refused by Packer when an attribute is broken by hand', () => {
    folder.write(everything);
    const file = join(folder.path, 'build.pkr.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"iso_checksum"', '"iso_chekcsum"'));
    const { ok, output } = folder.run('validate', values);
    expect(ok).toBe(false);
    expect(output).toContain('iso_chekcsum');
  });

  it('asks for the variable that has no value', () => {
    folder.write(everything);
    const { ok, output } = folder.run('validate');
    expect(ok).toBe(false);
    expect(output).toContain('Unset variable "api_key"');
  });

  it.each([...absences(), ...withoutCommunicatorNeeds()])('is rightly refused without %s', (name, template) => {
    folder.writeUnchecked(template);
    expect(folder.run('validate', values)).toEqual({ ok: false, output: mentioning(name) });
  });

  it.each(wrongWords())('is rightly refused with a wrong %s', (name, template) => {
    folder.writeUnchecked(template);
    expect(folder.run('validate', values)).toEqual({ ok: false, output: mentioning(name) });
  });

  it('reaches a shell as it was written, whatever dollars, percents and braces are in it', () => {
    const lines = ['${HOME}', '$${B}', '%{C}', '%%{D}', '$$${E}', '%${F}', '$%{G}', '$$ % {} $', '${"x"}', '~${~G~}'];
    const { role, memory } = inputs;
    const mixed = [
      text`$${role}`,
      text`%${role}`,
      text`$${'{x}'}`,
      text`$$${role}{}`,
      text`\${A} ${role} %{${memory}}`,
    ];
    const echo = (line: string, index: number) => `printf '%s\\n' 'line ${index} ${line}'`;
    folder.write(
      shellTemplate([role, memory], [...lines.map(echo), ...mixed.map((line) => text`printf '%s\n' 'mixed ${line}'`)]),
    );
    const { ok, output } = folder.run('build');
    expect([ok, printed(output)]).toEqual([
      true,
      [
        ...lines.map((line, index) => `line ${index} ${line}`),
        ...['$edge', '%edge', '${x}', '$$edge{}', '${A} edge %{2048}'].map((line) => `mixed ${line}`),
      ],
    ]);
  });

  it('keeps defaults, locals and keys of maps literal', () => {
    const { sizes } = inputs;
    const fetched = hcl('string', 'var.sizes["$${a}"]');
    const described = variable('described', { type: 'string', default: '${x} %{y}' });
    folder.write(shellTemplate([sizes, described], [text`echo 'line ${fetched} ${described}'`]));
    expect(printed(folder.run('build').output)).toEqual(['line %{b} ${x} %{y}']);
  });
});

function shellTemplate(variables: Template['variables'], inline: Parameters<typeof localShell>[0]): Template {
  const build = { name: 'shell', sources: [sources.null], postProcessors: [localShell(inline)] };
  return { variables, builds: [build] };
}

function localShell(inline: readonly (string | ReturnType<typeof text>)[]) {
  return postProcessor('shell-local', { inline });
}

/** The lines that the shell wrote, without what Packer puts before them. */
function printed(output: string): string[] {
  const lines = output.split('\n').map((line) => /((?:line|mixed) .*)$/.exec(line)?.[1]);
  return lines.filter((line) => line !== undefined);
}

/** Packer names an attribute by its name or in words: `disk_cache`, `disk cache`, `checksum`. */
function mentioning(attribute: string) {
  const lastWord = attribute.split(/[._]/).at(-1) ?? '';
  return expect.stringMatching(new RegExp(`(\\b|_)${lastWord}\\b`, 'i')) as string;
}

type Case = [name: string, template: Template];

type Part = Source | Provisioner | PostProcessor;

/** One of each source, provisioner and post-processor. */
function parts(): Part[] {
  const [build] = everything.builds;
  const all: Part[] = [...Object.values(sources), ...build!.provisioners!, ...build!.postProcessors!.flat()];
  return [...new Map(all.reverse().map((part) => [`${part.kind} ${part.type}`, part])).values()].reverse();
}

function rulesOf({ kind, type }: Part) {
  return describeComponent(kind, type).found!.rules;
}

/** Each part without one of the attributes that it is said to need. */
function absences(): Case[] {
  return parts().flatMap((part) => {
    const { required, oneOf } = rulesOf(part);
    // The region is this package's own rule: Packer notices its absence when it builds.
    const names = [...required, ...oneOf.flat()].filter((name) => name !== 'region');
    const given = names.filter((name) => name in part.attributes);
    return given.map((name): Case => [`${part.type}.${name}`, alone(part, { [name]: undefined })]);
  });
}

/** Each source without one of the attributes that its way to reach the machine is said to need. */
function withoutCommunicatorNeeds(): Case[] {
  return Object.values(sources).flatMap((part) =>
    Object.entries(rulesOf(part).communicators ?? {}).flatMap(([communicator, names]) => {
      const given = Object.fromEntries(names.map((name) => [name, 'x']));
      const without = (name: string) => alone(part, { ...given, communicator, [name]: undefined });
      return names.map((name): Case => [`${part.type}.${name}`, without(name)]);
    }),
  );
}

/** Each part with a word that an attribute is said not to take. */
function wrongWords(): Case[] {
  return parts().flatMap((part) => {
    const words = Object.keys(rulesOf(part).values).filter((name) => name !== 'imds_support');
    return words.map((name): Case => [`${part.type}.${name}`, alone(part, { [name]: 'nonsense' })]);
  });
}

function alone(part: Part, changes: object): Template {
  const changed = { ...part, attributes: { ...part.attributes, ...changes } };
  if (changed.kind === 'source') return { ...everything, builds: [{ name: 'one', sources: [changed] }] };
  const step = { ...changed, options: {} };
  const steps = step.kind === 'provisioner' ? { provisioners: [step] } : { postProcessors: [step] };
  return { ...everything, builds: [{ name: 'one', sources: [sources.null], ...steps }] };
}

it('has an example of every provisioner and post-processor', () => {
  const [build] = everything.builds;
  const used = [...build!.provisioners!, ...build!.postProcessors!.flat()].map(({ kind, type }) => `${kind} ${type}`);
  const kinds = ['provisioner', 'post-processor'] as const;
  const known = kinds.flatMap((kind) => describeComponent(kind, '').known.map((type) => `${kind} ${type}`));
  expect([...new Set(used)].sort()).toEqual(known.sort());
});
