import { subjectsOf } from '../../../../scripts/review/analysis/subject';
import { addressFindings } from '../../../../scripts/review/findings/addresses';
import { capacityFindings } from '../../../../scripts/review/findings/capacity';
import { defaultFuse, fuseFindings } from '../../../../scripts/review/findings/fuse';
import { liftedRefusals, openings, permissions } from '../../../../scripts/review/findings/openings';
import { driftFindings, failedChecks, unknownTypes } from '../../../../scripts/review/findings/plans';
import { liftedProtections } from '../../../../scripts/review/findings/protections';
import { crossStateFindings } from '../../../../scripts/review/findings/renames';
import { lockFindings, providerVersions } from '../../../../scripts/review/findings/versions';
import { likenesses } from '../../../../scripts/review/analysis/likeness';
import type { StackFiles } from '../../../../scripts/review/engine/stack-files';
import type { Finding, ResourceChange } from '../../../../scripts/review/report';
import { live } from '../../../support/topologies';
import { foreignStack } from '../../../../scripts/review/plan/foreign-stack';
import { contextOf, describedReference, planOf, resource, subjects } from '../plan-examples';

const titles = (findings: readonly Finding[]): string[] => findings.map(({ title }) => title);
const decisions = (findings: readonly Finding[]): string[] => titles(findings.filter(({ decision }) => decision));

