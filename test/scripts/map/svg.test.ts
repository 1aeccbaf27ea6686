import { layOut } from '../../../scripts/map/layout';
import { markOrder } from '../../../scripts/map/marks';
import { renderSvg } from '../../../scripts/map/render-svg';
import { mapStyle } from '../../../scripts/map/style';
import { changeOf, described, manyMachines, someChanges } from './maps';

describe('the picture of a platform', () => {
  it('names every site, with both halves of what is redundant there', async () => {
    const svg = renderSvg(await layOut({ description: described() }));
    for (const text of ['cage: Tokyo cage', 'bigip-a', 'bigip-b', '>s4<', 'AWS Tokyo', 'half a', 'viewers-b'])
      expect(svg).toContain(text);
  });

  it('needs nothing else: no script, nothing from elsewhere', async () => {
    const svg = renderSvg(await changeOf(described(), described(someChanges)));
    expect(svg).not.toMatch(/<script|<foreignObject|<image|<a |\son\w+=|@import/i);
    expect(svg.replace('http://www.w3.org/2000/svg', '')).not.toMatch(/(https?:)?\/\//);
  });

  it('shows what users write as text, whatever it is', async () => {
    const label = '</text><script>alert(1)</script> & "R&D" \u0000\u001b';
    const description = described();
    const sites = description.sites.map((site) => ({ ...site, label }));
    const svg = renderSvg(await layOut({ description: { ...description, topology: label, sites } }));
    expect(svg).not.toContain('<script');
    expect(svg).toContain('&lt;/text&gt;&lt;script&gt;');
    expect([...svg].filter((letter) => letter < ' ' && letter !== '\n')).toEqual([]);
  });

  it('leaves out what is folded, and says how much that is', async () => {
    const svg = renderSvg(await layOut({ description: described(manyMachines) }));
    expect(svg).not.toContain('machine:gcp/live-origin-s31-a');
    expect(svg).toContain('64: 32 in half a, 32 in b');
  });

  it('tells marks apart without colour: by a sign, by the frame, and what is removed is struck', async () => {
    const svg = renderSvg(await changeOf(described(), described(someChanges)));
    for (const text of ['>+ s2<', '>− <tspan class="struck">s4</tspan><', '~ 5 to 30']) expect(svg).toContain(text);
    const frames = markOrder.map(
      (mark) => new RegExp(`\\.${mark} > rect \\{ (stroke-width[^}]*)\\}`).exec(mapStyle)?.[1],
    );
    expect(new Set(frames).size).toBe(4);
    expect(frames).not.toContain(undefined);
  });

  it('speaks of itself only in rules below its own class, so that a report can hold it', () => {
    const selectors = [...mapStyle.matchAll(/^([^@}\n][^{\n]*)\{/gm)].flatMap(([, list = '']) => list.split(','));
    expect(selectors.length).toBeGreaterThan(40);
    expect(selectors.filter((selector) => !selector.trim().startsWith('.watari-map '))).toEqual([]);
  });
});
