import { findRoute } from '../../../stacks/platform/reachability';
import { type Editable, platformOf } from '../../support/topologies';

const noticed = (from: string, to: string, edit?: (topology: Editable) => void): readonly number[] | undefined =>
  findRoute(platformOf(edit), from, to)?.hops.map(({ detectionMs }) => detectionMs);
const withoutBfd = ({ links }: Editable): void => {
  for (const { primary } of Object.values(links)) {
    const path = primary as { bfd?: boolean };
    if (path.bfd !== undefined) path.bfd = false;
  }
};

describe('a dead path is noticed', () => {
  it('with BFD after as many packets as the peer says, at the pace of the slower end', () => {
    // AWS and the switches: 300 ms, three times. Cloud Router: 1 s, five times.
    expect([noticed('aws', 'cage'), noticed('cage', 'aws')]).toEqual([[900], [900]]);
    expect([noticed('gcp', 'cage'), noticed('cage', 'gcp')]).toEqual([[3000], [5000]]);
  });

  it('without BFD after the lower hold time of both ends', () => {
    // AWS 90 s, Cloud Router 60 s, the switches 9 s.
    expect([noticed('aws', 'cage', withoutBfd), noticed('cage', 'aws', withoutBfd)]).toEqual([[9000], [9000]]);
    expect([noticed('gcp', 'cage', withoutBfd), noticed('cage', 'gcp', withoutBfd)]).toEqual([[9000], [9000]]);
  });

  it('in a tunnel after the lower time of both ends', () => {
    // AWS asks a dead peer for 30 s, Cloud Router holds for 60 s, our gateways for 9 s.
    expect([noticed('aws', 'gcp'), noticed('gcp', 'aws')]).toEqual([[30_000], [30_000]]);
    expect([noticed('gcp', 'idcf'), noticed('idcf', 'gcp')]).toEqual([[9000], [9000]]);
  });

  it('on a segment after the hold time', () => {
    expect(noticed('cage', 'idcf')).toEqual([9000]);
  });
});