describe('who may come in', () => {
  const rule = (cidr: string, port = 22) => ({ ip_protocol: 'tcp', from_port: port, to_port: port, cidr_ipv4: cidr });
  const opened = (
    before: object | null,
    after: object | null,
    action: string,
    type = 'aws_vpc_security_group_ingress_rule',
  ) => openings(contextOf(subjects(resource(`${type}.a`, [action], { before, after }))));

  test('a port for everybody needs a decision, one for somebody is said', () => {
    expect(decisions(opened(null, rule('0.0.0.0/0'), 'create'))).toEqual([
      'aws_vpc_security_group_ingress_rule.a opens tcp 22 to everybody',
    ]);
    expect(opened(null, rule('10.0.0.0/8'), 'create')).toMatchObject([{ decision: false }]);
  });

  test('what was open before, or closes, is nothing new', () => {
    expect(opened(rule('0.0.0.0/0'), { ...rule('0.0.0.0/0'), description: 'x' }, 'update')).toEqual([]);
    expect(opened(rule('0.0.0.0/0'), rule('10.0.0.0/8'), 'update')).toEqual([]);
    expect(opened(rule('0.0.0.0/0'), null, 'delete')).toEqual([]);
  });

  test('rules inside of a group, of a list of rules and of a firewall count alike', () => {
    const ingress = [
      { protocol: '-1', from_port: 0, to_port: 0, cidr_blocks: ['0.0.0.0/0'], ipv6_cidr_blocks: ['::/0'] },
    ];
    expect(decisions(opened({ ingress: [] }, { ingress }, 'update', 'aws_security_group'))).toEqual([
      'aws_security_group.a opens all ports to everybody; all ports to everybody',
    ]);
    const firewall = {
      direction: 'INGRESS',
      source_ranges: ['0.0.0.0/0'],
      allow: [{ protocol: 'tcp', ports: ['80', '443'] }],
    };
    expect(decisions(opened(null, firewall, 'create', 'google_compute_firewall'))).toEqual([
      'google_compute_firewall.a opens tcp 80 at every machine to everybody; tcp 443 at every machine to everybody',
    ]);
    const acl = {
      rule: [{ action: 'allow', traffic_type: 'ingress', protocol: 'tcp', ports: ['22'], cidr_list: ['0.0.0.0/0'] }],
    };
    expect(decisions(opened(null, acl, 'create', 'cloudstack_network_acl_rule'))).toHaveLength(1);
  });

  test('a part of what was open is nothing new, more machines behind the same rule are', () => {
    const range = (from: number, to: number) => ({ ...rule('0.0.0.0/0'), from_port: from, to_port: to });
    expect(opened(range(0, 1000), range(443, 443), 'update')).toEqual([]);
    expect(opened(range(443, 443), range(440, 450), 'update')).toHaveLength(1);
    const firewall = (tags: string[] | null) => ({
      ...{ direction: 'INGRESS', source_ranges: ['0.0.0.0/0'], target_tags: tags },
      allow: [{ protocol: 'tcp', ports: ['22'] }],
    });
    expect(decisions(opened(firewall(['edge']), firewall(null), 'update', 'google_compute_firewall'))).toEqual([
      'google_compute_firewall.a opens tcp 22 at every machine to everybody',
    ]);
  });

  describe('what is kept out', () => {
    const lifted = (type: string, before: object, after: object | null) =>
      decisions(
        liftedRefusals(contextOf(subjects(resource(`${type}.a`, [after ? 'update' : 'delete'], { before, after })))),
      );
    const denying = (disabled: boolean) => ({
      ...{
        direction: 'INGRESS',
        source_ranges: ['203.0.113.0/24'],
        disabled,
        deny: [{ protocol: 'tcp', ports: ['22'] }],
      },
    });
    const policyOf = (...statements: object[]) => ({ policy: JSON.stringify({ Statement: statements }) });
    const deny = { Effect: 'Deny', Action: 's3:*', Resource: '*', Principal: '*' };

    test.each([
      ['a rule that is switched off', 'google_compute_firewall', denying(false), denying(true)],
      ['a rule that goes', 'google_compute_firewall', denying(false), null],
      ['a statement that goes', 'aws_s3_bucket_policy', policyOf(deny), policyOf()],
    ] as const)('%s lets somebody in', (_, type, before, after) => {
      expect(lifted(type, before, after)).toEqual([`${type}.a does not keep out any more what it did`]);
    });
    test('nothing is said where it stays', () => {
      expect(lifted('google_compute_firewall', denying(false), { ...denying(false), priority: 5 })).toEqual([]);
    });
  });

  test('half of the internet is everybody', () => {
    expect(decisions(opened(null, rule('0.0.0.0/1'), 'create'))).toHaveLength(1);
  });

  test('what is known only after the apply is not taken for closed', () => {
    const change = {
      before: rule('10.0.0.0/8'),
      after: { ...rule('10.0.0.0/8'), cidr_ipv4: undefined },
      after_unknown: { cidr_ipv4: true },
    };
    const found = openings(contextOf(subjects(resource('aws_vpc_security_group_ingress_rule.a', ['update'], change))));
    expect(decisions(found)).toEqual([
      'It is known only after the apply who may come in by aws_vpc_security_group_ingress_rule.a',
    ]);
  });

  test('a public bucket and a public database', () => {
    expect(decisions(opened({ acl: 'private' }, { acl: 'public-read' }, 'update', 'aws_s3_bucket_acl'))).toEqual([
      'aws_s3_bucket_acl.a opens public-read to everybody',
    ]);
    expect(
      decisions(
        opened(
          null,
          { role: 'roles/storage.objectViewer', member: 'allUsers' },
          'create',
          'google_storage_bucket_iam_member',
        ),
      ),
    ).toHaveLength(1);
    expect(
      decisions(opened({ publicly_accessible: false }, { publicly_accessible: true }, 'update', 'aws_db_instance')),
    ).toHaveLength(1);
  });
});

describe('what an identity may do', () => {
  const policy = (...actions: string[]) =>
    JSON.stringify({ Statement: { Effect: 'Allow', Action: actions, Resource: 'arn:x' } });
  const granted = (before: string, after: string) =>
    permissions(
      contextOf(
        subjects(
          resource('aws_iam_role_policy.a', ['update'], { before: { policy: before }, after: { policy: after } }),
        ),
      ),
    );

  test('more than before needs a decision and is listed', () => {
    expect(granted(policy('s3:GetObject'), policy('s3:GetObject', 's3:*'))).toMatchObject([
      { decision: true, details: ['allow s3:* on arn:x'] },
    ]);
  });
  test('the same in another order, or less, is nothing', () => {
    expect(granted(policy('a:b', 'c:d'), policy('c:d', 'a:b'))).toEqual([]);
    expect(granted(policy('a:b', 'c:d'), policy('a:b'))).toEqual([]);
  });
});

