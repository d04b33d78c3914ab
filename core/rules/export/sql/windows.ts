import { microsOf } from '../../duration.ts';
import { hasSilentChanges } from './instants.ts';
import type { EventParts, Numbered } from './parts.ts';
import { listed, over, part, select, taken, type Column } from './select.ts';

/**
 * For each sequence, where the instant can be its j-th step, the latest start of a chain of its first j steps that end
 * there, each later than the one before; one part per j, because windows do not nest.
 */
export const chains = (query: EventParts): readonly string[] => {
  const keys = query.rule.window.kind === 'tumbling' ? [...query.groups, 'bucket'] : query.groups;
  const earlier = over('i', keys, 'ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING');
  return Array.from({ length: longestChain(query) - 1 }, (_, k) => {
    const j = k + 2;
    const starts = sequences(query)
      .filter(({ measure }) => measure.chain.length >= j)
      .map(({ i }): Column => {
        const start = j === 2 ? `CASE WHEN i.step_${i}_1 = 1 THEN i.us END` : `i.start_${i}_${j - 1}`;
        return [`start_${i}_${j}`, `CASE WHEN i.step_${i}_${j} = 1 THEN MAX(${start}) ${earlier} END`];
      });
    const all = starts.map(([name, sql]) => `${sql} AS ${name}`).join(', ');
    return part(`chains_${j}`, [`SELECT i.*, ${all}`, `FROM ${j === 2 ? 'instants' : `chains_${j - 1}`} AS i`]);
  });
};

const sequences = ({ numbered }: EventParts): readonly Numbered[] =>
  numbered.filter(({ measure }) => measure.chain.length > 0);
const longestChain = (query: EventParts): number =>
  Math.max(1, ...sequences(query).map(({ measure }) => measure.chain.length));

/** One row per group and moment, with what each condition compares. */
export const windows = (query: EventParts): string => {
  const { rule, groups, numbered } = query;
  const { window } = rule;
  const sums = numbered.flatMap(({ measure }) => measure.sums);
  const totals = numbered.flatMap(({ measure }) => measure.totals);
  const starts = sequences(query).map(({ i, measure }): Column => [
    `chain_${i}`,
    `i.start_${i}_${measure.chain.length}`,
  ]);
  const longest = longestChain(query);
  const from = `FROM ${longest === 1 ? 'instants' : `chains_${longest}`} AS i`;
  if (window.kind === 'tumbling') {
    return part('windows', [
      ...select([
        ...taken('i', groups),
        ['us', 'i.bucket'],
        ...sums.map((name): Column => [name, `SUM(i.${name})`]),
        ...starts.map(([name, start]): Column => [name, `MAX(${start})`]),
      ]),
      from,
      `GROUP BY ${listed('i', [...groups, 'bucket'])}`,
    ]);
  }
  const inWindow =
    window.kind === 'event'
      ? (name: string): string => `i.${name}`
      : (name: string): string => `SUM(i.${name}) ${over('i', groups, slidingFrame(microsOf(window.length)))}`;
  return part('windows', [
    ...select([
      ...taken('i', [...groups, 'us', ...(hasSilentChanges(query) ? ['moments'] : [])]),
      ...sums.map((name): Column => [name, inWindow(name)]),
      ...totals.map((name): Column => [name, `SUM(i.${name}) ${over('i', groups, SO_FAR)}`]),
      ...starts,
    ]),
    from,
  ]);
};

/** (t − length, t] in whole microseconds. */
const slidingFrame = (length: number): string => `RANGE BETWEEN ${length - 1} PRECEDING AND CURRENT ROW`;
/** Instants of a group have different times, so that rows are as good as a range, and cheaper. */
const SO_FAR = 'ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW';
