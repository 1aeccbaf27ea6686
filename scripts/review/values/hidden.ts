/** Marks of a hidden part in a template; foreign text never holds them: `templateOf` takes them out. */
const open = '\uE000';
const close = '\uE001';
const tokens = /\uE000(\d+)\uE001/g;
/** Marks of a line end or tab that is written as `\\n`, so that the letter is not taken for a part of the word behind it. */
const escapes = /\uE002(\d+)\uE003/g;

export const sensitive = '(sensitive)';
export const otherSensitive = '(sensitive, another value)';

/** Keeps what is taken out of a text while it is searched. */
export class Vault {
  readonly secrets: string[] = [];
  readonly #escapes: string[] = [];

  /** What stands for a secret in a template. */
  readonly take = (secret: string): string => {
    if (secret === '' || secret === sensitive || secret === otherSensitive) return secret;
    if (/^\uE000\d+\uE001$/.test(secret)) return secret;
    this.secrets.push(this.#expand(secret));
    return `${open}${this.secrets.length - 1}${close}`;
  };

  /** A template in which written escapes end a word. */
  separate(template: string): string {
    return template.replace(/(?<!\\)\\{1,256}[nrtf]/g, (escape) => {
      this.#escapes.push(escape);
      return `\uE002${this.#escapes.length - 1}\uE003`;
    });
  }

  join(template: string): string {
    return template.replace(escapes, (_, index: string) => this.#escapes[Number(index)] ?? '');
  }

  /** The text, or what stands for it where anything in it is secret. */
  close(template: string): string | Hidden {
    return this.secrets.length > 0 ? new Hidden(template, this.secrets) : template;
  }

  #expand(text: string): string {
    return this.join(text).replace(tokens, (_, index: string) => this.secrets[Number(index)] ?? '');
  }
}

/** A foreign text that holds no marks of ours. */
export function templateOf(text: string): string {
  return text.replace(/[\uE000-\uE003]/g, '\uFFFD');
}

/**
 * A text with secrets in it. Whatever prints it prints none of them; two can be compared, and the later one says which of its
 * secrets are others than in the former.
 */
export class Hidden {
  readonly #template: string;
  readonly #secrets: readonly string[];

  constructor(template: string, secrets: readonly string[]) {
    this.#template = template;
    this.#secrets = secrets;
  }

  /** @param why in front of it, where it is not shown for another reason */
  static whole(secret: string, why = ''): Hidden {
    return new Hidden(`${why}${open}0${close}`, [secret]);
  }

  get text(): string {
    return this.#render(() => sensitive);
  }

  /** For comparing and for nothing else: it holds the secrets. */
  get identity(): string {
    return this.#render((secret) => secret);
  }

  /** The text where it stands after another one. */
  textAfter(former: string | Hidden | undefined): string {
    if (!(former instanceof Hidden)) return this.text;
    const known = new Set(former.#secrets);
    const text = this.#render((secret) => (known.has(secret) ? sensitive : otherSensitive));
    if (text !== former.text || this.identity === former.identity) return text;
    return this.#render((secret, index) => (secret === former.#secrets[index] ? sensitive : otherSensitive));
  }

  toString(): string {
    return this.text;
  }

  toJSON(): string {
    return this.text;
  }

  #render(show: (secret: string, index: number) => string): string {
    return this.#template.replace(tokens, (_, index: string) => {
      const secret = this.#secrets[Number(index)];
      return secret === undefined ? sensitive : show(secret, Number(index));
    });
  }
}

export const textOf = (text: string | Hidden): string => (text instanceof Hidden ? text.text : text);

export const identityOf = (text: string | Hidden): string => (text instanceof Hidden ? text.identity : text);