describe('what kept something from being lost', () => {
  test('a switch of the provider that is turned off', () => {
    const change = { before: { deletion_protection: true }, after: { deletion_protection: false } };
    expect(
      decisions(liftedProtections(contextOf(subjects(resource('google_sql_database_instance.a', ['update'], change))))),
    ).toEqual(['google_sql_database_instance.a loses its protection: deletion_protection']);
    const reversed = { before: change.after, after: change.before };
    expect(
      liftedProtections(contextOf(subjects(resource('google_sql_database_instance.a', ['update'], reversed)))),
    ).toEqual([]);
  });
});

describe('capacity', () => {
  const during = (changes: readonly Partial<ResourceChange>[]) =>
    capacityFindings(
      contextOf([], {
        platform: { base: describedReference(), head: describedReference() },
        changes: changes as ResourceChange[],
      }),
    );
  const edge = (number: number, half: 'a' | 'b'): Partial<ResourceChange> => ({
    ...{ stack: `idcf-live-${half}`, address: `x.${number}`, risk: 'behind-sibling' },
    place: { sites: ['idcf'], role: 'edge', machine: `live-edge-${number}`, half },
  });

  test('of a fixed fleet that is replaced, the larger half is away', () => {
    expect(titles(during([edge(1, 'a'), edge(3, 'a'), edge(2, 'b')]))).toEqual([
      'Edges of idcf: 12,000 Mbit/s before, 6,000 Mbit/s during, 12,000 Mbit/s after',
    ]);
  });
  test('where nothing of it changes, nothing is said', () => expect(during([])).toEqual([]));
  test('less than before needs a decision, more does not', () => {
    const of = (max: number) =>
      capacityFindings(
        contextOf([], {
          platform: {
            base: describedReference(),
            head: describedReference((topology) => (live(topology).edges.aws = { min: 3, max })),
          },
        }),
      );
    expect(of(10)).toMatchObject([{ decision: true, site: 'aws' }]);
    expect(of(40)).toMatchObject([{ decision: false, site: 'aws' }]);
  });
});

describe('the fuse', () => {
  const going = (count: number): ResourceChange[] =>
    Array.from({ length: count }, (_, index) => ({
      ...{
        stack: 's',
        address: `aws_route.r${index}`,
        type: 'aws_route',
        action: 'delete',
        risk: 'destroyed',
        why: '',
      },
      ...{ place: { sites: [] }, attributes: [] },
    }));
  const blown = (count: number, size: number, policy = defaultFuse) =>
    fuseFindings(contextOf([], { changes: going(count), sizes: new Map([['s', size]]) }), [], policy).length > 0;

  test.each([
    [3, 10, false],
    [4, 10, true],
    [9, 9, false],
    [31, 100, true],
    [30, 100, false],
  ])('%s of %s resources: %s', (count, size, expected) => expect(blown(count, size)).toBe(expected));
  test('its bounds can be set', () => {
    expect(blown(2, 10, { percent: 10, least: 5 })).toBe(true);
    expect(blown(10, 10, { percent: 100, least: 5 })).toBe(false);
  });
  test('one stateful thing is enough', () => {
    const [one] = going(1);
    const findings = fuseFindings(
      contextOf([], { changes: [{ ...one!, stateful: true }], sizes: new Map([['s', 100]]) }),
      [],
      defaultFuse,
    );
    expect(findings).toMatchObject([{ rule: 'fuse', addresses: ['s/aws_route.r0'] }]);
  });
});

