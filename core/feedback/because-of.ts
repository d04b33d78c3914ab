import { likenessTo } from './likeness.ts';
import { PER_LIKENESS } from './rank-with-labels.ts';
import type { Because, Feedback, Leaves } from './schema.ts';

/** Below this, what a label adds to a row's log-odds is not worth telling. */
const WORTH_TELLING = 0.1;

/** Which labelled rows moved a row most by their likeness to it, strongest first and at most so many; never the row itself. */
export const becauseOf = (
  { used, pull }: Pick<Feedback, 'used' | 'pull'>,
  leaves: Leaves,
): ((row: number, most: number) => readonly Because[]) => {
  const alike = likenessTo(
    leaves,
    used.map(({ row }) => row),
  );
  const likeness = new Float64Array(used.length);
  return (row, most) => {
    alike(row, likeness);
    return used
      .map((label, i): Because => {
        const share = likeness[i] ?? 0;
        return { ...label, likeness: share, adds: PER_LIKENESS * (pull[i] ?? 0) * share };
      })
      .filter((because) => because.row !== row && Math.abs(because.adds) >= WORTH_TELLING)
      .sort((a, b) => Math.abs(b.adds) - Math.abs(a.adds) || a.row - b.row)
      .slice(0, most);
  };
};
