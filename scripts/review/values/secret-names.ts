import data from './secret-names.json';

/** `PGPASSWORD` and `authtoken` are one word. */
const phrases = new RegExp(`_(?:${data.secret.join('|')}|[a-z]+(?:${data.secretInWords.join('|')}))_`);
const lastSecret = new Set(data.secretAtEnd);
const lastHarmless = new Set(data.harmlessAtEnd);
const firstHarmless = new Set(data.harmlessAtStart);
const exceptions = new Set(data.exceptions);
const harmless = new Set(data.harmless);
const byType: ReadonlyMap<string, readonly string[]> = new Map(Object.entries(data.types));

/** What any of the names holds: names and texts without it need no closer look. */
const fragment =
  /pass|pwd|pw|secret|token|psk|shared|key_?material|credential|conn|kubeconfig|community|bearer|webhook|sas|signature|(?:sig|pat)(?![a-z])|(?:private|api|access|account|auth|authentication|encryption|client|signing|master|licen[sc]e|session|storage|ssl|tls)[ _.-]?key/i;

/** Whether a name (`db_password`, `clientSecret`, `API-KEY`) says that its value is a secret. */
export function isSecretName(name: string, type = ''): boolean {
  if (byType.get(type)?.includes(name)) return true;
  if (!fragment.test(name)) return false;
  const words = wordsOf(name);
  const [first = ''] = words;
  const joined = words.join('_');
  if (harmless.has(joined)) return false;
  if (lastSecret.has(words.at(-1) ?? '')) return true;
  if (!phrases.test(`_${joined}_`)) return false;
  return [...exceptions].some((ending) => joined.endsWith(ending)) || !(isHarmless(words) || firstHarmless.has(first));
}

/** Whether a name inside of a secret object (`secret { name, value }`) is a label of it only. */
export function isHarmlessName(name: string): boolean {
  return isHarmless(wordsOf(name));
}

export function mayNameSecrets(text: string): boolean {
  return fragment.test(text);
}

const isHarmless = (words: readonly string[]): boolean => lastHarmless.has(words.at(-1) ?? '');

function wordsOf(name: string): string[] {
  const split = name.slice(-120).replace(/([a-z0-9])([A-Z])/g, '$1_$2');
  return split
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .map((word) => word.replace(/\d+$/, ''))
    .filter((word) => word !== '');
}
