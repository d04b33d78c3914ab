import { conditionsOf } from '../form/filters-of.ts';
import { literalsOf } from '../form/literals-of.ts';
import type { Condition, Rule } from '../schema.ts';
import { gridRound, isOnGrid } from './grid.ts';
import type { LeakEvidence } from './evidence.ts';
import { leak, type Leak } from './leak.ts';

/** Every number of the rule lies on the grid: thresholds, numbers compared with, lengths of time. */
export const checkThresholds = (rule: Rule, _evidence: LeakEvidence): readonly Leak[] => [
  ...literalsOf(rule).flatMap(({ path, value }) =>
    typeof value === 'number' && !isOnGrid(value) ? [offGrid(path, value)] : [],
  ),
  ...conditionsOf(rule).flatMap(({ path, condition }) => [
    ...('value' in condition && !isThresholdOnGrid(condition) ? [offGrid(`${path}.value`, condition.value)] : []),
    ...(condition.kind === 'firstSeen' ? ofDuration(`${path}.lookback`, condition.lookback) : []),
  ]),
  ...(rule.over === 'events' && rule.window.kind !== 'event' ? ofDuration('window.length', rule.window.length) : []),
];

/** Percentiles and shares may as well be on the grid counted from their upper end: 99.5, 0.995. */
const isThresholdOnGrid = (condition: Extract<Condition, { readonly value: number }>): boolean => {
  if (isOnGrid(condition.value)) return true;
  if (condition.kind !== 'percentile' && condition.kind !== 'ratio') return false;
  const top = condition.kind === 'percentile' ? 100 : 1;
  return isOnGrid(Number((top - condition.value).toPrecision(12)));
};

const ofDuration = (path: string, duration: string): readonly Leak[] => {
  const count = Number(duration.slice(0, -1));
  return isOnGrid(count) ? [] : [offGrid(path, count)];
};

/** The neighbours on the grid follow from the number alone, which the rule says anyway. */
const offGrid = (at: string, value: number): Leak => {
  const message = 'This number has more than two significant digits: it could be the value of one actor.';
  return leak('off-grid', at, message, `Write ${gridRound(value, 'nearest')}, or another number of two digits.`);
};
