import { checkBases, resolveImage } from '../../../images/kit/resolve';

const plain = { summary: 'Plain', base: 'debian-12' };

describe('An image that stands on another', () => {
  const descriptions = {
    bottom: {
      ...plain,
      packages: ['nginx', 'curl'],
      steps: ['steps/one.sh'],
      checks: [{ port: 22 }],
      diskGiB: 20,
    },
    top: {
      summary: 'Top',
      base: 'bottom',
      packages: ['curl', 'redis'],
      steps: ['steps/two.sh'],
      checks: [{ port: 80 }],
      microarchitectures: true,
    },
  };

  it("has its base's packages, steps and checks first, and each package once", () => {
    const image = resolveImage(descriptions, 'top');
    expect(image.packages).toEqual(['curl', 'nginx', 'redis']);
    expect(image.steps).toEqual(['steps/one.sh', 'steps/two.sh']);
    expect(image.checks).toEqual([{ port: 22 }, { port: 80 }]);
    expect(image.chain).toEqual(['bottom', 'top']);
    expect(image.operatingSystem).toBe('debian-12');
  });

  it('has the disk of its base unless it says another', () => {
    expect(resolveImage(descriptions, 'top').diskGiB).toBe(20);
    expect(resolveImage({ ...descriptions, top: { ...descriptions.top, diskGiB: 40 } }, 'top').diskGiB).toBe(40);
    expect(resolveImage({ plain }, 'plain').diskGiB).toBe(8);
  });

  it('comes at the levels of x86-64 though its base does not', () => {
    expect(resolveImage(descriptions, 'bottom').variants).toEqual(['amd64', 'arm64']);
    expect(resolveImage(descriptions, 'top').variants).toEqual(['amd64-v2', 'amd64-v3', 'amd64-v4', 'arm64']);
  });

  it('moves to another base by one word', () => {
    const moved = {
      ...descriptions,
      other: { ...plain, packages: ['bird2'] },
      top: { ...descriptions.top, base: 'other' },
    };
    expect(resolveImage(moved, 'top').packages).toEqual(['bird2', 'curl', 'redis']);
  });
});

describe('Bases', () => {
  it('that are neither an image nor an operating system are refused, with those that exist', () => {
    const [problem] = checkBases({ plain, top: { summary: 'Top', base: 'plane' } });
    expect(problem).toMatchObject({ path: 'images/top.ts: base', value: 'plane' });
    expect(problem?.bound).toContain('plain');
    expect(problem?.bound).toContain('debian-12');
  });

  it('that stand on themselves are refused, however long the circle', () => {
    const alone = { one: { ...plain, base: 'one' } };
    expect(checkBases(alone)[0]).toMatchObject({ message: 'stands on itself', value: 'one on one' });
    const three = { a: { ...plain, base: 'b' }, b: { ...plain, base: 'c' }, c: { ...plain, base: 'a' } };
    expect(checkBases(three).map(({ value }) => value)).toContain('a on b on c on a');
  });

  it('are in order where every image ends at an operating system', () => {
    expect(checkBases({ plain, top: { summary: 'Top', base: 'plain' } })).toEqual([]);
  });
});
