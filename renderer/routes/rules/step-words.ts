import type { RuleStep } from '../../../core/api/contract.ts';

const UNDONE = { undo: 'Undone', redo: 'Done again' } as const;

/** The verb that a step's title begins with, as what was done. */
const DONE: readonly (readonly [string, string])[] = [
  ['save ', 'Saved'],
  ['rename ', 'Renamed'],
  ['remove ', 'Removed'],
  ['make a draft of ', 'Made a draft'],
  ['shadow ', 'Set to shadow'],
  ['go live with ', 'Gone live'],
  ['retire ', 'Retired'],
];

/** A step of the history: what was done, and to what. What was taken back is named as undo names it. */
export const stepWords = ({ event, title }: Pick<RuleStep, 'event' | 'title'>): readonly [string, string] => {
  if (event === 'undo' || event === 'redo') return [UNDONE[event], title];
  const found = DONE.find(([verb]) => title.startsWith(verb));
  return found === undefined ? ['Changed', title] : [found[1], title.slice(found[0].length)];
};
