import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StackSpec } from '../../../constructs/contract/stack';
import { specOf } from './example-stacks';
import { fakeRun, type FakeRun } from './fake-terraform';

let folder: string;

beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'watari-phases-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A site with a system in two halves, as `stacks/live` plans it. */
const site: StackSpec[] = [
  specOf('net'),
  specOf('live-b', { kind: 'half', half: 'b', dependsOn: ['net'] }),
  specOf('live-a', { kind: 'half', half: 'a', dependsOn: ['net', 'live-b'] }),
  specOf('live', { kind: 'system', dependsOn: ['net', 'live-a', 'live-b'] }),
];
const machines = { 'live-a': ['origin-a'], 'live-b': ['origin-b'] };
const made = { 'vm.new': ['create'] };
const anew = { 'vm.old': ['delete', 'create'] };

/** Applies and probes in order, without inits and plans. */
const deeds = ({ calls }: FakeRun): string[] =>
  calls().filter((call) => call.startsWith('probe') || call.includes(' apply'));

describe('the halves of a fleet', () => {
  it('are changed one after the other, the standby first, with its health proven before the other is touched', async () => {
    const fake = fakeRun(folder, machines);
    fake.plan('live-a', made);
    fake.plan('live-b', made);
    const { done } = await fake.phase('create', site);
    expect(deeds(fake)).toEqual([
      'live-b apply watari.plan',
      'probe origin-b',
      'live-a apply watari.plan',
      'probe origin-a',
    ]);
    expect(done.map(({ stack, ok, changed }) => [stack, ok, changed])).toEqual([
      ['net', true, false],
      ['live-b', true, true],
      ['live-a', true, true],
      ['live', true, false],
    ]);
  });

  it('are not both touched when the first does not answer: who is silent is named, what depends on it is not tried', async () => {
    const fake = fakeRun(folder, machines, (machine) => machine !== 'origin-b');
    fake.plan('live-a', made);
    fake.plan('live-b', made);
    const { done, blocked } = await fake.phase('create', site);
    expect(deeds(fake).filter((deed) => !deed.startsWith('probe'))).toEqual(['live-b apply watari.plan']);
    expect(done.find(({ stack }) => stack === 'live-b')).toMatchObject({
      ok: false,
      summary: '1 to create; machines not healthy',
      error: expect.stringContaining('Not healthy after 0.05 s: origin-b.'),
    });
    expect(blocked.map(({ stack }) => stack)).toEqual(['live-a', 'live']);
  });

  it('are asked again by the next run: the other stays untouched until the silent ones answer', async () => {
    const silent = fakeRun(folder, machines, (machine) => machine !== 'origin-b');
    silent.plan('live-b', anew);
    silent.plan('live-a', anew);
    silent.plan('live', { 'pool.members': ['update'] });
    await silent.phase('create', site);
    await silent.phase('create', site);
    expect(silent.calls().filter((call) => call.includes('live-a'))).toEqual([]);
    const answering = fakeRun(folder, machines);
    const { done } = await answering.phase('create', site);
    expect(deeds(answering).slice(-5)).toEqual([
      'probe origin-b',
      'probe origin-b',
      'live apply watari.plan',
      'live-a apply watari.plan',
      'probe origin-a',
    ]);
    expect(done.every(({ ok }) => ok)).toBe(true);
    await answering.phase('create', site);
    expect(deeds(answering).at(-1)).toBe('probe origin-a');
  });

  it('that did not change are asked nothing', async () => {
    const fake = fakeRun(folder, machines);
    await fake.phase('create', site);
    expect(deeds(fake)).toEqual([]);
  });

  it('are back in their balancer before the other is touched, when they were made anew', async () => {
    const fake = fakeRun(folder, machines);
    fake.plan('live-b', anew);
    fake.plan('live-a', anew);
    fake.plan('live', { 'pool.members': ['update'] });
    const { done } = await fake.phase('create', site);
    expect(deeds(fake)).toEqual([
      'live-b apply watari.plan',
      'probe origin-b',
      'live apply watari.plan',
      'live-a apply watari.plan',
      'probe origin-a',
    ]);
    expect(done.find(({ stack }) => stack === 'live')).toMatchObject({ changes: { update: ['pool.members'] } });
    expect(done.find(({ stack }) => stack === 'live-b')).toMatchObject({
      summary: '1 to replace; live brought up to date',
    });
  });

  it('stay as they are when the balancer cannot be brought up to date after the first was made anew', async () => {
    const fake = fakeRun(folder, machines);
    fake.plan('live-b', anew);
    fake.plan('live-a', anew);
    fake.plan('live', { 'pool.members': ['update'] });
    fake.fail('live', 'apply');
    const { done, blocked } = await fake.phase('create', site);
    expect(deeds(fake)).not.toContain('live-a apply watari.plan');
    expect(done.find(({ stack }) => stack === 'live-b')).toMatchObject({
      ok: false,
      error: expect.stringMatching(/Half b stands anew, but live could not be brought up to date[^]*apply is broken/),
    });
    expect(blocked.map(({ stack }) => stack)).toEqual(['live-a', 'live']);
  });
});

