import { type Check, checkValue, describe, isRecord } from './check-value';
import { checkComponent, entriesOf } from './check-component';
import type { PostProcessor, Provisioner, Source } from './component';
import { Expression, type Reference, type ValueType } from './expression';
import { Local, Variable } from './inputs';
import { type TemplateProblem, TemplateError } from './problem';
import { type Target, targets } from './schema';
import type { Build, RenderOptions, Template } from './template';

const identifier = /^[A-Za-z_][\w-]*$/;
const valueTypes: readonly ValueType[] = [
  'string',
  'number',
  'bool',
  'list(string)',
  'list(number)',
  'list(list(string))',
  'map(string)',
];

type Report = Check['report'];

/** Throws `TemplateError` with everything that Packer would refuse or misread in a template for a target. */
export function checkTemplate(template: Template, options: RenderOptions): void {
  const problems: TemplateProblem[] = [];
  const report: Report = (problem) => problems.push(problem);
  checkOptions(report, options);
  const scope = checkInputs(report, template);
  checkBuilds(report, template, options.target, scope);
  checkPlugins(report, template.requiredPlugins);
  if (problems.length > 0) throw new TemplateError(problems);
}

function checkOptions(report: Report, { target, command }: RenderOptions): void {
  if (!targets.includes(target)) {
    const why = 'there are two: Debian packages 1.6.6, everything newer is current';
    report({ where: 'target', what: describe(target), why, fix: `Use ${targets.map((t) => `'${t}'`).join(' or ')}` });
  }
  if (typeof command !== 'string' || command.trim() === '' || command.includes('\n')) {
    const why = 'the files say in one line how to make them again';
    report({ where: 'command', what: describe(command), why, fix: 'Give the command that calls render' });
  }
}

/** Names of what expressions may refer to. */
type Scope = Readonly<Record<'var' | 'local', ReadonlySet<string>>>;

function checkInputs(report: Report, { variables = [], locals = [] }: Template): Scope {
  const scope = { var: namesOf(report, 'variable', variables), local: namesOf(report, 'local', locals) };
  for (const variable of variables) if (variable instanceof Variable) checkVariable(report, variable);
  const check = { report, refuse: refuseUnless(scope, false) };
  for (const { name, type, value } of locals.filter((entry) => entry instanceof Local)) {
    checkValue(check, `local.${name}`, value, type);
  }
  return scope;
}

function namesOf(report: Report, kind: 'variable' | 'local', inputs: readonly (Variable | Local)[]): Set<string> {
  const names = new Set<string>();
  for (const [index, input] of inputs.entries()) {
    if (!(input instanceof (kind === 'variable' ? Variable : Local))) {
      const what = describe(input);
      report({ where: `${kind}s[${index}]`, what, why: `it is no ${kind}`, fix: `Make it by ${kind}()` });
      continue;
    }
    checkName(report, `${kind}.${input.name}`, input.name, names);
    names.add(input.name);
  }
  return names;
}

function checkName(report: Report, where: string, name: unknown, taken: ReadonlySet<string>): void {
  if (typeof name !== 'string' || !identifier.test(name)) {
    const why = 'a name is letters, digits, _ and -, and starts with a letter or _';
    report({ where, what: describe(name), why, fix: 'Choose such a name' });
  } else if (taken.has(name)) {
    report({ where, what: 'declared twice', why: 'a name stands for one thing', fix: 'Rename one of them' });
  }
}

function checkVariable(report: Report, { name, declaration }: Variable): void {
  const where = `variable.${name}`;
  const { type, sensitive } = declaration;
  const value: unknown = declaration.default;
  if (!valueTypes.includes(type)) {
    return report({
      where,
      what: `type ${describe(type)}`,
      why: `it is one of ${valueTypes.join(', ')}`,
      fix: 'Use one',
    });
  }
  if (sensitive && value !== undefined && value !== '') {
    const why = 'a secret in the template is readable by everybody';
    const fix = 'Leave the default out, and set PKR_VAR_' + name + ' when you run Packer';
    return report({ where: `${where}.default`, what: 'a default of a sensitive variable', why, fix });
  }
  const why = 'defaults are fixed before anything is evaluated';
  const refuse = () => ({ why, fix: 'Use a local for computed values' });
  if (value instanceof Expression) report({ where: `${where}.default`, what: 'an expression', ...refuse() });
  else if (value !== undefined) checkValue({ report, refuse }, `${where}.default`, value, type);
}

function refuseUnless(scope: Scope, inStep: boolean): Check['refuse'] {
  return ({ scope: kind, name }: Reference) => {
    if (kind === 'build') {
      if (inStep) return undefined;
      const why = 'there is no machine yet where this is evaluated';
      return { why, fix: 'Use build values in provisioners and post-processors only' };
    }
    if (scope[kind].has(name)) return undefined;
    const list = kind === 'var' ? 'variables' : 'locals';
    return { why: `the template does not declare it`, fix: `Add it to ${list} of the template` };
  };
}

