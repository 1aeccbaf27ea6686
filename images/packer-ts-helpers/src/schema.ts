import type { Value, ValueType } from './expression';

/** Which Packer a template is for: 1.6.6, the last that Debian packages, or the current one with its plugins. */
export type Target = '1.6.6' | 'current';
export const targets: readonly Target[] = ['1.6.6', 'current'];

/** What Packer knows of one attribute. `only` names the release that alone knows it. */
export type AttributeSchema = { readonly only?: Target } & (
  { readonly type: ValueType } | { readonly block: string; readonly many: boolean }
);
export type AttributeSchemas = Readonly<Record<string, AttributeSchema>>;

/** The attributes of a source, provisioner or post-processor, and the blocks nested in it by name. */
export interface ComponentSchema {
  readonly attributes: AttributeSchemas;
  readonly blocks: Readonly<Record<string, AttributeSchemas>>;
}

/** The TypeScript type of all attributes of a component, each optional. */
export type AttributesOf<S extends ComponentSchema> = BodyOf<S['attributes'], S['blocks']>;

type BodyOf<A extends AttributeSchemas, B extends ComponentSchema['blocks']> = {
  readonly [K in keyof A]?: AttributeOf<A[K], B>;
};

type AttributeOf<A, B extends ComponentSchema['blocks']> = A extends { type: infer T extends ValueType }
  ? Value<T>
  : A extends { block: infer N extends keyof B; many: infer M }
    ? M extends true
      ? readonly BodyOf<B[N], B>[]
      : BodyOf<B[N], B>
    : never;
