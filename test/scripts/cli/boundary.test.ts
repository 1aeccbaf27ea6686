import { ProblemsError } from '../../../constructs/contract/problem';
import { withErrorBoundary } from '../../../scripts/cli/boundary';
import { recordedContext } from '../../support/cli';

const problems = [
  {
    path: 'sites.gcp.provider',
    message: 'there is no such provider',
    value: 'gpc',
    bound: 'aws, cloudstack, gcp or metal',
    fix: 'write gcp',
  },
  { path: 'links', message: 'no link at all', fix: 'add one' },
];

const refuse = () => Promise.reject(new ProblemsError(problems));

describe('the error boundary', () => {
  it('prints every problem with where, what, value, bound and fix, and exits with 2', async () => {
    const context = recordedContext();
    expect(await withErrorBoundary(context, false, refuse)).toBe(2);
    expect(context.written.stderr).toBe(
      [
        'error sites.gcp.provider: there is no such provider',
        '  value  "gpc"',
        '  bound  aws, cloudstack, gcp or metal',
        '  fix    write gcp',
        '',
        'error links: no link at all',
        '  fix    add one',
        '',
        '2 problems',
        '',
      ].join('\n'),
    );
    expect(context.written.stdout).toBe('');
  });

  it('prints the problems as one JSON document with --json', async () => {
    const context = recordedContext();
    expect(await withErrorBoundary(context, true, refuse)).toBe(2);
    expect(JSON.parse(context.written.stdout)).toEqual({ problems });
    expect(context.written.stderr).toBe('');
  });

  it('says of a fault of its own how to get the trace, and exits with 70', async () => {
    const context = recordedContext();
    const fail = () => Promise.reject(new Error('boom'));
    expect(await withErrorBoundary(context, false, fail)).toBe(70);
    expect(context.written.stderr).toContain('boom');
    expect(context.written.stderr).toContain('WATARI_DEBUG=1');
    expect(context.written.stderr).not.toMatch(/^ +at /m);
  });

  it('prints the trace with WATARI_DEBUG=1', async () => {
    const context = recordedContext({ env: { WATARI_DEBUG: '1' } });
    await withErrorBoundary(context, false, () => Promise.reject(new Error('boom')));
    expect(context.written.stderr).toMatch(/^ +at /m);
  });

  it('shortens a value that would fill the screen', async () => {
    const context = recordedContext();
    const long = new ProblemsError([{ path: 'a', message: 'too long', value: 'x'.repeat(5000), fix: 'shorten it' }]);
    await withErrorBoundary(context, false, () => Promise.reject(long));
    expect(context.written.stderr.length).toBeLessThan(400);
  });
});
