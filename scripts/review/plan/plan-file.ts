import { type Static, type TSchema, Type } from '@sinclair/typebox';
import Ajv from 'ajv';
import { type Problem, ProblemsError } from '../../../constructs/contract/problem';

/**
 * A plan as `terraform show -json` prints it: as much of the format as a review looks at.
 * https://developer.hashicorp.com/terraform/internals/json-format
 */
const open = { additionalProperties: true };
const Values = Type.Unknown();
const optional = <T extends TSchema>(type: T) => Type.Optional(type);

const Change = Type.Object(
  {
    actions: Type.Array(Type.String(), { minItems: 1 }),
    before: optional(Values),
    after: optional(Values),
    after_unknown: optional(Values),
    before_sensitive: optional(Values),
    after_sensitive: optional(Values),
    replace_paths: optional(Type.Array(Type.Array(Type.Union([Type.String(), Type.Number()])))),
    importing: optional(Type.Object({ id: optional(Type.String()) }, open)),
  },
  open,
);
export type PlannedChange = Static<typeof Change>;

const ResourceChange = Type.Object(
  {
    address: Type.String(),
    previous_address: optional(Type.String()),
    module_address: optional(Type.String()),
    mode: Type.String(),
    type: Type.String(),
    name: Type.String(),
    index: optional(Values),
    deposed: optional(Type.String()),
    provider_name: optional(Type.String()),
    action_reason: optional(Type.String()),
    change: Change,
  },
  open,
);
export type PlannedResource = Static<typeof ResourceChange>;

const Check = Type.Object(
  {
    address: Type.Object({ to_display: optional(Type.String()) }, open),
    status: Type.String(),
    instances: optional(
      Type.Array(
        Type.Object(
          { status: Type.String(), problems: optional(Type.Array(Type.Object({ message: Type.String() }, open))) },
          open,
        ),
      ),
    ),
  },
  open,
);

const ConfiguredResource = Type.Object(
  {
    address: Type.String(),
    mode: Type.String(),
    type: Type.String(),
    name: Type.String(),
    provider_config_key: optional(Type.String()),
    expressions: optional(Values),
  },
  open,
);
export type ConfiguredResource = Static<typeof ConfiguredResource>;

const ProviderConfig = Type.Object(
  {
    name: optional(Type.String()),
    full_name: optional(Type.String()),
    version_constraint: optional(Type.String()),
    alias: optional(Type.String()),
  },
  open,
);

const PlanSchema = Type.Object(
  {
    format_version: Type.String(),
    terraform_version: optional(Type.String()),
    errored: optional(Type.Boolean()),
    complete: optional(Type.Boolean()),
    variables: optional(Type.Record(Type.String(), Type.Object({ value: optional(Values) }, open))),
    deferred_changes: optional(Type.Array(Values)),
    resource_changes: optional(Type.Array(ResourceChange)),
    resource_drift: optional(Type.Array(ResourceChange)),
    output_changes: optional(Type.Record(Type.String(), Change)),
    checks: optional(Type.Array(Check)),
    prior_state: optional(Values),
    configuration: optional(
      Type.Object(
        {
          provider_config: optional(Type.Record(Type.String(), ProviderConfig)),
          root_module: optional(
            Type.Object(
              {
                resources: optional(Type.Array(ConfiguredResource)),
                variables: optional(
                  Type.Record(Type.String(), Type.Object({ sensitive: optional(Type.Boolean()) }, open)),
                ),
              },
              open,
            ),
          ),
        },
        open,
      ),
    ),
  },
  open,
);
export type PlanFile = Static<typeof PlanSchema>;

/** Later minor versions add what a reader may ignore; another major version means other things by the same words. */
const knownMajorVersion = 1;
/** A plan of 20,000 resources with their configuration is some 200 MB. */
export const mostPlanBytes = 512 * 1024 * 1024;

const isPlan = new Ajv({ allErrors: false }).compile<PlanFile>(PlanSchema);
const howToMake = 'Make it with `terraform plan -out=FILE && terraform show -json FILE`.';

/**
 * Reads what `terraform show -json` printed.
 * @param where its name, for the error
 * @throws ProblemsError for what is truncated, foreign, or of an unknown version of the format
 */
export function parsePlan(text: string, where: string): PlanFile {
  const value = parseJson(text, where);
  const version = (value as { format_version?: unknown } | null)?.format_version;
  if (typeof version !== 'string') throw new ProblemsError([foreign(where, value)]);
  if (Number(version.split('.')[0]) !== knownMajorVersion) {
    const message = 'is a plan of a version of the format that is not known';
    const fix = `Use a Terraform or OpenTofu whose \`show -json\` writes format ${knownMajorVersion}.x, or a later Watari.`;
    throw new ProblemsError([{ path: where, message, value: version, bound: `${knownMajorVersion}.x`, fix }]);
  }
  if (isPlan(value)) return value;
  const [error] = isPlan.errors ?? [];
  const message = `is not a whole plan: ${error?.instancePath || 'the document'} ${error?.message ?? 'is wrong'}`;
  throw new ProblemsError([{ path: where, message, fix: howToMake }]);
}

function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    const isCut = /end of JSON|Unterminated|Expected .* after/.test(words) && text.trimStart().startsWith('{');
    const message = isCut ? `is truncated or broken JSON: ${words}` : `is no JSON: ${words}`;
    const fix = text.startsWith('PK')
      ? 'It is a plan file itself: give the output of `terraform show -json FILE`.'
      : howToMake;
    throw new ProblemsError([{ path: where, message: shorten(message), fix }]);
  }
}

/** The parser quotes what it stumbles over, which may be a secret of a foreign file. */
const shorten = (message: string): string => message.replace(/,? ?(\.\.\.)?".*$/s, '').trim();

function foreign(where: string, value: unknown): Problem {
  const keys = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  const isStream = keys.includes('@message') || keys.includes('@level');
  const isState = keys.includes('serial') || keys.includes('lineage');
  const message = isStream
    ? 'is the output of `terraform plan -json`, which leaves out what a review needs'
    : isState
      ? 'is a state, not a plan'
      : 'is JSON, but not a plan: it has no format_version';
  return { path: where, message, fix: howToMake };
}
