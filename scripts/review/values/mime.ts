/** One part of a MIME message. */
export interface Part {
  readonly name?: string;
  readonly type: string;
  readonly body: string;
}

const mostParts = 100;

/** The parts of a `multipart` message, as cloud-init takes it (RFC 2046); undefined where a text is none. */
export function partsOf(text: string): readonly Part[] | undefined {
  const [head, body] = splitHead(text);
  if (body === undefined) return undefined;
  const boundary = /^content-type:\s*multipart\/[^\n]*?boundary="?([^"\s;]{1,70})"?/im.exec(unfold(head))?.[1];
  if (boundary === undefined) return undefined;
  const sections = `\n${body}`.split(`\n--${boundary}`).slice(1);
  return sections
    .filter((section) => !section.startsWith('--'))
    .slice(0, mostParts)
    .map(readPart);
}

function readPart(section: string): Part {
  const [head, body = ''] = splitHead(section.replace(/^[ \t]*\n/, ''));
  const headers = unfold(head);
  const name = /^content-disposition:[^\n]*?filename="?([^"\n;]{1,200})"?/im.exec(headers)?.[1];
  const type = /^content-type:\s*([^\s;]{1,100})/im.exec(headers)?.[1] ?? 'text/plain';
  const isBase64 = /^content-transfer-encoding:\s*base64/im.test(headers);
  const text = isBase64 ? body.replace(/\s/g, '') : body;
  return { type: type.toLowerCase(), body: text, ...(name === undefined ? {} : { name }) };
}

function splitHead(text: string): [string, string | undefined] {
  const plain = text.replaceAll('\r\n', '\n');
  if (plain.startsWith('\n')) return ['', plain.slice(1)];
  const end = plain.indexOf('\n\n');
  return end < 0 ? [plain, undefined] : [plain.slice(0, end), plain.slice(end + 2)];
}

/** A header goes on in lines that begin with white space. */
const unfold = (head: string): string => head.replace(/\n[ \t]+/g, ' ');
