import { configurationChecks } from '../support/configuration-checks';
import { type NamedFile, emittedFiles } from '../support/emitted-machines';
import { describeWith } from '../support/requirements';

/** A public key, which the examples have made up. */
const unchecked = ['/etc/ssh/watari-authority.pub'];

describe('the files of every machine of every topology', () => {
  let files: readonly NamedFile[];
  beforeAll(async () => {
    files = await emittedFiles();
  });

  it('each have a program that checks them', () => {
    const open = files.filter((file) => !configurationChecks.some((check) => check.takes(file)));
    expect([...new Set(open.map(({ path }) => path))].sort()).toEqual(unchecked);
  });

  for (const check of configurationChecks) {
    describeWith(check.needs, `and ${check.program}`, () => {
      it('takes every one of its own', () => {
        const own = files.filter((file) => check.takes(file));
        expect(own.length).toBeGreaterThan(0);
        expect(check.refusals(own)).toEqual([]);
      });

      it('refuses a broken one, and says whose it is', () => {
        const own = files.filter((file) => check.takes(file));
        const broken = { ...check.broken, from: 'somewhere/broken' };
        expect(check.takes(broken)).toBe(true);
        expect(check.refusals([...own.slice(0, 1), broken])).toContainEqual(
          expect.stringContaining(`somewhere/broken ${broken.path}: `),
        );
      });
    });
  }
});
