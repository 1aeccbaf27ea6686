import type { DnsMember } from '../../constructs/contract/adapter';
import type { ImageReference } from '../../constructs/contract/image';
import { TerraformStack, Testing } from 'cdktf';
import { exampleSite } from '../support/example-site';
import { dnsSpec } from '../support/example-specs';
import { emittedBy, mentions, plainStack } from '../support/emitted';
import { enrolled, enrolledWith } from './enrolled';

describe.each(enrolledWith(({ adapter }) => adapter.dns))('names at $title', (entry) => {
  const { records } = dnsSpec(entry);
  const emitted = () => {
    const stack = new TerraformStack(Testing.app(), 'names');
    const dns = entry.adapter.dns as DnsMember;
    dns.configure(stack, dnsSpec(entry));
    dns.records(stack, 'records', dnsSpec(entry));
    return emittedBy(plainStack(Testing.synth(stack)));
  };

  it('answers every name with all its addresses, for as long as it is told', () => {
    const all = records.flatMap(({ answers }) => answers.flatMap(({ addresses }) => addresses));
    expect(all.filter((address) => !mentions(emitted(), address))).toEqual([]);
    expect(records.filter(({ name }) => !mentions(emitted(), name)).map(({ name }) => name)).toEqual([]);
    expect(mentions(emitted(), 31)).toBe(true);
  });

  it('weighs the answers of a name', () => {
    const weights = records.flatMap(({ answers }) => (answers.length > 1 ? answers.map(({ weight }) => weight) : []));
    expect(weights.filter((weight) => !mentions(emitted(), weight))).toEqual([]);
  });
});

describe.each(enrolled)('images of $title', (entry) => {
  const site = exampleSite(entry);
  const { image } = entry.adapter;
  const stock: ImageReference = { role: 'edge', architecture: 'amd64' };
  const own: ImageReference = { ...stock, contentId: '0123456789ab' };

  it('names one image, never the latest', () => {
    const name = image.name(site, stock);
    expect(name).toBeTruthy();
    expect(name).not.toMatch(/latest|most.?recent|family\//i);
  });

  it('says from what Packer builds, the same whenever it is asked', () => {
    const sources = [0, 1].map(() => JSON.stringify(image.packerSource(site, own)));
    expect(sources[1]).toBe(sources[0]);
    expect(sources[0]).not.toMatch(/most_recent":true|latest/i);
  });

  it('pins the plugin of Packer to one version', () => {
    const { type, plugin } = image.packerSource(site, own);
    expect(type).toMatch(/^[a-z]+([-a-z]*[a-z])?$/);
    expect(plugin.source).toMatch(/^github\.com\/[^/]+\/[^/]+$/);
    expect(plugin.version).toMatch(/^\d+\.\d+\.\d+$/);
  });
});
