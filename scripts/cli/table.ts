import Table from 'cli-table3';

/** A table without lines between its rows and without colours: it reads the same in a terminal, a log and a mail. */
export function renderTable(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const table = new Table({
    head: [...columns],
    style: { head: [], border: [], compact: true },
  });
  for (const row of rows) table.push([...row]);
  return table.toString();
}
