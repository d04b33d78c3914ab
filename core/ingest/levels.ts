/** A category: each row's level, 0 the most frequent, NaN where it is missing. */
export type Levels = {
  readonly column: Float64Array;
  readonly levels: number;
  /** Rows where it is not missing. */
  readonly known: number;
};

/**
 * Numbers the levels of a category by their frequency, among equally frequent ones by the first row
 * that has them: the same under every key, and without a word of a level's text.
 */
export const levelsOf = (tokens: readonly (string | null)[]): Levels => {
  const counts = new Map<string, number>();
  for (const token of tokens) if (token !== null) counts.set(token, (counts.get(token) ?? 0) + 1);
  // In the order of first rows; sorting keeps it among equals.
  const ordered = [...counts].sort(([, m], [, n]) => n - m);
  const levelOf = new Map(ordered.map(([token], level) => [token, level]));
  return {
    column: Float64Array.from(tokens, (token) => (token === null ? Number.NaN : (levelOf.get(token) ?? Number.NaN))),
    levels: ordered.length,
    known: ordered.reduce((sum, [, count]) => sum + count, 0),
  };
};
