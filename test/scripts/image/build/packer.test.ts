import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLog } from '../../../../scripts/image/build/log';
import { runPacker } from '../../../../scripts/image/build/packer';
import { BuildProgress } from '../../../../scripts/image/build/phases';
import { progress } from '../../../../scripts/cli/progress';
import { recordedContext } from '../../../support/cli';

let root: string;
beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'watari-packer-'))));
afterEach(() => rmSync(root, { recursive: true, force: true }));

test("the sockets of Packer's plugins have room in their paths, however deep the checkout is", async () => {
  const folder = join(root, 'deep'.repeat(20), 'deeper'.repeat(10));
  mkdirSync(folder, { recursive: true });
  const path = join(root, 'packer');
  writeFileSync(path, '#!/bin/sh\nprintf %s "$TMPDIR" > told\n: > "$TMPDIR/left"\n', { mode: 0o755 });
  const context = recordedContext({ root, cwd: root, env: { PATH: process.env.PATH } });
  const log = openLog('deep', context);
  await runPacker({
    packer: { path, version: '1.6.6', target: '1.6.6' },
    folder,
    variables: {},
    environment: {},
    env: context.env,
    log,
    progress: new BuildProgress('deep', progress(context)),
    signal: new AbortController().signal,
    onStart: () => undefined,
  });
  log.close();
  const temporary = readFileSync(join(folder, 'told'), 'utf8');
  // unix(7) has 108 bytes with the one that ends it; `packer-plugin` and ten digits are what Packer 1.6.6 adds.
  expect(join(temporary, `packer-plugin${'9'.repeat(10)}`).length).toBeLessThan(108);
  expect(existsSync(temporary)).toBe(false);
});
