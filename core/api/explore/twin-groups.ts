import { z } from 'zod';
import { featureLabel, formatNumber } from '../../explain/index.ts';
import { listed } from '../../explain/summary.ts';
import type { Decision, StoredGroup } from '../../store/index.ts';
import type { TwinGroup } from '../contract/findings.ts';

const sharedShape = z.array(z.object({ what: z.string(), value: z.number(), others: z.number() }));

/** A group of twins of the run in memory. */
export type ModelGroup = {
  /** Its number in the run. */
  readonly place: number;
  readonly basis: 'features' | 'events';
  readonly pValue: number;
  readonly sentence: string;
  readonly shared: z.infer<typeof sharedShape>;
  /** Rows of the queue, the strongest first. */
  readonly rows: Uint32Array;
};

/** The stored groups, with rows of the queue for members. */
export const modelGroups = (
  stored: readonly StoredGroup[],
  rowOf: ReadonlyMap<string, number>,
): readonly ModelGroup[] =>
  stored.map(({ members, basis, pValue, sentence, shared }, place) => ({
    place,
    basis: basis === 'events' ? 'events' : 'features',
    pValue,
    sentence,
    shared: sharedShape.parse(JSON.parse(shared)),
    rows: Uint32Array.from(members.flatMap((actor) => rowOf.get(actor) ?? [])),
  }));

/** The groups that the actor at a row belongs to, the least likely first. */
export const groupsAt = (groups: readonly ModelGroup[], row: number): readonly ModelGroup[] =>
  groups.filter(({ rows }) => rows.includes(row)).sort((a, b) => a.pValue - b.pValue || a.place - b.place);

/** Each member's least likely group, by the member's row. */
export const leastLikelyGroups = (groups: readonly ModelGroup[]): ReadonlyMap<number, ModelGroup> => {
  const before = leastLikely.get(groups);
  if (before !== undefined) return before;
  const byRow = new Map<number, ModelGroup>();
  for (const group of groups) {
    for (const row of group.rows) {
      const known = byRow.get(row);
      if (known === undefined || group.pValue < known.pValue) byRow.set(row, group);
    }
  }
  leastLikely.set(groups, byRow);
  return byRow;
};

const leastLikely = new WeakMap<readonly ModelGroup[], ReadonlyMap<number, ModelGroup>>();

/** Features that a sentence names. */
const NAMED = 3;

/** What near twins have in common, by the words for features instead of their names. */
const agreeing = (size: number, shared: ModelGroup['shared']): string => {
  const labels = shared.slice(0, NAMED).map(({ what }) => featureLabel(what));
  const telling = labels.length === 0 ? '' : `, most tellingly in ${listed(labels)}`;
  return `${formatNumber(size)} actors are alike in ${formatNumber(shared.length)} features${telling}.`;
};

/** Members named; a group may hold half of everybody. */
const MOST_MEMBERS = 500;

/** A group as the app shows it. */
export const shownGroup = (
  { place, basis, pValue, sentence, shared, rows }: ModelGroup,
  { runId, actors }: { readonly runId: string; readonly actors: readonly string[] },
  decisions: ReadonlyMap<string, Decision>,
): TwinGroup => {
  const decided = { abuse: 0, benign: 0, unsure: 0 };
  for (const row of decisions.size === 0 ? [] : rows) {
    const verdict = decisions.get(actors[row] ?? '')?.verdict;
    if (verdict !== undefined) decided[verdict]++;
  }
  return {
    place,
    run: runId,
    basis,
    size: rows.length,
    pValue,
    sentence: basis === 'features' ? agreeing(rows.length, shared) : sentence,
    shared: shared.map(({ what, value, others }) => ({
      what,
      label: basis === 'features' ? featureLabel(what) : what,
      value,
      others,
    })),
    members: Array.from(rows.subarray(0, MOST_MEMBERS), (row) => actors[row] ?? ''),
    decided,
  };
};