describe('addresses and names', () => {
  test('a public address that is given back names what points at it', () => {
    const platform = describedReference();
    const stack = platform.stacks.find(({ id }) => id === 'aws-live')!;
    const change = { before: { public_ip: '192.0.2.1' }, after: null };
    const found = subjectsOf(planOf(resource('aws_eip.a', ['delete'], change)), {
      stack,
      platform: { base: platform, head: platform },
    });
    expect(addressFindings(contextOf(found, { platform: { base: platform, head: platform } }))).toMatchObject([
      {
        title: 'The address 192.0.2.1 of aws_eip.a goes away',
        details: [
          'The name play.live.example.com points at it.',
          'Allow lists of partners that name it have to follow.',
        ],
      },
    ]);
  });
  test('a name that goes needs a decision, one that answers otherwise does not', () => {
    const name = { name: 'play.example.com.', rrdatas: ['192.0.2.1'] };
    const of = (action: string, after: object | null) =>
      addressFindings(contextOf(subjects(resource('google_dns_record_set.a', [action], { before: name, after }))));
    expect(decisions(of('delete', null))).toEqual(['The name play.example.com. does not resolve any more']);
    expect(of('update', { ...name, rrdatas: ['192.0.2.2'] })).toMatchObject([{ decision: false }]);
  });
});

describe('what a plan says of itself', () => {
  test('a failed check, with its words', () => {
    const check = { stack: 's', address: 'check.x', status: 'fail', messages: ['the certificate has expired'] };
    expect(failedChecks(contextOf([], { checks: [check, { ...check, status: 'unknown' }] }))).toMatchObject([
      { decision: true, title: 'check.x does not pass its check', details: ['the certificate has expired'] },
      { decision: false },
    ]);
  });
  test('drift', () => {
    expect(decisions(driftFindings(contextOf([], { drift: subjects(resource('aws_lb.a', ['delete'])) })))).toEqual([
      'aws_lb.a was deleted outside of Terraform',
    ]);
  });
  test('types that nobody knows, where they go', () => {
    expect(
      titles(unknownTypes(contextOf(subjects(resource('acme_a.x', ['delete']), resource('aws_lb.a', ['delete']))))),
    ).toEqual(['1 type that goes away is not known here']);
  });
});

describe('versions', () => {
  const files = (version: string): ReadonlyMap<string, StackFiles> =>
    new Map([
      [
        's',
        {
          ...{ id: 's', folder: '', hash: version, reads: new Map(), providers: new Map(), paths: new Map() },
          ...{ protected: new Set<string>(), required: { aws: version }, looksUp: false },
        },
      ],
    ]);
  test('another version of a provider names the stacks that ask for it', () => {
    expect(providerVersions(contextOf([], { files: { base: files('5.1'), head: files('6.0') } }))).toMatchObject([
      { title: 'Provider aws 5.1 to 6.0', decision: true },
    ]);
    expect(providerVersions(contextOf([], { files: { base: files('5.1'), head: files('5.1') } }))).toEqual([]);
  });
  test('packages of the lock file that differ', () => {
    const lock = (version: string) => JSON.stringify({ packages: { '': {}, 'node_modules/cdktf': { version } } });
    expect(lockFindings(lock('1'), lock('2'))).toMatchObject([{ details: ['cdktf: 1 to 2'] }]);
    expect(lockFindings(lock('1'), lock('1'))).toEqual([]);
  });
});

describe('one thing that changes its state', () => {
  const volume = { size: 10, zone: 'a', type: 'ssd', encrypted: true, iops: 3000, name: 'data' };
  const of = (after: object) => {
    const from = subjectsOf(planOf(resource('aws_disk.a', ['delete'], { before: { ...volume, id: 'vol-1' } })), {
      stack: foreignStack('one'),
    });
    const to = subjectsOf(planOf(resource('aws_disk.a', ['create'], { after })), { stack: foreignStack('two') });
    return crossStateFindings(likenesses(from, to, 'in more').pairs, () => ['zone']);
  };
  test('is taken over by a removed and an import block', () => {
    const [found] = of(volume);
    expect(found?.code?.text).toContain('removed {\n  from = aws_disk.a');
    expect(found?.code?.text).toContain('import {\n  to = aws_disk.a\n  id = "vol-1"');
  });
  test('or needs a new one, and it is said why', () => {
    expect(of({ ...volume, zone: 'b' })).toMatchObject([
      { decision: false, details: ['It cannot be taken over: zone would be another, which needs a new one.'] },
    ]);
  });
});
