import { entriesOf } from './check-component';
import { addressOf, checkTemplate } from './check-template';
import type { PostProcessor, Provisioner, Source } from './component';
import { escape, Expression, printExpression } from './expression';
import type { Local, Variable } from './inputs';
import { pluginsOf } from './plugins';
import type { Build, RenderOptions, Template } from './template';

/** What Packer 1.6.6 is given alone, and what current Packer finds beside it in the folder. */
export const buildFile = 'build.pkr.json';
export const pluginsFile = 'plugins.pkr.json';
/** How a file made by this package begins; the writer replaces no other. */
export const marker = 'Made by packer-ts-helpers';

/** Since Packer 1.10 plugins are installed by `required_plugins`; it is the oldest that counts as current. */
const requiredVersion = { '1.6.6': '>= 1.6.6', current: '>= 1.10.0' } as const;

type Json = string | number | boolean | readonly Json[] | { readonly [name: string]: Json };

/**
 * The files of a template, text by name: the same for the same template, whatever the order of its declarations.
 * Throws `TemplateError` with every problem at once.
 */
export function render(template: Template, options: RenderOptions): ReadonlyMap<string, string> {
  checkTemplate(template, options);
  return renderFiles(template, options);
}

/** The same without checks: of a template that has passed them. */
export function renderFiles(template: Template, options: RenderOptions): ReadonlyMap<string, string> {
  const comment = `${marker} for Packer ${options.target}; do not edit. To make it again: ${options.command}`;
  const plugins = { ...pluginsOf(template.builds), ...template.requiredPlugins };
  const files = new Map([[buildFile, print({ '//': comment, ...renderBody(template, options) })]]);
  if (Object.keys(plugins).length > 0) {
    files.set(pluginsFile, print({ '//': comment, packer: { required_plugins: renderPlugins(plugins) } }));
  }
  return files;
}

function print(content: Json): string {
  return `${JSON.stringify(content, undefined, 2)}\n`;
}

function renderPlugins(plugins: NonNullable<Template['requiredPlugins']>): Json {
  return byName(Object.entries(plugins).map(([name, { source, version }]) => [name, { source, version }]));
}

function renderBody({ variables = [], locals = [], builds }: Template, { target }: RenderOptions) {
  const sources = [...new Set(builds.flatMap((build) => build.sources))];
  return {
    packer: { required_version: requiredVersion[target] },
    ...(variables.length > 0 ? { variable: byName(variables.map(renderVariable)) } : {}),
    ...(locals.length > 0
      ? { locals: byName(locals.map(({ name, value }: Local) => [name, renderValue(value)])) }
      : {}),
    source: renderSources(sources),
    build: builds.map(renderBuild),
  };
}

function renderVariable({ name, declaration }: Variable): [string, Json] {
  const { type, description, sensitive } = declaration;
  const value: unknown = declaration.default;
  return [
    name,
    {
      type,
      // Packer reads descriptions as they are, without looking for expressions.
      ...(description === undefined ? {} : { description }),
      ...(value === undefined ? {} : { default: renderValue(value) }),
      ...(sensitive ? { sensitive } : {}),
    },
  ];
}

function renderSources(sources: readonly Source[]): Json {
  const types = [...new Set(sources.map(({ type }) => type))];
  return byName(
    types.map((type) => {
      const named = sources.filter((source) => source.type === type);
      return [type, byName(named.map(({ name, attributes }) => [name, renderAttributes(attributes)]))];
    }),
  );
}

function renderBuild({ name, description, sources, provisioners = [], postProcessors = [] }: Build): Json {
  return {
    name,
    ...(description === undefined ? {} : { description }),
    sources: sources.map(addressOf).sort(compare),
    ...(provisioners.length > 0 ? { provisioner: provisioners.map(renderStep) } : {}),
    ...(postProcessors.length > 0
      ? { 'post-processors': postProcessors.map((entry) => ({ 'post-processor': [entry].flat().map(renderStep) })) }
      : {}),
  };
}

function renderStep({ type, attributes, options }: Provisioner | PostProcessor): Json {
  const { only, except, ...rest } = options;
  return {
    [type]: {
      ...renderAttributes({ ...attributes, ...rest }),
      ...(only ? { only: only.map(limitOf) } : {}),
      ...(except ? { except: except.map(limitOf) } : {}),
    },
  };
}

function limitOf({ type, name }: Source): string {
  return `${type}.${name}`;
}

function renderAttributes(attributes: object): Record<string, Json> {
  return byName(entriesOf(attributes).map(([name, value]) => [name, renderValue(value)]));
}

/** A checked value: text escaped, expressions printed, keys of maps in order. */
function renderValue(value: unknown): Json {
  if (value instanceof Expression) return printExpression(value);
  if (typeof value === 'string') return escape(value);
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map(renderValue);
  return byName(entriesOf(value as object).map(([key, entry]) => [escape(key), renderValue(entry)]));
}

function byName(entries: readonly (readonly [string, Json])[]): Record<string, Json> {
  return Object.fromEntries([...entries].sort(([a], [b]) => compare(a, b)));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
