import {
  compareRational,
  divideRational,
  parseRational,
  rational,
  toNumber,
  type Rational,
} from '../../math/rational.ts';
import type { Bounds, Grid, Measure } from '../schema.ts';
import { wrongQuery } from './refuse.ts';
import type { QueryShape } from './shape.ts';

/**
 * What one actor may contribute. A bound is 1 without being written only where the query allows no more: one group where
 * nothing is grouped by, one row where actors are counted or the table has one row per actor. Every other missing bound is
 * a `usage` error: there is no default, and none is taken from the data.
 */
export const readBounds = (shape: QueryShape, measure: Measure): Bounds => {
  const { bounds, by, source } = shape;
  const perActor = source === 'actors';
  const countsActors = (measure.kind === 'count' || measure.kind === 'top') && measure.of === 'actors';
  return {
    groupsPerActor: contribution('groupsPerActor', bounds.groupsPerActor, by.length === 0 || perActor),
    rowsPerGroup: contribution('rowsPerGroup', bounds.rowsPerGroup, countsActors || perActor),
    grid: 'column' in measure ? readGrid(bounds) : noGrid(bounds),
  };
};

const contribution = (
  name: 'groupsPerActor' | 'rowsPerGroup',
  given: number | undefined,
  isOneByNature: boolean,
): number => {
  if (!isOneByNature) {
    if (given === undefined) throw missing(name, 'a whole number from 1 up');
    return given;
  }
  if (given === undefined || given === 1) return 1;
  throw wrongQuery(`bounds.${name}`, 'The query allows an actor only one.', 'Write 1, or leave it out.');
};

/** More cells than this lose exactness in sums: see `sumByGroup`. */
const MOST_CELLS = 2 ** 42;

const readGrid = ({ value, step }: QueryShape['bounds']): Grid => {
  if (value === undefined) throw missing('value', '[low, high]');
  if (step === undefined) throw missing('step', 'the width of the grid that values are rounded to');
  const width = parseRational(String(step));
  if (compareRational(width, rational(0)) <= 0) {
    throw wrongQuery('bounds.step', 'The step of the grid is not above 0.', 'Give a number above 0.');
  }
  const [low, high] = value;
  const lowCells = cells(parseRational(String(low)), width);
  const highCells = cells(parseRational(String(high)), width);
  if (lowCells >= highCells) {
    throw wrongQuery('bounds.value', 'The bounds of the value do not ascend.', 'Write [low, high].');
  }
  return { step: width, lowCells, highCells };
};

const noGrid = ({ value, step }: QueryShape['bounds']): undefined => {
  if (value === undefined && step === undefined) return undefined;
  throw wrongQuery('bounds', 'A count reads no value.', 'Leave "value" and "step" out.');
};

const cells = (bound: Rational, step: Rational): number => {
  const { numerator, denominator } = divideRational(bound, step);
  if (denominator !== 1n) {
    throw wrongQuery('bounds.value', 'A bound is no multiple of the step.', 'Move the bound or change the step.');
  }
  const whole = toNumber({ numerator, denominator });
  if (Math.abs(whole) > MOST_CELLS) {
    throw wrongQuery('bounds.step', 'The grid has too many cells.', 'Choose a larger step.');
  }
  return whole;
};

const missing = (name: string, what: string): Error =>
  wrongQuery(
    `bounds.${name}`,
    `The query says no "${name}".`,
    `Add ${what}: what one actor may contribute is never guessed.`,
  );
