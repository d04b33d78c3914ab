import { verifyRelease, type ReleaseFile } from '../../release/release-file/index.ts';
import type { ReleasedMetric } from '../../rules/export/index.ts';
import type { Rule } from '../../rules/schema.ts';
import { NightjarError } from '../errors.ts';
import { CELLS, coverageOf, ruleHash } from './question.ts';

/**
 * What a released file says of a rule, for its card: the actors of each cell and the precision that follows, with intervals.
 * Precision takes two numbers, whose intervals hold together at 2 · level − 1. Errors: `input` for a file that is not
 * whole, or is about another rule.
 */
export const coverageMetrics = (file: ReleaseFile, rule: Rule): readonly ReleasedMetric[] => {
  const { release } = file;
  const about = coverageOf(release.keys[0]?.column ?? '');
  if (!verifyRelease(file).ok || about === undefined || about.sha256 !== ruleHash(rule)) {
    throw new NightjarError('input', 'The release says nothing of this rule, or is not whole.', {
      where: rule.id,
      next: 'Check it with `nightjar release verify`, and give the very rule that was asked about.',
    });
  }
  const common = { epsilon: Number(release.epsilon), ledgerEntry: release.ledger.entry };
  const [column] = release.columns;
  const places = new Map((release.keys[0]?.of ?? []).map((cell, i) => [cell, i]));
  const counts = CELLS.flatMap((cell) => {
    const i = places.get(cell) ?? -1;
    const [value, low, high] = [column?.value[i], column?.low[i], column?.high[i]];
    if (typeof value !== 'number' || typeof low !== 'number' || typeof high !== 'number') return [];
    return [{ name: `actors ${cell}`, value, low, high, confidence: release.level, ...common }];
  });
  const [abuse, benign] = ['actors hit, abuse', 'actors hit, benign'].map((name) =>
    counts.find((each) => each.name === name),
  );
  const precision = abuse && benign && shareOf(abuse.value, benign.value);
  if (abuse === undefined || benign === undefined || precision === undefined) return counts;
  return [
    {
      name: 'precision',
      value: precision,
      low: shareOf(abuse.low, benign.high) ?? 0,
      high: shareOf(abuse.high, benign.low) ?? 1,
      confidence: 2 * release.level - 1,
      ...common,
    },
    ...counts,
  ];
};

/** Noised numbers may be below 0; undefined of nobody. */
const shareOf = (abuse: number, benign: number): number | undefined => {
  const [a, b] = [Math.max(0, abuse), Math.max(0, benign)];
  return a + b === 0 ? undefined : a / (a + b);
};
