import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { render, write } from '../../../images/packer-ts-helpers/src';
import { command, everything, sources } from './examples';
import { templateOf } from './templates';

const files = render(everything, { target: '1.6.6', command });

describe('write', () => {
  let parent: string;
  let folder: string;
  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'packer-write-'));
    folder = join(parent, 'new', 'folder');
  });
  afterEach(() => rmSync(parent, { recursive: true, force: true }));

  it('makes the folder and says what it wrote', () => {
    expect(write(folder, files)).toEqual(['build.pkr.json', 'plugins.pkr.json']);
    expect(readdirSync(folder).sort()).toEqual(['build.pkr.json', 'plugins.pkr.json']);
    expect(readFileSync(join(folder, 'build.pkr.json'), 'utf8')).toBe(files.get('build.pkr.json'));
  });

  it('leaves a file alone that is already as it should be', () => {
    write(folder, files);
    const before = statSync(join(folder, 'build.pkr.json'), { bigint: true });
    expect(write(folder, files)).toEqual([]);
    expect(statSync(join(folder, 'build.pkr.json'), { bigint: true }).ino).toBe(before.ino);
  });

  it('removes plugins that a template no longer needs', () => {
    write(folder, files);
    const without = render(templateOf(sources.null), { target: '1.6.6', command });
    expect(write(folder, without)).toEqual(['build.pkr.json', 'plugins.pkr.json']);
    expect(readdirSync(folder)).toEqual(['build.pkr.json']);
  });

  it('refuses to replace what somebody else wrote, and then changes nothing', () => {
    write(folder, files);
    const plugins = join(folder, 'plugins.pkr.json');
    writeFileSync(plugins, '{ "packer": {} }');
    const other = render(templateOf(sources.null), { target: '1.6.6', command });
    expect(() => write(folder, other)).toThrow(
      `${plugins}: a file that was not made by this package: it would be lost. Move it away, or write to another folder.`,
    );
    expect(readFileSync(join(folder, 'build.pkr.json'), 'utf8')).toBe(files.get('build.pkr.json'));
    expect(readFileSync(plugins, 'utf8')).toBe('{ "packer": {} }');
  });
});
