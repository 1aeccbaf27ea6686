import { originAgent } from '../../../stacks/live/origin-agent';
import { type RunningAgent, freePort, python, startAgent, until } from '../../support/python-agent';
import { describeWith } from '../../support/requirements';

const none = { streams: {}, viewers: 0 };
const one = { streams: { 's1-show': 12.5 }, viewers: 3 };

describeWith(python, 'a pair of origins', () => {
  let a: RunningAgent;
  let b: RunningAgent;
  let ports: readonly [number, number];

  const start = (half: 'a' | 'b') => {
    const [own, peer] = half === 'a' ? ports : [ports[1], ports[0]];
    return startAgent(originAgent, { half, peer: `127.0.0.1:${peer}`, insist: 1.5 }, own);
  };
  const health = async (agent: RunningAgent) => (await agent.get('/health')).status;

  beforeEach(async () => {
    ports = [await freePort(), await freePort()];
    [a, b] = await Promise.all([start('a'), start('b')]);
    await until(async () => (await health(a)) === 200);
  });
  afterEach(() => Promise.all([a.stop(), b.stop()]));

  it('is healthy on both sides while nobody publishes', async () => {
    expect(await health(b)).toBe(200);
  });

  it('keeps the returned first member out until the last publisher of the other has gone', async () => {
    await b.media(one);
    await until(async () => (await health(a)) === 503);
    expect(await health(b)).toBe(200);
    await b.media(none);
    await until(async () => (await health(a)) === 200);
  });

  it('says at the first question after a start that the other is used', async () => {
    await b.media(one);
    await a.stop();
    a = await start('a');
    expect(await health(a)).toBe(503);
  });

  it('stays with the publishers that it has, whatever the other has', async () => {
    await a.media(one);
    await b.media(one);
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(await health(a)).toBe(200);
  });

  it('is unhealthy when the media server is dead', async () => {
    await b.media(undefined);
    expect(await health(b)).toBe(503);
    expect((await b.get('/publishers')).status).toBe(503);
  });

  it('takes over when the other has died', async () => {
    await b.media(one);
    await until(async () => (await health(a)) === 503);
    await b.stop();
    await until(async () => (await health(a)) === 200);
    expect(await a.post('/publish')).toBe(200);
    b = await start('b');
  });

  it('tells which streams are published', async () => {
    await a.media(one);
    expect(JSON.parse((await a.get('/publishers')).body)).toMatchObject({ streams: { 's1-show': 12.5 } });
    expect((await a.get('/metrics')).body).toContain('watari_publishers 1');
  });

  it('sends a first publisher away while the other is used, and lets it in when it insists', async () => {
    await a.media(one);
    expect(await b.post('/publish')).toBe(403);
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(await b.post('/publish')).toBe(403);
    await new Promise((resolve) => setTimeout(resolve, 900));
    expect(await b.post('/publish')).toBe(200);
  });

  it('lets one of two in that come to both sides at the same moment', async () => {
    const answers = await Promise.all([a.post('/publish'), b.post('/publish')]);
    expect(answers.toSorted((one, other) => one - other)).toEqual([200, 403]);
  });
});
