/**
 * What Packer prints with `-machine-readable`: `time,target,type,data...`, commas and line ends in data escaped.
 * https://developer.hashicorp.com/packer/docs/commands#machine-readable-output
 */
export interface PackerMessage {
  /** `say` begins something, `message` is the output of it, `error` is what went wrong. */
  readonly kind: 'say' | 'message' | 'error';
  readonly text: string;
}

/** Lines of text that Packer's user interface would show, without colours and without the name of the build. */
export function parsePackerLine(line: string): PackerMessage[] {
  const [, , type, kind, data = ''] = line.split(',');
  if (type !== 'ui' || !isKind(kind)) return [];
  const lines = unescape(data).split(/\r?\n/);
  return lines.map((each) => ({ kind, text: plain(each) })).filter(({ text }) => text !== '');
}

function isKind(kind: string | undefined): kind is PackerMessage['kind'] {
  return kind === 'say' || kind === 'message' || kind === 'error';
}

function unescape(data: string): string {
  return data.replaceAll('%!(PACKER_COMMA)', ',').replaceAll('\\n', '\n').replaceAll('\\r', '\r');
}

/** `==> edge.qemu.edge: Waiting for SSH`, or the same behind four spaces. */
const prefix = /^(?:==>|   ) [\w.-]+: /;

const colours = /\u001b\[[0-9;]*m/g;

function plain(text: string): string {
  return text.replace(colours, '').replace(prefix, '').trimEnd();
}

/** Line of TAP that `images/kit/linux-checks.ts` and its sibling for Windows write. */
export type TapLine =
  | { readonly type: 'plan'; readonly count: number }
  | { readonly type: 'check'; readonly ok: boolean; readonly what: string }
  | { readonly type: 'detail'; readonly text: string };

/** https://testanything.org/tap-specification.html, as much of it as is written here. */
export function parseTapLine(line: string): TapLine | undefined {
  const plan = /^1\.\.(\d+)$/.exec(line);
  if (plan) return { type: 'plan', count: Number(plan[1]) };
  const check = /^(not )?ok \d+ - (.*)$/.exec(line);
  if (check) return { type: 'check', ok: check[1] === undefined, what: check[2] ?? '' };
  const detail = /^# (.*)$/.exec(line);
  return detail ? { type: 'detail', text: detail[1] ?? '' } : undefined;
}
