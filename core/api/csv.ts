/** First characters that make a spreadsheet take a cell for a formula (OWASP, CSV injection). */
const FORMULA = /^[=+\-@\t\r]/u;
const QUOTED = /[",\r\n]/u;

/** A cell of a CSV file: quoted where needed; one that would be a formula has an apostrophe before it. */
export const csvCell = (value: string | number | null): string => {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const inert = FORMULA.test(value) ? `'${value}` : value;
  return QUOTED.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
};

/** Rows as CSV with line feeds, the header first. */
export const csvText = (header: readonly string[], rows: readonly (readonly (string | number | null)[])[]): string =>
  [header, ...rows].map((row) => `${row.map(csvCell).join(',')}\n`).join('');

/** What a cell held before it was made inert. */
export const fromInertCell = (cell: string): string => (/^'[=+\-@\t\r]/u.test(cell) ? cell.slice(1) : cell);
