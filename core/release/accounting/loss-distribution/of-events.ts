import { formatRational, type Rational } from '../../../math/rational.ts';
import { requireLossEvent, type LossEvent } from '../loss-event.ts';
import { atomsOf } from './atoms.ts';
import { composed, composedTimes } from './compose.ts';
import { onGrid, type LossDistribution, type Precision } from './loss-distribution.ts';

/** Of δ, what truncation may cost at most. */
const TAIL_SHARE = 2 ** -10;
/** Losses kept per distribution: by measurement, 2^12 are within 1e-3 of the true ε; many kinds of events get fewer. */
const POINTS = 2 ** 12;
const POINTS_FOR_MANY = 2 ** 10;
const MANY = 40;

/**
 * The privacy loss distribution of running all these events, whose parameters are fixed beforehand; it errs upwards.
 * `delta`, above 0, is the δ it will be asked for: truncation adds at most a thousandth of it. The order of events does
 * not matter, to the last bit. Undefined for events that cost nothing.
 */
export const lossDistributionOf = (events: Iterable<LossEvent>, delta: number): LossDistribution | undefined => {
  const groups = groupsOf(events);
  let total = 0;
  for (const { times } of groups) total += times;
  if (total === 0) return undefined;
  // each result is trimmed once; what is cut from it is repeated at most `total` times in what follows
  const results = groups.length + groups.reduce((sum, { times }) => sum + 2 * Math.ceil(Math.log2(times + 1)), 0);
  const tail = (delta * TAIL_SHARE) / (2 * total * results);
  const precision: Precision = { points: groups.length > MANY ? POINTS_FOR_MANY : POINTS, tail };
  const parts = groups.map(({ event, times }) =>
    composedTimes(onGrid(atomsOf(event, tail), precision), times, precision),
  );
  // the finest grids first: a coarse one would blur them
  while (parts.length > 1) {
    parts.sort((a, b) => a.step - b.step || a.mass.length - b.mass.length);
    const [first, second] = parts.splice(0, 2);
    if (first !== undefined && second !== undefined) parts.push(composed(first, second, precision));
  }
  return parts[0];
};

type Group = { readonly event: LossEvent; times: number };

/** Equal events once, with how often they ran; numbers of a vector count as runs. In an order of their own. */
const groupsOf = (events: Iterable<LossEvent>): Group[] => {
  const groups = new Map<string, Group>();
  for (const event of events) {
    requireLossEvent(event);
    if (isFree(event)) continue;
    const times = 'coordinates' in event ? event.coordinates : event.kind === 'bounded-range' ? event.choices : 1;
    const key = keyOf(event);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { event, times });
    else group.times += times;
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
};

const isFree = (event: LossEvent): boolean => {
  if (event.kind === 'pure' || event.kind === 'bounded-range') return event.epsilon.numerator === 0n;
  if (event.kind === 'zcdp') return event.rho.numerator === 0n;
  if (event.kind === 'selection' || event.kind === 'approximate') {
    return event.epsilon.numerator === 0n && event.delta.numerator === 0n;
  }
  return false;
};

const keyOf = (event: LossEvent): string => {
  const parts = (...values: Rational[]): string => values.map(formatRational).join(' ');
  switch (event.kind) {
    case 'discrete-laplace':
      return `laplace ${parts(event.sensitivity, event.scale)}`;
    case 'discrete-gaussian':
      return `gaussian ${parts(event.sensitivity, event.sigmaSquared)}`;
    case 'pure':
      return `approximate ${parts(event.epsilon)} 0`;
    case 'selection':
    case 'approximate':
      return `approximate ${parts(event.epsilon, event.delta)}`;
    case 'zcdp':
      return `zcdp ${parts(event.rho)}`;
    case 'bounded-range':
      return `bounded range ${parts(event.epsilon)}`;
  }
};
