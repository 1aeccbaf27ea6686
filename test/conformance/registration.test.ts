import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Provider } from '../../constructs/contract/adapter';
import {
  type Candidate,
  type Gap,
  candidateNames,
  describeGap,
  finishedProvider,
  nextStep,
  withoutTrace,
} from '../support/enrolment';

const root = join(__dirname, '..', '..');
const providers = join(root, 'constructs', 'providers');

describe.each(candidateNames(root))('provider %s', (name) => {
  it('has everything that the contract asks of a folder', () => {
    const load = (): Record<string, unknown> => jest.requireActual(join(providers, name));
    const gap = nextStep({ root, name, load });
    if (gap) throw withoutTrace(describeGap(gap));
  });
});

describe('an empty folder', () => {
  let copy: string;
  let module: Record<string, unknown>;
  let candidate: Candidate;
  const folder = (path = ''): string => join(copy, 'constructs', 'providers', 'fifth', path);
  const write = (path: string, text = ''): void => writeFileSync(folder(path), text);
  const register = (names: string): void => writeFileSync(folder('../registry.ts'), `registry = { ${names} }`);
  const missing = (): string | undefined => nextStep(candidate)?.missing;

  beforeEach(() => {
    copy = mkdtempSync(join(tmpdir(), 'watari-enrolment-'));
    mkdirSync(folder('schema'), { recursive: true });
    register('');
    module = {};
    candidate = { root: copy, name: 'fifth', load: () => module };
  });
  afterEach(() => rmSync(copy, { recursive: true, force: true }));

  it('is led to enrolment one step at a time', () => {
    const member = (): void => undefined;
    const core =
      'check configure network networkHandles machines machineHandles machineType machineTypes balancer link'.split(
        ' ',
      );
    const standard: Record<string, unknown> = {};
    const fifth: Record<string, unknown> = {};
    const path: [string, () => void][] = [
      ['the folder has no index.ts', () => write('index.ts')],
      ['the registry does not know "fifth"', () => register('fifth')],
      ['the module does not export "fifth"', () => Object.assign(module, { fifth })],
      ['its name is undefined, and the folder\'s is "fifth"', () => Object.assign(fifth, { name: 'fifth' })],
      ['"settings" is no object schema', () => Object.assign(fifth, { settings: { type: 'object' } })],
      ['"circuitEnd" is no object schema', () => Object.assign(fifth, { circuitEnd: { type: 'object' } })],
      ['it has no profile', () => Object.assign(fifth, { profiles: { standard } })],
      [
        `profile "standard" lacks ${core.join(', ')}, image`,
        () => Object.assign(standard, Object.fromEntries(core.map((name) => [name, member]))),
      ],
      [
        'profile "standard" lacks image',
        () =>
          Object.assign(standard, {
            image: { name: member, packerSource: member },
            facts: { limits: everyFact.limits },
          }),
      ],
      [
        'the facts of profile "standard" lack addressSettings, reservedBlocks, healthCheckSources, identity, antiAffinity, zones, balancer.modes, balancer.healthChecks, balancer.publicAddresses, hub.kind, hub.transit, egress, paths, vpn.tunnelsPerPeerAddress, vpn.outsideAddresses, detectionMs, prerequisites',
        () => Object.assign(standard, { facts: everyFact }),
      ],
      ['profile "standard" has no example', () => Object.assign(fifth, { examples: { standard: {} } })],
      ['there is no list of the resource types that it uses', () => write('schema/used.json')],
      ['there are no schema facts of the providers in used.json', () => write('schema/cloud@1.0.0.json')],
      ['it has no simulation', () => Object.assign(fifth, { simulations: [{}] })],
      ['simulation 0 lacks provider, resources', () => Object.assign(fifth, { simulations: [simulation] })],
      ['it does not tell what is there before anybody deploys', () => Object.assign(fifth, { seeds: member })],
      ['its pricing lacks sheet, billed, place, rules', () => Object.assign(fifth, { pricing })],
      ['nobody says how profile "standard" is billed', () => Object.assign(pricing.rules, { standard: {} })],
      ['reviewers are told nothing of its resource types', () => Object.assign(fifth, { reviewed: {} })],
      ['the folder has no README.md', () => write('README.md', 'Limits: none. https://example.com')],
      [
        'the README does not say the date on which they were checked',
        () => write('README.md', 'No limits, see sources, 2026-11-20'),
      ],
    ];
    for (const [said, mend] of path) {
      const gap = nextStep(candidate);
      expect(gap?.missing).toBe(said);
      expect(sectionsOf(gap?.documented)).toContain(gap?.documented);
      mend();
    }
    expect(missing()).toBeUndefined();
  });

  it('is told of a missing member in sentences: the file, its type, and where it is described', () => {
    write('index.ts');
    register('fifth');
    Object.assign(module, { fifth: { ...schemas, name: 'fifth', profiles: { standard: {} } } });
    const lines = describeGap(nextStep(candidate) as Gap).split('\n');
    expect(lines[0]).toMatch(
      /^constructs\/providers\/fifth\/index\.ts, profiles\.standard: profile "standard" lacks check,/,
    );
    expect(lines).toContain('  network(scope: Construct, site: Site): Handles;');
    expect(lines.at(-1)).toBe('It is described in docs/adapters.md, "Members".');
  });

  it('is not built on by other tests before it is finished', () => {
    for (const unfinished of [undefined, {}, { profiles: {} }, { profiles: { standard: {} } }] as Partial<Provider>[])
      expect(() => finishedProvider('fifth', unfinished)).toThrow(
        /^constructs\/providers\/fifth is registered and not finished\. Run `npx jest test\/conformance\/registration`/,
      );
  });

  it('is missed where the registry names it', () => {
    register('fifth');
    rmSync(folder(), { recursive: true });
    expect(candidateNames(copy)).toEqual(['fifth']);
    expect(missing()).toBe('the registry names "fifth", and there is no such folder');
  });

  it('says where an import fails', () => {
    write('index.ts');
    register('fifth');
    candidate = { ...candidate, load: () => jest.requireActual('./not-there') };
    expect(nextStep(candidate)).toMatchObject({
      missing: expect.stringContaining("Cannot find module './not-there'") as string,
      where: 'constructs/providers/fifth/index.ts',
    });
  });
});

const schemas = { settings: { type: 'object' }, circuitEnd: { type: 'object' } };

/** `docs/adapters.md, "Members"` for each heading of the page that is named. */
function sectionsOf(documented = ''): string[] {
  const [page = ''] = documented.split(', ');
  const headings = readFileSync(join(root, page), 'utf8').matchAll(/^## (.+)$/gm);
  return [...headings].map(([, heading]) => `${page}, "${heading}"`);
}

const simulation = { provider: 'example/fifth', resources: {} };
const pricing = { sheet: { prices: [] }, billed: {}, place: {}, rules: {} };

const everyFact = {
  limits: { userDataBytes: {}, nameLength: {} },
  balancer: { modes: [], healthChecks: [], publicAddresses: 'allocated' },
  hub: { kind: 'none', transit: false },
  vpn: { tunnelsPerPeerAddress: 1, outsideAddresses: 'hub' },
  ...Object.fromEntries(
    'addressSettings reservedBlocks healthCheckSources identity antiAffinity zones egress paths detectionMs prerequisites'
      .split(' ')
      .map((name) => [name, {}]),
  ),
};
