import { setTimeout as wait } from 'node:timers/promises';
import { inTurn } from '../../../scripts/deploy/device-turns';

test('two writers to one device follow each other, and others do not wait', async () => {
  const events: string[] = [];
  const write = (name: string, milliseconds: number) => async () => {
    events.push(`${name} begins`);
    await wait(milliseconds);
    events.push(`${name} ends`);
  };
  await Promise.all([
    inTurn(['switch'], write('first', 30)),
    inTurn(['switch', 'balancer'], write('second', 1)),
    inTurn([], write('other', 1)),
  ]);
  expect(events.indexOf('second begins')).toBeGreaterThan(events.indexOf('first ends'));
  expect(events.indexOf('other ends')).toBeLessThan(events.indexOf('first ends'));
});

test('a writer that fails does not hold the next one off', async () => {
  await expect(inTurn(['box'], () => Promise.reject(new Error('dead')))).rejects.toThrow('dead');
  await expect(inTurn(['box'], () => Promise.resolve('alive'))).resolves.toBe('alive');
});
