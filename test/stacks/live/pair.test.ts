import { halves } from '../../../constructs/contract/site';
import { machinesOfHalf } from '../../../stacks/live/machines';
import { type LiveAtSite, liveAtSite } from '../../../stacks/live/model';
import type { LiveInput } from '../../../stacks/topology/schema';
import { type Editable, live, platformOf, site } from '../../support/topologies';

/** What `live` has at a site of the reference with a fixed fleet of so many edges. */
function fleetOf(count: number, edit: (topology: Editable) => void = () => undefined): LiveAtSite {
  const { places, topology } = platformOf((copy) => {
    live(copy).edges['idcf'] = { elastic: 'peak', count };
    edit(copy);
  });
  const { domain, operators, systems } = topology;
  return liveAtSite('live', systems['live'] as LiveInput, places['idcf']!, domain, operators.sshAuthority);
}

const machine = (fleet: LiveAtSite, name: string): string | undefined =>
  halves.flatMap((half) => machinesOfHalf(fleet, half)).find((one) => one.name === name)?.userData;
const viewers = (count: number): (string | undefined)[] =>
  ['a', 'b'].map((half) => machine(fleetOf(count), `live-viewers-${half}`));

describe('the balancer pair of a fixed fleet', () => {
  it('is left as it is when the fleet is made larger or smaller', () => {
    expect(viewers(4).every((userData) => userData !== undefined)).toBe(true);
    expect(viewers(5)).toEqual(viewers(4));
    expect(viewers(64)).toEqual(viewers(1));
    expect(viewers(65)).not.toEqual(viewers(64));
  });

  it('knows every edge by its planned address', () => {
    const fleet = fleetOf(4);
    const { plan } = fleet.place.site;
    const rules = machine(fleet, 'live-viewers-a') ?? '';
    const lines = (['a', 'b'] as const).flatMap((half, index) =>
      [1, 2].map((slot) => `server edge-${2 * slot - 1 + index} ${plan.machine('edge', half, slot)}:1935 check`),
    );
    expect(lines.filter((line) => !rules.includes(line))).toEqual([]);
  });

  it('knows the places that a narrow network has, and no more', () => {
    const narrow = fleetOf(2, (copy) => (site(copy, 'idcf')['adoptedNetwork'] = '10.66.0.0/22'));
    const rules = machine(narrow, 'live-viewers-a') ?? '';
    const servers = rules.match(/server edge-\d+ /g) ?? [];
    expect(servers.length).toBeGreaterThanOrEqual(2);
    expect(servers.length).toBeLessThan(64);
  });
});
