import { NightjarError } from '../../api/errors.ts';
import { codeGroups, type CodedGroups } from '../bounding/index.ts';
import { parseQuery } from '../query/index.ts';
import type { Dimension, KeyColumn, ReleaseQuery } from '../schema.ts';
import type { ReleaseBody } from './shape.ts';

/**
 * Whether the released groups are the declared ones: all of them where every key is declared, each once, in their order;
 * where some keys are unknown, each group once, in order of the text of its keys, and declared keys only where keys were
 * declared. (The order in which data bring unknown keys would tell something about the data.)
 */
export const checkGroups = (release: ReleaseBody): readonly string[] => {
  let query: ReleaseQuery;
  let declared: CodedGroups;
  try {
    query = parseQuery(release.query);
    declared = codeGroups(query.by, query.by.map(withoutRows), 0);
  } catch (error) {
    if (error instanceof NightjarError) return ['The query does not say which groups there are.'];
    throw error;
  }
  const { keys } = release;
  if (keys.length !== query.by.length || keys.some(({ column }, i) => column !== query.by[i]?.column)) {
    return ['The columns of keys are not those of the query.'];
  }
  const count = groupsIn(release);
  if (count === undefined) return ['The columns are not of one length.'];
  const hasUnknown = query.by.some(({ kind }) => kind === 'unknown');
  return hasUnknown || query.measure.kind === 'top'
    ? chosenGroups(keys, declared, query, count)
    : allGroups(keys, declared, count);
};

/** Released groups: the length that all columns share; undefined where they do not. */
export const groupsIn = ({ keys, columns }: ReleaseBody): number | undefined => {
  const lengths = [
    ...keys.map(({ of }) => of.length),
    ...columns.flatMap(({ value, low, high }) => [value.length, low.length, high.length]),
  ];
  const [first = 0] = lengths;
  return lengths.every((length) => length === first) ? first : undefined;
};

const allGroups = (keys: ReleaseBody['keys'], declared: CodedGroups, count: number): readonly string[] => {
  if (declared.groups !== count) return ['Not all declared groups are released, or more than those.'];
  for (let group = 0; group < count; group++) {
    const isRight = declared.keysOf(group).every((place, i) => declared.labels[i]?.[place] === keys[i]?.of[group]);
    if (!isRight) return ['A released group is not the declared one in its place.'];
  }
  return [];
};

const chosenGroups = (
  keys: ReleaseBody['keys'],
  { labels }: CodedGroups,
  { by }: ReleaseQuery,
  count: number,
): readonly string[] => {
  const faults: string[] = [];
  for (const [i, dimension] of by.entries()) {
    const allowed = new Set(labels[i]);
    const isOutside = dimension.kind !== 'unknown' && keys[i]?.of.some((key) => !allowed.has(key));
    if (isOutside === true) faults.push('A released group has a key that was not declared.');
  }
  const rows = Array.from({ length: count }, (_, group) => JSON.stringify(keys.map(({ of }) => of[group])));
  if (new Set(rows).size < count) faults.push('A group is released twice.');
  return faults;
};

const withoutRows = ({ kind }: Dimension): KeyColumn =>
  kind === 'bins' || kind === 'time' ? new Float64Array(0) : { codes: new Int32Array(0), levels: [] };
