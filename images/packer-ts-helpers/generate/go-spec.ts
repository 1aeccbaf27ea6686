/** One attribute of a component, as its `*.hcl2spec.go` declares it: a value of a type, or a nested block. */
export type GoAttribute =
  | { readonly type: string }
  | { readonly block: { readonly package?: string; readonly struct: string }; readonly many: boolean };

/** Attributes by name, for each flat struct of a Go file. */
export type GoSpecs = Readonly<Record<string, Readonly<Record<string, GoAttribute>>>>;

const structPattern = /^func \(\*Flat(\w+)\) HCL2Spec\(\)[^\n]*\n([\s\S]*?)^}/gm;
const entryPattern = /^\s*"([^"]+)":\s*&hcldec\.(\w+)\{(.*)\},$/gm;
const nestedPattern = /\(\*(?:(\w+)\.)?Flat(\w+)\)\(nil\)/;
const types: Readonly<Record<string, string>> = {
  'cty.String': 'string',
  'cty.Bool': 'bool',
  'cty.Number': 'number',
  'cty.List(cty.String)': 'list(string)',
  'cty.List(cty.Number)': 'list(number)',
  'cty.List(cty.List(cty.String))': 'list(list(string))',
  'cty.Map(cty.String)': 'map(string)',
};

/** Reads what `mapstructure-to-hcl2` of Packer wrote. Throws where it finds a form that it does not know. */
export function parseGoSpecs(code: string): GoSpecs {
  const structs = [...code.matchAll(structPattern)];
  return Object.fromEntries(structs.map(([, name = '', body = '']) => [name, parseEntries(name, body)]));
}

function parseEntries(struct: string, body: string): Record<string, GoAttribute> {
  const entries = [...body.matchAll(entryPattern)];
  return Object.fromEntries(
    entries.map(([, name = '', kind = '', detail = '']) => [name, parseEntry(`${struct}.${name}`, kind, detail)]),
  );
}

function parseEntry(where: string, kind: string, detail: string): GoAttribute {
  if (kind === 'AttrSpec') return { type: parseType(where, /Type: (.+), Required/.exec(detail)?.[1] ?? detail) };
  const [, goPackage, struct] = nestedPattern.exec(detail) ?? [];
  if (!struct || !['BlockSpec', 'BlockListSpec'].includes(kind)) throw new Error(`${where}: unknown form ${kind}`);
  return { block: { ...(goPackage ? { package: goPackage } : {}), struct }, many: kind === 'BlockListSpec' };
}

function parseType(where: string, goType: string): string {
  const type = types[goType];
  if (!type) throw new Error(`${where}: unknown type ${goType}`);
  return type;
}

/** Import paths by the name under which a Go file uses them. */
export function parseImports(code: string): Record<string, string> {
  const imports = [...code.matchAll(/^\t(?:(\w+) )?"([^"]+)"$/gm)];
  return Object.fromEntries(imports.map(([, alias, path = '']) => [alias ?? path.split('/').at(-1) ?? '', path]));
}
