import { type Problem, ProblemsError } from '../../../constructs/contract/problem';
import { neededImages } from '../../../stacks/images';
import { loadPlatform } from '../../../stacks/main';
import type { ImageLock } from '../../../stacks/platform/image-lock';
import { type Editable, editedReference, site } from '../../support/topologies';

const id = '0123456789ab';
const everywhere = { amd64: id, arm64: id };
const special = { 'amd64-v2': id, 'amd64-v3': id, 'amd64-v4': id, arm64: id };
const prod = { origin: special, edge: special, balancer: everywhere, gateway: everywhere };

function problemsWith(lock: ImageLock, edit: (topology: Editable) => void = () => undefined): readonly Problem[] {
  try {
    loadPlatform(editedReference(edit), lock);
    return [];
  } catch (error) {
    if (error instanceof ProblemsError) return error.problems;
    throw error;
  }
}

/** Variants by site and role. */
function chosen(lock: ImageLock, edit: (topology: Editable) => void = () => undefined): string[] {
  const needed = neededImages(loadPlatform(editedReference(edit), lock));
  return needed.map(({ place, image }) => `${place.site.id} ${image.role} ${image.variant}`);
}

describe('the images of a topology', () => {
  it('are for the processors of its machine types, the most special that is pinned', () => {
    expect(chosen({ stages: { prod } })).toEqual([
      'aws edge amd64-v4',
      'cage gateway amd64',
      'cage origin amd64-v4',
      'dev balancer amd64',
      'dev edge amd64-v2',
      'dev origin amd64-v2',
      'gcp edge amd64-v3',
      'idcf balancer amd64',
      'idcf edge amd64-v3',
      'idcf gateway amd64',
    ]);
  });

  it('are those of a lower level, or of all processors, where nothing better is pinned', () => {
    const lower = { ...prod, edge: { 'amd64-v2': id }, origin: { amd64: id } };
    expect(chosen({ stages: { prod: lower } })).toEqual(
      expect.arrayContaining(['aws edge amd64-v2', 'gcp edge amd64-v2', 'cage origin amd64']),
    );
  });

  it('are those of the stage that it names', () => {
    const dev = { ...prod, edge: { 'amd64-v2': 'fedcba987654' } };
    const edit = (topology: Editable): void => void Object.assign(topology, { imageStage: 'dev' });
    expect(problemsWith({ stages: { prod } }, edit)).toEqual([
      {
        path: 'imageStage',
        message: 'images.lock.json has no stage of this name',
        value: 'dev',
        bound: 'one of prod',
        fix: 'Name one of these, or pin images for it: `npx watari image refresh --write`.',
      },
    ]);
    const needed = neededImages(loadPlatform(editedReference(edit), { stages: { prod, dev } }));
    expect(needed.filter(({ image }) => image.contentId === 'fedcba987654').map(({ place }) => place.site.id)).toEqual([
      'aws',
      'dev',
      'gcp',
      'idcf',
    ]);
  });

  it('are refused, all at once, where a role or a processor has none', () => {
    const { balancer: _, ...rest } = prod;
    const lock = { stages: { prod: { ...rest, edge: { 'amd64-v4': id, 'amd64-v3': id } } } };
    expect(problemsWith(lock)).toEqual([
      {
        path: 'imageStage',
        message: 'stage "prod" pins no image of role balancer, which machines of site "dev" boot',
        value: 'prod',
        bound: 'roles that images.lock.json pins for it: edge, gateway, origin',
        fix: 'Pin one: `npx watari image refresh --write`, then `npx watari image promote dev prod`.',
      },
      {
        path: 'systems.live-dev.edge.size',
        message:
          'site "dev" gives role edge machines of type small, which run x86-64-v2, and no image of stage "prod" does',
        value: 'x86-64-v2',
        bound: 'variants that images.lock.json pins for edge: amd64-v4, amd64-v3',
        fix: 'Pin one of amd64-v2, amd64 (`npx watari image refresh --write`, then `npx watari image promote dev prod`), or let the site have another machine type.',
      },
    ]);
  });

  it('fit a machine that is pinned to older hardware', () => {
    const edit = (topology: Editable): void => {
      const { settings } = site(topology, 'cage');
      const types = settings['machineTypes'] as Record<string, object>;
      types['old'] = { ...types['origin-32c'], vcpu: 48, cpu: 'x86-64-v2' };
      (settings['machines'] as Record<string, unknown>)['old-1'] = { rack: 'a', type: 'old' };
      settings['pinned'] = { 'live-origin-s1-a': 'old-1' };
    };
    expect(chosen({ stages: { prod } }, edit)).toEqual(
      expect.arrayContaining(['cage origin amd64-v2', 'cage origin amd64-v4']),
    );
  });

  it('are content ids, whatever was merged into the lock', () => {
    const lock = { stages: { prod: { ...prod, edge: { 'amd64-v3': '<<<<<<< HEAD', riscv: id } } } };
    expect(problemsWith(lock).map(({ path, message }) => `${path} ${message}`)).toEqual([
      'images.lock.json: stages.prod.edge.amd64-v3 is no content id',
      'images.lock.json: stages.prod.edge.riscv is no variant of images',
    ]);
  });
});
