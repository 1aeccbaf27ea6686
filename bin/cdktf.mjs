// What the bundle does otherwise than cdktf 0.21.0, as replacements in cdktf's own files. Why: docs/adr/0009-*.md.
import { readFileSync } from 'node:fs';

const mapTokenTest = "typeof x === 'string' && TokenString.forMapToken(x).test()".replaceAll("'", '"');
const listTokenTest = mapTokenTest.replace('forMapToken', 'forListToken');

/** True only of what `resolve` gives back as it is: no token in it, no escape, no digits that may stand for a number token. */
const isSettled = `
const MAY_HOLD_TOKENS = /[{}]|[-|\\d.+]e[-|\\d.eE+]|^(?:String|Any) Map Token Value$/;
function isSettled(value) {
    switch (typeof value) {
        case "string":
            return !MAY_HOLD_TOKENS.test(value);
        case "number":
            return value > -1e200 && value !== token_1.Token.NUMBER_MAP_TOKEN_VALUE;
        case "boolean":
        case "undefined":
            return true;
        default:
            return value === null;
    }
}
exports.isSettled = isSettled;
`;

/** File of cdktf, texts in it that are there exactly once and what stands in their place, and what is added at its end. */
export const changes = [
  {
    file: 'lib/tokens/private/stack-trace.js',
    // Noted for error messages alone; WATARI_DEBUG=1 brings it back.
    append: 'if (!process.env.WATARI_DEBUG) exports.captureStackTrace = () => [];\n',
  },
  {
    file: 'lib/tokens/private/resolve.js',
    replace: [
      // Said in error messages alone, and joined again for each value of each object.
      ['const pathName = "/" + prefix.join("/");', 'const pathName = { toString: () => "/" + prefix.join("/") };'],
      [
        '.map((x, i) => makeContext(`${i}`)[0].resolve(x))',
        '.map((x, i) => isSettled(x) ? x : resolve(x, { ...options, prefix: prefix.concat([`${i}`]) }))',
      ],
      [
        'const resolvedKey = makeContext()[0].resolve(key);',
        'const resolvedKey = isSettled(key) ? key : makeContext()[0].resolve(key);',
      ],
      [
        'const value = makeContext(key)[0].resolve(obj[key]);',
        'const entry = obj[key];\n' +
          '        const value = isSettled(entry) ? entry : resolve(entry, { ...options, prefix: prefix.concat([key]) });',
      ],
    ],
    append: isSettled,
  },
  {
    file: 'lib/tokens/private/encoding.js',
    // A regular expression for each key of each object, where hardly any holds a token.
    replace: [
      [`(x) => ${mapTokenTest}`, `(x) => x.includes(exports.BEGIN_MAP_TOKEN_MARKER) && ${mapTokenTest}`],
      [
        `(x) => ${listTokenTest}`,
        `(x) => typeof x === "string" && x.includes(exports.BEGIN_LIST_TOKEN_MARKER) && ${listTokenTest}`,
      ],
    ],
  },
  {
    file: 'lib/terraform-stack.js',
    // Each fragment is resolved already, and resolving twice changes nothing; overrides are not.
    replace: [
      [
        'return (0, _tokens_1.resolve)(this, tf);\n    }\n    registerOutgoing',
        'return Object.keys(this.rawOverrides).length === 0 ? tf : (0, _tokens_1.resolve)(this, tf);\n    }\n    registerOutgoing',
      ],
    ],
  },
];

/** A file's text as the bundle has it. Throws when cdktf is another than the one that the changes were written for. */
export function changed(source, { file, replace = [], append = '' }) {
  const text = replace.reduce((before, [from, to]) => {
    if (before.split(from).length !== 2) throw new Error(`cdktf/${file} is not as expected: look for ${from}`);
    return before.replace(from, () => to);
  }, source);
  return `${text.replace(/^\/\/# sourceMappingURL=.*$/m, '')}\n${append}`;
}

/** esbuild's plugin that makes the changes. */
export const fasterCdktf = {
  name: 'faster-cdktf',
  setup(build) {
    for (const change of changes) {
      const filter = new RegExp(`[\\\\/]cdktf[\\\\/]${change.file.replaceAll('.', '\\.').replaceAll('/', '[\\\\/]')}$`);
      build.onLoad({ filter }, ({ path }) => ({ contents: changed(readFileSync(path, 'utf8'), change) }));
    }
  },
};
