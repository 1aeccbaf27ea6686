import { describeWith, requirement } from '../../support/requirements';
import { zipOf } from '../../support/zip';
import { fullReport, reportOf } from '../../scripts/review/render/reports';
import type { Report } from '../../../scripts/review/report';
import { type GitlabJob, type Workflow, commandsOf, recipe } from './recipes';
import { type Runner, makeRunner } from './run-recipe';
import { type FakeService, startService, token } from './service';

const sha = 'b'.repeat(40);
const marker = '<!-- watari-review: reference -->';
let service: FakeService;
let runner: Runner;

beforeEach(async () => {
  service = await startService();
  service.head = sha;
  service.reviewed = sha;
  runner = makeRunner();
});
afterEach(async () => {
  runner.remove();
  await service.close();
});

function leave(report: Report | string, size?: number): void {
  const file = typeof report === 'string' ? report : JSON.stringify(report);
  const zip = zipOf('review.json', file);
  service.artifact = { zip, file, size: size ?? zip.length };
}

interface Recipe {
  readonly run: () => Promise<{ exitCode: number; output: string }>;
  readonly login: string;
}

const github: Recipe = {
  run: () => {
    const { steps } = recipe<Workflow>('github-comment.yml').jobs['comment']!;
    return runner.run(commandsOf(steps, 'Fetch the report', 'Comment'), {
      ...{ GITHUB_API_URL: service.url, GITHUB_REPOSITORY: 'o/r', GITHUB_TOKEN: token, RUN: '7' },
      ...{ HEAD_SHA: sha, HEAD_OWNER: 'fork', HEAD_BRANCH: 'topic' },
    });
  },
  login: 'github-actions[bot]',
};

const gitlab: Recipe = {
  run: () => {
    const { script = [] } = recipe<Record<string, GitlabJob>>('gitlab-ci.yml')['watari comment']!;
    return runner.run(script.filter((line) => !line.includes('npm ci')).join('\n'), {
      ...{ CI_API_V4_URL: service.url, CI_PROJECT_ID: '3', GITLAB_TOKEN: token, REVIEW_JOB: '9', MERGE_REQUEST: '5' },
      CI_BUILDS_DIR: runner.folder,
    });
  },
  login: 'review-bot',
};

const needs = (['curl', 'jq', 'unzip'] as const).map(requirement);
describeWith(needs, 'the recipe for GitHub Actions', () => {
  commentsOnce(github);

  it('takes no archive that GitHub says to be large', async () => {
    leave(fullReport, 30_000_000);
    expect((await github.run()).exitCode).not.toBe(0);
    expect(service.asked.some((one) => one.includes('/zip'))).toBe(false);
  });
});
describeWith(needs, 'the recipe for GitLab CI', () => commentsOnce(gitlab));

function commentsOnce({ run, login }: Recipe): void {
  it('comments once, and updates that comment from then on', async () => {
    // Somebody else's, with the same first line, and enough others to fill a page.
    service.comments.push({ id: 1, body: `${marker}\nAll is well!`, login: 'mallory' });
    for (let id = 2; id <= 120; id += 1) service.comments.push({ id, body: 'Hm.', login: 'carol' });
    leave(fullReport);
    expect((await run()).output).toContain('The comment is made.');
    const mild = reportOf([]);
    leave(mild);
    expect((await run()).output).toContain('The comment is updated.');
    const own = service.comments.filter((one) => one.login === login);
    expect(own).toHaveLength(1);
    expect(own[0]?.body).toContain('nothing needs a decision');
    expect(service.comments[0]?.body).toBe(`${marker}\nAll is well!`);
  });

  it.each<[string, () => void]>([
    ['is larger than a report may be', () => leave(`{"format":"${'x'.repeat(70_000_000)}"}`)],
    ['is of another form', () => leave({ ...fullReport, script: 'curl' } as Report)],
    ['is about another commit', () => leave({ ...fullReport, head: { revision: 'HEAD', commit: 'c'.repeat(40) } })],
    ['is a script', () => leave('#!/bin/sh\ntouch pwned\n')],
  ])('says nothing of a report that %s', async (__, prepare) => {
    prepare();
    expect((await run()).exitCode).not.toBe(0);
    expect(service.comments).toEqual([]);
    expect(service.asked.filter((one) => !one.startsWith('GET '))).toEqual([]);
  });

  it('runs nothing that a report says', async () => {
    leave({ ...fullReport, title: '$(touch pwned)`touch pwned`; touch pwned\n/close @everyone' });
    expect((await run()).exitCode).toBe(0);
    expect(() => runner.read('pwned')).toThrow('ENOENT');
    expect(service.comments[0]?.body).not.toMatch(/^\/close|@everyone/m);
  });

  it('says nothing of a request that was pushed to since', async () => {
    leave(fullReport);
    service.head = 'd'.repeat(40);
    expect((await run()).output).toContain('Nothing is said');
    expect(service.comments).toEqual([]);
  });
}
