import { median } from '../../math/index.ts';
import { NOISED } from './observe.ts';
import type { RunTable } from './run-table.ts';

/** One number per run, by which runs with the actor are told from runs without; NaN: the run shows nothing. */
export type Score = { readonly name: string; readonly of: (table: RunTable) => Float64Array };

/**
 * What may tell two data sets apart: every column by itself, and the noised integers together, as the likelihood ratio of
 * Laplace noise (|y − a| − |y − b|) and of Gaussian noise (linear in y) would weigh them. Middles and widths are learnt from
 * the runs given, which must not be those that the score is judged by.
 */
export const scoresFrom = (without: RunTable, withActor: RunTable): readonly Score[] => {
  const names = new Set([...without.columns.keys(), ...withActor.columns.keys()]);
  const terms = [...names]
    .filter((name) => name.startsWith(NOISED))
    .flatMap((name) => termOf(name, without, withActor));
  const single = [...names].map((name): Score => ({ name, of: (table) => columnOf(table, name) }));
  if (terms.length < 2) return single;
  return [
    { name: 'all noised integers, weighed for Laplace noise', of: (table) => summed(table, terms, absolute) },
    { name: 'all noised integers, weighed for Gaussian noise', of: (table) => summed(table, terms, linear) },
    ...single,
  ];
};

/** Middle without and with the actor, and mean distance from the middle. */
type Term = { readonly name: string; readonly a: number; readonly b: number; readonly width: number };

const termOf = (name: string, without: RunTable, withActor: RunTable): readonly Term[] => {
  const [left, right] = [columnOf(without, name), columnOf(withActor, name)].map((x) => x.filter(Number.isFinite));
  if (left === undefined || right === undefined || left.length === 0 || right.length === 0) return [];
  const [a, b] = [median(left), median(right)];
  const width = left.reduce((sum, x) => sum + Math.abs(x - a), 0) / left.length;
  return a === b ? [] : [{ name, a, b, width: Math.max(width, 1e-9) }];
};

const absolute = (y: number, { a, b, width }: Term): number => (Math.abs(y - a) - Math.abs(y - b)) / width;
const linear = (y: number, { a, b, width }: Term): number => ((y - (a + b) / 2) * (b - a)) / width ** 2;

const summed = (table: RunTable, terms: readonly Term[], of: (y: number, term: Term) => number): Float64Array => {
  const score = new Float64Array(table.runs);
  for (const term of terms) {
    const column = columnOf(table, term.name);
    for (let run = 0; run < score.length; run++) {
      const y = column[run] ?? Number.NaN;
      if (!Number.isNaN(y)) score[run] = (score[run] ?? 0) + of(y, term);
    }
  }
  // Sums of the same terms in floating point differ in their last bits: rounded, equal scores are equal.
  return score.map((x) => Math.round(x * 1e9) / 1e9);
};

const columnOf = ({ columns, runs }: RunTable, name: string): Float64Array =>
  columns.get(name) ?? new Float64Array(runs).fill(Number.NaN);
