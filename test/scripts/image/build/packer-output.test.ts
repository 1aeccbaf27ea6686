import { ChecksReport, describeFailure } from '../../../../scripts/image/build/checks-report';
import { parsePackerLine } from '../../../../scripts/image/build/packer-output';
import { BuildProgress, phaseOf } from '../../../../scripts/image/build/phases';
import type { Progress } from '../../../../scripts/cli/progress';

const say = (text: string) => `1795289674,,ui,say,==> edge.qemu.edge: ${text}`;
const message = (text: string) => `1795289674,,ui,message,    edge.qemu.edge: ${text}`;

test("Packer's lines are read as text, without the name of the build, colours and escapes", () => {
  expect(parsePackerLine(say('Waiting for SSH to become available...'))).toEqual([
    { kind: 'say', text: 'Waiting for SSH to become available...' },
  ]);
  expect(parsePackerLine(message('one%!(PACKER_COMMA) two\\n    edge.qemu.edge: \u001b[1;32mthree\u001b[0m'))).toEqual([
    { kind: 'message', text: 'one, two' },
    { kind: 'message', text: 'three' },
  ]);
  expect(parsePackerLine('1795289674,edge,artifact-count,1')).toEqual([]);
  expect(parsePackerLine('not of Packer')).toEqual([]);
});

test('what Packer announces is called as the step that it runs', () => {
  expect(phaseOf('Provisioning with shell script: scripts/20-packages.sh')).toBe('packages');
  expect(phaseOf('Provisioning with shell script: scripts/51-own-programs.sh')).toBe('own-programs');
  expect(phaseOf('Provisioning with shell script: scripts/80-check.sh')).toBe('checks');
  expect(phaseOf('Provisioning with shell script: scripts/90-seal.sh')).toBe('seal');
  expect(phaseOf('Waiting for SSH to become available...')).toBe('boot');
  expect(phaseOf('Uploading packages.list => /tmp/watari/')).toBeUndefined();
});

test('a build is shown as steps, with the count of its checks', () => {
  const shown: string[] = [];
  const progress: Progress = {
    start: (title) => ({
      say: (text) => shown.push(text),
      end: (outcome) => shown.push(`${title}: ${outcome}`),
    }),
    close: () => undefined,
  };
  const steps = new BuildProgress('edge', progress);
  const checks = new ChecksReport();
  const lines = [
    say('Provisioning with shell script: scripts/20-packages.sh'),
    message('Unpacking nginx'),
    say('Provisioning with shell script: scripts/80-check.sh'),
    message('1..2'),
    message('ok 1 - port 22/tcp is listened on'),
    message('not ok 2 - user root is locked'),
    message('# root:$y$'),
  ];
  for (const line of lines) for (const each of parsePackerLine(line)) steps.take(each, checks);
  steps.end('failed');
  expect(shown).toEqual([
    'Unpacking nginx',
    'edge: packages: done',
    '0 of 2',
    '1 of 2',
    '2 of 2',
    '2 of 2',
    'edge: checks: failed',
  ]);
  expect(checks.failed.map(describeFailure)).toEqual(['not ok: user root is locked\n    root:$y$']);
});

test('checks that were announced and have not answered are no success', () => {
  const report = new ChecksReport();
  for (const line of ['1..2', 'ok 1 - a', '1..1', 'ok 1 - b']) report.add(line);
  expect([report.isComplete, report.count, report.failed.length]).toEqual([false, '2 of 3', 0]);
  report.add('ok 2 - c');
  expect(report.isComplete).toBe(true);
  expect(new ChecksReport().isComplete).toBe(false);
});
