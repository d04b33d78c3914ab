import fc from 'fast-check';
import { quasiColumn, type QuasiColumn } from '../../../core/anonymize/risk/index.ts';

/** A column of texts. */
export const words = (name: string, values: readonly (string | null)[]): QuasiColumn => {
  const dictionary = [...new Set(values.filter((value) => value !== null))].toSorted();
  const codes = Float64Array.from(values, (value) => (value === null ? Number.NaN : dictionary.indexOf(value)));
  return quasiColumn(name, { kind: 'text', values: dictionary, codes });
};

/** A column of counts. */
export const counts = (name: string, values: readonly number[]): QuasiColumn =>
  quasiColumn(name, { kind: 'number', unit: 'count', values: Float64Array.from(values) });

/** Tables of one to four columns of counts, some without a value. */
export const anyTable = (mostRows = 40): fc.Arbitrary<QuasiColumn[]> =>
  fc
    .tuple(fc.integer({ min: 1, max: mostRows }), fc.integer({ min: 1, max: 4 }))
    .chain(([rows, columns]) =>
      fc.array(
        fc.array(
          fc.oneof(
            { weight: 9, arbitrary: fc.integer({ min: 0, max: 40 }) },
            { weight: 1, arbitrary: fc.constant(Number.NaN) },
          ),
          {
            minLength: rows,
            maxLength: rows,
          },
        ),
        { minLength: columns, maxLength: columns },
      ),
    )
    .map((columns) => columns.map((values, c) => counts(`q${c}`, values)));

/** Rows that agree on every column at its level, as lists, by comparing texts. */
export const classesByText = (columns: readonly QuasiColumn[], levels: readonly number[]): number[][] => {
  const groups = new Map<string, number[]>();
  const rows = columns[0]?.codes.length ?? 0;
  for (let row = 0; row < rows; row++) {
    const key = columns.map((column, c) => column.hierarchy.maps[levels[c] ?? 0]?.[column.codes[row] ?? 0]).join(' ');
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()];
};
