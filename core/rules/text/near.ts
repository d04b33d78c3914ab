/** The name that was probably meant; undefined when none is near. Long names may differ by more. */
const nearestName = (written: string, names: Iterable<string>): string | undefined => {
  if (written.length > LONGEST) return undefined;
  const wanted = written.toLowerCase();
  let best: string | undefined;
  let least = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const name of names) {
    if (Math.abs(name.length - wanted.length) >= least || name.length > LONGEST) continue;
    const edits = editDistance(wanted, name.toLowerCase());
    if (edits < least) [best, least] = [name, edits];
  }
  return best;
};

/** `Did you mean …?`, or the other hint where no name is near. */
export const didYouMean = (written: string, names: Iterable<string>, otherwise: string): string => {
  const near = nearestName(written, names);
  return near === undefined ? otherwise : `Did you mean ${near}?`;
};

const LONGEST = 64;

/** Insertions, deletions, replacements and swaps of neighbours from one text to the other (optimal string alignment). */
const editDistance = (a: string, b: string): number => {
  let before: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1];
      let edits = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (isSame ? 0 : 1));
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (isSwap) edits = Math.min(edits, (before[j - 2] ?? 0) + 1);
      next.push(edits);
    }
    [before, row] = [row, next];
  }
  return row[b.length] ?? 0;
};
