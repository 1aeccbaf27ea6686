import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { registry } from '../../constructs/providers/registry';
import type { Provider } from '../../constructs/contract/adapter';
import { topologyJsonSchema } from '../../stacks/main';
import { LinkSchema, LiveSchema, SiteBaseSchema, StoreSchema } from '../../stacks/topology/schema';
import { type FieldRow, type Schema, rowsOf } from './rows';

export const fieldsFile = join('docs', 'topology-fields.md');

const heading = `# Every field of a topology

Generated from the schemas against which topologies are checked (\`npm run fields\`). What the fields mean together is in
[writing a topology](topology.md). Editors complete and check JSON topologies with
[topology.schema.json](../stacks/topologies/topology.schema.json).
`;

/** The document as it stands in the repository. */
export function renderFields(): string {
  return [heading, ...commonSections(), ...Object.values(registry).flatMap(providerSections)].join('\n');
}

function commonSections(): string[] {
  const { properties = {}, required = [] } = topologyJsonSchema() as Schema;
  const { dns, $schema: _, ...top } = properties;
  const maps = ['stores', 'sites', 'links', 'systems'];
  const own = Object.entries(top).map(
    ([name, field]) => [name, maps.includes(name) ? plainMap(field) : field] as const,
  );
  return [
    section('The topology', rowsOf({ properties: Object.fromEntries(own), required })),
    section('`stores.<id>`', rowsOf(StoreSchema)),
    section('`sites.<id>`', rowsOf(SiteBaseSchema)),
    section(
      '`links.<id>`',
      rowsOf(LinkSchema as Schema)
        .map(backupAsPrimary)
        .filter(isOnce),
    ),
    section('`systems.<id>`, kind `live`', rowsOf(LiveSchema as Schema)),
    section('`dns`', dnsRows(dns?.anyOf ?? [])),
  ];
}

/** Both paths of a link have the same forms. */
const backupAsPrimary = (row: FieldRow): FieldRow =>
  row.path === 'backup' ? { ...row, meaning: 'As `primary`, of another kind.' } : row;
const isOnce = ({ path }: FieldRow): boolean => !path.startsWith('backup (');

/** What is common to all providers of names, and which they are. */
function dnsRows(variants: readonly Schema[]): FieldRow[] {
  const providers = variants.map(({ properties }) => `\`${JSON.stringify(properties?.provider?.const)}\``).join(' or ');
  return rowsOf(variants[0] ?? {})
    .filter(({ path }) => !path.startsWith('settings.'))
    .map((row) => (row.path === 'provider' ? { ...row, form: providers } : row));
}

/** A map whose values have a section of their own. */
function plainMap({ patternProperties = {}, description }: Schema): Schema {
  const keys = Object.keys(patternProperties).map((key) => [key, {}]);
  return { type: 'object', patternProperties: Object.fromEntries(keys), ...(description ? { description } : {}) };
}

function providerSections(provider: Provider): string[] {
  const { name, profiles } = provider;
  const adapters = Object.values(profiles);
  const dns = adapters.find((adapter) => adapter.dns)?.dns;
  const hasEnds = adapters.some(({ facts }) => facts.paths.circuit || facts.paths.segment);
  return [
    section(`\`sites.<id>\` with provider \`${name}\` (profiles: ${Object.keys(profiles).join(', ')})`, [
      { path: 'provider', form: `\`"${name}"\``, required: true, meaning: '' },
      ...rowsOf({ properties: { settings: provider.settings as Schema }, required: ['settings'] }),
    ]),
    ...(hasEnds
      ? [section(`This end of a circuit or segment at \`${name}\``, rowsOf(provider.circuitEnd as Schema))]
      : []),
    ...(dns ? [section(`\`dns.settings\` at \`${name}\``, rowsOf(dns.settings as Schema))] : []),
  ];
}

function section(title: string, rows: readonly FieldRow[]): string {
  const lines = rows.map(({ path, form, required, meaning }) =>
    [`\`${path}\``, cell(form), required ? 'yes' : '', cell(meaning)].join(' | '),
  );
  return [
    `## ${title}`,
    '| field | form | required | meaning |',
    '|---|---|---|---|',
    ...lines.map((line) => `| ${line} |`),
    '',
  ].join('\n');
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** `npm run fields`. */
export function main(): Promise<number> {
  writeFileSync(fieldsFile, renderFields());
  return Promise.resolve(0);
}
