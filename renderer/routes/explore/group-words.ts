import type { TwinGroup } from '../../../core/api/contract.ts';
import { formatAbout, formatPercent } from '../../plots/format.ts';

export const groupPlaces = (groups: readonly TwinGroup[]): readonly number[] => groups.map(({ place }) => place);

export type SharedRow = {
  readonly label: string;
  readonly value: string;
  readonly others: string;
  /** Length of the bars, 0–1; null where the two have no common scale. */
  readonly bars: { readonly value: number; readonly others: number } | null;
};

/**
 * What members have in common, in words. Alike in what they do: share of the members, and of all others, who agree with the
 * group's usual value. Alike in when they act: objects that two members typically share, and partners that chance explains.
 */
export const sharedRows = ({ basis, shared }: Pick<TwinGroup, 'basis' | 'shared'>): readonly SharedRow[] =>
  shared.map(({ label, value, others }) =>
    basis === 'features'
      ? { label, value: formatPercent(value), others: formatPercent(others), bars: { value, others } }
      : { label, value: formatAbout(value), others: others < FEW ? 'none' : formatAbout(others), bars: null },
  );

/** Fewer partners than this are nobody, in the sentence of a group as well. */
const FEW = 0.05;

/** Heads of the columns of `sharedRows`. */
export const sharedHeads = ({ basis }: Pick<TwinGroup, 'basis'>): readonly [string, string, string] =>
  basis === 'features' ? ['The same', 'Members', 'Others'] : ['The same', 'Two members share', 'Partners by chance'];

/** What narrows the queue to the members of a group. */
export const ofGroup = ({
  place,
  run,
}: Pick<TwinGroup, 'place' | 'run'>): { readonly group: number; readonly groupRun: string } => ({
  group: place,
  groupRun: run,
});

/** Groups put together where they have the same members, who may be alike both in what they do and in when they act. */
export const bySameMembers = (groups: readonly TwinGroup[]): readonly (readonly TwinGroup[])[] => {
  const found = new Map<string, TwinGroup[]>();
  for (const group of groups) {
    const key = `${group.size} ${[...group.members].sort().join(' ')}`;
    const known = found.get(key);
    if (known === undefined) found.set(key, [group]);
    else known.push(group);
  }
  return [...found.values()];
};
