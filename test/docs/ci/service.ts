import { type IncomingMessage, type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Comment {
  readonly id: number;
  body: string;
  readonly login: string;
}

/** As much of the interfaces of GitHub and GitLab as the recipes ask, on this machine. */
export interface FakeService {
  readonly url: string;
  readonly comments: Comment[];
  readonly asked: string[];
  /** What the untrusted job left behind. */
  artifact: { readonly zip: Buffer; readonly file: string; readonly size: number };
  /** Head of the open request now. */
  head: string;
  /** Commit that the untrusted job reviewed. */
  reviewed: string;
  close(): Promise<void>;
}

export const token = 'a-token-of-this-test';

export async function startService(): Promise<FakeService> {
  const server: Server = createServer((request, response) => {
    void readBody(request).then((body) => {
      service.asked.push(`${request.method} ${request.url}`);
      const given = request.headers.authorization ?? request.headers['private-token'];
      const answer = given?.includes(token) ? answerTo(service, request, body) : undefined;
      response.writeHead(answer === undefined ? 404 : 200);
      response.end(Buffer.isBuffer(answer) || typeof answer === 'string' ? answer : JSON.stringify(answer ?? {}));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const service: FakeService = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    comments: [],
    asked: [],
    artifact: { zip: Buffer.alloc(0), file: '', size: 0 },
    head: '',
    reviewed: '',
    close: () => new Promise((done) => server.close(() => done())),
  };
  return service;
}

type Answer = (match: RegExpExecArray, body: string) => unknown;

function answerTo(service: FakeService, { method, url = '' }: IncomingMessage, body: string): unknown {
  const list = (all: readonly unknown[]): unknown[] => {
    const query = new URL(url, service.url).searchParams;
    const [page, size] = [Number(query.get('page') ?? 1), Number(query.get('per_page') ?? 20)];
    return all.slice((page - 1) * size, page * size);
  };
  const shown = ({ id, body: text, login }: Comment) => ({
    id,
    body: text,
    user: { login },
    author: { username: login },
  });
  const text = (): string => (JSON.parse(body) as { body: string }).body;
  const add = (login: string) => {
    service.comments.push({ id: service.comments.length + 1, body: text(), login });
    return {};
  };
  const change: Answer = ([, id]) => {
    const own = service.comments.find((one) => one.id === Number(id));
    if (own) own.body = text();
    return own;
  };
  const { zip, file, size } = service.artifact;
  const archive = { size_in_bytes: size, archive_download_url: `${service.url}/zip` };
  const routes: readonly (readonly [RegExp, Answer])[] = [
    [/^GET \/repos\/o\/r\/actions\/runs\/7\/artifacts\?name=watari-review$/, () => ({ artifacts: [archive] })],
    [/^GET \/zip$/, () => zip],
    [/^GET \/repos\/o\/r\/pulls\?state=open&head=fork%3Atopic$/, () => [{ number: 5, head: { sha: service.head } }]],
    [/^GET \/repos\/o\/r\/pulls\/5$/, () => ({ number: 5, head: { sha: service.head } })],
    [/^GET \/repos\/o\/r\/issues\/5\/comments\?/, () => list(service.comments.map(shown))],
    [/^POST \/repos\/o\/r\/issues\/5\/comments$/, () => add('github-actions[bot]')],
    [/^PATCH \/repos\/o\/r\/issues\/comments\/(\d+)$/, change],
    [/^GET \/projects\/3\/jobs\/9$/, () => ({ commit: { id: service.reviewed } })],
    [/^GET \/projects\/3\/jobs\/9\/artifacts\/review\/review.json$/, () => file],
    [/^GET \/projects\/3\/merge_requests\/5$/, () => ({ iid: 5, sha: service.head })],
    [/^GET \/user$/, () => ({ username: 'review-bot' })],
    [/^GET \/projects\/3\/merge_requests\/5\/notes\?/, () => list(service.comments.map(shown))],
    [/^POST \/projects\/3\/merge_requests\/5\/notes$/, () => add('review-bot')],
    [/^PUT \/projects\/3\/merge_requests\/5\/notes\/(\d+)$/, change],
  ];
  for (const [pattern, answer] of routes) {
    const match = pattern.exec(`${method} ${url}`);
    if (match) return answer(match, body);
  }
  return undefined;
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
