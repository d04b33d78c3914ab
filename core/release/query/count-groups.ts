import type { Dimension } from '../schema.ts';
import { wrongQuery } from './refuse.ts';
import { TIME_WIDTH_US } from './time-width.ts';
import { totalLabels } from './totals-of.ts';

/** A release holds at most as many groups. */
const MOST_GROUPS = 10_000_000;

/** Groups that the dimensions declare; undefined where any of them has unknown keys. Errors: `usage` for too many. */
export const countGroups = (by: readonly Dimension[]): number | undefined => {
  const groups = by.reduce((product, dimension) => product * (sizeOf(dimension) ?? 1), 1);
  if (groups > MOST_GROUPS) {
    throw wrongQuery('by', `More than ${MOST_GROUPS} groups are declared.`, 'Declare fewer keys or wider bins.');
  }
  return by.some((dimension) => sizeOf(dimension) === undefined) ? undefined : groups;
};

/** Declared groups of one dimension, its totals included; undefined where they are unknown. */
export const sizeOf = (dimension: Dimension): number | undefined => {
  switch (dimension.kind) {
    case 'unknown':
      return undefined;
    case 'keys':
      return dimension.keys.length + totalLabels(dimension).length;
    case 'bins':
      return dimension.edges.length - 1;
    case 'time':
      return (dimension.toUs - dimension.fromUs) / TIME_WIDTH_US[dimension.every] + totalLabels(dimension).length;
  }
};
