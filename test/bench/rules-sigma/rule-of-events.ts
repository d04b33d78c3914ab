import type { EventFilter, EventRule } from '../../../core/rules/schema.ts';

export type CloudEvent = Readonly<Record<string, string | number | null>>;

/** Columns that tell what is done, and neither who does it nor to what. */
const COLUMNS = ['object_type', 'outcome', 'c_identity_type', 'm_is_read_only', 'm_has_mfa'] as const;

/**
 * A rule over single moments that these events meet and the others do not: for each action the widest conjunction of it and
 * up to two further values that none of the others has. Actions without one are left out; where nothing is left, the action
 * that is most theirs.
 */
export const ruleOfEvents = (id: string, mine: readonly CloudEvent[], others: readonly CloudEvent[]): EventRule => {
  const alone: string[] = [];
  const narrowed: EventFilter[] = [];
  for (const action of new Set(mine.map((event) => String(event['action'])))) {
    const [own, foreign] = [mine, others].map((events) => events.filter((event) => event['action'] === action));
    if (own === undefined || foreign === undefined) continue;
    if (foreign.length === 0) alone.push(action);
    else narrowed.push(...telling(action, own, foreign));
  }
  const parts: EventFilter[] = [
    ...(alone.length === 0 ? [] : [{ column: 'action', op: 'in', values: alone } as const]),
    ...narrowed,
  ];
  const where =
    parts.length === 0 ? is('action', mostTheirs(mine, others)) : parts.length === 1 ? parts[0] : { any: parts };
  return {
    id,
    title: `Events of ${id}`,
    intent: '',
    author: '',
    severity: 'medium',
    effect: { kind: 'review' },
    expires: null,
    falsePositives: [],
    over: 'events',
    groupBy: ['actor_id'],
    where: where ?? null,
    window: { kind: 'event' },
    when: [{ kind: 'count', where: null, op: '>=', value: 1 }],
    exclusions: [],
  };
};

const is = (column: string, value: string | number): EventFilter => ({ column, op: '=', value });

/** Conjunctions with the action that no foreign event meets, each as it covers most of what is left. */
const telling = (
  action: string,
  own: readonly CloudEvent[],
  foreign: readonly CloudEvent[],
): readonly EventFilter[] => {
  const found: EventFilter[] = [];
  let left = own;
  while (left.length > 0) {
    const candidates = left.flatMap(conjunctions).filter((pairs) => foreign.every((event) => !has(event, pairs)));
    const counted = candidates.map((pairs) => ({ pairs, covered: left.filter((event) => has(event, pairs)).length }));
    const [best] = counted.sort((a, b) => b.covered - a.covered || a.pairs.length - b.pairs.length);
    if (best === undefined) return found;
    found.push({ all: [is('action', action), ...best.pairs.map(([column, value]) => is(column, value))] });
    left = left.filter((event) => !has(event, best.pairs));
  }
  return found;
};

type Pairs = readonly (readonly [column: string, value: string | number])[];

const conjunctions = (event: CloudEvent): readonly Pairs[] => {
  const pairs = COLUMNS.flatMap((column) => {
    const value = event[column] ?? null;
    return value === null ? [] : [[column, value] as const];
  });
  return [...pairs.map((pair) => [pair]), ...pairs.flatMap((a, i) => pairs.slice(i + 1).map((b) => [a, b]))];
};

const has = (event: CloudEvent, pairs: Pairs): boolean => pairs.every(([column, value]) => event[column] === value);

const mostTheirs = (mine: readonly CloudEvent[], others: readonly CloudEvent[]): string => {
  const share = (action: string): number => {
    const count = (events: readonly CloudEvent[]): number =>
      events.filter((event) => event['action'] === action).length;
    return count(mine) / (count(mine) + count(others));
  };
  return [...new Set(mine.map((event) => String(event['action'])))].sort((a, b) => share(b) - share(a))[0] ?? '';
};
