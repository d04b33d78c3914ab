import { NightjarError } from '../../api/errors.ts';
import { drawInOrder, type Random } from '../../random/index.ts';
import { DEFAULT_K } from '../leak/evidence.ts';
import { gridRound } from '../leak/grid.ts';
import { rowsOf, type Bitset } from './bitset.ts';
import { encode, supportedCuts, MOST_CUTS } from './codes.ts';
import { cutPoints } from './cuts.ts';
import { eventColumns } from './event-columns.ts';
import { tableOfEvents } from './event-table.ts';
import type { Table } from './table.ts';
import type { Meaning } from './to-rule.ts';
import type { InduceFeature, InduceInput } from './types.ts';

/** Values that quantiles are taken of, and positives among them. */
const MOST_VALUES = 2000;
const MOST_POSITIVES = 500;

/** A table to learn on, and what its columns mean. */
export type Prepared = { readonly table: Table; readonly meanings: readonly Meaning[] };

/** Codes the features, and what happened in windows of time, by thresholds taken from the training part. */
export const prepare = (input: InduceInput, training: Bitset, random: Random): Prepared => {
  const { features, labels, events, infos, counts, ofCounted, k = DEFAULT_K } = input;
  const own = infos.flatMap((feature): { feature: InduceFeature; values: Float64Array }[] => {
    const values = features.columns.get(feature.name);
    return values === undefined ? [] : [{ feature, values }];
  });
  const allWindowed = events === undefined ? [] : eventColumns(tableOfEvents(events, features.actors), k, ofCounted);
  const windowed = allWindowed.filter(({ kind }) => counts?.includes(kind) ?? true);
  const columns = [...own.map(({ values }) => values), ...windowed.map(({ values }) => values)];
  if (columns.length === 0) {
    throw new NightjarError('input', 'There are no features that rules could speak of.', {
      next: 'Detect first: features are built then.',
    });
  }
  const learned = rowsOf(training);
  const some = drawn(learned, MOST_VALUES, random.fork('all'));
  const positives = drawn(
    learned.filter((row) => labels[row] === 1),
    MOST_POSITIVES,
    random.fork('positive'),
  );
  const cuts = columns.map((values) => {
    return thin(cutPoints(valuesAt(values, some), valuesAt(values, positives), gridRound));
  });
  const codes = encode(columns, cuts);
  const lengths = [...new Set(windowed.map(({ window }) => window))];
  return {
    table: {
      codes,
      labels: oneOrNone(labels),
      usable: supportedCuts(codes, k),
      worse: [...own.map(({ feature }) => feature.worse), ...windowed.map(() => 'high' as const)],
      logs: logsUpTo(labels.length),
      windows: Uint8Array.from([...own.map(() => 0), ...windowed.map(({ window }) => lengths.indexOf(window) + 1)]),
    },
    meanings: [...own.map(({ feature }) => ({ feature })), ...windowed.map((column) => ({ events: column }))],
  };
};

// Plain loops, as they run over all actors: `from` with a function takes ten times as long.

const oneOrNone = (labels: Int8Array): Uint8Array => {
  const ones = new Uint8Array(labels.length);
  for (let row = 0; row < labels.length; row++) if (labels[row] === 1) ones[row] = 1;
  return ones;
};

const logsUpTo = (most: number): Float64Array => {
  const logs = new Float64Array(most + 1);
  for (let count = 1; count <= most; count++) logs[count] = Math.log(count);
  return logs;
};

const valuesAt = (values: Float64Array, rows: Uint32Array): Float64Array => {
  const taken = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) taken[i] = values[rows[i]!]!; // hot: rows are those of the table
  return taken;
};

const drawn = (rows: Uint32Array, most: number, random: Random): Uint32Array =>
  rows.length <= most ? rows : Uint32Array.from(drawInOrder(rows.length, random, most), (at) => rows[at] ?? 0);

const thin = (cuts: Float64Array): Float64Array =>
  cuts.length <= MOST_CUTS ? cuts : cuts.filter((_, i) => i % Math.ceil(cuts.length / MOST_CUTS) === 0);
