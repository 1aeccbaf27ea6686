// Puts the review into one comment of a pull request (GitHub) or merge request (GitLab), and updates that comment from then on:
//   node docs/ci/comment.mjs review.md
// It runs with a token, so it takes nothing from the change but that file, which `watari review` made.
import { readFileSync } from 'node:fs';

const { env } = process;
const { fetch } = globalThis;
const body = readFileSync(process.argv[2] ?? 'review.md', 'utf8');
const marker = /^<!-- watari-review: [\w.-]+ -->\n/.exec(body)?.[0].trim();
const need = (name) => env[name] || fail(`${name} is not set`);
const fail = (message) => {
  throw new Error(message);
};

async function ask(service, method, path, data) {
  const response = await fetch(`${service.api}${path}`, {
    method,
    headers: { ...service.headers, 'content-type': 'application/json', 'user-agent': 'watari-review' },
    body: data && JSON.stringify(data),
    redirect: 'error',
  });
  if (!response.ok) fail(`${method} ${path}: ${response.status}`);
  return response.json();
}

/** Each service with the request of which the reviewed commit is the head now; none where it was pushed to since. */
const services = {
  async github() {
    const repository = `/repos/${need('GITHUB_REPOSITORY')}`;
    const service = {
      api: env.GITHUB_API_URL ?? 'https://api.github.com',
      headers: { authorization: `Bearer ${need('GITHUB_TOKEN')}` },
    };
    const pulls = env.PULL_REQUEST
      ? [await ask(service, 'GET', `${repository}/pulls/${Number(env.PULL_REQUEST)}`)]
      : await ask(
          service,
          'GET',
          `${repository}/pulls?state=open&head=${encodeURIComponent(`${need('HEAD_OWNER')}:${need('HEAD_BRANCH')}`)}`,
        );
    const author = env.COMMENT_AUTHOR ?? 'github-actions[bot]';
    return {
      ...service,
      request: pulls.find(({ head }) => head.sha === need('HEAD_SHA'))?.number,
      comments: (number) => `${repository}/issues/${number}/comments`,
      comment: (_, id) => `${repository}/issues/comments/${id}`,
      update: 'PATCH',
      isOwn: ({ user }) => user?.login === author,
    };
  },
  async gitlab() {
    const service = { api: need('CI_API_V4_URL'), headers: { 'private-token': need('GITLAB_TOKEN') } };
    const requests = `/projects/${need('CI_PROJECT_ID')}/merge_requests`;
    const { iid, sha } = await ask(service, 'GET', `${requests}/${Number(need('MERGE_REQUEST'))}`);
    const { username } = await ask(service, 'GET', '/user');
    return {
      ...service,
      request: sha === need('HEAD_SHA') ? iid : undefined,
      comments: (number) => `${requests}/${number}/notes`,
      comment: (number, id) => `${requests}/${number}/notes/${id}`,
      update: 'PUT',
      isOwn: ({ author }) => author?.username === username,
    };
  },
};

async function findOwn(service) {
  for (let page = 1; ; page += 1) {
    const some = await ask(service, 'GET', `${service.comments(service.request)}?per_page=100&page=${page}`);
    // A stranger's comment with the same marker is not ours.
    const own = some.find((one) => service.isOwn(one) && one.body.startsWith(marker));
    if (own || some.length < 100) return own;
  }
}

if (!marker) fail('this is no comment of a review');
const service = await services[env.GITLAB_TOKEN ? 'gitlab' : 'github']();
if (service.request === undefined) console.log('Nothing is said: no open request has this head any more.');
else {
  const own = await findOwn(service);
  if (own) await ask(service, service.update, service.comment(service.request, own.id), { body });
  else await ask(service, 'POST', service.comments(service.request), { body });
  console.log(own ? 'The comment is updated.' : 'The comment is made.');
}
