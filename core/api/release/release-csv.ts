import type { ReleaseFile } from '../../release/release-file/index.ts';
import { csvText } from '../csv.ts';

/**
 * A release as a table: keys, then each number with its interval, one line per group. Cells that a spreadsheet would take
 * for a formula are inert. What it cost, and the signature, stand in the JSON file only.
 */
export const releaseCsv = ({ release: { keys, columns } }: ReleaseFile): string => {
  const header = [
    ...keys.map(({ column }) => column),
    ...columns.flatMap(({ name }) => [name, `${name}_low`, `${name}_high`]),
  ];
  const groups = columns[0]?.value.length ?? 0;
  const rows = Array.from({ length: groups }, (_, group) => [
    ...keys.map(({ of }) => of[group] ?? ''),
    ...columns.flatMap(({ value, low, high }) => [value[group] ?? null, low[group] ?? null, high[group] ?? null]),
  ]);
  return csvText(header, rows);
};
