import type { Condition, EventRule, Window } from '../schema.ts';
import { isFeatureCondition, type WindowCondition } from './compile-condition.ts';

/** Which windows of the rules of a view can wait with a group until it has events enough, and how many are enough. */
export type Patience = {
  waits(window: Window): boolean;
  /** Fewer events than this in the longest of these windows, and no rule of one of them holds; Infinity where none waits. */
  readonly enough: number;
};

/** Fewer to wait for are not worth it. */
const WORTH_WAITING = 3;
/** More are not waited for: what waits is looked through at once, and one event may add as much to what is remembered. */
const MOST_WAITING = 4096;

/**
 * A window waits if each rule that looks through it needs some events before it can hold, and each of its conditions can be
 * told of events later than they came; and only where one of them keeps more of a group than numbers, which cost as much.
 */
export const patienceOf = (rules: readonly EventRule[]): Patience => {
  const needed = new Map<string, { events: number; isCostly: boolean }>();
  for (const rule of rules) {
    const key = JSON.stringify(rule.window);
    const { events, isCostly } = needed.get(key) ?? { events: Infinity, isCostly: false };
    const own = rule.when.every(canWait) ? Math.max(...rule.when.map(eventsNeeded)) : 0;
    needed.set(key, { events: Math.min(events, own), isCostly: isCostly || keepsMoments(rule) });
  }
  const waiting = [...needed].filter(([, { events }]) => events >= WORTH_WAITING);
  const keys = new Set(waiting.map(([key]) => key));
  const isWorthIt = waiting.some(([, { isCostly }]) => isCostly);
  return {
    waits: (window) => isWorthIt && keys.has(JSON.stringify(window)),
    enough: isWorthIt ? Math.min(MOST_WAITING, ...waiting.map(([, { events }]) => events)) : Infinity,
  };
};

/** Whether its conditions keep more than a few numbers of each group. */
const keepsMoments = ({ window, when }: EventRule): boolean =>
  window.kind === 'sliding' || when.some(({ kind }) => kind === 'distinct');

const WAITING: ReadonlySet<WindowCondition['kind']> = new Set(['count', 'distinct', 'firstSeen', 'ratio']);
const canWait = (condition: Condition): boolean => isFeatureCondition(condition) || WAITING.has(condition.kind);

/** Events that must be in a window before a condition on it can hold. */
const eventsNeeded = (condition: Condition): number => {
  if (condition.kind !== 'count' && condition.kind !== 'distinct' && condition.kind !== 'firstSeen') return 1;
  const { op, value } = condition;
  if (op === '<' || op === '<=') return 1;
  return Math.max(1, op === '>' ? Math.floor(value) + 1 : Math.ceil(value));
};
