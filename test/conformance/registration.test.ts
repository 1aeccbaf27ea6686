import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Candidate, candidateNames, nextStep } from '../support/enrolment';

const root = join(__dirname, '..', '..');
const providers = join(root, 'constructs', 'providers');

describe.each(candidateNames(root))('provider %s', (name) => {
  it('has everything that the contract asks of a folder', () => {
    const load = (): Record<string, unknown> => jest.requireActual(join(providers, name));
    expect(nextStep({ root, name, load })).toBeUndefined();
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
        () => Object.assign(standard, { image: { name: member, packerSource: member }, facts: { limits: {} } }),
      ],
      [
        'the facts of profile "standard" lack addressSettings, reservedBlocks, healthCheckSources, identity, antiAffinity, zones, balancer, hub, egress, paths, vpn, detectionMs, prerequisites',
        () => Object.assign(standard, { facts: everyFact }),
      ],
      ['profile "standard" has no example', () => Object.assign(fifth, { examples: { standard: {} } })],
      ['the list of resource types that it uses', () => write('schema/used.json')],
      ['the schema facts of its Terraform providers', () => write('schema/cloud@1.0.0.json')],
      ['it has no simulation', () => Object.assign(fifth, { simulations: [{}] })],
      ['the folder has no README.md', () => write('README.md', 'Limits: none. https://example.com')],
      [
        'the README does not say the date on which they were checked',
        () => write('README.md', 'No limits, see sources, 2026-11-20'),
      ],
    ];
    for (const [said, mend] of path) {
      expect(missing()).toBe(said);
      mend();
    }
    expect(missing()).toBeUndefined();
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

const everyFact = Object.fromEntries(
  [
    'limits addressSettings reservedBlocks healthCheckSources identity antiAffinity zones balancer',
    'hub egress paths vpn detectionMs prerequisites',
  ]
    .join(' ')
    .split(' ')
    .map((name) => [name, {}]),
);
