/** Parts of pseudonyms, and the share of pseudonyms that have them (12 letters and digits, drawn evenly; case does not count). */
const PARTS = [
  { find: 'k', share: 0.323 },
  { find: '7', share: 0.164 },
  { find: 'kq', share: 0.0114 },
  { find: 'k7', share: 0.0057 },
  { find: 'kqz', share: 0.00034 },
] as const;

/** Fewer say too little about ordinary actors. */
const ENOUGH = 100;

export type FairSample = {
  /** What the pseudonyms of the sample have; undefined where everybody is needed. */
  readonly find: string | undefined;
  /** How many to expect. */
  readonly size: number;
};

/**
 * A sample of the ranked that nobody picked, at least about a hundred: those whose pseudonym has a certain part. A pseudonym is a
 * keyed hash and says nothing about what its actor does, so that this is a draw at random, the same at every look.
 */
export const fairSample = (ranked: number): FairSample => {
  const fits = PARTS.filter(({ share }) => share * ranked >= ENOUGH).at(-1);
  return fits === undefined
    ? { find: undefined, size: ranked }
    : { find: fits.find, size: Math.round(fits.share * ranked) };
};
