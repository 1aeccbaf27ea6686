import { join } from 'node:path';
import { proveSurvived, scenario, type Scenario } from '../../scripts/prove/faults/converge';
import { cloudLoss, proveLossContained, storeLoss } from '../../scripts/prove/faults/loss';
import { oneSite, twoOthers } from '../../scripts/prove/faults/topologies';
import { proveWornOut } from '../../scripts/prove/faults/trouble';
import { proveOneAtATime } from '../../scripts/prove/faults/two-at-once';
import onlyIdcf from '../../stacks/topologies/only-idcf';
import reference from '../../stacks/topologies/reference';
import { testRehearsal } from '../support/rehearsal';
import { describeWith, requirement } from '../support/requirements';

const root = join(__dirname, '..', '..');
const minutes = 60_000;

/** Small ones that share neither a provider nor a state store; `npm run prove -- faults` loses each of four sites. */
const twoSites = {
  ...onlyIdcf,
  name: 'faults-two-sites',
  stores: { ...onlyIdcf.stores, taiwan: reference.stores.taiwan },
  sites: { idcf: onlyIdcf.sites.idcf, gcp: twoOthers.sites.gcp },
  systems: { live: onlyIdcf.systems.live, 'live-gcp': twoOthers.systems['live-gcp'] },
};

describeWith(requirement('terraform'), 'a deploy that is disturbed', () => {
  const rehearsal = testRehearsal();
  let deploy: Scenario;

  beforeAll(async () => {
    deploy = await scenario(rehearsal, { topology: oneSite });
  }, minutes);

  it.each([
    ['with its Terraforms', { share: 0.6, victims: 'all', settles: true } as const],
    ['alone, so that its Terraforms live on', { share: 0.5, victims: 'watari alone', settles: true } as const],
  ])(
    'is killed with -9 %s, and ends as an undisturbed one when it is run again',
    (_, point) => proveSurvived(rehearsal, root, deploy, point),
    2 * minutes,
  );

  it(
    'wears out a provider that fails now and then',
    async () => {
      const fault = { kind: 'fail', probability: 0.2, seed: 'test', message: 'Error 503' } as const;
      expect(await proveWornOut(rehearsal, deploy, fault, 8)).toBeGreaterThan(1);
    },
    2 * minutes,
  );

  it(
    'holds off a second one, which says who runs, and is taken over at once when it is killed',
    () => proveOneAtATime(rehearsal, root, deploy),
    2 * minutes,
  );
});

describeWith(requirement('terraform'), 'a deploy on two sites, of which one is lost on the way', () => {
  const rehearsal = testRehearsal();
  let deploy: Scenario;
  const isIdcf = (stack: string): boolean => stack.startsWith('idcf-');

  beforeAll(async () => {
    deploy = await scenario(rehearsal, { topology: twoSites });
  }, minutes);

  it(
    'goes on at the other site, and completes once the provider answers again',
    () => proveLossContained(rehearsal, deploy, cloudLoss(rehearsal, deploy, { types: ['cloudstack_*'] }, isIdcf), 20),
    2 * minutes,
  );

  it(
    'goes on with the states that it can reach, and completes once the store is back',
    () => proveLossContained(rehearsal, deploy, storeLoss(deploy.states, isIdcf), 20),
    2 * minutes,
  );
});
