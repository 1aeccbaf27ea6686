import { exampleSite } from '../support/example-site';
import { networkHandles } from '../support/example-specs';
import { makeMember } from '../support/member-stack';
import { enrolled, enrolledWith } from './enrolled';

describe.each(enrolled)('network of $title', (entry) => {
  const { adapter } = entry;
  const site = exampleSite(entry);
  const make = () => makeMember(adapter, site, (scope) => adapter.network(scope, site));

  it('returns exactly the handles that it announces, all of them strings', () => {
    const handles = make().result;
    expect(Object.keys(handles).sort()).toEqual([...adapter.networkHandles(site)].sort());
    expect(Object.values(handles).filter((value) => typeof value !== 'string' || value === '')).toEqual([]);
  });

  it('announces each handle once, and the same ones whenever it is asked', () => {
    const keys = adapter.networkHandles(site);
    expect(new Set(keys).size).toBe(keys.length);
    expect(adapter.networkHandles(exampleSite(entry))).toEqual(keys);
  });

  it('makes a network below the scope that it is given', () => {
    expect(make().strays).toEqual([]);
  });
});

describe.each(enrolledWith(({ adapter }) => adapter.access))('access of $title', (entry) => {
  const { adapter } = entry;
  const site = exampleSite(entry);

  it('makes the access of operators below the scope that it is given', () => {
    const made = makeMember(adapter, site, (scope) =>
      adapter.access?.(scope, 'access', site, networkHandles(scope, entry, site)),
    );
    expect(made.strays).toEqual([]);
  });
});

describe.each(enrolledWith(({ adapter }) => adapter.devices))('devices of $title', (entry) => {
  const { adapter } = entry;
  const site = exampleSite(entry);

  it('has a device of its own name for each half, made below the scope that it is given', () => {
    const devices = adapter.devices?.(site) ?? [];
    expect(devices.map(({ half }) => half)).toEqual(expect.arrayContaining(['a', 'b']));
    expect(new Set(devices.map(({ id }) => id)).size).toBe(devices.length);
    for (const device of devices) {
      const made = makeMember(adapter, site, (scope) => device.build(scope, networkHandles(scope, entry, site)));
      expect(made.strays).toEqual([]);
    }
  });
});
