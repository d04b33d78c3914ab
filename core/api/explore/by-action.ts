import type { Bins } from './binning.ts';

/** Counts per action and bin, the most frequent actions first, the rarer ones together as `other`. */
export const countByAction = (
  at: Float64Array,
  actions: readonly (string | null)[],
  { from, to, bins }: Bins,
): { action: string; counts: number[] }[] => {
  const totals = new Map<string, number>();
  for (const action of actions) totals.set(action ?? '', (totals.get(action ?? '') ?? 0) + 1);
  const sorted = [...totals].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([action]) => action);
  const shown = new Set(sorted.slice(0, MOST_LANES));
  const lanes = new Map<string, number[]>();
  const perMs = bins / (to - from);
  at.forEach((ms, i) => {
    const action = actions[i] ?? '';
    const name = action === '' || !shown.has(action) ? 'other' : action;
    const counts = lanes.get(name) ?? Array.from({ length: bins }, () => 0);
    const bin = Math.max(0, Math.min(bins - 1, Math.floor((ms - from) * perMs)));
    counts[bin] = (counts[bin] ?? 0) + 1;
    lanes.set(name, counts);
  });
  const place = (name: string): number => (name === 'other' ? Number.POSITIVE_INFINITY : sorted.indexOf(name));
  return [...lanes].sort((a, b) => place(a[0]) - place(b[0])).map(([action, counts]) => ({ action, counts }));
};

/** Actions that an actor's timeline tells apart; the rest is `other`. */
const MOST_LANES = 8;
