import type { JsonValue } from '../keys/index.ts';
import type { ReleasePlan } from '../plan.ts';
import { sizeOf, TIME_WIDTH_US } from '../query/index.ts';
import type { Dimension } from '../schema.ts';

/** Groups that an audit releases again and again, beyond those that one actor may be in. */
const SPARE_GROUPS = 24;

/**
 * The query with the ends of its declared lists cut off, so that many releases of it take little time: an actor can still be
 * in as many groups as before, and in more than allowed, so that mechanism and noise stay the same. Unknown keys stay so.
 */
export const withFewerGroups = (json: JsonValue, { query, groups }: ReleasePlan): JsonValue => {
  if (typeof json !== 'object' || json === null || !('by' in json)) return json;
  const enough = 3 * Math.min(query.bounds.groupsPerActor, groups ?? 1) + SPARE_GROUPS;
  const sizes = query.by.map((dimension) => sizeOf(dimension));
  const product = (): number => sizes.reduce((all: number, size) => all * (size ?? 1), 1);
  for (let cut = true; cut && product() > enough;) {
    const most = Math.max(...sizes.map((size) => size ?? 0));
    const longest = sizes.indexOf(most);
    const halved = Math.max(1, Math.ceil(most / 2));
    cut = most > 1 && (product() / most) * halved >= enough / 2;
    if (cut) sizes[longest] = halved;
  }
  return { ...json, by: query.by.map((dimension, d) => shortened(dimension, sizes[d])) };
};

const shortened = (dimension: Dimension, size = 0): JsonValue => {
  switch (dimension.kind) {
    case 'unknown':
      return { column: dimension.column, keys: 'unknown' };
    case 'keys':
      return { column: dimension.column, keys: dimension.keys.slice(0, size) };
    case 'bins':
      return { column: dimension.column, bins: dimension.edges.slice(0, size + 1) };
    case 'time': {
      const { column, every, fromUs } = dimension;
      const time = (us: number): string => new Date(us / 1000).toISOString();
      return { column, every, from: time(fromUs), to: time(fromUs + size * TIME_WIDTH_US[every]) };
    }
  }
};
