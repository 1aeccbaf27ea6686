import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { httpProbe, probedMachines, waitUntilHealthy, type ProbedMachine } from '../../../scripts/deploy/health';
import { platformOf } from '../../support/topologies';

const machine = (name: string): ProbedMachine => ({ name, address: '10.0.0.1', port: 8080, path: '/health' });

/** Machines that answer from their nth question on. */
function waitFor(answerAfter: Readonly<Record<string, number>>, timeoutSeconds: number) {
  const asked: Record<string, number> = {};
  const said: string[] = [];
  const probe = ({ name }: ProbedMachine): Promise<boolean> => {
    asked[name] = (asked[name] ?? 0) + 1;
    return Promise.resolve(asked[name] > answerAfter[name]!);
  };
  const options = { probe, timeoutSeconds, pauseMilliseconds: 5, say: (text: string) => said.push(text) };
  return waitUntilHealthy(Object.keys(answerAfter).map(machine), options).then((silent) => ({ silent, asked, said }));
}

describe('health between the halves', () => {
  it('is waited for, and who answers is not asked again', async () => {
    const { silent, asked, said } = await waitFor({ quick: 0, slow: 2 }, 10);
    expect({ silent, asked }).toEqual({ silent: [], asked: { quick: 1, slow: 3 } });
    expect(said).toEqual(['waiting for slow', 'waiting for slow']);
  });

  it('that does not come within the time names who is silent', async () => {
    const { silent } = await waitFor({ quick: 0, dead: Infinity, dumb: Infinity }, 0.03);
    expect(silent).toEqual(['dead', 'dumb']);
  });

  it('asks machines with planned addresses, by the stack that makes them; an origin whether it lives, as its standby does not serve', () => {
    const machines = probedMachines(platformOf());
    expect(machines.get('cage-live-b')).toContainEqual({
      name: 'live-origin-s1-b',
      address: '10.65.36.5',
      port: 8080,
      path: '/publishers',
    });
    expect(machines.get('idcf-live-a')).toContainEqual(
      expect.objectContaining({ name: 'live-edge-1', path: '/health' }),
    );
    expect(machines.has('gcp-live')).toBe(false);
  });
});

describe('a probe', () => {
  it('is true for an answer that is good, and false for a bad one, none, or nobody', async () => {
    const server = createServer((request, answer) => answer.writeHead(request.url === '/good' ? 200 : 503).end());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const ask = (path: string): Promise<boolean> => httpProbe({ name: 'x', address: '127.0.0.1', port, path });
    expect([await ask('/good'), await ask('/bad')]).toEqual([true, false]);
    await new Promise((resolve) => server.close(resolve));
    expect(await ask('/good')).toBe(false);
  });
});
