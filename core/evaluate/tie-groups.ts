/** The ranking as its steps: rows with equal scores form one group, the highest score first. */
export type TieGroups = {
  readonly positives: Float64Array;
  readonly negatives: Float64Array;
  readonly totalPositives: number;
  readonly totalNegatives: number;
};

export const tieGroups = (scores: Float64Array, labels: Uint8Array): TieGroups => {
  const order = Uint32Array.from(scores, (_, i) => i).sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b);
  const positives: number[] = [];
  const negatives: number[] = [];
  let last: number | undefined;
  let group = -1;
  let totalPositives = 0;
  for (const i of order) {
    const score = scores[i] ?? 0;
    if (score !== last) {
      group++;
      positives.push(0);
      negatives.push(0);
      last = score;
    }
    const label = labels[i] ?? 0;
    positives[group] = (positives[group] ?? 0) + label;
    negatives[group] = (negatives[group] ?? 0) + 1 - label;
    totalPositives += label;
  }
  return {
    positives: Float64Array.from(positives),
    negatives: Float64Array.from(negatives),
    totalPositives,
    totalNegatives: labels.length - totalPositives,
  };
};
