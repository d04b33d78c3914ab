import { compareRational, parseRational, rational, type Rational } from '../../math/rational.ts';
import type { Measure } from '../schema.ts';
import { wrongQuery } from './refuse.ts';
import type { QueryShape } from './shape.ts';

/** The one thing a query measures. Errors: `usage` for none, for two, and for settings of another measure. */
export const readMeasure = (shape: QueryShape): Measure => {
  const named = MEASURES.filter((name) => shape[name] !== undefined);
  if (named.length !== 1) {
    throw wrongQuery('measure', 'A query measures exactly one thing.', `Give one of ${MEASURES.join(', ')}.`);
  }
  if (shape.of !== undefined && shape.top === undefined) {
    throw wrongQuery('of', 'Only "top" has "of".', 'Leave it out.');
  }
  if (shape.probabilities !== undefined && shape.quantiles === undefined) {
    throw wrongQuery('probabilities', 'Only "quantiles" has "probabilities".', 'Leave them out.');
  }
  if (shape.intervals !== undefined && shape.quantiles === undefined) {
    throw wrongQuery('intervals', 'Only "quantiles" has "intervals".', 'Leave it out: the others have theirs anyway.');
  }
  const { count, quantiles, top, findBounds, findContributions } = shape;
  if (shape.beyond !== undefined && findBounds === undefined && findContributions === undefined) {
    throw wrongQuery('beyond', 'Only "findBounds" and "findContributions" have "beyond".', 'Leave it out.');
  }
  if (findBounds !== undefined || findContributions !== undefined) {
    if (shape.beyond === undefined) {
      const next = 'Add "beyond": how many may lie outside; about groups / epsilon of the query to come.';
      throw wrongQuery('beyond', 'How many may lie beyond the bounds is missing.', next);
    }
    if (findBounds !== undefined) return { kind: 'bounds', column: findBounds, beyond: shape.beyond };
    if (shape.source === 'actors') {
      throw wrongQuery('findContributions', 'The actors table has one row per actor.', 'Leave "source" out.');
    }
    return { kind: 'contributions', beyond: shape.beyond };
  }
  if (count !== undefined) {
    if (shape.source === 'actors' && count === 'events') {
      throw wrongQuery('count', 'The actors table has no events to count.', 'Count actors, or sum event_count.');
    }
    return { kind: 'count', of: count };
  }
  if (top !== undefined) {
    if (shape.of === undefined)
      throw wrongQuery('of', 'What "top" counts is missing.', 'Add "of": "events" or "actors".');
    if (shape.source === 'actors' && shape.of === 'events') {
      throw wrongQuery('of', 'The actors table has no events to count.', 'Write "of": "actors".');
    }
    return { kind: 'top', k: top, of: shape.of };
  }
  if (quantiles !== undefined) {
    const measure = { kind: 'quantiles', column: quantiles, probabilities: readProbabilities(shape) } as const;
    return shape.intervals === true ? { ...measure, intervals: true } : measure;
  }
  for (const kind of ['sum', 'mean', 'variance'] as const) {
    const column = shape[kind];
    if (column !== undefined) return { kind, column };
  }
  throw wrongQuery('measure', 'A query measures exactly one thing.', `Give one of ${MEASURES.join(', ')}.`);
};

const MEASURES = ['count', 'sum', 'mean', 'variance', 'quantiles', 'top', 'findBounds', 'findContributions'] as const;

const readProbabilities = ({ probabilities }: QueryShape): readonly Rational[] => {
  if (probabilities === undefined) {
    throw wrongQuery('probabilities', 'Quantiles need probabilities.', 'Add "probabilities": [0.25, 0.5, 0.75].');
  }
  const read = probabilities.map((each) => parseRational(String(each)));
  const isAscending = read.every((each, i) => compareRational(each, read[i - 1] ?? rational(0)) > 0);
  if (!isAscending || read.some((each) => compareRational(each, rational(1)) >= 0)) {
    throw wrongQuery(
      'probabilities',
      'Probabilities are not ascending between 0 and 1.',
      'Order them, 0 and 1 left out.',
    );
  }
  return read;
};
