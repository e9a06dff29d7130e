import { stringify } from 'csv-stringify/sync';

type Cell = string | number | null;

/**
 * Comma-separated values (RFC 4180) for spreadsheets. A text that one would take for a formula begins with an apostrophe: names,
 * references and ids come from people (OWASP, CSV injection).
 * Line breaks of any kind are quoted: behind one a cell would begin anew.
 * @param columns in their order; the names are the first line, unless left out
 */
export function csvOf<N extends string>(
  columns: readonly N[],
  rows: readonly Readonly<Record<N, Cell>>[],
  { header = true } = {},
): string {
  const cells = rows.map((row) => columns.map((name) => harmless(row[name])));
  return stringify(header ? [[...columns], ...cells] : cells, {
    record_delimiter: '\r\n',
    quoted_match: /[\p{Cc}\u2028\u2029]/u,
  });
}

/** Also behind spaces, which spreadsheets skip, and in the wide forms of East Asian keyboards. */
const formula = /^[\s\p{Cc}]*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/u;

function harmless(cell: Cell): Cell {
  return typeof cell === 'string' && formula.test(cell) ? `'${cell}` : cell;
}
