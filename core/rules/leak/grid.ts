/** Which way a number off the grid goes. */
export type Direction = 'down' | 'up' | 'nearest';

/** Significant digits that a threshold of an exported rule may have; what they cost in F1 is in docs/rules.md. */
const GRID_DIGITS = 2;

/**
 * The number of the grid next to a value: 0 and every number of two significant digits (12, 0.35, 4100). The grid is the
 * same for all data. Errors: RangeError for what is not finite, or where no number of the grid lies in the direction.
 */
export const gridRound = (value: number, direction: Direction): number => {
  const nearest = toGrid(value);
  if (direction === 'nearest' || nearest === value) return finite(nearest);
  if (direction === 'down') return nearest < value ? nearest : finite(neighbour(nearest, -1));
  return nearest > value ? finite(nearest) : finite(neighbour(nearest, 1));
};

/** Whether a number has at most two significant digits. */
export const isOnGrid = (value: number): boolean => Number.isFinite(value) && toGrid(value) === value;

const toGrid = (value: number): number => Number(value.toPrecision(GRID_DIGITS));

/** The next number of the grid above (1) or below (−1) one that is on it and is not 0. */
const neighbour = (value: number, towards: 1 | -1): number => {
  const [mantissa = '', exponent = ''] = Math.abs(value)
    .toExponential(GRID_DIGITS - 1)
    .split('e');
  const digits = Number(mantissa.replace('.', ''));
  const isAway = value > 0 === (towards === 1);
  const smallest = 10 ** (GRID_DIGITS - 1);
  const power = Number(exponent) - GRID_DIGITS + 1;
  const next = isAway
    ? `${digits + 1}e${power}`
    : digits > smallest
      ? `${digits - 1}e${power}`
      : `${10 * smallest - 1}e${power - 1}`;
  return Math.sign(value) * Number(next);
};

const finite = (value: number): number => {
  if (!Number.isFinite(value)) throw new RangeError('no number of the grid');
  return value === 0 ? 0 : value;
};
