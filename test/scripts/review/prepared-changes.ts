import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding, Report, RiskClass } from '../../../scripts/review/report';
import committedLock from '../../../images.lock.json';
import deleteAShard from '../../fixtures/reviews/delete-a-shard';
import leaveASiteOut from '../../fixtures/reviews/leave-a-site-out';
import moveAShard from '../../fixtures/reviews/move-a-shard';
import openAPort from '../../fixtures/reviews/open-a-port';
import otherMachineForOneOrigin from '../../fixtures/reviews/other-machine-for-one-origin';
import otherMachinesForBothOrigins from '../../fixtures/reviews/other-machines-for-both-origins';
import relabelASite from '../../fixtures/reviews/relabel-a-site';
import renumberASite from '../../fixtures/reviews/renumber-a-site';
import scaleEdges from '../../fixtures/reviews/scale-edges';
import shrinkEdges from '../../fixtures/reviews/shrink-edges';
import touchOneLinkEnd from '../../fixtures/reviews/touch-one-link-end';
import reference from '../../../stacks/topologies/reference';

/** A change of the reference platform, and what a review has to say of it. */
export interface PreparedChange {
  readonly title: string;
  readonly topology: unknown;
  readonly lock?: typeof committedLock;
  /** What no topology says: edits of the synthesised folder. */
  readonly edit?: (folder: string) => void;
  readonly editBase?: (folder: string) => void;
  readonly verdict: Report['verdict'];
  /** Number of changes by class; classes that are not named have none. */
  readonly risks: Partial<Record<RiskClass, number>>;
  /** Findings, each by its rule and a part of its title. */
  readonly says: readonly (readonly [Finding['rule'], string])[];
  /** Stacks with changes, in the order of the applies. */
  readonly order: readonly string[];
}

const image = 'ffffffffffff';
const otherEdgeImage = structuredClone(committedLock);
otherEdgeImage.stages.prod.edge['amd64-v4'] = image;

function editStack(folder: string, stack: string, edit: (text: string) => string): void {
  const file = join(folder, 'stacks', stack, 'cdk.tf.json');
  writeFileSync(file, edit(readFileSync(file, 'utf8')));
}