function checkBuilds(report: Report, { builds }: Template, target: Target, scope: Scope): void {
  if (!Array.isArray(builds) || builds.length === 0) {
    const what = describe(builds);
    return report({ where: 'builds', what, why: 'a template is there to build something', fix: 'Add a build' });
  }
  const names = new Set<string>();
  const sources = new Map<string, Source>();
  for (const build of builds as readonly Build[]) {
    checkName(report, `build.${build.name}`, build.name, names);
    names.add(build.name);
    for (const source of collectSources(report, build, sources)) {
      checkComponent({ report, refuse: refuseUnless(scope, false) }, addressOf(source), source, target);
    }
    checkSteps({ report, refuse: refuseUnless(scope, true) }, build, target);
  }
}

/** The sources of a build that no build before it has brought. */
function collectSources(report: Report, build: Build, known: Map<string, Source>): Source[] {
  const where = `build.${build.name}.sources`;
  if (!Array.isArray(build.sources) || build.sources.length === 0) {
    report({ where, what: describe(build.sources), why: 'a build needs a machine', fix: 'Add a source' });
    return [];
  }
  const fresh: Source[] = [];
  for (const [index, source] of build.sources.entries()) {
    if (!isPart(report, `${where}[${index}]`, source, 'source')) continue;
    const address = addressOf(source);
    if (known.get(address) === source) continue;
    checkName(report, address, source.name, new Set(known.has(address) ? [source.name] : []));
    known.set(address, source);
    fresh.push(source);
  }
  return fresh;
}

function checkSteps(check: Check, build: Build, target: Target): void {
  const where = `build.${build.name}`;
  for (const [index, step] of (build.provisioners ?? []).entries()) {
    const at = `${where}.provisioners[${index}]`;
    if (isPart(check.report, at, step, 'provisioner')) checkStep(check, `${at}.${step.type}`, step, build, target);
  }
  for (const [index, entry] of (build.postProcessors ?? []).entries()) {
    const at = `${where}.postProcessors[${index}]`;
    for (const step of [entry].flat() as PostProcessor[]) {
      if (isPart(check.report, at, step, 'post-processor')) checkStep(check, `${at}.${step.type}`, step, build, target);
    }
  }
}

const makers = { source: 'source', provisioner: 'provisioner', 'post-processor': 'postProcessor' } as const;

/** Reports what is not the result of `source`, `provisioner` or `postProcessor`. */
function isPart(report: Report, where: string, part: unknown, kind: keyof typeof makers): boolean {
  if (isRecord(part) && part['kind'] === kind) return true;
  report({ where, what: describe(part), why: `it is no ${kind}`, fix: `Make it by ${makers[kind]}()` });
  return false;
}

const optionTypes: Readonly<Record<string, ValueType>> = {
  pause_before: 'string',
  max_retries: 'number',
  timeout: 'string',
  keep_input_artifact: 'bool',
};

function checkStep(check: Check, where: string, step: Provisioner | PostProcessor, build: Build, target: Target) {
  checkComponent(check, where, step, target);
  const { only, except, ...options } = step.options;
  if (only && except) {
    const why = 'Packer takes one of them';
    check.report({ where, what: 'only and except', why, fix: 'Leave one out' });
  }
  for (const source of [...(only ?? []), ...(except ?? [])]) {
    if (build.sources.includes(source)) continue;
    const why = 'the build has no such source, and Packer would pass over this in silence';
    const fix = 'Name a source of this build';
    check.report({
      where: `${where}.${only ? 'only' : 'except'}`,
      what: isRecord(source) ? addressOf(source) : describe(source),
      why,
      fix,
    });
  }
  for (const [name, value] of entriesOf(options)) checkOption(check, `${where}.${name}`, name, value, step.kind);
}

function checkOption(check: Check, where: string, name: string, value: unknown, kind: Provisioner['kind'] | string) {
  const type = optionTypes[name];
  if (type && (name === 'keep_input_artifact') === (kind === 'post-processor')) checkValue(check, where, value, type);
  else check.report({ where, what: describe(value), why: `a ${kind} has no such option`, fix: 'Leave it out' });
}

function checkPlugins(report: Report, plugins: unknown): void {
  if (plugins === undefined) return;
  for (const [name, plugin] of Object.entries(plugins ?? {})) {
    const valid = isRecord(plugin) && typeof plugin['source'] === 'string' && typeof plugin['version'] === 'string';
    if (valid && identifier.test(name)) continue;
    const fix = "Write { source: 'github.com/hashicorp/qemu', version: '= 1.1.4' }";
    report({ where: `requiredPlugins.${name}`, what: describe(plugin), why: 'a plugin has source and version', fix });
  }
}

/** `source.qemu.edge` */
export function addressOf({ type, name }: Source): string {
  return `source.${type}.${name}`;
}
