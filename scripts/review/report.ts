import { type Static, Type } from '@sinclair/typebox';

/**
 * What a review says, as data: every rendering is made from this and nothing else, and it is what `--json` prints. Values of
 * attributes are masked before they get here.
 */

/** Raised when a reader of the former could misunderstand it. */
export const reportFormat = '1.0';

const closed = { additionalProperties: false };
const text = (description: string) => Type.String({ description });

/** What a change does to one resource, worst first. */
export const riskClasses = [
  'data-loss',
  'downtime',
  'destroyed',
  'behind-sibling',
  'drained',
  'in-place',
  'created',
  'imported',
  'forgotten',
  'no-effect',
] as const;
export type RiskClass = (typeof riskClasses)[number];

const Risk = Type.Union(
  riskClasses.map((name) => Type.Literal(name)),
  { description: 'Worst first: docs/review.md has the table.' },
);

export const actionNames = ['create', 'update', 'replace', 'delete', 'forget', 'import', 'move', 'no-op'] as const;
const Action = Type.Union(actionNames.map((name) => Type.Literal(name)));
export type Action = (typeof actionNames)[number];

/** Where a resource is in the topology. */
export const PlaceSchema = Type.Object(
  {
    sites: Type.Array(Type.String()),
    system: Type.Optional(Type.String()),
    role: Type.Optional(Type.String()),
    shard: Type.Optional(Type.String()),
    half: Type.Optional(Type.String()),
    machine: Type.Optional(text('Machine, fleet, device or balancer that it belongs to.')),
    link: Type.Optional(Type.String()),
  },
  closed,
);
export type ResourcePlace = Static<typeof PlaceSchema>;

/** A piece of a rendered file that differs. */
export const FileDiffSchema = Type.Object(
  {
    file: text('Path on the machine, or what the text is.'),
    change: Type.Union([Type.Literal('added'), Type.Literal('removed'), Type.Literal('changed')]),
    diff: text('Unified diff without header; folded where it is long.'),
  },
  closed,
);
export type FileDiff = Static<typeof FileDiffSchema>;

export const AttributeChangeSchema = Type.Object(
  {
    path: text('Dotted; elements of lists and sets by what they are, not by index.'),
    change: Type.Union([
      Type.Literal('added'),
      Type.Literal('removed'),
      Type.Literal('changed'),
      Type.Literal('order'),
      Type.Literal('sensitivity'),
    ]),
    before: Type.Optional(text('Masked where it is sensitive; absent where there was none.')),
    after: Type.Optional(text('Masked where it is sensitive; absent where there is none, or it is not known yet.')),
    unknown: Type.Optional(text('Known after the apply: where it comes from.')),
    forces: Type.Optional(Type.Boolean({ description: 'Forces the replacement.' })),
    files: Type.Optional(Type.Array(FileDiffSchema)),
  },
  closed,
);
export type AttributeChange = Static<typeof AttributeChangeSchema>;

export const ResourceChangeSchema = Type.Object(
  {
    stack: Type.String(),
    address: Type.String(),
    previousAddress: Type.Optional(Type.String()),
    type: Type.String(),
    action: Action,
    risk: Risk,
    acknowledged: Type.Optional(Type.Boolean({ description: 'Somebody has decided on exactly this change of it.' })),
    why: text('Why it is in this class, in one sentence.'),
    reason: Type.Optional(text("Terraform's own reason for the action, in words.")),
    createFirst: Type.Optional(Type.Boolean({ description: 'The new one stands before the old one goes.' })),
    stateful: Type.Optional(Type.Boolean({ description: 'Data goes with it.' })),
    place: PlaceSchema,
    path: Type.Optional(text('Construct path.')),
    attributes: Type.Array(AttributeChangeSchema),
  },
  closed,
);
export type ResourceChange = Static<typeof ResourceChangeSchema>;

/** What somebody has to know beyond the single resources. */
export const findingRules = [
  'plan-failed',
  'apply-failed',
  'fuse',
  'both-halves',
  'whole-site',
  'capacity',
  'opening',
  'identity',
  'protection',
  'address',
  'name',
  'output',
  'rename',
  'left-behind',
  'check',
  'drift',
  'version',
  'image',
  'everywhere',
  'acknowledgement',
  'note',
] as const;
export type FindingRule = (typeof findingRules)[number];

