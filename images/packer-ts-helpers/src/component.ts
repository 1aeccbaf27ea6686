import type { Expression } from './expression';
import { postProcessorSchemas, provisionerSchemas, sourceSchemas } from './generated';
import { postProcessorRules, provisionerRules, type Ruled, type Rules, sourceRules } from './rules';
import type { AttributesOf, ComponentSchema } from './schema';

export type SourceType = keyof typeof sourceSchemas;
export type ProvisionerType = keyof typeof provisionerSchemas;
export type PostProcessorType = keyof typeof postProcessorSchemas;

export type SourceAttributes = {
  readonly [T in SourceType]: Ruled<AttributesOf<(typeof sourceSchemas)[T]>, (typeof sourceRules)[T]>;
};
export type ProvisionerAttributes = {
  readonly [T in ProvisionerType]: Ruled<AttributesOf<(typeof provisionerSchemas)[T]>, (typeof provisionerRules)[T]>;
};
export type PostProcessorAttributes = {
  readonly [T in PostProcessorType]: Ruled<
    AttributesOf<(typeof postProcessorSchemas)[T]>,
    (typeof postProcessorRules)[T]
  >;
};

/** Which of the build's sources a step is for. At most one of the two. */
export type Limits =
  | { readonly only?: readonly Source[]; readonly except?: never }
  | { readonly only?: never; readonly except?: readonly Source[] };

/** What every provisioner takes beside its own attributes. Durations as Go writes them: `30s`, `10m`. */
export type ProvisionerOptions = Limits & {
  /** @default - the next provisioner starts at once */
  readonly pause_before?: string | Expression<'string'>;
  /** @default 0 */
  readonly max_retries?: number | Expression<'number'>;
  /** @default - none */
  readonly timeout?: string | Expression<'string'>;
};

/** What every post-processor takes beside its own attributes. */
export type PostProcessorOptions = Limits & {
  /** @default - the post-processor decides */
  readonly keep_input_artifact?: boolean;
};

/** A machine to build an image on. */
export interface Source<T extends SourceType = SourceType> {
  readonly kind: 'source';
  readonly type: T;
  readonly name: string;
  readonly attributes: object;
}
export interface Provisioner {
  readonly kind: 'provisioner';
  readonly type: ProvisionerType;
  readonly attributes: object;
  readonly options: ProvisionerOptions;
}
export interface PostProcessor {
  readonly kind: 'post-processor';
  readonly type: PostProcessorType;
  readonly attributes: object;
  readonly options: PostProcessorOptions;
}

export function source<T extends SourceType>(type: T, name: string, attributes: SourceAttributes[T]): Source<T> {
  return { kind: 'source', type, name, attributes };
}

export function provisioner<T extends ProvisionerType>(
  type: T,
  attributes: ProvisionerAttributes[T],
  options: ProvisionerOptions = {},
): Provisioner {
  return { kind: 'provisioner', type, attributes, options };
}

export function postProcessor<T extends PostProcessorType>(
  type: T,
  attributes: PostProcessorAttributes[T],
  options: PostProcessorOptions = {},
): PostProcessor {
  return { kind: 'post-processor', type, attributes, options };
}

const tables = {
  source: { schemas: sourceSchemas, rules: sourceRules },
  provisioner: { schemas: provisionerSchemas, rules: provisionerRules },
  'post-processor': { schemas: postProcessorSchemas, rules: postProcessorRules },
};

/** What is known of a component, or undefined for a type that does not exist; `known` lists those that do. */
export function describeComponent(kind: keyof typeof tables, type: string) {
  const schemas: Readonly<Record<string, ComponentSchema>> = tables[kind].schemas;
  const rules: Readonly<Record<string, Rules>> = tables[kind].rules;
  const [schema, rule] = Object.hasOwn(schemas, type) ? [schemas[type], rules[type]] : [];
  return { known: Object.keys(schemas), found: schema && rule ? { schema, rules: rule } : undefined };
}
