import type { Browser, Page } from 'playwright-core';
import { marksBetween } from '../../../scripts/map/compare';
import { layOut } from '../../../scripts/map/layout';
import { renderMapPage } from '../../../scripts/map/render-page';
import { launchBrowser, openPage } from '../../support/browser';
import { describeWith, requirement } from '../../support/requirements';
import { changeOf, described, manyMachines, someChanges } from './maps';
import { misplaced, overflowing, placesOf, readStyle } from './seen';

/** Every fifth machine goes, the others are replaced or changed in turn. */
const everyMark = {
  ...marksBetween(described(), described()),
  machines: Object.fromEntries(
    described(manyMachines).machines.map(({ site, name }, index) => [
      `${site}/${name}`,
      { mark: index % 5 === 0 ? 'removed' : index % 2 === 0 ? 'replaced' : 'changed', reasons: ['image'] } as const,
    ]),
  ),
};

describeWith(requirement('chromium'), 'the page of a map, in a browser', () => {
  let browser: Browser;
  let many: string;
  let change: string;
  const complaints: string[][] = [];
  beforeAll(async () => {
    browser = await launchBrowser();
    many = await renderMapPage(await layOut({ description: described(manyMachines) }));
    change = await renderMapPage(await changeOf(described(), described(someChanges)));
  });
  afterAll(() => browser?.close());

  const open = async (html: string, options: Parameters<typeof openPage>[2] = {}): Promise<Page> => {
    const opened = await openPage(browser, html, { viewport: { width: 1300, height: 900 }, ...options });
    complaints.push(opened.complaints as string[]);
    return opened.page;
  };
  const box = (id: string): string => `.box[data-id="${id}"]`;
  const focused = (page: Page): Promise<string | null> => page.locator(':focus').getAttribute('data-id');

  afterEach(() => expect(complaints.flat()).toEqual([]));

  it('has room for every text, and nothing stands on anything else', async () => {
    const marked = await renderMapPage(await layOut({ description: described(manyMachines), marks: everyMark }));
    for (const html of [many, change, marked]) {
      const page = await open(html);
      expect(await overflowing(page)).toEqual([]);
      expect(await misplaced(page)).toEqual([]);
      await page.close();
    }
  });

  it('finds a machine in a folded fleet by its address, shows it and tells what it is', async () => {
    const page = await open(many);
    const machine = page.locator(box('machine:gcp/live-origin-s31-a'));
    expect(await machine.isVisible()).toBe(false);
    await page.getByLabel('Find').fill('origin-s31-a 10.67.32.35');
    expect(await page.locator('#found').textContent()).toBe('1 found');
    await page.getByLabel('Find').press('Enter');
    expect(await machine.isVisible()).toBe(true);
    expect(await page.locator('#details').innerText()).toMatch(/live-origin-s31-a at gcp[^]*shard\ns31/);
    await page.close();
  });

  it('says so when nothing is found', async () => {
    const page = await open(many);
    await page.getByLabel('Find').fill('no such thing');
    expect(await page.locator('#found').textContent()).toBe('0 found');
    await page.close();
  });

  it('unfolds a fleet in its column, moves nothing in the others, and folds it as it was', async () => {
    const page = await open(many);
    const before = await placesOf(page);
    await page.locator(box('fleet:gcp/live/origin')).click();
    const unfolded = await placesOf(page);
    expect(unfolded.size).toBe(before.size + 64);
    expect(await misplaced(page)).toEqual([]);
    expect(unfolded.get('site:dev')?.y).toBeGreaterThan((before.get('site:dev')?.y ?? 0) + 100);
    for (const still of ['site:gcp', 'site:idcf', 'site:aws', 'link:aws-gcp', 'machine:aws/live-ingest-a'])
      expect([still, unfolded.get(still)?.y]).toEqual([still, before.get(still)?.y]);
    await page.locator(box('fleet:gcp/live/origin')).click({ position: { x: 40, y: 10 } });
    expect(await placesOf(page)).toEqual(before);
    await page.close();
  });

  it('shows all of 500 machines at once, each in its place', async () => {
    const page = await open(many);
    await page.getByRole('button', { name: 'Show all machines' }).click();
    const places = await placesOf(page);
    expect([...places.keys()].filter((id) => id.startsWith('machine:')).length).toBeGreaterThan(450);
    expect(await misplaced(page)).toEqual([]);
    expect(await overflowing(page)).toEqual([]);
    await page.close();
  });

  it('grows and shrinks', async () => {
    const page = await open(change);
    const width = async (): Promise<number> => (await page.locator('svg').boundingBox())?.width ?? 0;
    const first = await width();
    await page.getByRole('button', { name: 'Zoom in' }).click();
    expect(await width()).toBeCloseTo(first * 1.25, 0);
    await page.locator('#view').press('-');
    await page.locator('#view').press('-');
    expect(await width()).toBeCloseTo(first / 1.25, 0);
    await page.getByRole('button', { name: 'Fit the width' }).click();
    expect(await width()).toBeCloseTo(first, 0);
    await page.close();
  });

  it('can be used with the keyboard alone', async () => {
    const page = await open(many);
    await page.locator('#view').focus();
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('names:live');
    for (let times = 0; times < 4; times++) await page.keyboard.press('ArrowDown');
    expect(await focused(page)).toBe('site:gcp');
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown']) await page.keyboard.press(key);
    expect(await focused(page)).toBe('fleet:gcp/live/origin');
    await page.keyboard.press('ArrowRight');
    expect(await focused(page)).toBe('machine:gcp/live-origin-s1-a');
    await page.keyboard.press('Enter');
    expect(await page.locator('#details-title').innerText()).toBe('live-origin-s1-a at gcp');
    await page.keyboard.press('Escape');
    expect(await page.locator('#details').isVisible()).toBe(false);
    await page.keyboard.press('ArrowLeft');
    expect(await focused(page)).toBe('fleet:gcp/live/origin');
    await page.keyboard.press('/');
    expect(await page.locator('#find:focus').count()).toBe(1);
    await page.close();
  });

  it('lists what changes, worst first, and leads to it', async () => {
    const page = await open(change);
    const rows = await page.locator('footer tr').allInnerTexts();
    expect(rows[1]).toMatch(/^live-origin-s2-a at cage\s+− removed\s+shard s2 moves to idcf$/);
    await page.getByRole('button', { name: 'link aws-cage' }).last().click();
    expect(await focused(page)).toBe('link:aws-cage');
    expect(await page.locator('#details').innerText()).toContain('paths: primary, backup → primary');
    await page.close();
  });

  it('is dark on a dark screen, and light on paper', async () => {
    const page = await open(change, { colorScheme: 'dark' });
    const colour = (selector: string, of: string): Promise<string> =>
      page.locator(selector).first().evaluate(readStyle, of);
    const colours = async () => [
      await colour('body', 'background-color'),
      await colour('svg .page', 'fill'),
      await colour('svg .title', 'fill'),
    ];
    expect(await colours()).toEqual(['rgb(13, 17, 23)', 'rgb(13, 17, 23)', 'rgb(240, 246, 252)']);
    await page.emulateMedia({ media: 'print' });
    expect(await colours()).toEqual(['rgb(255, 255, 255)', 'rgb(255, 255, 255)', 'rgb(31, 35, 40)']);
    await page.close();
  });

  it('on paper has the drawing and what changes, and nothing to press', async () => {
    const page = await open(change);
    await page.locator(box('link:aws-cage')).click();
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('#tools').isVisible()).toBe(false);
    expect(await page.locator('#details').isVisible()).toBe(false);
    expect(await page.locator('footer table').isVisible()).toBe(true);
    expect((await page.pdf({ preferCSSPageSize: true })).length).toBeGreaterThan(10_000);
    await page.close();
  });

  it('fits a telephone: only the drawing scrolls sideways, and its text can be read', async () => {
    const page = await open(change, { viewport: { width: 380, height: 760 } });
    expect(await page.locator('html').evaluate((html) => html.scrollWidth)).toBe(380);
    expect((await page.locator('.machine text').first().boundingBox())?.height).toBeGreaterThan(8);
    await page.close();
  });

  it('shows texts of users as text', async () => {
    const base = described();
    const label = '</script><script>document.title = "taken"</script><b>';
    const sites = base.sites.map((site) => ({ ...site, label }));
    const page = await open(await renderMapPage(await layOut({ description: { ...base, sites } })));
    await page.locator(box('site:gcp')).click({ position: { x: 100, y: 10 } });
    expect(await page.title()).toBe('The platform reference');
    expect(await page.locator('#details').innerText()).toContain(label);
    await page.close();
  });
});
