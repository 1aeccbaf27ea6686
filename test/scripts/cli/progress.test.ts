import { progress } from '../../../scripts/cli/progress';
import { recordedContext } from '../../support/cli';

const escapes = /\u001b\[[0-9;]*[A-Za-z]|\r/g;

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe('progress', () => {
  it('in a pipe is one plain line for each start and end', () => {
    const context = recordedContext();
    const board = progress(context);
    const step = board.start('cage-network');
    step.say('creating cloudstack_network.a');
    jest.advanceTimersByTime(2500);
    step.end('done', '12 created');
    board.close();
    expect(context.written.stderr).toBe('cage-network: started\ncage-network: done, 12 created (2.5 s)\n');
    expect(context.written.stdout).toBe('');
  });

  it('in CI is plain even where CI offers a terminal', () => {
    const context = recordedContext({ tty: true, env: { CI: 'true' } });
    progress(context).start('cage-network').end('failed');
    expect(context.written.stderr).not.toContain('\u001b');
  });

  it('on a terminal shows what runs now, and keeps a line for each step that ended', () => {
    const context = recordedContext({ tty: true, env: { NO_COLOR: '1' } });
    const board = progress(context);
    const network = board.start('cage-network');
    const link = board.start('link-cage-gcp');
    link.say('creating google_compute_vpn_tunnel.a');
    jest.advanceTimersByTime(500);
    network.end('unchanged', 'nothing to change');
    board.close();
    const lines = context.written.stderr.replace(escapes, '').split('\n');
    expect(lines).toContain('= cage-network  nothing to change  0.5 s');
    expect(lines.some((line) => /link-cage-gcp {2}creating google_compute_vpn_tunnel.a/.test(line))).toBe(true);
  });

  it('never draws more rows than the terminal has', () => {
    const context = recordedContext({ tty: true });
    const board = progress(context);
    for (let i = 0; i < 100; i += 1) board.start(`stack-${i}`);
    context.written.stderr = '';
    jest.advanceTimersByTime(100);
    board.close();
    const [drawn = ''] = context.written.stderr.split('\u001b[J').slice(1);
    expect(drawn.split('\n').length).toBeLessThan(24);
    expect(drawn).toContain('and 79 more');
  });

  it('says nothing when asked to be quiet', () => {
    const context = recordedContext();
    progress(context, { quiet: true }).start('cage-network').end('done');
    expect(context.written.stderr).toBe('');
  });
});