export const FindingSchema = Type.Object(
  {
    rule: Type.Union(findingRules.map((name) => Type.Literal(name))),
    decision: Type.Boolean({ description: 'Somebody has to decide: exit 1 until it is acknowledged.' }),
    acknowledged: Type.Optional(Type.Boolean()),
    title: Type.String(),
    details: Type.Array(Type.String()),
    stack: Type.Optional(Type.String()),
    site: Type.Optional(Type.String()),
    addresses: Type.Array(Type.String(), { description: '`<stack>/<resource address>` of what it is about.' }),
    code: Type.Optional(Type.Object({ language: Type.String(), text: Type.String() }, closed)),
  },
  closed,
);
export type Finding = Static<typeof FindingSchema>;

export const StackReviewSchema = Type.Object(
  {
    id: Type.String(),
    title: Type.String(),
    sites: Type.Array(Type.String()),
    outcome: Type.Union([
      Type.Literal('changes'),
      Type.Literal('unchanged'),
      Type.Literal('untouched'),
      Type.Literal('failed'),
      Type.Literal('removed'),
    ]),
    configurationChanged: Type.Boolean({ description: 'Its text differs, whether or not anything comes of it.' }),
    /** Number of changes by action. */
    counts: Type.Record(Type.String(), Type.Integer()),
    resources: Type.Integer({ description: 'Resources that it has before the change.' }),
    error: Type.Optional(Type.String()),
  },
  closed,
);
export type StackReview = Static<typeof StackReviewSchema>;

export const CostSchema = Type.Object(
  {
    unknownShare: Type.Number({ description: 'Part of the billed resources without a known price, 0 to 1.' }),
    unknown: Type.Array(Type.Object({ address: Type.String(), why: Type.String() }, closed)),
    rows: Type.Array(
      Type.Object(
        {
          site: text('`all` for the sum.'),
          currency: Type.String(),
          before: Type.Array(Type.Number(), { minItems: 2, maxItems: 2 }),
          after: Type.Array(Type.Number(), { minItems: 2, maxItems: 2 }),
        },
        closed,
      ),
      { description: 'Per month, at the least and at the most that fleets may grow to.' },
    ),
  },
  closed,
);
export type CostReview = Static<typeof CostSchema>;

export const SideSchema = Type.Object(
  {
    revision: text('As it was asked for.'),
    commit: Type.Optional(text('Absent for a working tree with changes, and for plans of files.')),
  },
  closed,
);
export type ReviewedSide = Static<typeof SideSchema>;

/** What `watari deploy --reviewed` compares: nothing here depends on ids that a provider allocates. */
export const FingerprintSchema = Type.Object(
  {
    change: text('Hash of all of it.'),
    stacks: Type.Record(
      Type.String(),
      Type.Object(
        {
          configuration: text("Hash of the stack's configuration."),
          changes: Type.Record(
            Type.String(),
            Type.Object(
              {
                does: text('Actions, where it comes from, and what forces a replacement.'),
                attributes: Type.Array(Type.String(), {
                  description: 'Of those that the configuration sets, which an update changes.',
                }),
              },
              closed,
            ),
            { description: 'By resource address.' },
          ),
        },
        closed,
      ),
    ),
  },
  closed,
);
export type Fingerprint = Static<typeof FingerprintSchema>;

export const ReportSchema = Type.Object(
  {
    format: Type.Literal(reportFormat),
    title: Type.String(),
    topology: Type.Optional(Type.String()),
    source: Type.Union([Type.Literal('revisions'), Type.Literal('plans')]),
    base: Type.Optional(SideSchema),
    head: Type.Optional(SideSchema),
    verdict: Type.Union([Type.Literal('decide'), Type.Literal('fine')]),
    /** Number of changes by risk class. */
    risks: Type.Record(Type.String(), Type.Integer()),
    findings: Type.Array(FindingSchema),
    changes: Type.Array(ResourceChangeSchema),
    stacks: Type.Array(StackReviewSchema),
    order: Type.Array(Type.String(), { description: 'Stacks with changes in the order in which they are applied.' }),
    cost: Type.Optional(CostSchema),
    fingerprint: Type.Optional(FingerprintSchema),
    notes: Type.Array(Type.String(), { description: 'What this review cannot see.' }),
  },
  { ...closed, $id: 'watari-review', title: 'Watari plan review' },
);
export type Report = Static<typeof ReportSchema>;

/** `<stack>/<address>`: unique over all stacks. */
export const idOf = ({ stack, address }: { readonly stack: string; readonly address: string }): string =>
  `${stack}/${address}`;
