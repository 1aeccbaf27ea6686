import { renderTable } from '../cli/table';

/** One part of what a topology amounts to: rows for people and, the same, for programs. */
export interface ShownView {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly ShownRow[];
}

export interface ShownRow {
  /** Sites that the row is about; none: all. */
  readonly sites: readonly string[];
  /** By column. */
  readonly cells: Readonly<Record<string, string>>;
}

export function onlySite(view: ShownView, site: string | undefined): ShownView {
  if (site === undefined) return view;
  return { ...view, rows: view.rows.filter(({ sites }) => sites.length === 0 || sites.includes(site)) };
}

/** @param width of the terminal; without it each row is one line */
export function renderView(view: ShownView, width?: number): string {
  if (view.rows.length === 0) return `${view.title}: nothing`;
  const rows = view.rows.map(({ cells }) => view.columns.map((column) => cells[column] ?? ''));
  return `${view.title}\n${renderTable(view.columns, rows, width)}`;
}
