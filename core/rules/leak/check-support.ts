import { conditionsOf, filtersOf, nodesOf } from '../form/filters-of.ts';
import type { Condition, EventFilter, Rule } from '../schema.ts';
import type { LeakEvidence } from './evidence.ts';
import { leak, type Leak } from './leak.ts';

/** Every condition, every part of a filter and the whole rule, by itself, is about at least k actors. */
export const checkSupport = (rule: Rule, { k, sides }: LeakEvidence): readonly Leak[] => {
  const check = (at: string, hasThreshold: boolean): readonly Leak[] => {
    const { firing, other } = sides.get(at) ?? NOBODY;
    if (firing < k) return [fewFiring(at, k)];
    return other >= k || (other === 0 && !hasThreshold) ? [] : [fewOthers(at, k)];
  };
  return [
    ...conditionsOf(rule).flatMap(({ path, condition }) => check(path, hasThreshold(condition))),
    ...filtersOf(rule)
      .flatMap(nodesOf)
      .flatMap(({ path, filter }) => check(path, comparesNumber(filter))),
    ...check('', false),
  ];
};

const NOBODY = { firing: 0, other: 0 };

const fewFiring = (at: string, k: number): Leak =>
  at === ''
    ? leak(
        'few-actors',
        at,
        `The rule hits fewer than ${k} actors.`,
        'Widen it: fewer conditions, or lower thresholds.',
      )
    : leak('few-actors', at, `This holds for fewer than ${k} actors.`, 'Widen it, or remove it.');

const fewOthers = (at: string, k: number): Leak =>
  at === ''
    ? leak('few-actors', at, `The rule leaves fewer than ${k} actors unhit.`, 'Narrow it: it tells them apart.')
    : leak(
        'few-actors',
        at,
        `Fewer than ${k} actors are on the other side of this.`,
        'Move the threshold, or remove it.',
      );

/** A threshold beyond all actors would tell their extreme. That there is one event at all is none. */
const hasThreshold = (condition: Condition): boolean => {
  if (condition.kind === 'sequence') return false;
  const isCount = condition.kind === 'count' || condition.kind === 'distinct' || condition.kind === 'firstSeen';
  const { op, value } = condition;
  return !(isCount && ((op === '>=' && value === 1) || (op === '>' && value === 0)));
};

const comparesNumber = (filter: EventFilter): boolean => 'value' in filter && typeof filter.value === 'number';