describe('what only goes away', () => {
  const leaving = { 'vm.new': ['create'], 'vm.kept': ['no-op'], 'vm.gone': ['delete'] };

  it('waits in the first pass: all that stays is targeted', async () => {
    const fake = fakeRun(folder);
    fake.plan('net', leaving);
    const { done } = await fake.phase('create', [specOf('net')]);
    expect(deeds(fake)).toEqual(['net apply -target=vm.new -target=vm.kept']);
    expect(done[0]).toMatchObject({
      summary: '1 to create',
      pendingDestroy: 1,
      changes: { create: ['vm.new'], destroy: [] },
    });
  });

  it('waits too where nothing stays and only the outputs would change', async () => {
    const fake = fakeRun(folder);
    fake.plan('net', { 'vm.gone': ['delete'], 'output.handles': ['update'] });
    const { done } = await fake.phase('create', [specOf('net')]);
    expect(deeds(fake)).toEqual([]);
    expect(done[0]).toMatchObject({ changed: false, pendingDestroy: 1 });
  });

  it('goes in the second pass, in the reverse order', async () => {
    const fake = fakeRun(folder);
    for (const stack of ['net', 'live']) fake.plan(stack, { 'vm.gone': ['delete'] });
    const specs = [specOf('net'), specOf('live', { dependsOn: ['net'] })];
    expect((await fake.phase('create', specs)).done.map(({ changed }) => changed)).toEqual([false, false]);
    const { done } = await fake.phase('destroy-leftovers', specs);
    expect(deeds(fake)).toEqual(['live apply watari.plan', 'net apply watari.plan']);
    expect(done[0]).toMatchObject({ summary: '1 to destroy', changes: { destroy: ['vm.gone'] } });
  });

  it('goes at once when its name or address must be free for what replaces it', async () => {
    const fake = fakeRun(folder);
    fake.plan('net', leaving);
    fake.fail('net', 'apply', 'Error 409: The resource vm already exists, alreadyExists');
    await fake.phase('create', [specOf('net')]);
    expect(deeds(fake)).toEqual(['net apply -target=vm.new -target=vm.kept', 'net apply']);
  });

  it('stays when something else is the matter', async () => {
    const fake = fakeRun(folder);
    fake.plan('net', leaving);
    fake.fail('net', 'apply', 'Error 503: unavailable');
    const { done } = await fake.phase('create', [specOf('net')]);
    expect(deeds(fake)).toEqual(['net apply -target=vm.new -target=vm.kept']);
    expect(done[0]).toMatchObject({ ok: false, error: expect.stringContaining('503') });
  });
});

describe('an interrupt', () => {
  it('begins nothing more, ends the wait for machines, and says what was not tried', async () => {
    const fake = fakeRun(folder, machines, () => {
      fake.interrupt();
      return false;
    });
    fake.plan('live-b', made);
    fake.plan('live-a', made);
    const { done, blocked } = await fake.phase('create', site);
    expect(deeds(fake)).toEqual(['live-b apply watari.plan', 'probe origin-b']);
    expect(done.at(-1)).toMatchObject({ ok: false, error: expect.stringContaining('when the run was interrupted') });
    expect(blocked).toEqual([
      { stack: 'live-a', by: 'live-b' },
      { stack: 'live', by: 'live-a' },
    ]);
    expect((await fake.phase('create', site)).blocked.map(({ by }) => by)).toEqual(Array(4).fill('interrupted'));
  });
});

describe('a stack whose state is in a remote store', () => {
  it('tells its resources and its handles, as the store has them', async () => {
    const fake = fakeRun(folder);
    const resources = [{ mode: 'managed', instances: [{}, {}] }];
    const state = { resources, outputs: { handles: { value: { 'addresses.edge': '192.0.2.1' } } } };
    fake.plan('net', made);
    writeFileSync(join(folder, 'stacks', 'net', 'state.json'), JSON.stringify(state));
    const { done } = await fake.phase('create', [specOf('net')]);
    expect(done[0]).toMatchObject({ resources: 2, handles: { 'addresses.edge': '192.0.2.1' } });
  });
});

describe('a stack', () => {
  it('is initialised once, and planned with a refresh every time', async () => {
    const fake = fakeRun(folder);
    await fake.phase('create', [specOf('net')]);
    await fake.phase('create', [specOf('net')]);
    expect(fake.calls()).toEqual(['net init', 'net plan', 'net plan']);
  });

  it('that cannot be planned fails with what Terraform said; a site beside it goes on', async () => {
    const fake = fakeRun(folder);
    fake.fail('gcp', 'plan');
    fake.plan('aws', made);
    const { done, blocked } = await fake.phase('create', [
      specOf('gcp'),
      specOf('gcp-live', { dependsOn: ['gcp'] }),
      specOf('aws'),
      specOf('aws-live', { dependsOn: ['aws'] }),
    ]);
    expect(done.map(({ stack, ok, summary }) => [stack, ok, summary])).toEqual([
      ['gcp', false, 'plan failed'],
      ['aws', true, '1 to create'],
      ['aws-live', true, 'nothing to change'],
    ]);
    expect(done[0]!.error).toContain('plan is broken');
    expect(blocked).toEqual([{ stack: 'gcp-live', by: 'gcp' }]);
  });

  it('that shares a device waits for the other, and is worked on even if that one failed', async () => {
    const fake = fakeRun(folder);
    fake.plan('one', made);
    fake.plan('other', made);
    fake.fail('one', 'apply');
    const { done } = await fake.phase('create', [specOf('one'), specOf('other', { after: ['one'] })]);
    expect(deeds(fake)).toEqual(['one apply watari.plan', 'other apply watari.plan']);
    expect(done.map(({ ok }) => ok)).toEqual([false, true]);
  });

  it('is taken down after all that depends on it', async () => {
    const fake = fakeRun(folder, machines);
    for (const { id } of site) fake.plan(id, { 'vm.gone': ['delete'] });
    await fake.phase('destroy-all', site);
    expect(deeds(fake).map((deed) => deed.split(' ')[0])).toEqual(['live', 'live-a', 'live-b', 'net']);
    expect(fake.calls()).toContain('net plan -destroy');
  });
});