export const preparedChanges: readonly PreparedChange[] = [
  {
    title: 'edges are scaled up',
    topology: scaleEdges,
    verdict: 'fine',
    risks: { 'in-place': 2, created: 4 },
    says: [
      ['capacity', 'Edges of aws: 9,000 to 90,000 Mbit/s before, 9,000 to 90,000 Mbit/s during, 9,000 to 120,000'],
      ['capacity', 'Edges of idcf: 12,000 Mbit/s before, 12,000 Mbit/s during, 18,000 Mbit/s after'],
      ['name', 'play.live.example.com. answers otherwise'],
    ],
    order: ['idcf-live-b', 'idcf-live-a', 'aws-live', 'dns'],
  },
  {
    title: 'edges are taken away',
    topology: shrinkEdges,
    verdict: 'decide',
    risks: { destroyed: 2, 'in-place': 1, 'no-effect': 2 },
    says: [['capacity', 'Edges of idcf: 12,000 Mbit/s before, 6,000 Mbit/s during, 6,000 Mbit/s after']],
    order: ['idcf-live-b', 'idcf-live-a', 'dns'],
  },
  {
    title: 'one origin gets another machine',
    topology: otherMachineForOneOrigin,
    verdict: 'fine',
    risks: { 'behind-sibling': 1, 'in-place': 1 },
    says: [['output', '1 output of cage-live-a changes']],
    order: ['cage-network', 'cage-live-a'],
  },
  {
    title: 'both origins of a shard get other machines',
    topology: otherMachinesForBothOrigins,
    verdict: 'decide',
    risks: { 'behind-sibling': 2 },
    says: [['fuse', 'Both halves of live-dev-origin-s1 at dev are replaced or stopped']],
    order: ['dev-live-dev-b', 'dev-live-dev-a'],
  },
  {
    title: 'a shard moves to another site',
    topology: moveAShard,
    verdict: 'decide',
    risks: { destroyed: 9, 'in-place': 4, created: 16 },
    says: [
      ['fuse', 'Both halves of live-origin-s4 at cage go away'],
      ['address', '/Common/203.0.113.13'],
      ['name', 's4.ingest.live.example.com. answers otherwise'],
      ['everywhere', 'The change reaches 2 sites'],
    ],
    order: ['cage-live-b', 'gcp-live-b', 'cage-live-a', 'gcp-live-a', 'gcp-live', 'cage-live', 'dns'],
  },
  {
    title: 'a site is relabelled',
    topology: relabelASite,
    verdict: 'fine',
    risks: {},
    says: [],
    order: [],
  },
  {
    title: 'a site is renumbered',
    topology: renumberASite,
    verdict: 'decide',
    risks: { downtime: 17 },
    says: [
      ['apply-failed', 'dev-network is planned well and fails when it is applied'],
      ['plan-failed', 'dev-live-dev was not planned'],
      ['fuse', '63 % of dev-network is deleted or replaced'],
      ['address', 'live-dev-origin-s1-a at dev moves from 10.69.32.5 to 10.73.32.5'],
    ],
    order: ['dev-network'],
  },
  {
    title: 'a shard is deleted',
    topology: deleteAShard,
    verdict: 'decide',
    risks: { destroyed: 12, 'in-place': 1 },
    says: [
      ['fuse', 'Both halves of live-origin-s4 at cage go away'],
      ['name', 's4.ingest.live.example.com. does not resolve any more'],
      ['output', '1 output of cage-live-a changes'],
    ],
    order: ['cage-live-b', 'cage-live-a', 'cage-live', 'dns'],
  },
  {
    title: 'a site is left out in one step',
    topology: leaveASiteOut,
    verdict: 'decide',
    risks: { destroyed: 4 },
    says: [
      ['whole-site', 'The site dev is left out of the topology'],
      ['left-behind', 'dev-network is not in the topology any more, and its 27 resources stay'],
      ['capacity', 'Edges of dev: 400 to 1,600 Mbit/s before, 0 Mbit/s during, 0 Mbit/s after'],
    ],
    order: ['dns'],
  },
  {
    title: 'a port is opened to everybody',
    topology: openAPort,
    verdict: 'decide',
    risks: { downtime: 3, destroyed: 4, 'behind-sibling': 38, drained: 5, 'in-place': 11, created: 4, 'no-effect': 21 },
    says: [
      ['opening', 'google_compute_firewall.access_ssh_1FA47DCB opens tcp 22 at'],
      ['opening', 'aws_vpc_security_group_ingress_rule.access-edge-ssh-0-0-0-0-0 opens tcp 22 to everybody'],
      ['opening', 'cloudstack_network_acl_rule.access_edge_65C6D696 opens tcp 22 to everybody'],
      ['whole-site', 'Every machine of cage is deleted or replaced'],
      ['everywhere', 'The change reaches 5 sites'],
    ],
    order: [
      ...[
        'aws-network',
        'dev-network',
        'gcp-network',
        'cage-gateway-b',
        'idcf-gateway-b',
        'cage-live-b',
        'idcf-live-b',
      ],
      ...['dev-live-dev-b', 'cage-gateway-a', 'idcf-gateway-a', 'cage-live-a', 'idcf-live-a', 'dev-live-dev-a'],
      ...['link-aws-idcf', 'link-gcp-idcf', 'aws-live', 'gcp-live', 'idcf-live', 'dev-live-dev', 'link-aws-cage'],
      ...['link-cage-gcp', 'link-cage-idcf'],
    ],
  },
  {
    title: 'an image is another one',
    topology: reference,
    lock: otherEdgeImage,
    verdict: 'fine',
    risks: { drained: 2 },
    says: [['image', 'Machines of the role edge boot another image']],
    order: ['aws-live'],
  },
  {
    title: 'shared code changes without an effect',
    topology: reference,
    edit: (folder) => {
      for (const stack of ['aws-network', 'cage-network', 'gcp-network'])
        editStack(folder, stack, (text) => text.replace(/^\{/, '{"locals": {"unused": "by anybody"},'));
    },
    verdict: 'fine',
    risks: {},
    says: [['everywhere', 'The change reaches 3 sites']],
    order: [],
  },
  {
    title: 'a protection is lifted',
    topology: reference,
    editBase: (folder) =>
      editStack(folder, 'idcf-live-a', (text) =>
        text.replaceAll('"prevent_destroy": false', '"prevent_destroy": true'),
      ),
    verdict: 'decide',
    risks: {},
    says: [['protection', 'loses prevent_destroy']],
    order: [],
  },
  {
    title: 'one end of a link is touched',
    topology: touchOneLinkEnd,
    verdict: 'fine',
    risks: { 'behind-sibling': 1 },
    says: [],
    order: ['link-cage-gcp'],
  },
  {
    title: 'a resource gets another address in the configuration',
    topology: reference,
    edit: (folder) =>
      editStack(folder, 'gcp-network', (text) => text.replaceAll('access_ssh_1FA47DCB', 'access_operators')),
    verdict: 'decide',
    risks: { destroyed: 1, created: 1 },
    says: [
      ['rename', 'google_compute_firewall.access_ssh_1FA47DCB goes and google_compute_firewall.access_operators comes'],
    ],
    order: ['gcp-network'],
  },
];
