import { replaceAssignments } from './assignments';
import { replaceBlocks } from './blocks';
import { documentsIn, secretTexts, textsIn } from './collect';
import { Hidden, templateOf, Vault } from './hidden';
import { gunzip, unpackedLimit } from './packed';
import { replacePatterns } from './secret-patterns';

/** Characters of a text that is searched for secrets; a longer one is not shown at all. */
const searchLimit = 1024 * 1024;
const deepest = 5;
/** Base64, standard or of URLs, on one line or wrapped, also where line ends are written as `\n`: see `separate`. */
const packedRun = /[A-Za-z0-9+/_-]{16,}(?:(?:\r?\n[ \t]*|(?:\uE002\d+\uE003)+)[A-Za-z0-9+/_-]{2,})*={0,2}/g;

/** Secrets that are known already, in all the forms in which texts may hold them; the longest first. */
export type Known = readonly string[];

export function knownSecrets(secrets: Iterable<string>): Known {
  const forms = [...new Set(secrets)].flatMap((secret) => [
    ...escapedForms(secret),
    encodeForUrl(secret),
    Buffer.from(secret).toString('base64').replace(/=+$/, ''),
  ]);
  return longestFirst(forms).filter((form) => form.length >= 6);
}

/** With more of them; the same list where there are none, by which what is hidden is remembered. */
export function alsoKnown(known: Known, more: Known): Known {
  return more.length === 0 ? known : longestFirst([...known, ...more]);
}

const longestFirst = (texts: readonly string[]): string[] =>
  [...new Set(texts)].sort((one, other) => other.length - one.length);

/** As it is, and as it is within JSON, and within JSON in JSON. */
function escapedForms(secret: string): string[] {
  const escape = (text: string): string => JSON.stringify(text).slice(1, -1);
  const once = escape(secret);
  if (once === secret) return [secret];
  const twice = escape(once);
  return [secret, once, twice, escape(twice)];
}

/** Halves of pairs of surrogates cannot be encoded. */
const encodeForUrl = (text: string): string => encodeURIComponent(Buffer.from(text).toString());

const nothing: Known = [];
/** Names and short values come again and again in a plan. */
const rememberedLength = 200;
const rememberedTexts = 5000;
const remembered = new WeakMap<Known, Map<string, string | Hidden>>();

/** A text without its secrets, or as it is where it has none. */
export function hide(text: string, known: Known = nothing): string | Hidden {
  if (text.length > searchLimit) return Hidden.whole(text, 'too long to be searched ');
  if (text.length > rememberedLength) return withoutSecrets(text, known);
  const texts = remembered.get(known) ?? new Map<string, string | Hidden>();
  const before = texts.get(text);
  if (before !== undefined) return before;
  if (texts.size >= rememberedTexts) texts.clear();
  const hidden = withoutSecrets(text, known);
  remembered.set(known, texts.set(text, hidden));
  return hidden;
}

function withoutSecrets(text: string, known: Known): string | Hidden {
  const vault = new Vault();
  return vault.close(hideIn(templateOf(text), known, vault, { bytes: 4 * unpackedLimit, depth: 0 }));
}

interface Search {
  /** How much may be unpacked yet, over all that is inside. */
  bytes: number;
  readonly depth: number;
}

/** The secrets in a text, to be hidden in other texts too. */
export function secretsInText(text: string, known: Known = []): string[] {
  if (text.length > searchLimit) return [];
  return found(text, known, { bytes: 4 * unpackedLimit, depth: 0 });
}

/** What is secret in one file may be in the others too. @returns it, with what was known before */
export function secretsInFiles(contents: readonly unknown[], known: Known): Known {
  const texts = contents.filter((content) => typeof content === 'string');
  return alsoKnown(known, knownSecrets(texts.flatMap((text) => secretsInText(text, known))));
}

/** @param vault takes what is found @returns the text with marks in the places of secrets */
function hideIn(text: string, known: Known, vault: Vault, search: Search): string {
  const formed = formedSecrets(text);
  const inside = knownSecrets(secretsOfDocuments(text, known, search));
  const all = alsoKnown(known, [...inside, ...formed.filter(isTelling)]);
  const replace = (rest: string, secret: string): string => replaceAll(rest, secret, vault.take);
  const separate = vault.separate(all.reduce(replace, text));
  const unpacked = separate.replace(packedRun, (run) => (holdsSecret(run, all, search) ? vault.take(run) : run));
  // Where nothing has been taken out, the patterns find what they found before.
  const hasForms = formed.length > 0 || vault.secrets.length > 0;
  const withoutPatterns = hasForms ? replacePatterns(unpacked, vault.take) : unpacked;
  const named = replaceAssignments(replaceBlocks(withoutPatterns, vault.take), vault.take);
  // What was found in one place is not shown in another.
  return knownSecrets(vault.secrets.filter(isTelling)).reduce(replace, vault.join(named));
}

/** Those known by their form, so that a known part of one does not hide its form. */
function formedSecrets(text: string): string[] {
  const vault = new Vault();
  const secrets: string[] = [];
  replacePatterns(vault.separate(text), (secret) => {
    secrets.push(vault.join(secret));
    return ' ';
  });
  return secrets;
}

/** A single word of letters may be an ordinary one. */
const isTelling = (secret: string): boolean => secret.length >= 8 && !/^[A-Za-z]{1,14}$/.test(secret);

/** In JSON and YAML secrets are known by where they stand, and texts are read without the quotes and folds of the outer one. */
function secretsOfDocuments(text: string, known: Known, search: Search): string[] {
  if (search.depth >= deepest) return [];
  return documentsIn(text).flatMap((document) => {
    const inner = textsIn(document).filter((part) => part !== text && part.length >= 8);
    const inside = inner.flatMap((part) => found(part, known, search)).filter(isTelling);
    return [...secretTexts(document, [], { name: '' }), ...inside];
  });
}

function found(text: string, known: Known, search: Search): string[] {
  const vault = new Vault();
  const inside = { bytes: search.bytes, depth: search.depth + 1 };
  hideIn(templateOf(text), known, vault, inside);
  search.bytes = inside.bytes;
  return vault.secrets;
}

function replaceAll(text: string, secret: string, take: (secret: string) => string): string {
  return text.includes(secret) ? text.replaceAll(secret, () => take(secret)) : text;
}

/** Whether base64 has a secret in it. It may begin after other letters, hence the four offsets. */
function holdsSecret(run: string, known: Known, search: Search): boolean {
  const digits = run.replace(/\uE002\d+\uE003|[\s=]/g, '');
  return [0, 1, 2, 3].some((offset) => {
    const bytes = gunzip(Buffer.from(digits.slice(offset), 'base64'));
    if (bytes === 'too-large') return true;
    search.bytes -= bytes.length;
    // What is packed too deep or too large to be searched is not shown.
    if (search.bytes < 0 || search.depth >= deepest) return true;
    return found(bytes.toString('utf8').replaceAll('\0', ''), known, search).length > 0;
  });
}
