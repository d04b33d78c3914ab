import type { QueueSort } from '../contract/explore.ts';
import { NightjarError } from '../errors.ts';
import type { FeedbackModel } from './feedback.ts';
import type { Model } from './model.ts';

/**
 * The rows in the asked order; equal ones by rank. By a score, whoever has too few events to be ranked comes last, whichever
 * way round. Errors: `usage` for something the queue is not sorted by.
 */
export const orderRows = (
  rows: Uint32Array,
  sort: QueueSort,
  model: Model,
  feedback: FeedbackModel | null,
): Uint32Array => {
  if (sort.by === 'rank') return sort.descending ? rows.slice().reverse() : rows;
  const values = valuesOf(sort.by, model, feedback);
  const known = NOT_SCORES.has(sort.by) ? values.length : model.ranked;
  const sign = sort.descending ? -1 : 1;
  // What is not known comes last, whichever way round.
  const key = (row: number): number => {
    const value = row < known ? (values[row] ?? Number.NaN) : Number.NaN;
    return Number.isNaN(value) ? Number.POSITIVE_INFINITY : sign * value;
  };
  const keys = Float64Array.from(rows, key);
  const order = Uint32Array.from(rows.keys()).sort((a, b) => {
    const [x, y] = [keys[a] ?? 0, keys[b] ?? 0];
    return x === y ? a - b : x - y;
  });
  return order.map((i) => rows[i] ?? 0);
};

/** What is known of everybody. */
const NOT_SCORES: ReadonlySet<string> = new Set(['events', 'lastSeen', 'feedback']);

const valuesOf = (by: string, model: Model, feedback: FeedbackModel | null): Float64Array | Uint32Array => {
  if (by === 'events') return model.events;
  if (by === 'lastSeen') return model.lastSeen;
  if (by === 'score' || by === 'ensemble') return model.score;
  if (by === 'feedback') {
    if (feedback !== null) return feedback.placeOf;
    throw new NightjarError('usage', 'The verdicts have made no order yet.', {
      where: 'sort',
      next: 'Rank by the verdicts first.',
    });
  }
  const detector = model.detectors.find(({ name }) => name === by);
  if (detector !== undefined) return detector.score;
  const names = ['rank', 'events', 'lastSeen', ...model.detectors.map(({ name }) => name)];
  throw new NightjarError('usage', 'The queue cannot be sorted by this.', {
    where: 'sort',
    next: `Sort by ${names.join(', ')}.`,
  });
};
