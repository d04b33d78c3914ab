import type { Random } from '../random/random.ts';
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

/** So many of the items, in an order of chance (Fisher & Yates, in Knuth 1969, algorithm P). */
const draw = <T>(items: readonly T[], count: number, random: Random): T[] => {
  const pool = [...items];
  for (let k = 0; k < Math.min(count, pool.length - 1); k++) {
    const at = k + random.int(pool.length - k);
    const [a, b] = [pool[k], pool[at]];
    if (a === undefined || b === undefined) continue;
    pool[k] = b;
    pool[at] = a;
  }
  return pool.slice(0, count);
};
