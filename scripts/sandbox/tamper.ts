import type { Provider } from '../../constructs/contract/adapter';
import { registry } from '../../constructs/providers/registry';
import { ProblemsError } from '../../constructs/contract/problem';
import type { SimulatedSeed } from '../../constructs/contract/simulation';
import type { CliContext } from '../cli/context';
import { ExitCode } from '../cli/exit-code';
import { print, printJson } from '../cli/output';
import { adoptedBy } from './adopted';
import { Cloud } from './cloud';
import type { SandboxOptions } from './command';
import { changeObject, grant, listObjects, removeObject, setQuota, withhold } from './control';
import { cloudFileOf } from './sandbox';
import { fromJson, type Value } from './values';

/** What happens to a cloud without Terraform: objects that go or change, prerequisites and quotas. */
export type Tampering =
  | { readonly act: 'rm'; readonly type: string; readonly name: string }
  | { readonly act: 'set'; readonly type: string; readonly name: string; readonly changes: readonly string[] }
  | { readonly act: 'withhold' | 'grant'; readonly prerequisite: string }
  | { readonly act: 'quota'; readonly quota: string; readonly limit: number };

/** @throws ProblemsError for objects, attributes and prerequisites that do not exist */
export async function tamper(what: Tampering, options: SandboxOptions, context: CliContext): Promise<ExitCode> {
  const cloud = new Cloud(await cloudFileOf(options, context));
  try {
    if ('prerequisite' in what) refuseUnknown(what.prerequisite, await adoptedBy(options.topology, context));
    const text = apply(cloud.refresh(), what);
    if (options.json) printJson(context, what);
    else print(context, text);
    return ExitCode.done;
  } finally {
    cloud.close();
  }
}

function apply(cloud: Cloud, what: Tampering): string {
  switch (what.act) {
    case 'rm':
      said('watari sandbox rm', () => removeObject(cloud, what.type, idOf(cloud, what.type, what.name)));
      return `${what.type} ${what.name} is gone; the next plan finds out.`;
    case 'set':
      said('watari sandbox set', () => {
        changeObject(cloud, what.type, idOf(cloud, what.type, what.name), parseChanges(what.changes));
      });
      return `${what.type} ${what.name} is changed; the next plan finds out.`;
    case 'quota':
      setQuota(cloud, what.quota, what.limit);
      return `Quota ${what.quota} is ${what.limit}.`;
    default:
      if (what.act === 'withhold') withhold(cloud, what.prerequisite);
      else grant(cloud, what.prerequisite);
      return `Prerequisite ${what.prerequisite} is ${what.act === 'withhold' ? 'withheld' : 'granted'}.`;
  }
}

/** People know names, the cloud knows ids; either will do. */
function idOf(cloud: Cloud, type: string, name: string): string {
  const named = listObjects(cloud, { type }).filter((object) => object.name === name);
  return named.length === 1 && named[0] ? named[0].id : name;
}

/** `size=3`, `name="x"`: JSON where it is JSON, else text. */
function parseChanges(changes: readonly string[]): Record<string, Value> {
  return Object.fromEntries(
    changes.map((change) => {
      const [name = '', ...rest] = change.split('=');
      return [name, parseValue(rest.join('='))];
    }),
  );
}

function parseValue(text: string): Value {
  try {
    return fromJson(JSON.parse(text) as never);
  } catch {
    return text;
  }
}

function refuseUnknown(prerequisite: string, seeds: readonly SimulatedSeed[]): void {
  const listed = Object.values<Provider>(registry).flatMap(({ profiles }) =>
    Object.values(profiles).flatMap(({ facts }) => facts.prerequisites.map(({ id }) => id)),
  );
  const known = [...listed, ...seeds.flatMap((seed) => seed.prerequisites ?? [])];
  if (known.includes(prerequisite)) return;
  const bound = [...new Set(known)].sort().join(', ');
  const fix = 'Use one of these: `watari show prerequisites` says what each is.';
  throw new ProblemsError([
    { path: 'watari sandbox', message: 'there is no such prerequisite', value: prerequisite, bound, fix },
  ]);
}

/** What the cloud says of an object that is not there is the user's mistake. */
function said(path: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new ProblemsError([{ path, message, fix: '`watari sandbox ls` lists what exists.' }]);
  }
}
