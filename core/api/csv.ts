/** First characters that make a spreadsheet take a cell for a formula (OWASP, CSV injection), full width as well. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/u;
/** What a terminal obeys that shows the file. */
const CONTROL = /(?![\t\n\r])\p{Cc}/gu;
const QUOTED = /[",\r\n]/u;

/**
 * A cell of a CSV file: quoted where needed; one that would be a formula has an apostrophe before it, and a control
 * character is written as its code, `\x1b`.
 */
export const csvCell = (value: string | number | null): string => {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const told = value.replace(CONTROL, (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`);
  const inert = FORMULA.test(told) ? `'${told}` : told;
  return QUOTED.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
};

/** Rows as CSV with line feeds, the header first. */
export const csvText = (header: readonly string[], rows: readonly (readonly (string | number | null)[])[]): string =>
  [header, ...rows].map((row) => `${row.map(csvCell).join(',')}\n`).join('');

/** What a cell held before it was made inert. */
export const fromInertCell = (cell: string): string =>
  cell.startsWith("'") && FORMULA.test(cell.slice(1)) ? cell.slice(1) : cell;
