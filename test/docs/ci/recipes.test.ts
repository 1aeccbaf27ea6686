import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { parse } from 'yaml';
import { describeWith, requirement } from '../../support/requirements';
import {
  type AtlantisConfig,
  type CloudBuild,
  type GitlabJob,
  type Workflow,
  commandsOf,
  recipe,
  recipeText,
  recipesFolder,
} from './recipes';
import { type Runner, makeRunner, root } from './run-recipe';

const yamlFiles = readdirSync(recipesFolder).filter((name) => /\.ya?ml$/.test(name));

/** GitHub's own reader of workflows; a bundler alone can load it, since it imports JSON. */
function complaintsOf(name: string): string {
  const contents = `
    import { parseWorkflow, NoOperationTraceWriter } from '@actions/workflow-parser';
    const [name, content] = process.argv.slice(2);
    const { context } = parseWorkflow({ name, content }, new NoOperationTraceWriter());
    process.stdout.write(context.errors.getErrors().map(({ message }) => message).join('\\n'));`;
  const folder = mkdtempSync(join(tmpdir(), 'watari-workflow-'));
  try {
    const outfile = join(folder, 'parse.cjs');
    buildSync({ stdin: { contents, resolveDir: root }, bundle: true, platform: 'node', format: 'cjs', outfile });
    return execFileSync(process.execPath, [outfile, name, recipeText(name)], { encoding: 'utf8' });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('the recipes for CI', () => {
  it.each(yamlFiles)('%s is YAML, and short', (name) => {
    expect(() => parse(recipeText(name)) as unknown).not.toThrow();
    expect(recipeText(name).split('\n').length).toBeLessThan(75);
  });

  it.each(['github-review.yml', 'github-comment.yml'])('%s is a workflow in the eyes of GitHub', (name) => {
    expect(complaintsOf(name)).toBe('');
  });

  it.each(['github-review.yml', 'github-comment.yml'])('%s puts no expression into a shell command', (name) => {
    const steps = Object.values(recipe<Workflow>(name).jobs).flatMap((job) => job.steps);
    expect(steps.filter(({ run = '' }) => run.includes('${{'))).toEqual([]);
  });

  it('give the job that runs a change nothing to lose', () => {
    const { on, permissions, jobs } = recipe<Workflow>('github-review.yml');
    expect({ on, permissions }).toEqual({ on: 'pull_request', permissions: { contents: 'read' } });
    expect(Object.values(jobs).every((job) => job.permissions === undefined)).toBe(true);
    expect(recipeText('github-review.yml')).not.toMatch(/secrets\.|github\.token|GITHUB_TOKEN/);
    expect(recipe<Record<string, GitlabJob>>('gitlab-ci.yml')['watari review']?.script?.join()).not.toContain('TOKEN');
    const build = recipe<CloudBuild>('cloudbuild-review.yaml');
    expect(build.availableSecrets).toBeUndefined();
  });

  it('run nothing of the change where there is a token', () => {
    const { permissions, jobs } = recipe<Workflow>('github-comment.yml');
    expect(permissions).toEqual({});
    const steps = Object.values(jobs).flatMap((job) => job.steps);
    expect(steps.filter((step) => step.with?.['ref'] !== undefined)).toEqual([]);
    expect(steps.flatMap(({ uses = [] }) => uses)).toEqual(['actions/checkout@v4', 'actions/setup-node@v4']);
    const rule = recipe<Record<string, GitlabJob>>('gitlab-ci.yml')['watari comment']?.rules[0]?.if;
    expect(rule).toContain('$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH');
    const build = recipe<CloudBuild>('cloudbuild-comment.yaml');
    expect(build.steps.filter((step) => step.secretEnv).map(({ id }) => id)).toEqual(['comment']);
    expect(JSON.stringify(build.steps)).not.toMatch(/git |checkout|clone/);
  });

  it('are shell that can be read', () => {
    const scripts = ['cloudbuild-review.yaml', 'cloudbuild-comment.yaml']
      .flatMap((name) => recipe<CloudBuild>(name).steps)
      .flatMap(({ args }) => (args[0] === '-ec' ? [args[1] ?? ''] : []));
    expect(scripts).toHaveLength(3);
    for (const script of scripts) execFileSync('bash', ['-n', '-c', script.replaceAll('$$', '$')]);
  });
});

describeWith(requirement('git'), 'the untrusted job', () => {
  let runner: Runner;
  afterEach(() => runner.remove());

  const git = (folder: string, ...args: string[]): string =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], { cwd: folder, encoding: 'utf8' }).trim(); // prettier-ignore

  it.each([
    [0, 0],
    [1, 0],
    [2, 1],
  ])('reviews from where the change left its base, and with verdict %d ends with %d', async (verdict, exitCode) => {
    runner = makeRunner(`echo "$@" >asked; exit ${verdict}`);
    const { folder } = runner;
    git(folder, 'init', '-q', '-b', 'main');
    git(folder, 'commit', '-q', '--allow-empty', '-m', 'left here');
    const left = git(folder, 'rev-parse', 'HEAD');
    git(folder, 'commit', '-q', '--allow-empty', '-m', 'main goes on');
    const base = git(folder, 'rev-parse', 'HEAD');
    git(folder, 'checkout', '-q', '-b', 'topic', left);
    git(folder, 'commit', '-q', '--allow-empty', '-m', 'the change');
    const { steps } = recipe<Workflow>('github-review.yml').jobs['review']!;
    expect((await runner.run(commandsOf(steps, 'Review'), { BASE: base })).exitCode).toBe(exitCode);
    expect(runner.read('asked')).toBe(`review ${left} HEAD -o review\n`);
  });

  it('of Atlantis shows the review of its plan, and leaves no plan behind', async () => {
    runner = makeRunner();
    const plan = { format_version: '1.2', resource_changes: [change('aws_db_instance.main', ['delete'])] };
    writeFileSync(join(runner.folder, 'plan.json'), JSON.stringify(plan));
    writeFileSync(join(runner.folder, 'bin', 'terraform1.9.0'), '#!/bin/sh\ncat "$3"\n', { mode: 0o755 });
    const { steps } = recipe<AtlantisConfig>('atlantis.yaml').workflows['watari']!.plan;
    const [script = ''] = steps.flatMap((step) => (typeof step === 'string' ? [] : [step.run]));
    const here = script.replace('/opt/watari', root);
    const env = { PLANFILE: 'plan.json', SHOWFILE: 'show.json', ATLANTIS_TERRAFORM_VERSION: '1.9.0' };
    const { exitCode, output } = await runner.run(here, env);
    expect({ exitCode, output }).toEqual({
      exitCode: 0,
      output: expect.stringContaining('aws_db_instance.main') as string,
    });
    expect(() => runner.read('show.json')).toThrow('ENOENT');
  });
});

const change = (address: string, actions: readonly string[]) => ({
  ...{ address, mode: 'managed', type: address.split('.')[0], name: address.split('.')[1] },
  change: { actions, before: { id: 'x' }, after: null },
});
