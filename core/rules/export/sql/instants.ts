import { microsOf } from '../../duration.ts';
import { bucketSql } from './measures.ts';
import { addedUp, steps, type EventParts } from './parts.ts';
import { listed, over, part, select, taken, where, type Column } from './select.ts';

/** Further than any time from any other, and still far from the end of BIGINT. */
const FAR = '4000000000000000000';

/** Whether something beside the events changes what a window holds. */
export const hasChanges = ({ numbered }: EventParts): boolean =>
  numbered.some(({ measure }) => measure.changes.length > 0 || measure.leaving.length > 0);

/** Whether it may do so where the group has no event: such an instant is no moment to look at. */
export const hasSilentChanges = ({ numbered }: EventParts): boolean =>
  numbered.some(({ measure }) => measure.leaving.length > 0 || measure.changes.some(({ isSilent }) => isSilent));

/** The times of each value of the i-th condition's column in each group. */
export const times = (i: number, { groups, source }: EventParts): string => {
  const inOrder = over('t', [...groups, 'of_value']);
  return part(`times_${i}`, [
    ...select([
      ...taken('t', [...groups, 'us', 'weight']),
      ['before_us', `LAG(t.us, 1, -${FAR}) ${inOrder}`],
      ['after_us', `LEAD(t.us, 1, ${FAR}) ${inOrder}`],
    ]),
    'FROM (',
    ...select([
      ...taken('s', [...groups, 'us']),
      ['of_value', `s.value_${i}`],
      ['weight', source.dialect.signed(`SUM(s.weight_${i})`)],
    ]).map((line) => `  ${line}`),
    `  FROM seen AS s WHERE s.value_${i} IS NOT NULL`,
    `  GROUP BY ${listed('s', [...groups, 'us', `value_${i}`])}`,
    ') AS t',
  ]);
};

/** The events, and beside them what comes and goes at the times of values. */
export const deltas = (query: EventParts): string => {
  const { rule, groups, numbered } = query;
  const names = [...addedUp(query), ...steps(query)];
  const ofEvents = new Set(numbered.flatMap(({ measure }) => measure.seen.map(([name]) => name)));
  const moments = (value: string): readonly Column[] => (hasSilentChanges(query) ? [['moments', value]] : []);
  const beside = numbered.flatMap(({ i, measure }) =>
    measure.changes.map((change) => [
      'UNION ALL',
      ...select([
        ...taken('v', groups),
        ['us', change.us],
        ...moments('0'),
        ...names.map((name): Column => [name, name === change.column ? change.value : '0']),
      ]),
      `FROM times_${i} AS v`,
      ...where(change.where === null ? [] : [change.where]),
    ]),
  );
  const leaving = new Set(numbered.flatMap(({ measure }) => measure.leaving));
  const left =
    leaving.size === 0 || rule.window.kind !== 'sliding'
      ? []
      : [
          'UNION ALL',
          ...select([
            ...taken('s', groups),
            ['us', `s.us + ${microsOf(rule.window.length)}`],
            ...moments('0'),
            ...names.map((name): Column => [name, leaving.has(name) ? `-s.${name}` : '0']),
          ]),
          'FROM seen AS s',
        ];
  return part('deltas', [
    ...select([
      ...taken('s', [...groups, 'us']),
      ...moments('1'),
      ...names.map((name): Column => [name, ofEvents.has(name) ? `s.${name}` : '0']),
    ]),
    'FROM seen AS s',
    ...left,
    ...beside.flat(),
  ]);
};

/** One row per group and timestamp: what its events add, and which steps they can be. */
export const instants = (query: EventParts): string => {
  const { rule, groups, source } = query;
  const bucket: readonly Column[] =
    rule.window.kind === 'tumbling' ? [['bucket', bucketSql('c.us', microsOf(rule.window.length), source)]] : [];
  return part('instants', [
    ...select([
      ...taken('c', [...groups, 'us']),
      ...bucket,
      ...(hasSilentChanges(query) ? [['moments', 'SUM(c.moments)'] as const] : []),
      ...addedUp(query).map((name): Column => [name, `SUM(c.${name})`]),
      ...steps(query).map((name): Column => [name, `MAX(c.${name})`]),
    ]),
    `FROM ${hasChanges(query) ? 'deltas' : 'seen'} AS c`,
    `GROUP BY ${listed('c', [...groups, 'us'])}`,
  ]);
};
