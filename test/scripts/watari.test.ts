import { main } from '../../scripts/watari';
import { recordedContext } from '../support/cli';

describe('watari', () => {
  it.each(['synth', 'show', 'sandbox', 'deploy', 'bootstrap'])('explains %s, with examples', async (command) => {
    const context = recordedContext();
    expect(await main([command, '--help'], context)).toBe(0);
    expect(context.written.stdout).toContain(`Usage: watari ${command}`);
    expect(context.written.stdout).toContain('--json');
    expect(context.written.stdout).toContain('Examples:');
  });

  it.each([
    ['an unknown command', ['depoly'], 'Did you mean deploy?'],
    ['an unknown option', ['show', '--topolgy', 'x'], 'Did you mean --topology?'],
    ['an unknown view', ['show', 'adresses'], 'Allowed choices are addresses, stacks'],
    ['an option without its value', ['show', '--topology'], 'argument missing'],
  ])('answers %s with a hint and exit code 2', async (_what, args, hint) => {
    const context = recordedContext();
    expect(await main(args, context)).toBe(2);
    expect(context.written.stderr).toContain(hint);
    expect(context.written.stdout).toBe('');
  });

  it('prints its version', async () => {
    const context = recordedContext();
    expect(await main(['--version'], context)).toBe(0);
    expect(context.written.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it('without a command shows what there is, and exits with 2', async () => {
    const context = recordedContext();
    expect(await main([], context)).toBe(2);
    expect(context.written.stderr).toContain('Commands:');
  });
});
