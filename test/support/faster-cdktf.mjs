// Jest's transform of the files of cdktf that the bundle changes: tests load what `watari` runs.
import { createHash } from 'node:crypto';
import { changed, changes } from '../../bin/cdktf.mjs';

/** Paths of those files, as regular expressions. */
export const patterns = changes.map(({ file }) => `/node_modules/cdktf/${file.replaceAll('.', '\\.')}$`);

const rules = JSON.stringify(changes);

export default {
  process(source, path) {
    const change = changes.find(({ file }) => path.endsWith(`/cdktf/${file}`));
    return { code: changed(source, change) };
  },
  getCacheKey(source, path) {
    return createHash('sha256').update(`${rules}\0${path}\0${source}`).digest('hex');
  },
};
