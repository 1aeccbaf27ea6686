import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { render, type Template, type Target, write } from '../../../images/packer-ts-helpers/src';
import { renderFiles } from '../../../images/packer-ts-helpers/src/render';
import { command } from './examples';

/** Values of variables that a template leaves to the caller of Packer. */
type Values = Readonly<Record<string, string>>;

/** A folder with what templates refer to, and the real Packer in it. */
export class PackerFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'packer-ts-helpers-'));

  constructor() {
    const files = { 'script.sh': 'true\n', 'script.ps1': 'exit 0\n', 'playbook.yml': '[]\n', 'base.qcow2': '' };
    for (const [name, content] of Object.entries(files)) writeFileSync(join(this.path, name), content);
    // Packer asks ansible for its version when it validates; the playbook is never run.
    writeFileSync(join(this.path, 'ansible-playbook'), '#!/bin/sh\necho "ansible-playbook 2.14.3"\n');
    chmodSync(join(this.path, 'ansible-playbook'), 0o755);
  }

  write(template: Template, target: Target = '1.6.6'): void {
    write(this.path, render(template, { target, command }));
  }

  /** Without this package's own checks, to hear what Packer says of the same mistake. */
  writeUnchecked(template: Template): void {
    write(this.path, renderFiles(template, { target: '1.6.6', command }));
  }

  /** Runs one of Packer's commands on the files; 1.6.6 is given `build.pkr.json` alone. */
  run(name: 'validate' | 'build', values: Values = {}, program = 'packer', of = 'build.pkr.json') {
    writeFileSync(join(this.path, 'values.json'), JSON.stringify(values));
    const { status, stdout, stderr } = spawnSync(program, [name, '-var-file=values.json', of], {
      cwd: this.path,
      encoding: 'utf8',
      env: {
        ...process.env,
        PATH: `${this.path}${delimiter}${process.env.PATH}`,
        PACKER_NO_COLOR: '1',
        CHECKPOINT_DISABLE: '1',
      },
    });
    return { ok: status === 0, output: `${stdout}${stderr}` };
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
