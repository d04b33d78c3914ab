import { microsOf } from '../../duration.ts';
import type { Condition, FeatureCondition, Window } from '../../schema.ts';
import { valueSql, type EventSource } from './event-source.ts';
import { compareWhole, filterSql, flag, NEVER } from './filter.ts';
import { stepsOfThreshold, stepsSql } from './steps.ts';

/** What a condition asks of each part of an event query. Its columns end in its number. */
export type Measure = {
  /** Columns of `seen`: name and expression over the event `e`. */
  readonly seen: readonly (readonly [name: string, sql: string])[];
  /** Columns that a window adds up. */
  readonly sums: readonly string[];
  /** Columns of which the running total since the group's first event is what a window holds. */
  readonly totals: readonly string[];
  /** Of these, columns of `seen`: what an event adds is taken back when it leaves the window. */
  readonly leaving: readonly string[];
  /** 0/1 columns of the steps of a sequence, in order. */
  readonly chain: readonly string[];
  /** Whether it looks at the times of each value: `value_i` of `seen`, and of how many of its events, `weight_i`. */
  readonly looksAtTimes: boolean;
  /** Rows of `times_i` that change a column beside the events. */
  readonly changes: readonly Change[];
  /** The condition over a row `w` of `windows`. */
  readonly holds: string;
};

/** `value` is added to `column` at `us`; a silent one may lie where the group has no event. */
export type Change = {
  readonly us: string;
  readonly column: string;
  readonly value: string;
  readonly where: string | null;
  readonly isSilent: boolean;
};

export type WindowCondition = Exclude<Condition, FeatureCondition>;

const EMPTY = { seen: [], sums: [], totals: [], leaving: [], chain: [], looksAtTimes: false, changes: [] };

/** The measure of the i-th condition, from 1. */
export const measureOf = (condition: WindowCondition, i: number, window: Window, source: EventSource): Measure => {
  const measure = plainMeasure(condition, i, window, source);
  return window.kind === 'sliding' && !source.dialect.hasRanges ? asTotals(measure, microsOf(window.length)) : measure;
};

/** Without ranges: what a sliding window adds up is what came so far, less what left `length` after it came. */
const asTotals = (measure: Measure, length: number): Measure => {
  const { sums, totals, seen, changes } = measure;
  const gone = changes
    .filter(({ column }) => sums.includes(column))
    .map((change) => ({ ...change, us: `${change.us} + ${length}`, value: `-${change.value}`, isSilent: true }));
  return {
    ...measure,
    sums: [],
    totals: [...totals, ...sums],
    leaving: seen.map(([name]) => name).filter((name) => sums.includes(name)),
    changes: [...changes, ...gone],
  };
};

const plainMeasure = (condition: WindowCondition, i: number, window: Window, source: EventSource): Measure => {
  const { dialect } = source;
  const threshold = (column: string, { op, value }: Threshold): string =>
    compareWhole(`w.${column}`, op, value, dialect);
  switch (condition.kind) {
    case 'count': {
      const column = `count_${i}`;
      const seen = [[column, flag(condition.where, source)]] as const;
      return { ...EMPTY, seen, sums: [column], holds: threshold(column, condition) };
    }
    case 'sum': {
      const column = `sum_${i}`;
      const steps = stepsSql(source.column(condition.column), condition.decimals, dialect);
      const counted =
        condition.where === null ? steps : `CASE WHEN ${filterSql(condition.where, source)} THEN ${steps} ELSE 0 END`;
      const value = stepsOfThreshold(condition.value, condition.decimals);
      const holds = threshold(column, { op: condition.op, value });
      return { ...EMPTY, seen: [[column, counted]], sums: [column], holds };
    }
    case 'ratio': {
      const [of, among] = [`of_${i}`, `among_${i}`];
      const both = condition.among === null ? condition.of : { all: [condition.of, condition.among] };
      const share = `${dialect.toDouble(`w.${of}`)} / NULLIF(${dialect.toDouble(`w.${among}`)}, ${dialect.number(0)})`;
      return {
        ...EMPTY,
        seen: [
          [of, flag(both, source)],
          [among, flag(condition.among, source)],
        ],
        sums: [of, among],
        holds: `${share} ${condition.op} ${dialect.number(condition.value)}`,
      };
    }
    case 'distinct': {
      const column = `distinct_${i}`;
      const value = valueSql(condition.column, source);
      const counted =
        condition.where === null ? value : `CASE WHEN ${filterSql(condition.where, source)} THEN ${value} END`;
      return {
        ...EMPTY,
        seen: [
          [`value_${i}`, counted],
          [`weight_${i}`, '1'],
        ],
        [window.kind === 'sliding' ? 'totals' : 'sums']: [column],
        looksAtTimes: true,
        changes: distinctChanges(column, window, source),
        holds: threshold(column, condition),
      };
    }
    case 'firstSeen': {
      const column = `first_${i}`;
      const where = `v.us - v.before_us > ${microsOf(condition.lookback)}`;
      return {
        ...EMPTY,
        seen: [
          [`value_${i}`, valueSql(condition.column, source)],
          [`weight_${i}`, flag(condition.where, source)],
        ],
        sums: [column],
        looksAtTimes: true,
        changes: [{ us: 'v.us', column, value: 'v.weight', where, isSilent: false }],
        holds: threshold(column, condition),
      };
    }
    case 'sequence': {
      // In the events of one timestamp nothing is later than anything.
      if (window.kind === 'event') return { ...EMPTY, holds: NEVER };
      const steps = condition.steps.map((step, j) => [`step_${i}_${j + 1}`, flag(step, source)] as const);
      const chain = steps.map(([name]) => name);
      const holds =
        window.kind === 'sliding' ? `w.chain_${i} > w.us - ${microsOf(window.length)}` : `w.chain_${i} IS NOT NULL`;
      return { ...EMPTY, seen: steps, chain, holds };
    }
  }
};

type Threshold = Pick<Extract<Condition, { kind: 'count' }>, 'op' | 'value'>;

/**
 * How the number of different values changes: a value is in a sliding window from each of its events until `length` after it,
 * or until its next event if that comes sooner; in a tumbling one from its first event in it.
 */
const distinctChanges = (column: string, window: Window, source: EventSource): readonly Change[] => {
  if (window.kind === 'event') return [{ us: 'v.us', column, value: '1', where: null, isSilent: false }];
  const length = microsOf(window.length);
  if (window.kind === 'tumbling') {
    const where = `v.before_us < ${bucketSql('v.us', length, source)}`;
    return [{ us: 'v.us', column, value: '1', where, isSilent: false }];
  }
  return [
    { us: 'v.us', column, value: '1', where: `v.us - v.before_us >= ${length}`, isSilent: false },
    { us: `v.us + ${length}`, column, value: '-1', where: `v.after_us - v.us >= ${length}`, isSilent: true },
  ];
};

/** Start of the tumbling window of a time; the remainder is made positive, for times before 1970. */
export const bucketSql = (us: string, length: number, { dialect }: EventSource): string =>
  `${us} - ${dialect.remainder(`(${dialect.remainder(us, String(length))} + ${length})`, String(length))}`;
