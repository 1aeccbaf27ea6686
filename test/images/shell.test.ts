import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { describeWith, requirement } from '../support/requirements';
import { stagedLinuxImages } from './staged';

const folder = mkdtempSync(join(tmpdir(), 'watari-shell-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describeWith(requirement('shellcheck'), 'Shell of the images', () => {
  it('has nothing that shellcheck complains of: scripts, steps, check scripts, and the checks of every image', async () => {
    const scripts = await distinctScripts();
    expect([...scripts.keys()].map((name) => basename(name))).toEqual(
      expect.arrayContaining(['10-archive.sh', '90-seal.sh', 'secrets.sh', 'rtmp.sh', 'running.sh', 'sealed.sh']),
    );
    for (const [name, content] of scripts) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), content);
    }
    const { status, stdout } = spawnSync('shellcheck', ['--format=gcc', ...scripts.keys()], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  });

  it('stops at the first command that fails: every script but the checks says so in its second lines', async () => {
    const careless = [...(await distinctScripts())].filter(
      ([name, content]) => !/running|sealed/.test(name) && !/^set -euo pipefail$/m.test(content),
    );
    expect(careless.map(([name]) => name)).toEqual([]);
  });
});

/** Each text once, whatever number of images it is staged for; programs that files bring are shell too. */
async function distinctScripts(): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  for (const { image, files } of await stagedLinuxImages()) {
    for (const [path, content] of files) {
      const text = Buffer.from(content as string).toString('utf8');
      if (text.startsWith('#!/bin/bash\n') && !texts.has(text)) texts.set(text, `${image.name}/${path}`);
    }
  }
  return new Map([...texts].map(([text, name]) => [name, text] as const));
}
