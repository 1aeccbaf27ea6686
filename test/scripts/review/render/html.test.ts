import type { Browser, Page } from 'playwright-core';
import { renderHtml } from '../../../../scripts/review/render/html';
import type { Report } from '../../../../scripts/review/report';
import { launchBrowser, openPage } from '../../../support/browser';
import { describeWith, requirement } from '../../../support/requirements';
import { change, fullReport, reportOf, withText } from './reports';

describe('the page of a review', () => {
  it('has no way out and no script but its own', () => {
    const html = renderHtml(fullReport);
    expect(html).toContain("default-src 'none'");
    expect(html.replace(/<svg[\s\S]*?<\/svg>/g, '')).not.toMatch(/(src|href)=/);
    expect(html.match(/<script/g)).toHaveLength(1);
  });

  it.each(['</script><script>x()</script>', '"><img src=x onerror=x()>', "' onclick='x()", '<!-- ', '&lt;b&gt;'])(
    'takes any text for text: %s',
    (text) => {
      const clean = renderHtml(withText(fullReport, () => 'x'));
      const tags = (html: string): string[] => html.match(/<\/?[a-z!][^\s>]*/gi) ?? [];
      expect(tags(renderHtml(withText(fullReport, () => text)))).toEqual(tags(clean));
    },
  );

  it('shows a picture where there is one', () => {
    expect(renderHtml(fullReport, '<svg id="map"></svg>')).toContain('<svg id="map"></svg></figure>');
    expect(renderHtml(fullReport)).not.toContain('<figure');
  });
});

describeWith(requirement('chromium'), 'the page of a review in a browser', () => {
  let browser: Browser;
  beforeAll(async () => (browser = await launchBrowser()));
  afterAll(() => browser.close());

  const report = reportOf([
    change('aws_instance.a', 'data-loss', { stack: 'aws-live', place: { sites: ['aws'] } }),
    change('aws_instance.b', 'created', { stack: 'aws-live', place: { sites: ['aws', 'gcp'] } }),
    change('google_dns.c', 'created', { stack: 'dns', place: { sites: [] }, why: 'The word is needle.' }),
  ]);

  async function open(shown: Report): Promise<{ page: Page; complaints: readonly string[] }> {
    const opened = await openPage(browser, renderHtml(shown));
    expect(opened.complaints).toEqual([]);
    return opened;
  }
  const seen = (page: Page): Promise<string[]> => page.locator('.change:visible summary > code').allTextContents();

  it('filters by class, stack and site', async () => {
    const { page } = await open(report);
    await page.getByLabel('Class').selectOption('created');
    expect(await seen(page)).toEqual(['aws-live/aws_instance.b', 'dns/google_dns.c']);
    await page.getByLabel('Site').selectOption('gcp');
    expect(await seen(page)).toEqual(['aws-live/aws_instance.b']);
    await page.getByLabel('Stack').selectOption('dns');
    expect(await seen(page)).toEqual([]);
    await page.close();
  });

  it('is searched by keyboard alone', async () => {
    const { page } = await open(report);
    await page.keyboard.press('/');
    await page.keyboard.type('needle');
    expect(await seen(page)).toEqual(['dns/google_dns.c']);
    expect(await page.locator('#found').textContent()).toBe('1 of 3 changes');
    await page.keyboard.press('Escape');
    expect(await seen(page)).toHaveLength(3);
    await page.close();
  });

  it('runs nothing of what a change says', async () => {
    const { page, complaints } = await open(withText(fullReport, () => '<img src=x onerror="document.title=1"></script><script>document.title=1</script>')); // prettier-ignore
    expect(complaints).toEqual([]);
    expect(await page.title()).toContain('onerror');
    await page.close();
  });

  it('prints what is folded', async () => {
    const { page } = await open(fullReport);
    await page.evaluate('dispatchEvent(new Event("beforeprint"))');
    expect(await page.getByText('engine: mysql → postgres').isVisible()).toBe(true);
    await page.evaluate('dispatchEvent(new Event("afterprint"))');
    expect(await page.getByText('engine: mysql → postgres').isVisible()).toBe(false);
    await page.close();
  });
});
