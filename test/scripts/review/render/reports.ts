import {
  type Finding,
  type Report,
  type ResourceChange,
  type RiskClass,
  reportFormat,
  riskClasses,
} from '../../../../scripts/review/report';

/** A change of one resource with what every change has. */
export const change = (address: string, risk: RiskClass, more: Partial<ResourceChange> = {}): ResourceChange => ({
  ...{ stack: 'cage-live', address, type: address.split('.')[0] ?? '', action: 'update', risk },
  ...{ why: 'It is changed where it stands.', place: { sites: ['cage'], system: 'live', role: 'origin', shard: 's1' } },
  attributes: [],
  ...more,
});

export const decision = (title: string, more: Partial<Finding> = {}): Finding => ({
  ...{ rule: 'fuse', decision: true, title, details: [], addresses: [] },
  ...more,
});

/** A report of these changes and findings, as `buildReport` makes one. */
export function reportOf(changes: readonly ResourceChange[], findings: readonly Finding[] = []): Report {
  const counts = riskClasses.map((risk) => [risk, changes.filter((one) => one.risk === risk).length] as const);
  const open = findings.some((one) => one.decision && !one.acknowledged);
  const stack = { id: 'cage-live', title: 'live at cage', sites: ['cage'], configurationChanged: true };
  return {
    ...{ format: reportFormat, title: 'Plan review of reference', topology: 'reference', source: 'revisions' },
    base: { revision: 'origin/main', commit: 'a'.repeat(40) },
    head: { revision: 'HEAD', commit: 'b'.repeat(40) },
    verdict: open || changes.some(({ risk }) => risk === 'data-loss') ? 'decide' : 'fine',
    risks: Object.fromEntries(counts.filter(([, count]) => count > 0)),
    ...{ findings: [...findings], changes: [...changes], order: ['cage-live'] },
    stacks: [{ ...stack, outcome: 'changes', counts: { update: changes.length }, resources: 40 }],
    cost: {
      unknownShare: 0.25,
      unknown: [{ address: 'cage-live/maas_instance.a', why: 'own hardware' }],
      rows: [{ site: 'all', currency: 'USD', before: [10, 20], after: [15, 30] }],
    },
    fingerprint: { change: '96c0885c596d7392ad66', stacks: {} },
    notes: ['The base stands in a simulated cloud.'],
  };
}

/** One of each thing that a report can hold. */
export const fullReport: Report = reportOf(
  [
    change('aws_db_instance.main', 'data-loss', {
      action: 'replace',
      why: 'It holds data, and the new one is empty.',
      reason: 'the provider cannot change it where it stands',
      stateful: true,
      attributes: [
        { path: 'engine', change: 'changed', before: 'mysql', after: 'postgres', forces: true },
        { path: 'arn', change: 'changed', before: 'arn:old', unknown: 'known after apply, from aws_kms_key.main' },
        { path: 'tags', change: 'order' },
        { path: 'password', change: 'sensitivity', before: 'not sensitive', after: 'sensitive' },
      ],
    }),
    change('aws_instance.origin', 'behind-sibling', {
      action: 'replace',
      attributes: [
        {
          path: 'user_data',
          change: 'changed',
          files: [{ file: '/etc/live.conf', change: 'changed', diff: '@@ -1 +1 @@\n-```\n+````\n+</details>' }],
        },
      ],
    }),
    change('aws_instance.new', 'created', { action: 'create' }),
    change('aws_instance.b', 'no-effect', { action: 'move', previousAddress: 'aws_instance.a' }),
  ],
  [
    decision('aws_instance.a goes and aws_instance.b comes: it looks like a rename', {
      rule: 'rename',
      stack: 'cage-live',
      details: ['Planned with this block, nothing is left to do for it.'],
      addresses: ['cage-live/aws_instance.a', 'cage-live/aws_instance.b'],
      code: { language: 'hcl', text: 'moved {\n  from = aws_instance.a\n  to   = aws_instance.b\n}' },
    }),
    decision('The fuse was acknowledged', { acknowledged: true, site: 'cage' }),
    { ...decision('The change reaches 2 sites'), rule: 'everywhere', decision: false, details: ['cage: cage-live'] },
    { ...decision('cage-live cannot be planned'), rule: 'plan-failed', details: ['Error: no\n\n  on main.tf'] },
  ],
);

/** The same report with another text in every place where a foreign text may stand. */
export function withText(report: Report, text: (former: string, key: string) => string): Report {
  const own = new Set(['format', 'source', 'verdict', 'risk', 'action', 'rule', 'change', 'outcome', 'currency']);
  const walk = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') return own.has(key) ? value : text(value, key);
    if (Array.isArray(value)) return value.map((one) => walk(one, key));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, walk(inner, name)]));
  };
  return walk(report, '') as Report;
}
