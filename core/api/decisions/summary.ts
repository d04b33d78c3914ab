import type { Decision } from '../../store/index.ts';

/** How many decisions there are of each verdict, and the kinds used, the most frequent first. */
export const summaryOf = (decisions: ReadonlyMap<string, Decision>) => {
  const counts = { abuse: 0, benign: 0, unsure: 0 };
  const kinds = new Map<string, number>();
  for (const { verdict, kind } of decisions.values()) {
    counts[verdict]++;
    if (kind !== null) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  const sorted = [...kinds].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return { ...counts, kinds: sorted.map(([kind]) => kind) };
};
