import { drawInOrder, type Random } from '../random/index.ts';
import type { Label } from './schema.ts';

/** Labels a ranking can rest on: its cost grows with their cube, and beyond these the order hardly changes. */
export const MOST_LABELS = 512;

/** At most 512 of the labels: of the rarer class up to half of them, of the other the rest, every one as likely as the next. */
export const thinLabels = (labels: readonly Label[], random: Random): readonly Label[] => {
  if (labels.length <= MOST_LABELS) return labels;
  const abuse = labels.filter(({ isAbuse }) => isAbuse);
  const benign = labels.filter(({ isAbuse }) => !isAbuse);
  const half = MOST_LABELS / 2;
  const abuseKept = Math.min(abuse.length, Math.max(half, MOST_LABELS - benign.length));
  return [...draw(abuse, abuseKept, random), ...draw(benign, MOST_LABELS - abuseKept, random)];
};

const draw = (labels: readonly Label[], count: number, random: Random): Label[] =>
  Array.from(drawInOrder(labels.length, random, count)).flatMap((at) => labels[at] ?? []);
