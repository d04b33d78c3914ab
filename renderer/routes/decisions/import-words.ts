import { count, counted } from '../../format.ts';

export type ImportedDecisions = {
  readonly changed: number;
  readonly unchanged: number;
  readonly unmatched: number;
  readonly skipped: number;
  readonly conflicting: number;
};

/** What became of the rows of a file of decisions, in a sentence: of each actor, and of the rows that say nothing. */
export const importWords = (name: string, read: ImportedDecisions): string => {
  const { changed, unchanged, unmatched, skipped, conflicting } = read;
  const rest = [
    unchanged === 0 ? null : `${count(unchanged)} as before`,
    unmatched === 0 ? null : `${count(unmatched)} about nobody in this case`,
    skipped === 0 ? null : `${counted(skipped, 'row')} without an actor or a label left out`,
    conflicting === 0 ? null : `the last row counts for ${counted(conflicting, 'actor')} whose rows disagree`,
  ].filter((part) => part !== null);
  return `${counted(changed, 'decision')} read from ${name}${rest.length === 0 ? '' : `; ${rest.join(', ')}`}.`;
};
