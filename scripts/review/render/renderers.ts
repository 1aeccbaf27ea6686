import type { CliContext } from '../../cli/context';
import type { Format } from '../command';
import type { Report } from '../report';
import { renderHtml } from './html';
import { renderMarkdown } from './markdown';
import { renderSarif } from './sarif';
import { shown } from './shown';
import { renderTerminal } from './terminal';

/** One way to show a report. */
export interface Renderer {
  /** Its name under `--output`; absent for what is for the terminal alone. */
  readonly file?: string;
  /** @param picture the platform with what changes, as an SVG; absent where nobody knows the platform */
  readonly render: (report: Report, context: CliContext, picture?: string) => string;
}

export const renderers: Readonly<Partial<Record<Format, Renderer>>> = {
  terminal: { render: (report, context) => renderTerminal(shown(report), context) },
  markdown: { file: 'review.md', render: (report) => renderMarkdown(shown(report)) },
  sarif: { file: 'review.sarif', render: (report) => renderSarif(shown(report)) },
  html: { file: 'review.html', render: (report, _, picture) => renderHtml(shown(report), picture) },
  json: { file: 'review.json', render: (report) => `${JSON.stringify(report, null, 2)}\n` },
};

export const renderTo = (format: Format, report: Report, context: CliContext, picture?: string): string =>
  (renderers[format] as Renderer).render(report, context, picture);
