import { type Browser, type Page, chromium } from 'playwright-core';
import { findProgram } from './programs';

/** The system's Chromium, without a window. Tests that share one are to close their pages. */
export function launchBrowser(): Promise<Browser> {
  // Neither root nor a container can have its own sandbox; all that it is shown is made by the tests.
  return chromium.launch({ executablePath: findProgram('chromium'), args: ['--no-sandbox'] });
}

/** A page that shows a document; the network is cut off, and what is asked of it, or goes wrong, is kept. */
export interface OpenedPage {
  readonly page: Page;
  readonly complaints: readonly string[];
}

export async function openPage(
  browser: Browser,
  html: string,
  options: Parameters<Browser['newPage']>[0] = {},
): Promise<OpenedPage> {
  const page = await browser.newPage({ ...options, offline: true });
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('request', (request) => complaints.push(`asks for ${request.url()}`));
  await page.setContent(html);
  return { page, complaints };
}
