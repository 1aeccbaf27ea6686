import { registry } from '../../../constructs/providers/registry';
import { type Cost, type CostLine, type StackResources, costOf } from '../../../scripts/cost/cost';
import { costDelta, isChanged } from '../../../scripts/cost/delta';
import onlyAws from '../../../stacks/topologies/only-aws';
import onlyGcp from '../../../stacks/topologies/only-gcp';
import reference from '../../../stacks/topologies/reference';
import { plannedPlatform } from '../../support/planned';

const costOfTopology = (topology: unknown): Cost => {
  const { stacks, pricing } = plannedPlatform(topology);
  return costOf(stacks, pricing);
};
const lineOf = (cost: Cost, part: string): CostLine | undefined =>
  cost.lines.find(({ address }) => address.includes(part));
const foreign = { providers: registry, billing: undefined };
const oneStack = (...resources: StackResources['resources']): StackResources[] => [
  { stack: 'theirs', sites: [], resources },
];

const aws = costOfTopology(onlyAws);
const platform = costOfTopology(reference);

describe('list prices', () => {
  it('count an elastic fleet at its smallest and at its largest', () => {
    // Machine, 50 GiB of disk and seven metrics, as constructs/providers/aws/prices.json has them.
    const machine = 0.5712 * 730 + 50 * 0.096 + 7 * 0.3;
    const fleet = lineOf(aws, 'aws_autoscaling_group')?.known.USD;
    expect(fleet?.min).toBeCloseTo(2 * machine, 6);
    expect(fleet?.max).toBeCloseTo(10 * machine, 6);
  });

  it('count a group of Google Cloud as its autoscaler bounds it', () => {
    const fleet = lineOf(costOfTopology(onlyGcp), 'instance_group_manager')?.known.USD;
    expect(fleet?.max).toBeCloseTo(5 * (fleet?.min ?? 0), 6);
  });

  it('count a fixed machine with its disk', () => {
    expect(lineOf(aws, 'live-origin-s1-a')?.known.USD?.min).toBeCloseTo(0.5712 * 730 + 50 * 0.096, 6);
  });

  it('count machines of IDCF by the name of their offering, in yen', () => {
    const origin = lineOf(platform, 'idcf-live-a/cloudstack_instance.machines_live-edge-1');
    expect(origin?.known).toEqual({ JPY: { min: 18300 + 50 * 20, max: 18300 + 50 * 20 } });
  });

  it('count a VPN connection of a transit gateway as a connection and as an attachment', () => {
    const vpn = lineOf(platform, 'link-aws-gcp/aws_vpn_connection');
    expect(vpn).toMatchObject({ group: 'aws' });
    expect(vpn?.known.USD?.min).toBeCloseTo((0.048 + 0.07) * 730, 6);
  });

  it('leave an address of a forwarding rule out, which is free', () => {
    expect(lineOf(platform, 'google_compute_address')).toBeUndefined();
  });
});

describe('the sum', () => {
  it('never adds one currency to another', () => {
    expect(Object.keys(platform.total)).toEqual(['JPY', 'USD']);
    expect(Object.keys(platform.groups.idcf ?? {})).toEqual(['JPY']);
    expect(Object.keys(platform.groups.aws ?? {})).toEqual(['USD']);
  });

  it('is what the sites are together', () => {
    const sites = Object.values(platform.groups).map(({ USD }) => USD?.max ?? 0);
    expect(platform.total.USD?.max).toBeCloseTo(
      sites.reduce((all, one) => all + one, 0),
      6,
    );
  });
});

describe('what is unknown', () => {
  it('is a price that was not read, and it is not taken for nothing', () => {
    const rule = lineOf(platform, 'google_compute_forwarding_rule');
    expect(rule).toMatchObject({ known: {}, why: expect.stringContaining('was not read') as string });
    expect(platform.unknown.map(({ address }) => address)).toContain(rule?.address);
  });

  it('is a type of which nobody says how it is billed', () => {
    const cost = costOf(oneStack({ address: 'aws_db_instance.a', type: 'aws_db_instance', values: {} }), foreign);
    expect(cost).toMatchObject({
      unknownShare: 1,
      unknown: [{ address: 'theirs/aws_db_instance.a', why: 'nobody says how aws_db_instance is billed' }],
    });
  });

  it('is a machine type that the sheet lacks, while its disk is counted', () => {
    const values = {
      availability_zone: 'ap-northeast-1a',
      instance_type: 'x9.mega',
      root_block_device: [{ volume_type: 'gp3', volume_size: 10 }],
    };
    const cost = costOf(oneStack({ address: 'aws_instance.a', type: 'aws_instance', values }), foreign);
    expect(cost.lines).toEqual([
      expect.objectContaining({
        known: { USD: { min: 0.96, max: 0.96 } },
        why: 'the sheet has no price of machine/x9.mega in ap-northeast-1',
      }),
    ]);
  });

  it('is a price in a region that nobody has read', () => {
    const values = { region: 'eu-north-1', name: 'a' };
    const cost = costOf(oneStack({ address: 'aws_eip.a', type: 'aws_eip', values }), foreign);
    expect(cost.unknown).toEqual([
      { address: 'theirs/aws_eip.a', why: 'the sheet has no price of address in eu-north-1' },
    ]);
  });

  it('is traffic, own hardware and ordered lines, as long as the topology does not say what they cost', () => {
    const addresses = platform.unknown.map(({ address }) => address);
    expect(addresses).toEqual(
      expect.arrayContaining([
        'sites.cage.costs.bandwidth',
        'links.cage-aws.primary.circuits.2.monthly',
        'links.cage-idcf.primary.monthly',
        'cage-live-a/maas_instance.machines-live-origin-s1-a',
      ]),
    );
    expect(platform.unknownShare).toBe(platform.unknown.length / platform.lines.length);
  });
});

describe('a change', () => {
  it('of the largest size of a fleet changes the most that its site and the whole can cost', () => {
    const wider = structuredClone(onlyAws);
    Object.assign(wider.systems.live?.edges ?? {}, { aws: { min: 2, max: 11 } });
    const { rows } = costDelta(aws, costOfTopology(wider));
    expect(rows.map(({ site, currency }) => `${site} ${currency}`)).toEqual(['aws USD', 'all USD']);
    for (const { before, after } of rows) {
      expect(after[0]).toBe(before[0]);
      expect(after[1] - before[1]).toBeCloseTo(423.876, 1);
    }
  });

  it('that costs nothing shows the same before and after', () => {
    expect(costDelta(aws, aws).rows.some(isChanged)).toBe(false);
  });

  it('says what was unknown before, too: the difference is', () => {
    const rented = costOf(oneStack(), foreign);
    const delta = costDelta(platform, rented);
    expect(delta.unknown).toEqual(platform.unknown);
    expect(delta.unknownShare).toBe(platform.unknownShare);
  });
});

describe('a plan without a topology', () => {
  it('is billed in the region that its resources name, stack by stack', () => {
    const nat = { address: 'aws_nat_gateway.a', type: 'aws_nat_gateway', values: { region: 'ap-northeast-1' } };
    const cost = costOf(oneStack(nat), foreign);
    expect(cost.groups.theirs?.USD?.min).toBeCloseTo(0.062 * 730, 6);
  });

  it('does not guess how a type is billed that depends on the site', () => {
    const machine = { address: 'cloudstack_instance.a', type: 'cloudstack_instance', values: {} };
    expect(costOf(oneStack(machine), foreign).unknown).toEqual([
      {
        address: 'theirs/cloudstack_instance.a',
        why: 'how cloudstack_instance is billed depends on the site, which is not known',
      },
    ]);
  });
});
