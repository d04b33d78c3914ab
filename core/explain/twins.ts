import type { TwinGroup } from '../detect/schema.ts';
import { formatNumber } from './format.ts';
import { featureLabel } from './label.ts';
import type { Twins } from './schema.ts';
import { listed } from './summary.ts';

/** Things in common that a sentence names. */
const NAMED = 3;

/** For each row the group it belongs to, the least likely by chance where there are several. */
export const groupsByRow = (groups: readonly TwinGroup[]): ((row: number) => TwinGroup | undefined) => {
  const byRow = new Map<number, TwinGroup>();
  for (const group of groups) {
    for (const row of group.members) {
      const known = byRow.get(row);
      if (known === undefined || group.pValue < known.pValue) byRow.set(row, group);
    }
  }
  return (row) => byRow.get(row);
};

/** A group as told of one of its members: who else, and what they have in common. */
export const toldTwins = (group: TwinGroup, row: number): Twins => {
  const others = group.members.filter((member) => member !== row);
  const count = `${formatNumber(others.length)} ${others.length === 1 ? 'other' : 'others'}`;
  return {
    others,
    basis: group.basis,
    pValue: group.pValue,
    sentence: `${[`${DOES[group.basis]} ${count}`, ...commonWords(group)].join(': ')}.`,
  };
};

const DOES = { features: 'Acts like', events: 'Does the same at the same times as' } as const;

const commonWords = ({ basis, shared }: TwinGroup): readonly string[] => {
  if (shared.length === 0) return [];
  if (basis === 'features') {
    const labels = shared.slice(0, NAMED).map(({ what }) => featureLabel(what));
    return [`they mostly agree in ${listed(labels)}`];
  }
  const [objects] = shared;
  const value = Math.round(objects?.value ?? 0);
  return value < 1 ? [] : [`a pair typically shares ${formatNumber(value)} ${value === 1 ? 'object' : 'objects'}`];
};
