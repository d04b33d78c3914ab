import { rowsOf, type Bitset } from './bitset.ts';
import { narrowed, type Conjunction, type Literal } from './codes.ts';
import type { Table } from './table.ts';

/**
 * The rule with each threshold in the middle of those that hit the same of the rows `learn`: all of them are equally good there,
 * and the middle one leans on no single row.
 */
export const centred = (table: Table, learn: Bitset, rule: Conjunction): Conjunction =>
  rule.reduce<Conjunction>((kept, literal, i) => kept.with(i, inTheMiddle(table, learn, kept, literal)), rule);

const inTheMiddle = ({ codes, usable }: Table, learn: Bitset, rule: Conjunction, literal: Literal): Literal => {
  const { column, cut } = literal;
  const others = rule.filter((other) => other !== literal);
  const rows = others.reduce((left, other) => narrowed(codes, left, other), rowsOf(learn));
  const cuts = codes.cuts[column] ?? new Float64Array(0);
  // Codes up to `cut` lie below the threshold: the highest of these that occurs, and the lowest of those above.
  let [below, above] = [-1, cuts.length];
  for (let i = 0; i < rows.length; i++) {
    const code = codes.codes[column * codes.rows + rows[i]!]!; // hot: i < length
    if (code <= cut && code > below) below = code;
    if (code > cut && code < above) above = code;
  }
  const first = cuts[Math.max(0, below)] ?? Number.NaN;
  const last = cuts[above - 1] ?? Number.NaN;
  const middle = (first + last) / 2;
  let best = cut;
  for (let other = Math.max(0, below); other < above; other++) {
    if (usable[column]?.[other] !== 1) continue;
    if (Math.abs((cuts[other] ?? 0) - middle) < Math.abs((cuts[best] ?? 0) - middle)) best = other;
  }
  return best === cut ? literal : { ...literal, cut: best };
};
